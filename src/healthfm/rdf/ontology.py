"""The hand-written ontology as triples, and the closed lists it defines."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pyoxigraph
from pyoxigraph import NamedNode, RdfFormat, Triple

from healthfm.errors import InputError
from healthfm.vocabulary import AREA_NS, CATEGORY_NS, DOMAIN_NS, MODALITY_NS, PREFIXES, TASK_NS, Term

#: Key in the catalogue → namespace of the SKOS scheme that closes it.
SCHEMES: Final[Mapping[str, str]] = {
    "categories": CATEGORY_NS,
    "domains": DOMAIN_NS,
    "areas": AREA_NS,
    "modalities": MODALITY_NS,
    "tasks": TASK_NS,
}
_CONCEPT: Final = NamedNode(PREFIXES["skos"] + "Concept")


def read_ontology(root: Path) -> list[Triple]:
    """Return all triples of the ontology but the shapes.

    Raises
    ------
    InputError
        If a file is not valid Turtle; the message has file and line.
    """
    files = [root / "healthfm.ttl", root / "alignments.ttl", *sorted((root / "vocabularies").glob("*.ttl"))]
    return [triple for path in files for triple in _read_turtle(path)]


def _read_turtle(path: Path) -> list[Triple]:
    try:
        with path.open("rb") as file:
            quads = list(pyoxigraph.parse(file, format=RdfFormat.TURTLE))
    except OSError as error:
        raise InputError(f"{path}: no ontology: {error.strerror}; name its folder with --ontology") from error
    except SyntaxError as error:
        raise InputError(f"{path.name}:{error.lineno or 1}: {error}; mend the Turtle") from error
    return [Triple(quad.subject, quad.predicate, quad.object) for quad in quads]


def concepts(ontology: list[Triple]) -> dict[str, frozenset[str]]:
    """Return the ids of every closed list, by the key that the catalogue uses for it."""
    nodes = [
        triple.subject.value
        for triple in ontology
        if triple.predicate.value == Term.TYPE
        and triple.object == _CONCEPT
        and isinstance(triple.subject, NamedNode)
    ]
    return {
        key: frozenset(iri.removeprefix(namespace) for iri in nodes if iri.startswith(namespace))
        for key, namespace in SCHEMES.items()
    }
