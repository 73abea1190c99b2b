"""What two graphs say differently: works, models, claims, rows, in the words of the domain.

Compared is what was asserted. What follows from it (ancestors, super-properties, families) would
only say each change again; a lineage edge is compared as the claim it comes from; and the line of a
row says where it stands, not what it says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal

from pyoxigraph import DefaultGraph, NamedNode

from healthfm.analysis.html import Report
from healthfm.analysis.values import shown
from healthfm.rdf.readable_store import ReadableStore
from healthfm.sources.markdown_text import escaped
from healthfm.vocabulary import ASSERTED_GRAPH, HFM_NS, RELATION_GROUPS, Hfm, Term, curie

ChangeKind = Literal["added", "removed", "changed"]

#: CURIE prefix of a thing → what several of them are called, in the order of the report.
_KINDS: Final = {
    "paper": "works",
    "model": "models, systems, methods and libraries",
    "claim": "lineage claims",
    "family": "families",
    "organization": "organizations",
    "dataset": "datasets",
    "list": "lists",
    "version": "versions of lists",
    "row": "rows of lists",
}
_OTHERS: Final = "vocabulary and licences"
_MARKS: Final[Mapping[ChangeKind, str]] = {"added": "+", "removed": "-", "changed": "~"}
_LEFT_OUT: Final = {
    Hfm.LINE,
    Term.QUALIFIED_DERIVATION,
    *(HFM_NS + relation for relation in RELATION_GROUPS),
}
_NAMES: Final = (Term.LABEL, Term.PREF_LABEL, Term.TITLE)

#: Property → the values it has for one thing.
_Facts = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class FactChange:
    """The values of a property that only one of the graphs has."""

    property: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ThingChange:
    """A thing that only one graph knows, or of which they say something differently.

    Parameters
    ----------
    kind
        What it is, in the words of the report.
    change
        Whether it is new, gone or changed.
    id, name
        CURIE, and name for people.
    facts
        Properties whose values differ.
    """

    kind: str
    change: ChangeKind
    id: str
    name: str
    facts: tuple[FactChange, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Difference(Report):
    """Everything that two graphs say differently.

    Parameters
    ----------
    things
        What is new, gone or changed, kind by kind.
    """

    things: tuple[ThingChange, ...]

    def __len__(self) -> int:
        return len(self.things)

    def __repr__(self) -> str:
        return f"<difference: {len(self)} things>"

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain values, for JSON."""
        return {"things": [asdict(thing) for thing in self.things]}

    def text(self) -> str:
        """Return it for a terminal."""
        return self._lines("{kind} ({counts})", "  ", "      ") or "nothing differs\n"

    def markdown(self) -> str:
        """Return it as Markdown, fit for a pull request."""
        return self._lines("## {kind} ({counts})\n", "- ", "  - ", escape=True) or "Nothing differs.\n"

    def _lines(self, heading: str, mark: str, inner: str, *, escape: bool = False) -> str:
        plain = escaped if escape else str
        lines: list[str] = []
        for kind in (*_KINDS.values(), _OTHERS):
            things = [thing for thing in self.things if thing.kind == kind]
            if things:
                title = kind[0].upper() + kind[1:]
                lines += ["", heading.format(kind=title, counts=_counts(things))]
            for thing in things:
                lines.append(f"{mark}{plain(f'{_MARKS[thing.change]} {thing.id}  {thing.name}')}")
                lines += [f"{inner}{plain(_fact(fact))}" for fact in thing.facts]
        return "\n".join(lines[1:]) + "\n" if lines else ""


def _counts(things: Iterable[ThingChange]) -> str:
    changes = [thing.change for thing in things]
    return ", ".join(f"{changes.count(kind)} {kind}" for kind in _MARKS if kind in changes)


def _fact(fact: FactChange) -> str:
    if len(fact.before) == len(fact.after) == 1:
        return f"{fact.property}: {fact.before[0]} → {fact.after[0]}"
    marked = [*(f"-{value}" for value in fact.before), *(f"+{value}" for value in fact.after)]
    return f"{fact.property}: {'; '.join(marked)}"


def compare_graphs(old: ReadableStore, new: ReadableStore) -> Difference:
    """Return what `new` says otherwise than `old`.

    Notes
    -----
    A graph without the named graph of what was asserted (a Turtle file) is compared whole.
    """
    before, after = _facts(old), _facts(new)
    things = [
        ThingChange(
            _kind(it),
            "added" if it not in before else "removed" if it not in after else "changed",
            curie(it),
            _name(after.get(it) or before[it]),
            # Of a thing that is new or gone, its name says enough; all it had would bury the rest.
            tuple(_fact_changes(before[it], after[it])) if it in before and it in after else (),
        )
        for it in before.keys() | after.keys()
        if before.get(it) != after.get(it)
    ]
    return Difference(tuple(sorted(things, key=lambda thing: (thing.kind, thing.change, thing.id))))


def _facts(store: ReadableStore) -> dict[str, dict[str, frozenset[str]]]:
    asserted = NamedNode(ASSERTED_GRAPH)
    graph = asserted if asserted in set(store.named_graphs()) else DefaultGraph()
    values: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for quad in store.quads_for_pattern(None, None, None, graph):
        if quad.predicate.value not in _LEFT_OUT and isinstance(quad.subject, NamedNode):
            values[quad.subject.value][quad.predicate.value].add(shown(quad.object))
    return {it: {key: frozenset(own) for key, own in facts.items()} for it, facts in values.items()}


def _fact_changes(before: _Facts, after: _Facts) -> Iterator[FactChange]:
    for key in sorted(before.keys() | after.keys()):
        old, new = before.get(key, frozenset()), after.get(key, frozenset())
        if old != new:
            yield FactChange(_property(key), tuple(sorted(old - new)), tuple(sorted(new - old)))


def _property(iri: str) -> str:
    return curie(iri).rpartition(":")[2]


def _kind(iri: str) -> str:
    prefix, colon, _ = curie(iri).partition(":")
    return _KINDS.get(prefix, _OTHERS) if colon else _OTHERS


def _name(facts: _Facts) -> str:
    """Return what a thing is called; a claim is called by what it says."""
    if Hfm.CHILD in facts:
        parts = (min(facts.get(key, {"?"})) for key in (Hfm.CHILD, Hfm.RELATION, Hfm.PARENT))
        return " ".join(part.rpartition(":")[2] for part in parts)
    return next((min(facts[key]) for key in _NAMES if key in facts), "")
