"""The W3C's SPARQL tests, read from where they lie: manifests, data as named graphs, expected results.

A read-only endpoint can run tests of evaluation, too: the data of all tests are its named graphs, each
called like its file, and a request names those that its test is about.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Final
from urllib.parse import urljoin

import pytest
from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    RdfFormat,
    Store,
    Triple,
    parse,
    parse_query_results,
)

from tests.conftest import ROOT

SUITE: Final = ROOT.parent / "shared" / "w3c-rdf-tests" / "sparql"
BASE: Final = "https://w3c.github.io/rdf-tests/sparql/"

MF: Final = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT: Final = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
RS: Final = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"

Term = NamedNode | BlankNode | Literal | Triple
#: What a row is to those who compare: its cells by variable, in an order that no server chooses.
Row = tuple[tuple[str, Term], ...]

_FORMATS: Final = {"ttl": RdfFormat.TURTLE, "rdf": RdfFormat.RDF_XML, "nt": RdfFormat.N_TRIPLES}
_RESULTS: Final = {
    "srx": QueryResultsFormat.XML,
    "srj": QueryResultsFormat.JSON,
    "tsv": QueryResultsFormat.TSV,
}
_FROM: Final = re.compile(r"^\s*FROM\s+(?:NAMED\s+)?<([^>]*\.ttl)>", re.IGNORECASE | re.MULTILINE)
_NUMBERS: Final = {
    XSD + name for name in ("integer", "decimal", "double", "float", "int", "long", "nonNegativeInteger")
}


def require_suite() -> None:
    """Skip where the suite is not here; where all is checked it must be."""
    if not SUITE.is_dir():
        if os.environ.get("CI"):
            pytest.fail(f"{SUITE} is missing, and CI may skip nothing")
        pytest.skip("the W3C's tests (../shared/w3c-rdf-tests) are not here")


@dataclass(frozen=True, slots=True)
class Case:
    """A test of a query: its name in the suite, its kind, its query, its data and what must come."""

    id: str
    kind: str
    query: str
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    result: str | None


class Manifests:
    """The tests of some manifests and of those they include."""

    def __init__(self, *names: str) -> None:
        self.store = Store()
        self._read: set[str] = set()
        self.cases = [case for name in names for case in self._cases(name)]

    def graphs(self) -> list[str]:
        """Return the files that tests take as data."""
        named = {graph for case in self.cases for graph in (*case.default_graphs, *case.named_graphs)}
        return sorted(named.union(*(from_clauses(case) for case in self.cases)))

    def _cases(self, name: str) -> Iterator[Case]:
        iri = BASE + name
        if iri in self._read:
            return
        self._read.add(iri)
        quads = list(read_rdf(iri))
        self.store.extend(quads)
        # A manifest is its file, or a blank node in it.
        for quad in quads:
            if quad.predicate.value == MF + "include":
                for item in read_list(self.store, quad.object):
                    yield from self._cases(item.value.removeprefix(BASE))
            elif quad.predicate.value == MF + "entries":
                for entry in read_list(self.store, quad.object):
                    yield from self._case(name, entry)

    def _case(self, manifest: str, entry: NamedNode) -> Iterator[Case]:
        kind = next(objects_of(self.store, entry, RDF + "type")).value.removeprefix(MF)
        action = next(objects_of(self.store, entry, MF + "action"))
        query = next(objects_of(self.store, action, QT + "query"), action)
        if isinstance(query, NamedNode) and query.value.endswith(".rq"):
            folder = manifest.removesuffix("/manifest.ttl")
            yield Case(
                f"{folder}/{entry.value.rpartition('#')[2].rpartition('/')[2]}",
                kind,
                query.value,
                tuple(graph.value for graph in objects_of(self.store, action, QT + "data")),
                tuple(graph.value for graph in objects_of(self.store, action, QT + "graphData")),
                next((result.value for result in objects_of(self.store, entry, MF + "result")), None),
            )


def objects_of(store: Store, subject: Any, predicate: str) -> Iterator[Any]:
    """Yield the objects that a subject has by a predicate."""
    for quad in store.quads_for_pattern(subject, NamedNode(predicate), None):
        yield quad.object


def read_list(store: Store, head: Any) -> Iterator[Any]:
    """Yield the members of an RDF list."""
    while head.value != RDF + "nil":
        yield from objects_of(store, head, RDF + "first")
        (head,) = objects_of(store, head, RDF + "rest")


def from_clauses(case: Case) -> list[str]:
    """Return the graphs that a query names itself."""
    text = local(case.query).read_text(encoding="utf-8")
    return [urljoin(case.query, iri) for iri in _FROM.findall(text)]


def local(iri: str) -> Path:
    """Return the file that an IRI of the suite means."""
    return SUITE / iri.removeprefix(BASE)


def read_rdf(iri: str) -> Iterator[Quad]:
    """Yield the triples of a file of the suite; its blank nodes are its own."""
    rdf_format = _FORMATS[iri.rpartition(".")[2]]
    yield from parse(path=local(iri), format=rdf_format, base_iri=iri, rename_blank_nodes=True)


def as_named_graphs(iris: Iterable[str]) -> Iterator[Quad]:
    """Yield the triples of files, each in the graph of the file's name."""
    for iri in iris:
        for quad in read_rdf(iri):
            yield Quad(quad.subject, quad.predicate, quad.object, NamedNode(iri))


