"""A description of one thing, with its sources, as text, as plain values and as HTML."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from healthfm.analysis.html import link, pairs, text
from healthfm.analysis.lineage_graph import Edge


@dataclass(frozen=True, slots=True)
class Fact:
    """One value of one property: its name for people, the value, and whether it was inferred."""

    property: str
    value: Any
    label: str
    inferred: bool


@dataclass(frozen=True, slots=True, repr=False)
class Description:
    """All that is known of one thing.

    Parameters
    ----------
    id, iri, name, types
        What it is.
    facts
        Its properties; super-properties that say the same again are left out.
    built_on, built_upon_by
        Lineage edges next to it.
    mentions
        Facts in which it is the value: the papers that evaluate it, the models of an organization.
    rows
        Where lists mention its work: list, version, line and section; last the rows that are gone.
    """

    id: str
    iri: str
    name: str
    types: tuple[str, ...]
    facts: tuple[Fact, ...]
    built_on: tuple[Edge, ...]
    built_upon_by: tuple[Edge, ...]
    mentions: tuple[Fact, ...]
    rows: tuple[str, ...]

    def __repr__(self) -> str:
        return f"<{self.id}: {self.name}>"

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain values, for JSON."""
        facts: dict[str, list[Any]] = defaultdict(list)
        for fact in self.facts:
            facts[fact.property].append(fact.value)
        return {
            "id": self.id,
            "iri": self.iri,
            "name": self.name,
            "types": list(self.types),
            "facts": dict(facts),
            "builtOn": [_edge(edge) for edge in self.built_on],
            "builtUponBy": [_edge(edge) for edge in self.built_upon_by],
            "mentions": [
                {"property": fact.property, "id": fact.value, "name": fact.label} for fact in self.mentions
            ],
            "rows": list(self.rows),
        }

    def text(self) -> str:
        """Return the description for a terminal."""
        lines = [f"{self.name}  [{', '.join(self.types)}]", f"{self.id}  {self.iri}", ""]
        for name, facts in _grouped(self.facts).items():
            for index, fact in enumerate(facts):
                mark = "  (inferred)" if fact.inferred else ""
                lines.append(f"{name if index == 0 else '':<24}{fact.label}{mark}")
        for title, edges, attribute in (
            ("built on", self.built_on, "parent"),
            ("built upon by", self.built_upon_by, "child"),
        ):
            if edges:
                lines += ["", title]
                for edge in edges:
                    lines.append(f"  {edge.relation:<24}{getattr(edge, attribute)}")
                    lines.append(f"    {edge.statement}")
                    lines.append(f"    {_provenance(edge)}")
        for name, facts in _grouped(self.mentions).items():
            lines += ["", f"is '{name}' of", *(f"  {fact.value}  {fact.label}" for fact in facts)]
        if self.rows:
            lines += ["", "listed in", *(f"  {row}" for row in self.rows)]
        return "\n".join(lines) + "\n"

    def _repr_html_(self) -> str:
        kinds = ", ".join(kind.partition(":")[2] for kind in self.types)
        own = link(self.iri, self.id)
        parts = [
            f"<p><strong>{text(self.name)}</strong> · {text(kinds)} · {own}</p>",
            pairs([(text(fact.property), _value(fact)) for fact in self.facts]),
        ]
        for title, edges, upwards in (
            ("built on", self.built_on, True),
            ("built upon by", self.built_upon_by, False),
        ):
            if edges:
                parts.append(f"<p>{title}</p>" + pairs([_evidence(edge, upwards=upwards) for edge in edges]))
        if self.mentions:
            mentions = [
                (f"is {text(fact.property)} of", link(fact.value, fact.label)) for fact in self.mentions
            ]
            parts.append("<p>mentioned as</p>" + pairs(mentions))
        if self.rows:
            parts.append(
                "<p>listed in</p><ul>" + "".join(f"<li>{text(row)}</li>" for row in self.rows) + "</ul>"
            )
        return "\n".join(parts)


def _edge(edge: Edge) -> dict[str, Any]:
    return {
        "relation": edge.relation,
        "group": edge.group,
        "child": edge.child,
        "parent": edge.parent,
        "statement": edge.statement,
        "source": edge.source,
        "locator": edge.locator,
        "basis": edge.basis,
        "confidence": edge.confidence,
    }


def _provenance(edge: Edge) -> str:
    where = f", {edge.locator}" if edge.locator else ""
    return f"source {edge.source}{where}; {edge.basis}, confidence {edge.confidence}"


def _grouped(facts: tuple[Fact, ...]) -> dict[str, list[Fact]]:
    groups: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        groups[fact.property].append(fact)
    return groups


def _value(fact: Fact) -> str:
    shown = link(fact.value, fact.label) if isinstance(fact.value, str) else text(fact.label)
    return shown + (" <small>(inferred)</small>" if fact.inferred else "")


def _evidence(edge: Edge, *, upwards: bool) -> tuple[str, str]:
    name = f"{text(edge.relation)} {link(edge.parent if upwards else edge.child)}"
    where = f", {text(edge.locator)}" if edge.locator else ""
    known = f"source {link(edge.source)}{where}; {text(edge.basis)}, confidence {text(edge.confidence)}"
    return name, f"{text(edge.statement)} <small>{known}</small>"
