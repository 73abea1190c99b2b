"""What the details panel says of each artifact, in the order people read it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from healthfm.analysis.sparql import solutions
from healthfm.rdf.readable_store import ReadableStore
from healthfm.vocabulary import curie

_FACTS: Final = """
SELECT ?it ?key ?value WHERE {
  ?it a hfm:Artifact .
  { ?it skos:altLabel ?value BIND("other name" AS ?key) }
  UNION { ?it a ?kind . FILTER(?kind IN (hfm:Model, hfm:System, hfm:Method, hfm:Library))
          ?kind skos:prefLabel ?value BIND("kind" AS ?key) }
  UNION { ?it hfm:year ?value BIND("year" AS ?key) }
  UNION { ?it hfm:memberOf/rdfs:label ?value BIND("family" AS ?key) }
  UNION { ?it hfm:developedBy/rdfs:label ?value BIND("developed by" AS ?key) }
  UNION { ?it hfm:category/skos:prefLabel ?value BIND("category" AS ?key) }
  UNION { ?it hfm:domain/skos:prefLabel ?value BIND("domain" AS ?key) }
  UNION { ?it hfm:applicationArea/skos:prefLabel ?value BIND("area" AS ?key) }
  UNION { ?it hfm:modality/skos:prefLabel ?value BIND("modality" AS ?key) }
  UNION { ?it hfm:task/skos:prefLabel ?value BIND("task" AS ?key) }
  UNION { ?it hfm:parameterCount ?value BIND("parameters" AS ?key) }
  UNION { ?it hfm:weightsAccess ?value BIND("weights" AS ?key) }
  UNION { ?it hfm:weightsLicense/rdfs:label ?value BIND("weights licence" AS ?key) }
  UNION { ?it hfm:codeLicense/rdfs:label ?value BIND("code licence" AS ?key) }
  UNION { ?it fair4ml:trainedOn/rdfs:label ?value BIND("trained on" AS ?key) }
  UNION { ?it hfm:notReported ?property . BIND("not reported" AS ?key) BIND(STR(?property) AS ?value) }
  UNION { ?it hfm:introducedBy/dcterms:title ?value BIND("described in" AS ?key) }
  UNION { ?it hfm:noKnownParent ?value BIND("no known parent" AS ?key) }
  UNION { ?it hfm:factsBasis ?value BIND("facts known by" AS ?key) }
} ORDER BY ?it ?key ?value"""
_LINKS: Final = """
SELECT DISTINCT ?it ?key ?url WHERE {
  ?it a hfm:Artifact .
  { ?it hfm:introducedBy/rdfs:seeAlso|hfm:introducedBy/hfm:fullText ?url BIND("paper" AS ?key) }
  UNION { ?it hfm:officialCode ?url BIND("code, official" AS ?key) }
  UNION { ?it hfm:thirdPartyCode ?url BIND("code, third party" AS ?key) }
  UNION { ?it hfm:code ?url BIND("code" AS ?key)
          FILTER NOT EXISTS { ?it hfm:officialCode|hfm:thirdPartyCode ?url } }
  UNION { ?it hfm:weights ?url BIND("weights" AS ?key) }
  UNION { ?it hfm:project ?url BIND("project" AS ?key) }
  UNION { ?it hfm:blog|hfm:introducedBy/hfm:blog ?url BIND("blog" AS ?key) }
  UNION { ?it hfm:documentation ?url BIND("documentation" AS ?key) }
} ORDER BY ?it ?key ?url"""
_ORDER: Final = (
    "other name", "kind", "year", "family", "developed by", "category", "domain", "area", "modality", "task",
    "parameters", "weights", "weights licence", "code licence", "trained on", "not reported", "described in",
    "no known parent", "facts known by",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Facts:
    """What the panel says of one artifact: pairs of a key and a text, and pairs of a kind and an address."""

    other_names: list[str]
    facts: list[tuple[str, str]]
    links: list[tuple[str, str]]


def facts_of(store: ReadableStore) -> dict[str, Facts]:
    """Return the facts of every artifact, by CURIE."""
    values: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for name, key, value in _rows(store, _FACTS, "value"):
        values[name][key].append(_worded(key, value))
    links: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for name, key, url in _rows(store, _LINKS, "url"):
        links[name].append((key, url))
    return {
        name: Facts(
            other_names=own.get("other name", []),
            facts=[(key, ", ".join(own[key])) for key in _ORDER if key in own],
            links=links[name],
        )
        for name, own in values.items()
    }


def _rows(store: ReadableStore, query: str, last: str) -> Iterator[tuple[str, str, str]]:
    for row in solutions(store, query):
        cells: list[Any] = [row["it"], row["key"], row[last]]
        yield curie(cells[0].value), cells[1].value, cells[2].value


def _worded(key: str, value: str) -> str:
    if key == "parameters":
        return f"{int(value):,}"
    return curie(value).partition(":")[2] if key == "not reported" else value
