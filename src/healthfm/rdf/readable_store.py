"""What the rest of healthfm needs of a store: to be asked, and to be read through."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    Triple,
)

#: What a query gives: rows, yes or no, or triples.
Answer = QuerySolutions | QueryBoolean | Iterator[Triple]


class ReadableStore(Protocol):
    """The reading half of `pyoxigraph.Store`, which a server elsewhere can stand in for.

    The default graph holds every triple once, and the named graphs partition it.
    """

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
        """Answer a query; the prefixes are known without being declared in its text."""

    def quads_for_pattern(
        self,
        subject: NamedNode | BlankNode | Triple | None,
        predicate: NamedNode | None,
        object: NamedNode | BlankNode | Literal | Triple | None,  # noqa: A002  -- the engine's word
        graph_name: NamedNode | BlankNode | DefaultGraph | None = None,
        /,
    ) -> Iterator[Quad]:
        """Yield the quads that have these terms; `None` stands for any."""

    def named_graphs(self, /) -> Iterator[NamedNode | BlankNode]:
        """Yield the names of the graphs."""
