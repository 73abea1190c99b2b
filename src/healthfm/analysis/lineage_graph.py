"""The lineage of everything: artifacts, and the accepted claims between them, to be walked both ways."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from healthfm.analysis.sparql import solutions
from healthfm.errors import UsageError
from healthfm.rdf.readable_store import ReadableStore
from healthfm.vocabulary import HFM_NS, RELATION_GROUPS, curie

#: Confidence of a claim, the weakest first.
CONFIDENCES: Final = ("low", "medium", "high")

_CLAIMS: Final = """
SELECT ?claim ?child ?relation ?parent ?statement ?source ?locator ?basis ?confidence WHERE {
  ?claim a hfm:LineageClaim ; hfm:child ?child ; hfm:relation ?relation ; hfm:parent ?parent ;
         hfm:statement ?statement ; hfm:source ?source ; hfm:basis ?basis ; hfm:confidence ?confidence ;
         hfm:claimStatus "accepted" .
  OPTIONAL { ?claim hfm:locator ?locator }
} ORDER BY ?child ?relation ?parent"""
_ARTIFACTS: Final = """
SELECT ?it ?name ?year WHERE {
  ?it a hfm:Artifact OPTIONAL { ?it rdfs:label ?name } OPTIONAL { ?it hfm:year ?year }
}"""


@dataclass(frozen=True, slots=True)
class Edge:
    """One accepted claim: `child` depends on `parent`.

    Parameters
    ----------
    child, parent
        CURIEs of two artifacts.
    relation
        What the child did with the parent, such as ``fineTunedFrom``.
    statement
        The claim in one sentence.
    source, locator
        The work or page it rests on, and where in it, if said.
    basis
        ``source-read``, or ``curator-knowledge`` still to be checked.
    confidence
        ``low``, ``medium`` or ``high``.
    claim
        CURIE of the claim.
    """

    child: str
    relation: str
    parent: str
    statement: str
    source: str
    locator: str | None
    basis: str
    confidence: str
    claim: str

    @property
    def group(self) -> str:
        """What is inherited: weights, behaviour, method, code, or nothing but calls."""
        return RELATION_GROUPS[self.relation]


@dataclass(frozen=True, slots=True)
class Artifact:
    """A node of lineage.

    Parameters
    ----------
    id, name
        CURIE, and name for people.
    year
        Year of the first publication; `None` in data of others that do not say it.
    """

    id: str
    name: str
    year: int | None

    def __str__(self) -> str:
        """Return the name with the year, as people write it."""
        return self.name if self.year is None else f"{self.name} ({self.year})"


@dataclass(frozen=True, slots=True)
class LineageGraph:
    """All accepted lineage edges, indexed both ways."""

    artifacts: Mapping[str, Artifact]
    by_child: Mapping[str, tuple[Edge, ...]]
    by_parent: Mapping[str, tuple[Edge, ...]]

    @property
    def edges(self) -> tuple[Edge, ...]:
        """Every edge once, sorted by child, relation and parent."""
        return tuple(edge for child in sorted(self.by_child) for edge in self.by_child[child])

    def require(self, *names: str) -> None:
        """Refuse names of other things than artifacts.

        Raises
        ------
        UsageError
            If one of them is no artifact.
        """
        for name in names:
            if name not in self.artifacts:
                raise UsageError(
                    f"'{name}' has no lineage: it is no model, system, method or library; "
                    "`healthfm search` finds those by name"
                )


def read_lineage(store: ReadableStore) -> LineageGraph:
    """Return the lineage that a store holds."""
    artifacts = {}
    for solution in solutions(store, _ARTIFACTS):
        name = curie(solution["it"].value)
        artifacts[name] = Artifact(
            name,
            solution["name"].value if solution["name"] else name,
            int(solution["year"].value) if solution["year"] else None,
        )
    by_child: dict[str, list[Edge]] = defaultdict(list)
    by_parent: dict[str, list[Edge]] = defaultdict(list)
    for solution in solutions(store, _CLAIMS):
        edge = Edge(
            child=curie(solution["child"].value),
            relation=solution["relation"].value.removeprefix(HFM_NS),
            parent=curie(solution["parent"].value),
            statement=solution["statement"].value,
            source=curie(solution["source"].value),
            locator=solution["locator"].value if solution["locator"] else None,
            basis=solution["basis"].value,
            confidence=solution["confidence"].value,
            claim=curie(solution["claim"].value),
        )
        for end in (edge.child, edge.parent):
            artifacts.setdefault(end, Artifact(end, end, None))
        by_child[edge.child].append(edge)
        by_parent[edge.parent].append(edge)
    return LineageGraph(artifacts, _frozen(by_child), _frozen(by_parent))


def shortest_paths(
    graph: LineageGraph, start: str, *, upwards: bool, follow: Callable[[Edge], bool] = lambda _edge: True
) -> dict[str, tuple[Edge, ...]]:
    """Return a shortest path to everything above or below an artifact, the nearest first.

    Parameters
    ----------
    start
        CURIE of the artifact; the path to itself is empty.
    follow
        Says whether an edge is followed.
    """
    index = graph.by_child if upwards else graph.by_parent
    paths: dict[str, tuple[Edge, ...]] = {start: ()}
    queue = deque([start])
    while queue:
        current = queue.popleft()
        for edge in index.get(current, ()):
            other = edge.parent if upwards else edge.child
            if other not in paths and follow(edge):
                paths[other] = (*paths[current], edge)
                queue.append(other)
    return paths


def _frozen(index: Mapping[str, list[Edge]]) -> dict[str, tuple[Edge, ...]]:
    return {name: tuple(edges) for name, edges in index.items()}
