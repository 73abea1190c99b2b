"""What helps people to write a query: prefixes, the terms of the graph, and the named questions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from healthfm.analysis.questions import Question
from healthfm.analysis.sparql import solutions
from healthfm.rdf.readable_store import ReadableStore
from healthfm.vocabulary import PREFIXES, curie

_TERMS: Final = """
SELECT ?term ?kind (MIN(?name) AS ?label) WHERE {
  { SELECT DISTINCT ?term ("property" AS ?kind) WHERE {
      { ?s ?term ?o } UNION { ?term a owl:ObjectProperty } UNION { ?term a owl:DatatypeProperty } } }
  UNION { SELECT DISTINCT ?term ("class" AS ?kind) WHERE { { ?s a ?term } UNION { ?term a owl:Class } } }
  UNION { SELECT DISTINCT ?term ("entity" AS ?kind) WHERE { ?term a ?class } }
  OPTIONAL { ?term skos:prefLabel|rdfs:label|dcterms:title ?name }
} GROUP BY ?term ?kind"""
#: Kinds of entities that people name in queries; rows and claims they reach through these.
_ENTITY_KINDS: Final = frozenset(
    {
        "model", "paper", "family", "organization", "dataset", "task", "area", "category", "modality",
        "domain",
    }
)  # fmt: skip


def query_help(store: ReadableStore, questions: Iterable[Question]) -> dict[str, Any]:
    """Return prefixes, terms and questions as plain values, for the editor of a page.

    Returns
    -------
    dict
        ``prefixes``: prefix → namespace. ``terms``: of each its ``curie``, ``label`` (may be empty)
        and ``kind`` (``class``, ``property`` or the kind of entity), sorted by CURIE. ``questions``:
        of each its ``name``, ``question`` and ``query``.
    """
    return {
        "prefixes": PREFIXES,
        "terms": _terms(store),
        "questions": [
            {"name": asked.name, "question": asked.question, "query": asked.text} for asked in questions
        ],
    }


def _terms(store: ReadableStore) -> list[dict[str, str]]:
    terms: dict[str, dict[str, str]] = {}
    for row in solutions(store, _TERMS):
        name = curie(row["term"].value)
        kind = row["kind"].value
        if kind == "entity":
            kind = name.partition(":")[0]
        if name != row["term"].value and kind in {"class", "property", *_ENTITY_KINDS}:
            label = row["label"].value if row["label"] else ""
            terms.setdefault(name, {"curie": name, "label": label, "kind": kind})
    return [terms[name] for name in sorted(terms)]
