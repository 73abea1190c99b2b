"""How complete the catalogue is, per field and category, and what to look up next."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any, Final

from pyoxigraph import Store

from healthfm.analysis.lineage import LineageGraph, trace
from healthfm.analysis.result_formats import aligned
from healthfm.analysis.sparql import solutions
from healthfm.vocabulary import Hfm, Term, curie

#: Field of an entry → the property that holds it.
FIELDS: Final = {
    "official code": Hfm.OFFICIAL_CODE,
    "code licence": Hfm.CODE_LICENSE,
    "weights access": Hfm.WEIGHTS_ACCESS,
    "weights licence": Hfm.WEIGHTS_LICENSE,
    "parameter count": Hfm.PARAMETER_COUNT,
    "training data": Term.TRAINED_ON,
    "organizations": Hfm.DEVELOPED_BY,
    "tasks": Hfm.TASK,
}
_MODELS: Final = "SELECT ?it ?category { ?it a hfm:Model ; hfm:category ?category }"
_STATES: Final = """
SELECT DISTINCT ?it ?property ?state WHERE {
  ?it a hfm:Model .
  { ?it ?property ?value BIND("known" AS ?state) }
  UNION { ?it hfm:notReported ?property BIND("not reported" AS ?state) }
  UNION { ?it hfm:weightsAccess "closed"
          BIND(hfm:weightsLicense AS ?property) BIND("not reported" AS ?state) }
}"""
_CLAIMS: Final = """
SELECT ?basis (COUNT(?claim) AS ?claims) WHERE {
  ?claim a hfm:LineageClaim ; hfm:basis ?basis
} GROUP BY ?basis"""


@dataclass(frozen=True, slots=True)
class FieldCoverage:
    """For one field and category: how many models have a value, are silent, or were not looked at."""

    field: str
    category: str
    known: int
    not_reported: int
    not_looked: int


@dataclass(frozen=True, slots=True)
class Next:
    """A model worth looking up: what is missing, and how many artifacts hang on it."""

    id: str
    descendants: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """The whole report."""

    fields: tuple[FieldCoverage, ...]
    source_read_claims: int
    claims: int
    next: tuple[Next, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain values, for JSON."""
        return {
            "fields": [asdict(field) for field in self.fields],
            "claims": {"all": self.claims, "sourceRead": self.source_read_claims},
            "next": [asdict(item) for item in self.next],
        }

    def text(self) -> str:
        """Return the report for a terminal."""
        fields = [
            (field.field, field.category, str(field.known), str(field.not_reported), str(field.not_looked))
            for field in self.fields
        ]
        following = [(item.id, str(item.descendants), ", ".join(item.missing)) for item in self.next]
        return (
            aligned([("field of models", "category", "known", "not reported", "not looked at"), *fields])
            + f"\n{self.source_read_claims} of {self.claims} lineage claims rest on a source that was read\n"
            + "\nto look up next, by how many artifacts hang on it\n"
            + aligned([("model", "descendants", "missing"), *following])
        )


def measure_coverage(store: Store, graph: LineageGraph, *, limit: int = 20) -> Coverage:
    """Return how complete the catalogue is.

    Parameters
    ----------
    limit
        How many models to propose for looking up.
    """
    categories: dict[str, set[str]] = {}
    for row in solutions(store, _MODELS):
        categories.setdefault(curie(row["category"].value).partition(":")[2], set()).add(
            curie(row["it"].value)
        )
    states: dict[tuple[str, str], str] = {}
    for row in solutions(store, _STATES):
        key = curie(row["it"].value), row["property"].value
        states[key] = "known" if "known" in (row["state"].value, states.get(key)) else row["state"].value
    fields = tuple(
        _count(field, category, models, states)
        for field in FIELDS
        for category, models in [("all", set().union(*categories.values())), *sorted(categories.items())]
    )
    bases = {row["basis"].value: int(row["claims"].value) for row in solutions(store, _CLAIMS)}
    models = set().union(*categories.values())
    return Coverage(
        fields, bases.get("source-read", 0), sum(bases.values()), _next(graph, models, states)[:limit]
    )


def _count(field: str, category: str, models: set[str], states: dict[tuple[str, str], str]) -> FieldCoverage:
    found = Counter(states.get((model, FIELDS[field]), "not looked") for model in models)
    return FieldCoverage(field, category, found["known"], found["not reported"], found["not looked"])


def _next(graph: LineageGraph, models: set[str], states: dict[tuple[str, str], str]) -> tuple[Next, ...]:
    wanted = []
    for model in models:
        missing = tuple(field for field, iri in FIELDS.items() if (model, iri) not in states)
        if missing:
            wanted.append(Next(model, len(trace(graph, model, direction="down").descendants), missing))
    return tuple(sorted(wanted, key=lambda item: (-item.descendants, -len(item.missing), item.id)))
