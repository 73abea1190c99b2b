"""The query side of the SPARQL 1.1 Protocol, as a client: GET and form POST only.

References
----------
SPARQL 1.1 Protocol, https://www.w3.org/TR/sparql11-protocol/ (section 2.1). A query sent directly as
a body is left out: Virtuoso never answers one.
"""

from __future__ import annotations

from typing import Final, NamedTuple
from urllib.parse import urlencode

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)

from healthfm.errors import RemoteError
from healthfm.remote.connection import Connection, Reply, Request, first_line
from healthfm.remote.redirects import require_http

#: A longer URL may be refused on the way.
_MAX_URL: Final = 2_000
_RESULTS: Final = "application/sparql-results+json"
_TRIPLES: Final = {"application/n-triples": RdfFormat.N_TRIPLES, "text/turtle": RdfFormat.TURTLE}
#: Virtuoso answers an ASK with a row of this one column for yes, and with none for no.
_VIRTUOSO_ASK: Final = "__ASK_RETVAL"


class Dataset(NamedTuple):
    """The graphs a query is asked of; where both are empty, the server or the text decides."""

    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


#: What the server takes for its dataset.
ITS_OWN: Final = Dataset()


def _yes_or_no(answer: bool) -> QueryBoolean:
    text = f'{{"head": {{}}, "boolean": {str(answer).lower()}}}'
    return parse_query_results(text, format=QueryResultsFormat.JSON)  # type: ignore[return-value]


class Solutions(NamedTuple):
    """The rows of a SELECT as they came, all of them well-formed, and how many they are."""

    body: bytes
    variables: tuple[str, ...]
    length: int

    def rows(self) -> QuerySolutions:
        """Return the rows from the first."""
        rows = parse_query_results(self.body, format=QueryResultsFormat.JSON)
        assert isinstance(rows, QuerySolutions)
        return rows


class Endpoint:
    """A server that answers SPARQL queries.

    Parameters
    ----------
    url
        Where it takes queries.
    """

    def __init__(self, url: str, connection: Connection) -> None:
        require_http(url)
        self.url = url
        self._connection = connection

    def select(self, query: str, dataset: Dataset = ITS_OWN) -> Solutions:
        """Return the rows of a SELECT, all that the server sent."""
        found = self._read(self._get(query, dataset, _RESULTS))
        if not isinstance(found, Solutions):
            raise RemoteError(f"{self.url}: answers rows with yes or no; this is no SPARQL 1.1 server")
        return found

    def ask(self, query: str, dataset: Dataset = ITS_OWN) -> QueryBoolean:
        """Return the yes or no of an ASK."""
        found = self._read(self._get(query, dataset, _RESULTS))
        if not isinstance(found, Solutions):
            return found
        if found.variables != (_VIRTUOSO_ASK,):
            raise RemoteError(f"{self.url}: answers yes or no with rows; this is no SPARQL 1.1 server")
        return _yes_or_no(found.length > 0)

    def construct(self, query: str, dataset: Dataset = ITS_OWN) -> list[Triple]:
        """Return the triples of a CONSTRUCT or DESCRIBE, all that the server sent."""
        reply = self._get(query, dataset, "application/n-triples, text/turtle;q=0.8")
        if reply.media_type not in _TRIPLES:
            raise self._no_answer(reply)
        if not reply.is_framed:
            raise RemoteError(
                f"{self.url}: does not say how long its answer is, so it may be a part; ask with SELECT"
            )
        try:
            return [quad.triple for quad in parse(reply.body, format=_TRIPLES[reply.media_type])]
        except (SyntaxError, ValueError) as error:
            raise self._malformed(error) from error

    def _get(self, query: str, dataset: Dataset, accept: str) -> Reply:
        parameters = (
            ("query", query),
            *(("default-graph-uri", iri) for iri in dataset.default_graphs),
            *(("named-graph-uri", iri) for iri in dataset.named_graphs),
        )
        request = Request("GET", self.url, {"Accept": accept}, parameters)
        if len(request.full_url) > _MAX_URL:
            form = {"Accept": accept, "Content-Type": "application/x-www-form-urlencoded"}
            request = Request("POST", self.url, form, body=urlencode(parameters).encode())
        return self._connection.send(request)

    def _read(self, reply: Reply) -> Solutions | QueryBoolean:
        """Read a result to its end: a fault in the last row is found before the first is given out."""
        if reply.media_type not in {_RESULTS, "application/json"}:
            raise self._no_answer(reply)
        try:
            found = parse_query_results(reply.body, format=QueryResultsFormat.JSON)
            if not isinstance(found, QuerySolutions):
                return found
            variables = tuple(variable.value for variable in found.variables)
            return Solutions(reply.body, variables, sum(1 for _ in found))
        except (SyntaxError, ValueError) as error:
            raise self._malformed(error) from error

    def _malformed(self, error: Exception) -> RemoteError:
        reason = " ".join(str(error.args[0] if error.args else error).split())
        return RemoteError(f"{self.url}: the answer is cut short or malformed ({reason}); try again")

    def _no_answer(self, reply: Reply) -> RemoteError:
        kind = reply.media_type or "no media type"
        return RemoteError(
            f"{self.url}: answers with {kind}, not with a SPARQL result ({first_line(reply)}); "
            "check that the URL is that of a query endpoint"
        )