def expected(iri: str) -> bool | list[Row]:
    """Return what a test must give: yes or no, rows, or triples in the form of rows."""
    ending = iri.rpartition(".")[2]
    if ending in _RESULTS:
        return results(local(iri).read_bytes(), _RESULTS[ending])
    triples = [quad.triple for quad in read_rdf(iri)]
    is_result_set = any(triple.object == NamedNode(RS + "ResultSet") for triple in triples)
    return _result_set(triples) if is_result_set else triples_as_rows(triples)


def results(content: bytes, results_format: QueryResultsFormat) -> bool | list[Row]:
    """Return what a result document says."""
    answer = parse_query_results(content, format=results_format)
    if isinstance(answer, QueryBoolean):
        return bool(answer)
    names = [variable.value for variable in answer.variables]
    return [
        tuple(
            (name, normal(cell))
            for name, cell in sorted(zip(names, row, strict=True), key=lambda column: column[0])
            if cell is not None
        )
        for row in answer
    ]


def _result_set(triples: Sequence[Triple]) -> bool | list[Row]:
    store = Store()
    store.extend(Quad(*triple) for triple in triples)

    def objects(subject: Term | None, name: str) -> list[Term]:
        found = store.quads_for_pattern(subject, NamedNode(RS + name), None)  # type: ignore[arg-type]
        return [quad.object for quad in found]

    answers = objects(None, "boolean")
    if answers:
        return answers[0] == Literal("true", datatype=NamedNode(XSD + "boolean"))
    solutions = objects(None, "solution")
    solutions.sort(key=lambda solution: [int(index.value) for index in objects(solution, "index")])  # type: ignore[union-attr]
    return [_row(objects, solution) for solution in solutions]


def _row(objects: Any, solution: Term) -> Row:
    cells = []
    for binding in objects(solution, "binding"):
        for variable, value in zip(objects(binding, "variable"), objects(binding, "value"), strict=True):
            cells.append((variable.value, normal(value)))
    return tuple(sorted(cells, key=lambda cell: cell[0]))


def triples_as_rows(triples: Iterable[Triple]) -> list[Row]:
    """Return triples in the form in which rows are compared."""
    return [
        (("s", triple.subject), ("p", triple.predicate), ("o", normal(triple.object)))
        for triple in set(triples)
    ]


def normal(term: Term) -> Term:
    """Write a number, truth or UTC in one way of the many that mean the same; the datatype stays.

    Examples
    --------
    >>> normal(Literal("2.50", datatype=NamedNode(XSD + "decimal"))).value
    '2.5'
    """
    if not isinstance(term, Literal):
        return term
    if term.datatype.value == XSD + "boolean":
        return Literal({"0": "false", "1": "true"}.get(term.value, term.value), datatype=term.datatype)
    if term.datatype.value in {XSD + "date", XSD + "dateTime"}:
        return Literal(re.sub(r"[+-]00:00$", "Z", term.value), datatype=term.datatype)
    if term.datatype.value not in _NUMBERS:
        return term
    try:
        is_real = term.datatype.value in {XSD + "double", XSD + "float"}
        number = repr(float(term.value)) if is_real else format(Decimal(term.value).normalize(), "f")
    except (ValueError, InvalidOperation):
        return term
    return Literal(number, datatype=term.datatype)


def alike(some: Sequence[Row], others: Sequence[Row], *, in_order: bool = False) -> bool:
    """Say whether two bags (or sequences) of rows are the same but for the names of blank nodes.

    Blank nodes are told apart by where they stand and what stands beside them, seen four rows far.
    """
    if in_order:
        return _colored(some) == _colored(others)
    return Counter(_colored(some)) == Counter(_colored(others))


def _colored(rows: Sequence[Row]) -> list[tuple[tuple[str, str], ...]]:
    colors: dict[str, str] = {}

    def shown(term: Term) -> str:
        return f"_:{colors.get(term.value, '')}" if isinstance(term, BlankNode) else str(term)

    for _ in range(4):
        seen: dict[str, list[str]] = defaultdict(list)
        for row in rows:
            for name, term in row:
                if isinstance(term, BlankNode):
                    beside = [f"{n}={'self' if other == term else shown(other)}" for n, other in row]
                    seen[term.value].append(f"{name}|{' '.join(beside)}")
        colors = {
            node: hashlib.sha256("\n".join(sorted(places)).encode()).hexdigest()
            for node, places in seen.items()
        }
    return [tuple((name, shown(term)) for name, term in row) for row in rows]
