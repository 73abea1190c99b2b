"""What the page knows of each thing: names, facts with where they come from, and links outwards.

One table says which properties the page shows, in the order people read them, and how each is worded
in either direction. A fact is kept as the id of a thing or as a text, so that the page can follow it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from healthfm.analysis.describing import LIST_PLACES, place_in_list
from healthfm.analysis.sparql import solutions
from healthfm.rdf.readable_store import ReadableStore
from healthfm.vocabulary import INFERRED_GRAPH, ROOT, curie


@dataclass(frozen=True, slots=True)
class Property:
    """A property the page shows: its term, how it reads, and how it reads from the other end."""

    term: str
    label: str
    inverse: str | None = None

    @property
    def key(self) -> str:
        """The local name, by which the page's data call it."""
        return self.term.partition(":")[2]


PROPERTIES: Final = (
    Property("skos:altLabel", "other name"),
    Property("dcterms:creator", "authors"),
    Property("hfm:year", "year"),
    Property("schema:datePublished", "published"),
    Property("dcterms:type", "kind of publication"),
    Property("hfm:memberOf", "family", "members"),
    Property("hfm:familyRoot", "root", "root of"),
    Property("hfm:developedBy", "developed by", "developed"),
    Property("hfm:category", "category", "things of this category"),
    Property("hfm:domain", "domain", "things of this domain"),
    Property("hfm:applicationArea", "area", "things for this area"),
    Property("hfm:modality", "modality", "things for this modality"),
    Property("hfm:task", "task", "things for this task"),
    Property("hfm:parameterCount", "parameters"),
    Property("hfm:weightsAccess", "weights"),
    Property("hfm:weightsLicense", "weights licence", "licence of the weights of"),
    Property("hfm:codeLicense", "code licence", "licence of the code of"),
    Property("fair4ml:trainedOn", "trained on", "trained on it"),
    Property("hfm:trainedWith", "trained with", "trained with it"),
    Property("hfm:introducedBy", "described in", "introduces"),
    Property("hfm:evaluates", "evaluates", "evaluated in"),
    Property("hfm:datasetModality", "modality", "datasets of this modality"),
    Property("schema:addressCountry", "country"),
    Property("hfm:licenseTerms", "terms"),
    Property("hfm:notReported", "not reported"),
    Property("hfm:noKnownParent", "no known parent"),
    Property("hfm:placementReason", "placed so because"),
    Property("skos:definition", "definition"),
    Property("rdfs:comment", "what it is"),
    Property("skos:note", "note"),
    Property("dcterms:date", "date"),
    Property("dcterms:source", "rests on", "rest on it"),
    Property("hfm:factsBasis", "facts known by"),
    Property("hfm:factsChecked", "facts checked"),
    Property("hfm:factsSource", "facts taken from"),
)
#: Property of a page → how the link is worded; the first that has an address words it.
_LINKS: Final = {
    "rdfs:seeAlso": "paper",
    "hfm:fullText": "full text",
    "hfm:officialCode": "code, official",
    "hfm:thirdPartyCode": "code, third party",
    "hfm:code": "code",
    "hfm:weights": "weights",
    "hfm:project": "project",
    "hfm:blog": "blog",
    "hfm:documentation": "documentation",
    "foaf:homepage": "homepage",
}
_CLASSES: Final = {
    "hfm:Model": "model",
    "hfm:System": "system",
    "hfm:Method": "method",
    "hfm:Library": "library",
    "hfm:Paper": "paper",
    "hfm:Organization": "organization",
    "hfm:Dataset": "dataset",
    "hfm:Family": "family",
    "hfm:List": "list",
    "dcterms:LicenseDocument": "licence",
    "skos:Concept": "concept",
}
#: Concepts that are named even where nothing has them: an empty cell of a table is a finding.
_ALWAYS: Final = ("category", "modality", "domain", "area", "family", "list")
_THINGS: Final = f"""
SELECT ?it ?kind ?name WHERE {{
  VALUES (?class ?kind) {{ {" ".join(f'({term} "{kind}")' for term, kind in _CLASSES.items())} }}
  ?it a ?class . OPTIONAL {{ ?it rdfs:label|skos:prefLabel ?name }}
  FILTER(?class != skos:Concept || STRSTARTS(STR(?it), "{ROOT}"))
}} ORDER BY ?it ?name"""
_PROPERTIES: Final = " ".join(f'("{own.key}" {own.term})' for own in PROPERTIES)
_FACTS: Final = f"""
SELECT ?it ?key ?value WHERE {{
  VALUES (?key ?property) {{ {_PROPERTIES} }} ?it ?property ?value
}} ORDER BY ?it ?key ?value"""
# Asked apart: a check of each fact on its own now and then costs Virtuoso minutes, or rows.
_INFERRED: Final = f"""
SELECT DISTINCT ?it ?key WHERE {{
  VALUES (?key ?property) {{ {_PROPERTIES} }} GRAPH <{INFERRED_GRAPH}> {{ ?it ?property ?value }}
}}"""
_PAGES: Final = f"""
SELECT ?it ?word ?page WHERE {{
  VALUES (?rank ?property ?word) {{
    {" ".join(f'({rank} {term} "{word}")' for rank, (term, word) in enumerate(_LINKS.items()))} }}
  ?it ?property ?page . FILTER(ISIRI(?page))
}} ORDER BY ?it ?rank ?page"""
_ROWS: Final = f"""
SELECT DISTINCT ?paper ?row ?list ?date ?line ?section WHERE {{ {LIST_PLACES}
}} ORDER BY ?paper (!BOUND(?line)) ?list ?line"""


