"""How complete the catalogue is, per field and section of the lists, and what to look up next."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from healthfm.analysis.html import Report
from healthfm.analysis.lineage import trace
from healthfm.analysis.lineage_graph import LineageGraph
from healthfm.analysis.sparql import solutions
from healthfm.analysis.text_table import aligned
from healthfm.errors import UsageError
from healthfm.rdf.disclaimer import DISCLAIMER
from healthfm.rdf.readable_store import ReadableStore
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
_SECTION_WIDTH: Final = 44
#: Stands for every model, and for those that no row is about.
EVERYWHERE: Final = "all"
OUTSIDE: Final = "outside the lists"

_MODELS: Final = """
SELECT DISTINCT ?it ?section WHERE {
  ?it a hfm:Model .
  OPTIONAL { ?it hfm:introducedBy ?paper . ?row hfm:about ?paper ; hfm:section ?section }
}"""
_STATES: Final = """
SELECT DISTINCT ?it ?property ?state WHERE {
  ?it a hfm:Model .
  { ?it ?property ?value BIND("known" AS ?state) }
  UNION { ?it hfm:notReported ?property BIND("not reported" AS ?state) }
  # What there is nothing of has no licence either.
  UNION { ?it hfm:weightsAccess "closed"
          BIND(hfm:weightsLicense AS ?property) BIND("not reported" AS ?state) }
  UNION { ?it hfm:notReported hfm:officialCode
          BIND(hfm:codeLicense AS ?property) BIND("not reported" AS ?state) }
}"""
_CLAIMS: Final = """
SELECT DISTINCT ?it ?basis ?section WHERE {
  ?it a hfm:LineageClaim ; hfm:basis ?basis ; hfm:child ?child .
  OPTIONAL { ?child hfm:introducedBy ?paper . ?row hfm:about ?paper ; hfm:section ?section }
}"""
#: Facts about other things than models: what they are called → how many have it.
_REGISTERS: Final = {
    "authors of papers": (
        "SELECT (COUNT(DISTINCT ?it) AS ?all) (COUNT(DISTINCT ?has) AS ?known) WHERE {"
        " ?it a hfm:Paper OPTIONAL { ?it dcterms:creator ?author BIND(?it AS ?has) } }"
    ),
    "countries of organizations": (
        "SELECT (COUNT(DISTINCT ?it) AS ?all) (COUNT(DISTINCT ?has) AS ?known) WHERE {"
        " ?it a hfm:Organization OPTIONAL { ?it schema:addressCountry ?country BIND(?it AS ?has) } }"
    ),
}


@dataclass(frozen=True, slots=True)
class FieldCoverage:
    """For one field and section: how many models have a value, are silent, or were not looked at."""

    field: str
    section: str
    known: int
    not_reported: int
    not_looked: int


@dataclass(frozen=True, slots=True)
class ClaimCoverage:
    """For one section: its lineage claims, and how many rest on a source that was read."""

    section: str
    claims: int
    source_read: int


@dataclass(frozen=True, slots=True)
class RegisterCoverage:
    """For a fact of papers or organizations: how many have it, of how many."""

    field: str
    known: int
    all: int


@dataclass(frozen=True, slots=True)
class Next:
    """A model worth looking up: what is missing, and how many artifacts hang on it."""

    id: str
    descendants: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Coverage(Report):
    """How complete the catalogue is; the first section is the sum of all, a model may stand in several.

    Parameters
    ----------
    fields
        For each field and section: models with a value, silent ones, and those nobody looked at.
    claims
        For each section: lineage claims, and how many rest on a source that was read.
    registers
        For facts of papers and organizations: how many have them.
    next
        Models worth looking up, those with the most descendants first.
    """

    fields: tuple[FieldCoverage, ...]
    claims: tuple[ClaimCoverage, ...]
    registers: tuple[RegisterCoverage, ...]
    next: tuple[Next, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain values, for JSON."""
        return {
            "fields": [asdict(field) for field in self.fields],
            "claims": [asdict(claims) for claims in self.claims],
            "registers": [asdict(register) for register in self.registers],
            "next": [asdict(item) for item in self.next],
            "notice": DISCLAIMER,
        }

    def text(self) -> str:
        """Return the report for a terminal."""
        cells: dict[str, list[str]] = defaultdict(list)
        for field in self.fields:
            cells[field.section].append(f"{field.known}/{field.not_reported}/{field.not_looked}")
        sections = [(_shortened(name), *row) for name, row in cells.items()]
        claims = [(_shortened(c.section), f"{c.source_read} of {c.claims}") for c in self.claims]
        registers = [(r.field, f"{r.known} of {r.all}") for r in self.registers]
        following = [(item.id, str(item.descendants), ", ".join(item.missing)) for item in self.next]
        return "\n".join(
            (
                "models: known/not reported/nobody looked\n" + aligned([("section", *FIELDS), *sections]),
                "lineage claims that rest on a source that was read\n"
                + aligned([("section", "claims"), *claims]),
                "other facts\n" + aligned([("fact", "known"), *registers]),
                "to look up next, by how many artifacts hang on it\n"
                + aligned([("model", "descendants", "missing"), *following])
                + DISCLAIMER
                + "\n",
            )
        )


