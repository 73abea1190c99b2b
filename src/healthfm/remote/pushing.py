"""Bringing the graph into another server, so that its default graph and named graphs mean the same there.

A push can break off at any point. So it keeps a note in the server itself, in a graph of its own: what
is being brought, and how far it has come. `healthfm.connect` reads nothing beside that note, the next
push goes on from it, and it goes when the server has counted what it holds.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from pyoxigraph import DefaultGraph, Literal, NamedNode, RdfFormat, Triple, serialize

from healthfm.errors import RemoteError, UsageError
from healthfm.rdf.dataset import in_order
from healthfm.rdf.progress import Progress
from healthfm.rdf.readable_store import ReadableStore
from healthfm.remote.connection import TooLargeError
from healthfm.remote.endpoint import Endpoint
from healthfm.remote.graph_store import GraphName, GraphStore
from healthfm.vocabulary import ASSERTED_GRAPH, INFERRED_GRAPH, PREFIXES, UNFINISHED_GRAPH, curie

_NOTE: Final = NamedNode(UNFINISHED_GRAPH)
_PROGRESS: Final = NamedNode(PREFIXES["dcterms"] + "extent")
_NAMED: Final = (NamedNode(ASSERTED_GRAPH), NamedNode(INFERRED_GRAPH))
#: Fewer triples than these at once are not worth trying.
_SMALLEST_CHUNK: Final = 100


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a push brought.

    Parameters
    ----------
    graphs
        Name of each graph → how many triples the server counts in it.
    is_union
        Whether the server takes all its named graphs together for its default graph; then nothing
        was put into a default graph.
    resumed
        Whether an earlier push had done a part.
    """

    graphs: Mapping[str, int]
    is_union: bool
    resumed: bool

    def text(self) -> str:
        """Return it as lines for people."""
        lines = [f"{count:>9,} triples  {name}" for name, count in self.graphs.items()]
        if self.is_union:
            lines.append("the server's default graph is all its named graphs together")
        return "\n".join([*lines, "went on from an earlier push" if self.resumed else ""]).rstrip() + "\n"


class _Step(NamedTuple):
    graph: GraphName
    triples: Sequence[Triple]
    is_first: bool


def push(source: ReadableStore, target: GraphStore, endpoint: Endpoint, progress: Progress) -> Pushed:
    """Make a server hold what a store holds.

    Parameters
    ----------
    target
        Where to write.
    endpoint
        Where the same server can be asked.
    progress
        Is told each step, as a function that returns a context for the time it takes.

    Raises
    ------
    UsageError
        If the named graphs do not partition the default graph, or the server's default graph holds
        other people's data.
    RemoteError
        If the server fails, or does not hold in the end what it was sent.
    """
    graphs = _partition(source)
    while True:
        try:
            return _Push(graphs, target, endpoint).run(progress)
        except TooLargeError:
            if target.chunk <= _SMALLEST_CHUNK:
                raise
            target.chunk //= 4


def _partition(source: ReadableStore) -> dict[GraphName, tuple[Triple, ...]]:
    """Read the graphs; refuse what would not mean the same elsewhere."""
    graphs: dict[GraphName, tuple[Triple, ...]] = {
        name: in_order(quad.triple for quad in source.quads_for_pattern(None, None, None, name))
        for name in (*_NAMED, DefaultGraph())
    }
    parts = [triple for name in _NAMED for triple in graphs[name]]
    if set(parts) != set(graphs[DefaultGraph()]) or len(parts) != len(set(parts)) or not parts:
        raise UsageError(
            f"{' and '.join(curie(name.value) for name in _NAMED)} do not partition the default graph; "
            "push a graph as `healthfm build` makes it (healthfm.trig)"
        )
    return graphs


class _Push:
    """One push with one size of chunks."""

    def __init__(
        self, graphs: Mapping[GraphName, Sequence[Triple]], target: GraphStore, endpoint: Endpoint
    ) -> None:
        self._graphs = graphs
        self._target = target
        self._endpoint = endpoint
        content = (serialize(triples, format=RdfFormat.N_TRIPLES) or b"" for triples in graphs.values())
        self._digest = f"sha256:{hashlib.sha256(b'|'.join(content)).hexdigest()}/{target.chunk}"

    def run(self, progress: Progress) -> Pushed:
        done = self._steps_done()
        if not done:
            self._write_note(0)
        is_union = self._has_union_default_graph()
        if not done and not is_union:
            self._require_default_graph_is_ours()
        wanted = {name: triples for name, triples in self._graphs.items() if not is_union or name in _NAMED}
        steps = list(_steps(wanted, self._target.chunk))
        for number, step in enumerate(steps[done:], start=done + 1):
            with progress(f"sending part {number} of {len(steps)}"):
                (self._target.replace if step.is_first else self._target.add)(step.graph, step.triples)
                self._write_note(number)
        with progress("counting"):
            counts = {
                _shown(name): self._require_count(name, len(triples)) for name, triples in wanted.items()
            }
        self._target.drop(_NOTE)
        return Pushed(counts, is_union, resumed=done > 0)

    def _steps_done(self) -> int:
        rows = self._endpoint.select(
            f"SELECT ?note {{ GRAPH {_NOTE} {{ {_NOTE} {_PROGRESS} ?note }} }}"
        ).rows()
        for row in rows:
            digest, _, number = str(row["note"].value).rpartition("#")
            if digest == self._digest and number.isdecimal():
                return int(number)
        return 0

    def _write_note(self, done: int) -> None:
        self._target.replace(_NOTE, [Triple(_NOTE, _PROGRESS, Literal(f"{self._digest}#{done}"))])

    def _has_union_default_graph(self) -> bool:
        """Say whether the note, which was put into a named graph only, is seen without naming the graph."""
        return bool(self._endpoint.ask(f"ASK {{ {_NOTE} {_PROGRESS} ?note }}"))

    def _require_default_graph_is_ours(self) -> None:
        was_pushed_before = self._endpoint.ask(f"ASK {{ GRAPH {_NAMED[0]} {{ ?s ?p ?o }} }}")
        if not was_pushed_before and self._endpoint.ask("ASK { ?s ?p ?o }"):
            self._target.drop(_NOTE)
            raise UsageError(
                f"{self._endpoint.url}: the default graph holds other data, which a push would replace; "
                "push to an empty dataset or repository"
            )

    def _require_count(self, name: GraphName, expected: int) -> int:
        pattern = f"GRAPH {name} {{ ?s ?p ?o }}" if isinstance(name, NamedNode) else "?s ?p ?o"
        rows = list(self._endpoint.select(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}").rows())
        count = int(rows[0]["n"].value) if rows else 0
        if count != expected:
            self._write_note(0)  # the next push begins anew
            raise RemoteError(
                f"{self._endpoint.url}: holds {count:,} triples in {_shown(name)}, {expected:,} were sent; "
                "look into the server's log and push again"
            )
        return count


def _steps(graphs: Mapping[GraphName, Sequence[Triple]], chunk: int) -> Iterator[_Step]:
    for name, triples in graphs.items():
        for start in range(0, max(len(triples), 1), chunk):
            yield _Step(name, triples[start : start + chunk], start == 0)


def _shown(name: GraphName) -> str:
    return name.value if isinstance(name, NamedNode) else "default graph"
