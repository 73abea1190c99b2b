"""SHACL validation of a dataset.

References
----------
Shapes Constraint Language, https://www.w3.org/TR/shacl/ (section 3.6, validation report).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyoxigraph import Triple

from healthfm.rdf.rdflib_graph import to_graph
from healthfm.vocabulary import curie

_SH = "http://www.w3.org/ns/shacl#"


@dataclass(frozen=True, slots=True)
class Violation:
    """One result of a validation: which node, on which path, what is wrong."""

    node: str
    path: str
    message: str
    severity: str

    def __str__(self) -> str:
        """Say it in one line."""
        return f"{curie(self.node)}: {curie(self.path) + ': ' if self.path else ''}{self.message}"


def validate(triples: Iterable[Triple], shapes: Path) -> list[Violation]:
    """Return what the shapes find wrong with `triples`; an empty list where they conform."""
    import pyshacl  # slow to import, and only a build needs it
    from rdflib import Graph

    shapes_graph = Graph(bind_namespaces="none").parse(shapes, format="turtle")
    conforms, report, _ = pyshacl.validate(to_graph(triples), shacl_graph=shapes_graph, advanced=False)
    return [] if conforms else sorted(_violations(report), key=str)


def _violations(report: Any) -> list[Violation]:
    from rdflib import RDF, URIRef

    def value(result: Any, name: str) -> str:
        return str(report.value(result, URIRef(_SH + name)) or "")

    return [
        Violation(
            value(result, "focusNode"),
            value(result, "resultPath"),
            value(result, "resultMessage"),
            value(result, "resultSeverity").removeprefix(_SH),
        )
        for result in report.subjects(RDF.type, URIRef(_SH + "ValidationResult"))
    ]
