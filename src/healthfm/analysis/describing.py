"""What the graph knows of one thing, asked for and put together."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, Final

from pyoxigraph import Literal, NamedNode

from healthfm.analysis.description import Description, Fact
from healthfm.analysis.lineage_graph import LineageGraph
from healthfm.analysis.sparql import solutions
from healthfm.analysis.values import plain_value, shown
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
        types=tuple(kind for kind in types if kind.startswith(("hfm:", "skos:", "owl:"))),
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
