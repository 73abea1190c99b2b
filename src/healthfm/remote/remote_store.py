"""A graph in a server elsewhere, read as if it were here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Final

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    Triple,
)

from healthfm.analysis.sparql_text import query_form
from healthfm.errors import LimitError, QueryError, RemoteError
from healthfm.rdf.readable_store import Answer
from healthfm.remote.endpoint import ITS_OWN, Dataset, Endpoint, Solutions
from healthfm.remote.query_text import COUNT, as_select, counting, names_its_dataset, with_prefixes
from healthfm.vocabulary import ASSERTED_GRAPH, INFERRED_GRAPH, UNFINISHED_GRAPH

#: Triples that are asked for at once when a graph is read through.
_PAGE: Final = 10_000
_SPO: Final = ("?s", "?p", "?o")
Term = NamedNode | BlankNode | Literal | Triple

_OURS: Final = Dataset((ASSERTED_GRAPH, INFERRED_GRAPH), (ASSERTED_GRAPH, INFERRED_GRAPH))


class RemoteStore:
    """Reads the graph that a server holds; satisfies `healthfm.rdf.readable_store.ReadableStore`.

    Parameters
    ----------
    endpoint
        Where it is asked.

    Notes
    -----
    *The default graph.* Where the two named graphs are there, every query that names no graphs
    itself is asked of just those: together they are the default graph, each triple once, whatever
    the server takes for its default graph and whatever else it holds.

    *Whole answers.* Servers cut answers at a number of rows, some without a word (Virtuoso as Debian
    ships it: 10,000). So the rows are counted by the server, in a query of its own. An answer that
    is shorter than one that was whole needs no count: the limit is not below that one.
    """

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._longest_whole = 0

    def query(
        self,
        query: str,
        /,
        *,
        base_iri: str | None = None,
        prefixes: dict[str, str] | None = None,
        default_graph: list[NamedNode | BlankNode | DefaultGraph] | None = None,
        named_graphs: list[NamedNode | BlankNode] | None = None,
    ) -> Answer:
        """Answer a query.

        Raises
        ------
        RemoteError
            If the server does not answer, or not as SPARQL 1.1 says.
        LimitError
            If it takes too long, or cuts the answer.
        QueryError
            If the server calls the query malformed.
        """
        text = (f"BASE <{base_iri}> " if base_iri else "") + with_prefixes(query, prefixes or {})
        dataset = self._dataset_for(query, _iris(default_graph), _iris(named_graphs))
        form = query_form(text)
        if form == "SELECT":
            return self._select(text, dataset).rows()
        if form == "ASK":
            return self._endpoint.ask(text, dataset)
        if form == "CONSTRUCT":
            self._require_whole_pattern(text, dataset)
        elif form != "DESCRIBE":
            raise QueryError("the query is no SELECT, ASK, CONSTRUCT or DESCRIBE; correct it")
        return iter(self._endpoint.construct(text, dataset))

    def quads_for_pattern(
        self,
        subject: NamedNode | BlankNode | Triple | None,
        predicate: NamedNode | None,
        object: NamedNode | BlankNode | Literal | Triple | None,  # noqa: A002  -- the engine's word
        graph_name: NamedNode | BlankNode | DefaultGraph | None = None,
        /,
    ) -> Iterator[Quad]:
        """Yield the quads that have these terms; `None` stands for any, and for any graph.

        Raises
        ------
        RemoteError
            If the server gives fewer triples than it says it has.
        """
        terms = (subject, predicate, object)
        for name in (DefaultGraph(), *self.named_graphs()) if graph_name is None else (graph_name,):
            for triple in self._triples(terms, name):
                yield Quad(triple.subject, triple.predicate, triple.object, name)

    def named_graphs(self, /) -> Iterator[NamedNode | BlankNode]:
        """Yield the names of the graphs."""
        if self._own_dataset.named_graphs:
            return (NamedNode(name) for name in self._own_dataset.named_graphs)
        rows = self._select("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }", ITS_OWN).rows()
        return (row["g"] for row in rows)

    @cached_property
    def _own_dataset(self) -> Dataset:
        """Which graphs are asked where a query does not say."""
        if self._holds(UNFINISHED_GRAPH):
            raise RemoteError(
                f"{self._endpoint.url}: a push to it has begun and not ended, so it holds a part; "
                "wait, or run `healthfm push` again"
            )
        return _OURS if self._holds(ASSERTED_GRAPH) else ITS_OWN

    def _holds(self, graph: str) -> bool:
        return bool(self._endpoint.ask(f"ASK {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"))

    def _dataset_for(self, query: str, default: tuple[str, ...], named: tuple[str, ...]) -> Dataset:
        if default or named:
            return Dataset(default, named)
        return ITS_OWN if names_its_dataset(query) else self._own_dataset

    def _select(self, text: str, dataset: Dataset) -> Solutions:
        found = self._endpoint.select(text, dataset)
        if found.length >= max(self._longest_whole, 1):
            total = self._count(text, dataset)
            if total != found.length:
                raise LimitError(
                    f"{self._endpoint.url}: gave {found.length:,} of {total:,} rows; ask for fewer, "
                    "with LIMIT or a filter, or raise its limit (Virtuoso: ResultSetMaxRows in virtuoso.ini)"
                )
            self._longest_whole = found.length
        return found

    def _count(self, select: str, dataset: Dataset) -> int:
        rows = list(self._endpoint.select(counting(select), dataset).rows())
        try:
            return int(rows[0][COUNT].value)
        except (IndexError, KeyError, ValueError, AttributeError) as error:
            raise RemoteError(
                f"{self._endpoint.url}: cannot count rows; this is no SPARQL 1.1 server"
            ) from error

    def _require_whole_pattern(self, construct: str, dataset: Dataset) -> None:
        """Make sure that a CONSTRUCT is fed with all solutions of its pattern; its triples tell nothing."""
        select = as_select(construct)
        if self._count(select, dataset) >= max(self._longest_whole, 1):
            self._select(select, dataset)

    def _triples(
        self, terms: Iterable[Term | None], graph: NamedNode | BlankNode | DefaultGraph
    ) -> frozenset[Triple]:
        """Read page by page; the pages need no order, since the count says when all are there."""
        given = " ".join(
            f"VALUES {name} {{ {term} }}" for name, term in zip(_SPO, terms, strict=True) if term
        )
        pattern = f"{given} {' '.join(_SPO)}"
        if not isinstance(graph, DefaultGraph):
            pattern = f"GRAPH {graph} {{ {pattern} }}"
        select = f"SELECT DISTINCT {' '.join(_SPO)} {{ {pattern} }}"
        total, offset, found = self._count(select, self._own_dataset), 0, set[Triple]()
        while len(found) < total:
            page = self._endpoint.select(f"{select} LIMIT {_PAGE} OFFSET {offset}", self._own_dataset)
            if not page.length:
                break
            offset += page.length
            found.update(Triple(*row) for row in page.rows())
        if len(found) != total:
            raise RemoteError(
                f"{self._endpoint.url}: gave {len(found):,} of {total:,} triples; "
                "somebody may be changing them: try again"
            )
        return frozenset(found)


def _iris(graphs: Sequence[NamedNode | BlankNode | DefaultGraph] | None) -> tuple[str, ...]:
    return tuple(graph.value for graph in graphs or () if not isinstance(graph, DefaultGraph))
