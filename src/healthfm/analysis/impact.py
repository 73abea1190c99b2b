"""Who is affected if a model is withdrawn, relicensed or found faulty, and by which path."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from healthfm.analysis.lineage_graph import CONFIDENCES, Artifact, Edge, LineageGraph, shortest_paths
from healthfm.errors import UsageError
from healthfm.rdf.disclaimer import DISCLAIMER

Through = Literal["weights", "behaviour", "method", "any"]

#: What is followed: what carries weights carries behaviour, and what carries either carries the method.
FOLLOWED: Final[Mapping[str, frozenset[str]]] = {
    "weights": frozenset({"weights"}),
    "behaviour": frozenset({"weights", "behaviour"}),
    "method": frozenset({"weights", "behaviour", "method"}),
    "any": frozenset({"weights", "behaviour", "method", "code", "calls"}),
}


@dataclass(frozen=True, slots=True)
class Affected:
    """One affected artifact.

    Parameters
    ----------
    artifact
        What is affected.
    path
        A shortest path of edges from the cause to it.
    areas
        Its application areas, as ids.
    """

    artifact: Artifact
    path: tuple[Edge, ...]
    areas: tuple[str, ...]

    @property
    def confidence(self) -> str:
        """The weakest confidence on the path."""
        return min((edge.confidence for edge in self.path), key=CONFIDENCES.index)


@dataclass(frozen=True, slots=True, repr=False)
class Impact:
    """Everything that one artifact affects, and the application areas exposed.

    Parameters
    ----------
    cause
        What is withdrawn, relicensed or faulty.
    through
        What was followed, as `KnowledgeGraph.impact` was told.
    affected
        All that is affected, nearest first.
    """

    cause: Artifact
    through: str
    affected: tuple[Affected, ...]

    def __repr__(self) -> str:
        return f"<impact of {self.cause.name} through {self.through}: {len(self.affected)} affected>"

    @property
    def areas(self) -> tuple[str, ...]:
        """Application areas of anything affected, in alphabetical order."""
        return tuple(sorted({area for affected in self.affected for area in affected.areas}))

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain values, for JSON."""
        return {
            "cause": self.cause.id,
            "through": self.through,
            "areas": list(self.areas),
            "affected": [
                {
                    "id": affected.artifact.id,
                    "name": affected.artifact.name,
                    "confidence": affected.confidence,
                    "areas": list(affected.areas),
                    "path": [
                        {
                            "child": edge.child,
                            "relation": edge.relation,
                            "parent": edge.parent,
                            "claim": edge.claim,
                        }
                        for edge in affected.path
                    ],
                }
                for affected in self.affected
            ],
            "notice": DISCLAIMER,
        }

    def text(self) -> str:
        """Return the report for a terminal."""
        lines = [f"{self.cause.name} affects {len(self.affected)} through {self.through}"]
        for affected in self.affected:
            steps = " ".join(f"{edge.relation} {edge.parent}" for edge in reversed(affected.path))
            lines.append(f"  {affected.artifact.name}  [{affected.confidence}]  {steps}")
        lines.append(f"areas exposed: {', '.join(self.areas) or 'none'}")
        lines.append(DISCLAIMER)
        return "\n".join(lines) + "\n"

    def _repr_html_(self) -> str:
        from healthfm.analysis.html import link, table, text

        rows = [
            [
                link(affected.artifact.id, affected.artifact.name),
                str(affected.artifact.year or ""),
                " ".join(f"{edge.relation} {link(edge.parent)}" for edge in reversed(affected.path)),
                affected.confidence,
                text(", ".join(affected.areas)),
            ]
            for affected in self.affected
        ]
        return (
            f"<p><strong>{text(self.cause.name)}</strong> affects {len(self.affected)} through "
            f"{self.through}; areas exposed: {text(', '.join(self.areas) or 'none')}</p>\n"
            + table(["affected", "year", "by which path", "confidence", "areas"], rows, numbers=[1])
            + f"\n<p><small>{text(DISCLAIMER)}</small></p>"
        )


def impact_of(
    graph: LineageGraph, areas: Mapping[str, tuple[str, ...]], name: str, *, through: Through = "any"
) -> Impact:
    """Return what depends on an artifact.

    Parameters
    ----------
    areas
        Application areas of each artifact.
    name
        CURIE of the artifact.
    through
        ``weights``: what carries its weights; ``behaviour``: also what its outputs taught;
        ``method``: also what took over its method; ``any``: also what reuses its code or calls it.

    Raises
    ------
    UsageError
        If the thing is no artifact, or `through` none of these.

    Notes
    -----
    Breadth first, so that each path is a shortest one; linear in the number of edges.
    """
    graph.require(name)
    if through not in FOLLOWED:
        raise UsageError(f"'{through}' cannot be followed; use {', '.join(FOLLOWED)}")
    groups = FOLLOWED[through]
    paths = shortest_paths(graph, name, upwards=False, follow=lambda edge: edge.group in groups)
    affected = tuple(
        Affected(graph.artifacts[child], path, areas.get(child, ())) for child, path in paths.items() if path
    )
    return Impact(graph.artifacts[name], through, affected)
