"""Licences along weights: where a child is more permissive than what it carries. No legal advice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from healthfm.analysis.html import Report
from healthfm.analysis.lineage_graph import Edge, LineageGraph, shortest_paths
from healthfm.analysis.sparql import solutions
from healthfm.analysis.text_table import aligned
from healthfm.rdf.disclaimer import DISCLAIMER
from healthfm.rdf.readable_store import ReadableStore
from healthfm.vocabulary import curie

Verdict = Literal["more permissive", "unknown", "consistent"]

#: Kinds of terms, the most permissive first.
TERMS: Final = (
    "permissive",
    "share-alike",
    "use-restricted",
    "non-commercial",
    "research-only",
    "proprietary",
)

VERDICTS: Final[tuple[Verdict, ...]] = ("more permissive", "unknown", "consistent")

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

    Parameters
    ----------
    child, ancestor
        CURIEs of the two.
    path
        The edges from the child up to the ancestor, all of them by weights.
    child_licence, ancestor_licence
        `None` where nobody knows it.
    verdict
        ``more permissive``: the child's terms are laxer than the ancestor's. ``unknown``: they may
        be, a licence is not known. ``consistent``: they are not, whatever is not known.
    """

    child: str
    child_licence: Licence | None
    ancestor: str
    ancestor_licence: Licence | None
    path: tuple[Edge, ...]
    verdict: Verdict

    def to_dict(self) -> dict[str, Any]:
        """Return the finding as plain values, for JSON."""
        return {
            "child": self.child,
            "childLicence": _name(self.child_licence),
            "ancestor": self.ancestor,
            "ancestorLicence": _name(self.ancestor_licence),
            "path": [{"child": e.child, "relation": e.relation, "parent": e.parent} for e in self.path],
            "verdict": self.verdict,
        }


def _name(licence: Licence | None) -> str:
    return licence.name if licence else "unknown"


@dataclass(frozen=True, slots=True, repr=False)
class Licences(Report):
    """Every pair of a child and an ancestor whose weights it carries.

    Parameters
    ----------
    pairs
        Those at odds first.
    """

    pairs: tuple[Finding, ...]

    def __repr__(self) -> str:
        return f"<licences along weights: {self._counts()}>"

    def _counts(self) -> str:
        return ", ".join(f"{len(self.of(verdict))} {verdict}" for verdict in VERDICTS)

    def of(self, verdict: Verdict) -> tuple[Finding, ...]:
        """Return the pairs with one verdict.

        Parameters
        ----------
        verdict
            ``more permissive``, ``unknown`` or ``consistent``.
        """
        return tuple(pair for pair in self.pairs if pair.verdict == verdict)

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain values, for JSON."""
        return {"pairs": [pair.to_dict() for pair in self.pairs], "notice": DISCLAIMER}

    def text(self) -> str:
        """Return what is at odds or cannot be judged, for a terminal."""
        lines = [
            (
                pair.verdict,
                f"{pair.child} ({_name(pair.child_licence)})",
                f"{pair.ancestor} ({_name(pair.ancestor_licence)})",
                " ".join(f"{edge.relation} {edge.parent}" for edge in pair.path),
            )
            for pair in self.pairs
            if pair.verdict != "consistent"
        ]
        return (
            f"{len(self.pairs)} pairs of a model and an ancestor whose weights it carries: {self._counts()}\n"
            + aligned([("verdict", "child", "carries weights of", "path"), *lines])
            + DISCLAIMER
            + "\n"
        )


def compare_licences(store: ReadableStore, graph: LineageGraph) -> Licences:
    """Return every pair of a child and an ancestor whose weights it carries, judged by their licences.

    Returns
    -------
    Licences
        By verdict, child and ancestor; each pair with a shortest path.
    """
    known = _read(store)
    pairs = [
        _judge(known, child, ancestor, path)
        for child in graph.by_child
        for ancestor, path in _weights_above(graph, child).items()
        if path
    ]
    return Licences(
        tuple(sorted(pairs, key=lambda pair: (VERDICTS.index(pair.verdict), pair.child, pair.ancestor)))
    )


def _read(store: ReadableStore) -> dict[str, Licence]:
    known = {}
    for row in solutions(store, _LICENCES):
        name = curie(row["it"].value)
        if row["terms"]:
            known[name] = Licence(row["name"].value, row["terms"].value)
        elif row["access"] and row["access"].value == "closed":
            known[name] = Licence("closed weights", "proprietary")
    return known


def _weights_above(graph: LineageGraph, child: str) -> dict[str, tuple[Edge, ...]]:
    return shortest_paths(graph, child, upwards=True, follow=lambda edge: edge.group == "weights")


def _judge(known: Mapping[str, Licence], child: str, ancestor: str, path: tuple[Edge, ...]) -> Finding:
    own, theirs = known.get(child), known.get(ancestor)
    # Where a licence is not known, it may be anything.
    laxest = TERMS.index(own.terms) if own else 0
    strictest = TERMS.index(theirs.terms) if theirs else len(TERMS) - 1
    verdict: Verdict = "consistent"
    if laxest < strictest:
        verdict = "more permissive" if own and theirs else "unknown"
    return Finding(child, own, ancestor, theirs, path, verdict)
