"""All that is known of one thing, with its sources."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Final

from pyoxigraph import Literal, NamedNode

from healthfm.analysis.lineage import Edge, LineageGraph
from healthfm.analysis.results import plain_value, shown
from healthfm.analysis.sparql import solutions
from healthfm.rdf.readable_store import ReadableStore
from healthfm.vocabulary import PREFIXES, Hfm, Term, curie

#: Shown elsewhere in a description, or only there for machines.
_HIDDEN: Final = {
    Term.TYPE, Term.LABEL, Term.PREF_LABEL, Term.QUALIFIED_DERIVATION, Term.SEE_ALSO, Term.HAS_EVIDENCE,
    Term.CREDIT_TEXT, Hfm.HAS_ANCESTOR, Hfm.DEPENDS_ON, Hfm.DERIVED_FROM,
}  # fmt: skip
_FACTS: Final = """
SELECT ?property ?value ?label ?graph WHERE {
  ?thing ?property ?value .
  OPTIONAL { ?value rdfs:label|skos:prefLabel ?label }
  OPTIONAL {
    GRAPH ?graph { ?thing ?property ?value }
    FILTER(?graph = <https://w3id.org/healthfm/graph/inferred>)
  }
} ORDER BY ?property ?value"""
#: Where lists mention a `?paper`: binds what `place_in_list` says, and `?row`.
LIST_PLACES: Final = """
  { ?row hfm:about ?paper ; hfm:inList ?version ; hfm:line ?line . ?version rdfs:label ?list }
  UNION { ?row hfm:wasAbout ?paper ; hfm:lastSeenIn ?version . ?version dcterms:isVersionOf/rdfs:label ?list }
  ?row hfm:section ?section .
  OPTIONAL { ?version dcterms:date ?date }"""
_ROWS: Final = f"""
SELECT DISTINCT ?row ?list ?date ?line ?section WHERE {{
  ?thing hfm:introducedBy? ?paper . {LIST_PLACES}
}} ORDER BY (!BOUND(?line)) ?list ?line"""
_MENTIONS: Final = """
SELECT ?property ?other ?label WHERE {
  ?other ?property ?thing . OPTIONAL { ?other rdfs:label ?label }
  FILTER(?property IN (hfm:introducedBy, hfm:evaluates, hfm:developedBy, hfm:memberOf, fair4ml:trainedOn,
                       hfm:trainedWith, hfm:task, hfm:category, hfm:modality, hfm:domain,
                       hfm:applicationArea))
} ORDER BY ?property ?label"""


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
                lines.append(f"{name if index == 0 else '':<22}{fact.label}{mark}")
        for title, edges, attribute in (
            ("built on", self.built_on, "parent"),
            ("built upon by", self.built_upon_by, "child"),
        ):
            if edges:
                lines += ["", title]
                for edge in edges:
                    lines.append(f"  {edge.relation:<22}{getattr(edge, attribute)}")
                    lines.append(f"    {edge.statement}")
                    lines.append(f"    {_provenance(edge)}")
        for name, facts in _grouped(self.mentions).items():
            lines += ["", f"is '{name}' of", *(f"  {fact.value}  {fact.label}" for fact in facts)]
        if self.rows:
            lines += ["", "listed in", *(f"  {row}" for row in self.rows)]
        return "\n".join(lines) + "\n"

    def _repr_html_(self) -> str:
        from healthfm.analysis.description_html import description_html

        return description_html(self)


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


def describe(store: ReadableStore, lineage: LineageGraph, thing: NamedNode) -> Description:
    """Return all that the store knows of `thing`."""
    rows = list(_ask(store, _FACTS, thing))
    named = {row["property"].value: row["value"].value for row in rows}
    name = next(
        (named[term] for term in (Term.LABEL, Term.PREF_LABEL, Term.TITLE) if term in named),
        curie(thing.value),
    )
    types = [curie(row["value"].value) for row in rows if row["property"].value == Term.TYPE]
    return Description(
        id=curie(thing.value),
        iri=thing.value,
        name=name,
        types=tuple(kind for kind in types if kind.startswith(("hfm:", "skos:"))),
        facts=tuple(_facts(store, rows)),
        built_on=lineage.by_child.get(curie(thing.value), ()),
        built_upon_by=lineage.by_parent.get(curie(thing.value), ()),
        mentions=tuple(
            Fact(
                _property(row["property"]),
                shown(row["other"]),
                row["label"].value if row["label"] else "",
                inferred=False,
            )
            for row in _ask(store, _MENTIONS, thing)
        ),
        rows=tuple(map(place_in_list, _ask(store, _ROWS, thing))),
    )


def place_in_list(row: Any) -> str:
    """Say where a list mentions a work, and in which version of it; a row without a line is gone."""
    version = f" of {row['date'].value}" if row["date"] else ""
    where = f", line {row['line'].value}" if row["line"] else ", gone since"
    return f"{row['list'].value}{version}{where}: {row['section'].value}"


def _ask(store: ReadableStore, query: str, thing: NamedNode) -> Any:
    return solutions(store, query.replace("WHERE {", f"WHERE {{ VALUES ?thing {{ {thing} }}", 1))


def _facts(store: ReadableStore, rows: list[Any]) -> list[Fact]:
    supers = _super_properties(store)
    lineage = {Hfm.DEPENDS_ON, *(name for name, above in supers.items() if Hfm.DEPENDS_ON in above)}
    present = {(row["property"].value, row["value"]) for row in rows}
    facts: dict[tuple[str, str], Fact] = {}
    for row in rows:
        name, value = row["property"].value, row["value"]
        said_below = any(name in above and (lower, value) in present for lower, above in supers.items())
        if name in _HIDDEN or name in lineage or said_below or name.startswith(PREFIXES["prov"]):
            continue
        label = shown(value)
        if isinstance(value, NamedNode) and row["label"]:
            label = f"{row['label'].value}  [{label}]"
        facts.setdefault(
            (name, str(value)),
            Fact(_property(row["property"]), plain_value(value), label, row["graph"] is not None),
        )
    return list(facts.values())


def _property(term: NamedNode | Literal) -> str:
    return curie(term.value).partition(":")[2]


# A path with both ends free is refused by Virtuoso.
_SUPER_PROPERTIES: Final = (
    "SELECT DISTINCT ?p ?q WHERE { ?p rdfs:subPropertyOf ?next . ?next rdfs:subPropertyOf* ?q }"
)


def _super_properties(store: ReadableStore) -> dict[str, set[str]]:
    above: dict[str, set[str]] = defaultdict(set)
    for row in solutions(store, _SUPER_PROPERTIES):
        above[row["p"].value].add(row["q"].value)
    return above
