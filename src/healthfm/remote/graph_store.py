"""Writing graphs into a server, in either of the two standard ways.

References
----------
SPARQL 1.1 Graph Store HTTP Protocol, https://www.w3.org/TR/sparql11-http-rdf-update/ (sections 5.3 to
5.5). SPARQL 1.1 Update, https://www.w3.org/TR/sparql11-update/ (sections 3.1.1 and 3.1.3).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol
from urllib.parse import urlencode

from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, Triple, serialize

from healthfm.errors import UsageError
from healthfm.remote.connection import Connection, RefusedError, Request
from healthfm.remote.endpoint import Endpoint
from healthfm.remote.redirects import require_http

GraphName = NamedNode | DefaultGraph

#: Triples sent at once; an update is parsed as a whole, and Virtuoso takes no long ones.
_CHUNK: Final = 50_000
_UPDATE_CHUNK: Final = 1_000
#: Where servers we know take queries, by the last part of where they take graphs or updates.
_QUERIES_BESIDE: Final = {
    "store": "query",  # Oxigraph
    "update": "query",  # Oxigraph, Fuseki
    "sparql-graph-crud": "sparql",  # Virtuoso
    "sparql-graph-crud-auth": "sparql",
    "sparql": "sparql",
    "sparql-auth": "sparql-auth",
}


class GraphStore(Protocol):
    """What a push needs: each step may be done again and leaves the same triples."""

    chunk: int
    """How many triples are sent at once."""

    def replace(self, graph: GraphName, triples: Sequence[Triple]) -> None:
        """Make a graph hold these triples and no others."""

    def add(self, graph: GraphName, triples: Sequence[Triple]) -> None:
        """Add triples to a graph."""

    def drop(self, graph: NamedNode) -> None:
        """Make sure that there is no such graph."""


def graph_store(
    url: str, *, query_url: str | None, update: bool, timeout: float
) -> tuple[GraphStore, Endpoint]:
    """Return where a server is written to and where it is asked.

    Raises
    ------
    UsageError
        If a URL is none we may use, or nothing says where the server takes queries.
    """
    address = require_http(url)
    if query_url is None:
        last = address.path.rpartition("/")[2]
        if last not in _QUERIES_BESIDE:
            raise UsageError(f"{url}: where does that server take queries? say it with --query-url")
        query_url = str(address.join(_QUERIES_BESIDE[last]))
    connection = Connection(timeout=timeout)
    if update:
        return ByUpdate(url, connection, chunk=_UPDATE_CHUNK), Endpoint(query_url, connection)
    return ByGraphStoreProtocol(url, connection, chunk=_CHUNK), Endpoint(query_url, connection)


class ByGraphStoreProtocol:
    """Writes with PUT, POST and DELETE."""

    def __init__(self, url: str, connection: Connection, *, chunk: int) -> None:
        self._url = url
        self._connection = connection
        self.chunk = chunk

    def replace(self, graph: GraphName, triples: Sequence[Triple]) -> None:
        """Put the graph."""
        self._send("PUT", graph, triples)

    def add(self, graph: GraphName, triples: Sequence[Triple]) -> None:
        """Post to the graph; triples that are there already stay one."""
        self._send("POST", graph, triples)

    def drop(self, graph: NamedNode) -> None:
        """Delete the graph; one that is not there is no fault."""
        try:
            self._send("DELETE", graph)
        except RefusedError as error:
            if error.status != 404:
                raise

    def _send(self, method: str, graph: GraphName, triples: Sequence[Triple] = ()) -> None:
        name = ("graph", graph.value) if isinstance(graph, NamedNode) else ("default", "")
        headers = {} if method == "DELETE" else {"Content-Type": "application/n-triples"}
        self._connection.send(
            Request(method, self._url, headers, (name,), body=_n_triples(triples), is_change=True)
        )


class ByUpdate:
    """Writes with SPARQL Update."""

    def __init__(self, url: str, connection: Connection, *, chunk: int) -> None:
        self._url = url
        self._connection = connection
        self.chunk = chunk

    def replace(self, graph: GraphName, triples: Sequence[Triple]) -> None:
        """Clear the graph, then add."""
        target = f"GRAPH {graph}" if isinstance(graph, NamedNode) else "DEFAULT"
        self._send(f"CLEAR SILENT {target} ;\n{_insert(graph, triples)}")

    def add(self, graph: GraphName, triples: Sequence[Triple]) -> None:
        """Insert; triples that are there already stay one."""
        self._send(_insert(graph, triples))

    def drop(self, graph: NamedNode) -> None:
        """Drop the graph, whether or not it is there."""
        self._send(f"DROP SILENT GRAPH {graph}")

    def _send(self, update: str) -> None:
        # As a form, since every server takes one.
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        body = urlencode({"update": update}).encode()
        self._connection.send(Request("POST", self._url, headers, body=body, is_change=True))


def _insert(graph: GraphName, triples: Sequence[Triple]) -> str:
    text = _n_triples(triples).decode()
    inner = f"GRAPH {graph} {{\n{text}}}" if isinstance(graph, NamedNode) else f"\n{text}"
    return f"INSERT DATA {{ {inner} }}"


def _n_triples(triples: Sequence[Triple]) -> bytes:
    return serialize(triples, format=RdfFormat.N_TRIPLES) or b""