def _shortened(section: str) -> str:
    return section if len(section) <= _SECTION_WIDTH else f"…{section[1 - _SECTION_WIDTH :]}"


def measure_coverage(store: ReadableStore, graph: LineageGraph, *, limit: int = 20) -> Coverage:
    """Return how complete the catalogue is.

    Parameters
    ----------
    limit
        How many models to propose for looking up; 0 proposes none.

    Raises
    ------
    UsageError
        If the limit is negative.
    """
    if limit < 0:
        raise UsageError(f"a limit of {limit} proposes nothing; use 0 or more")
    models = _by_section(store, _MODELS)
    states: dict[tuple[str, str], str] = {}
    for row in solutions(store, _STATES):
        key = curie(row["it"].value), row["property"].value
        states[key] = "known" if "known" in (row["state"].value, states.get(key)) else row["state"].value
    return Coverage(
        tuple(_count(field, section, models[section], states) for section in models for field in FIELDS),
        tuple(_claims(store)),
        tuple(_registers(store)),
        _next(graph, models.get(EVERYWHERE, set()), states)[:limit],
    )


def _by_section(store: ReadableStore, query: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in solutions(store, query):
        section = row["section"].value if row["section"] else OUTSIDE
        for name in (EVERYWHERE, section):
            found[name].add(curie(row["it"].value))
    return dict(sorted(found.items(), key=lambda item: (item[0] != EVERYWHERE, item[0] == OUTSIDE, item[0])))


def _count(
    field: str, section: str, models: set[str], states: Mapping[tuple[str, str], str]
) -> FieldCoverage:
    found = Counter(states.get((model, FIELDS[field]), "not looked") for model in models)
    return FieldCoverage(field, section, found["known"], found["not reported"], found["not looked"])


def _claims(store: ReadableStore) -> Iterator[ClaimCoverage]:
    read = _by_section(store, _CLAIMS + ' VALUES ?basis { "source-read" }')
    for section, claims in _by_section(store, _CLAIMS).items():
        yield ClaimCoverage(section, len(claims), len(read.get(section, ())))


def _registers(store: ReadableStore) -> Iterator[RegisterCoverage]:
    for field, query in _REGISTERS.items():
        (row,) = solutions(store, query)
        yield RegisterCoverage(field, int(row["known"].value), int(row["all"].value))


def _next(graph: LineageGraph, models: set[str], states: Mapping[tuple[str, str], str]) -> tuple[Next, ...]:
    wanted = []
    for model in models:
        missing = tuple(field for field, iri in FIELDS.items() if (model, iri) not in states)
        if missing:
            wanted.append(Next(model, len(trace(graph, model, direction="down").descendants), missing))
    return tuple(sorted(wanted, key=lambda item: (-item.descendants, -len(item.missing), item.id)))
