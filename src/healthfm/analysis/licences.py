"""Licences along weights: where a child is more permissive than what it carries. No legal advice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pyoxigraph import Store

from healthfm.analysis.lineage import Edge, LineageGraph
from healthfm.analysis.result_formats import aligned
from healthfm.analysis.sparql import solutions
from healthfm.vocabulary import curie

#: Kinds of terms, the most permissive first.
TERMS: Final = (
    "permissive",
    "share-alike",
    "use-restricted",
    "non-commercial",
    "research-only",
    "proprietary",
)

_LICENCES: Final = """
SELECT ?it ?name ?terms ?access WHERE {
  ?it a hfm:Artifact .
  OPTIONAL { ?it hfm:weightsLicense ?licence . ?licence rdfs:label ?name ; hfm:licenseTerms ?terms }
  OPTIONAL { ?it hfm:weightsAccess ?access }
}"""


@dataclass(frozen=True, slots=True)
class Licence:
    """What is known of the licence of an artifact's weights; closed weights are proprietary."""

    name: str
    terms: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A child and an ancestor whose weights it carries, with the path and both licences.

    `verdict` is ``more permissive`` or, where a licence on the path is not known, ``unknown``.
    """

    child: str
    child_licence: str
    ancestor: str
    ancestor_licence: str
    path: tuple[Edge, ...]
    verdict: str

    def to_dict(self) -> dict[str, Any]:
        """Return the finding as plain values, for JSON."""
        return {
            "child": self.child,
            "childLicence": self.child_licence,
            "ancestor": self.ancestor,
            "ancestorLicence": self.ancestor_licence,
            "path": [{"child": e.child, "relation": e.relation, "parent": e.parent} for e in self.path],
            "verdict": self.verdict,
        }


def findings_text(findings: Sequence[Finding]) -> str:
    """Return findings for a terminal, with the reminder that they are no legal advice."""
    lines = [
        (f.verdict, f"{f.child} ({f.child_licence})", f"{f.ancestor} ({f.ancestor_licence})", _steps(f.path))
        for f in findings
    ]
    return aligned([("verdict", "child", "carries weights of", "path"), *lines]) + "Not legal advice.\n"


def _steps(path: tuple[Edge, ...]) -> str:
    return " ".join(f"{edge.relation} {edge.parent}" for edge in path)


def compare_licences(store: Store, graph: LineageGraph) -> list[Finding]:
    """Return every pair of child and ancestor that is at odds or cannot be judged.

    Returns
    -------
    list of Finding
        Those at odds first; sorted by child and ancestor. A pair whose child has a licence at
        least as strict as the ancestor's is left out, and so is one whose child has no known
        licence: nothing can be said against it.
    """
    known = _read(store)
    findings = [
        finding
        for child in sorted(known)
        for ancestor, path in _weights_above(graph, child)
        if (finding := _judge(known, child, ancestor, path)) is not None
    ]
    return sorted(findings, key=lambda finding: (finding.verdict, finding.child, finding.ancestor))


def _read(store: Store) -> dict[str, Licence]:
    known = {}
    for row in solutions(store, _LICENCES):
        name = curie(row["it"].value)
        if row["terms"]:
            known[name] = Licence(row["name"].value, row["terms"].value)
        elif row["access"] and row["access"].value == "closed":
            known[name] = Licence("closed weights", "proprietary")
    return known


def _weights_above(graph: LineageGraph, child: str) -> Iterator[tuple[str, tuple[Edge, ...]]]:
    paths: dict[str, tuple[Edge, ...]] = {child: ()}
    queue = [child]
    for current in queue:
        for edge in graph.by_child.get(current, ()):
            if edge.group == "weights" and edge.parent not in paths:
                paths[edge.parent] = (*paths[current], edge)
                queue.append(edge.parent)
                yield edge.parent, paths[edge.parent]


def _judge(known: Mapping[str, Licence], child: str, ancestor: str, path: tuple[Edge, ...]) -> Finding | None:
    own = known[child]
    if own.terms == "proprietary":
        return None
    unknown = [edge.parent for edge in path if edge.parent not in known]
    theirs = known.get(ancestor)
    if theirs is not None and TERMS.index(own.terms) < TERMS.index(theirs.terms):
        return Finding(child, own.name, ancestor, theirs.name, path, "more permissive")
    if unknown:
        name = theirs.name if theirs else "unknown"
        return Finding(child, own.name, ancestor, name, path, "unknown")
    return None
