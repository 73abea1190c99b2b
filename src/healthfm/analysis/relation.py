"""How two artifacts are related: their nearest common ancestors, and the paths to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from healthfm.analysis.html import Report
from healthfm.analysis.lineage_graph import Artifact, Edge, LineageGraph, shortest_paths


@dataclass(frozen=True, slots=True)
class Meeting:
    """A common ancestor, and how either side comes to it.

    Parameters
    ----------
    ancestor
        What both stand on; one of the two may be it.
    from_first, from_second
        A shortest path up to it from either side; empty at the thing itself.
    """

    ancestor: Artifact
    from_first: tuple[Edge, ...]
    from_second: tuple[Edge, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Relation(Report):
    """How two artifacts are related.

    Parameters
    ----------
    first, second
        The two.
    meetings
        Their nearest common ancestors; empty if they share none.
    """

    first: Artifact
    second: Artifact
    meetings: tuple[Meeting, ...]

    def __repr__(self) -> str:
        names = ", ".join(meeting.ancestor.name for meeting in self.meetings) or "nothing"
        return f"<{self.first.name} and {self.second.name} meet in {names}>"

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain values, for JSON."""

        def steps(path: tuple[Edge, ...]) -> list[dict[str, str]]:
            return [
                {"child": e.child, "relation": e.relation, "parent": e.parent, "claim": e.claim} for e in path
            ]

        return {
            "first": self.first.id,
            "second": self.second.id,
            "nearestCommonAncestors": [
                {"id": m.ancestor.id, "fromFirst": steps(m.from_first), "fromSecond": steps(m.from_second)}
                for m in self.meetings
            ],
        }

    def text(self) -> str:
        """Return the relation for a terminal."""
        if not self.meetings:
            return f"{self.first.name} and {self.second.name} have no common ancestor in the catalogue\n"
        lines = []
        for meeting in self.meetings:
            lines.append(f"{self.first.name} and {self.second.name} meet in {meeting.ancestor.name}")
            for start, path in ((self.first, meeting.from_first), (self.second, meeting.from_second)):
                steps = "".join(f" {edge.relation} {edge.parent}" for edge in path) or " is it"
                lines.append(f"  {start.id}{steps}")
        return "\n".join(lines) + "\n"


def relate(graph: LineageGraph, first: str, second: str) -> Relation:
    """Return how two artifacts are related.

    Returns
    -------
    Relation
        With the common ancestors that have no other common ancestor below them, the youngest
        first. Each of the two counts as its own ancestor.

    Raises
    ------
    UsageError
        If one of them is no artifact.
    """
    graph.require(first, second)
    ups = [shortest_paths(graph, name, upwards=True) for name in (first, second)]
    common = set(ups[0]) & set(ups[1])
    passed = {
        above for name in common for above in shortest_paths(graph, name, upwards=True) if above != name
    }
    nearest = sorted(common - passed, key=lambda name: (-(graph.artifacts[name].year or 0), name))
    meetings = tuple(Meeting(graph.artifacts[name], ups[0][name], ups[1][name]) for name in nearest)
    return Relation(graph.artifacts[first], graph.artifacts[second], meetings)