@dataclass(slots=True)
class Thing:
    """Anything with a name: what it is, its facts by property, its links, and the rows about it.

    Parameters
    ----------
    facts
        Property → ids of things, or texts.
    inferred
        Properties with a value that nobody stated: it follows from rows of the list or from lineage.
    links
        Pairs of a word and an address.
    rows
        List, version, line and section of each row about it, in words.
    """

    id: str
    kind: str
    name: str
    facts: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    inferred: set[str] = field(default_factory=set)
    links: list[tuple[str, str]] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        """Return what there is, as plain values."""
        parts = {
            "facts": self.facts,
            "inferred": sorted(self.inferred),
            "links": self.links,
            "rows": self.rows,
        }
        return {"id": self.id, "kind": self.kind, "name": self.name} | {
            key: value for key, value in parts.items() if value
        }


def read_things(store: ReadableStore) -> dict[str, Thing]:
    """Return everything that the page can show, by CURIE."""
    things: dict[str, Thing] = {}
    for row in solutions(store, _THINGS):
        name, kind = curie(row["it"].value), row["kind"].value
        # A concept is called by its scheme: modality, area, task …
        kind = name.partition(":")[0] if kind == "concept" else kind
        # What nobody named goes by its id.
        things.setdefault(name, Thing(name, kind, row["name"].value if row["name"] else name))
    for row in solutions(store, _FACTS):
        if thing := things.get(curie(row["it"].value)):
            thing.facts[row["key"].value].append(curie(row["value"].value))
    for row in solutions(store, _INFERRED):
        if thing := things.get(curie(row["it"].value)):
            thing.inferred.add(row["key"].value)
    _add_pages(store, things)
    return things


def _add_pages(store: ReadableStore, things: Mapping[str, Thing]) -> None:
    for row in solutions(store, _PAGES):
        thing, page = things.get(curie(row["it"].value)), row["page"].value
        if thing and page not in {known for _, known in thing.links}:
            thing.links.append((row["word"].value, page))
    for row in solutions(store, _ROWS):
        if thing := things.get(curie(row["paper"].value)):
            thing.rows.append(place_in_list(row))


def around(things: Mapping[str, Thing], shown: Iterable[str], sources: Iterable[str]) -> list[Thing]:
    """Return the artifacts shown, everything their facts and evidence mention, and all concepts.

    Parameters
    ----------
    shown
        CURIEs of the artifacts of the picture.
    sources
        CURIEs or addresses that its edges rest on.
    """
    artifacts = set(shown)
    wanted = artifacts | {thing.id for thing in things.values() if thing.kind in _ALWAYS}
    wanted |= {
        paper for thing in things.values() if thing.kind == "list" for paper in thing.facts.get("source", ())
    }
    wanted |= {value for name in artifacts for values in things[name].facts.values() for value in values}
    wanted |= {thing.id for thing in things.values() if artifacts & set(thing.facts.get("evaluates", ()))}
    wanted |= set(sources)
    kinds = {"model", "system", "method", "library"}
    return [
        thing
        for name, thing in sorted(things.items())
        if name in wanted and (thing.kind not in kinds or name in artifacts)
    ]
