"""Licences along weights: who is laxer than what it carries, and what cannot be said."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from healthfm.analysis.licences import TERMS, compare_licences
from healthfm.analysis.lineage_graph import read_lineage
from healthfm.catalog.catalogue import Catalogue
from healthfm.catalog.entries import Artifact, License
from healthfm.knowledge_graph import KnowledgeGraph
from healthfm.rdf.dataset import make_dataset
from tests.rdf.test_inference import ONTOLOGY

KINDS = st.sampled_from([*TERMS, None])


def chain(*terms: str | None) -> Catalogue:
    """Return a chain of models, each fine-tuned from the one before, with licences of these terms."""
    known: dict[str, Any] = {"basis": "curator-knowledge", "date": "2026-01-01", "statement": "It is known."}
    artifacts = {}
    for index, kind in enumerate(terms):
        entry: dict[str, Any] = {"name": f"M{index}", "kind": "model", "year": 2020, "weights_license": kind}
        if index:
            edge = {"id": f"m{index}-1", "relation": "fineTunedFrom", "parent": f"m{index - 1}"}
            edge |= {"source": "https://example.org/", "confidence": "high"}
            entry["lineage"] = (known | edge,)
        else:
            entry["no_known_parent"] = known
        artifacts[f"m{index}"] = Artifact.model_validate(entry)
    licenses = {kind: License(name=kind, terms=kind, url=f"https://example.org/{kind}") for kind in TERMS}
    return Catalogue(artifacts=artifacts, papers={}, licenses=licenses)


@given(KINDS, KINDS, KINDS)
def test_a_verdict_is_what_the_order_of_terms_says(first: str, second: str, third: str) -> None:
    """Every pair along the chain is judged, and the verdict follows from the two licences alone."""
    terms = {"model:m0": first, "model:m1": second, "model:m2": third}
    store = make_dataset(chain(first, second, third), ONTOLOGY).store()
    pairs = compare_licences(store, read_lineage(store)).pairs
    assert {(p.child, p.ancestor, len(p.path)) for p in pairs} == {
        ("model:m1", "model:m0", 1), ("model:m2", "model:m1", 1), ("model:m2", "model:m0", 2)
    }  # fmt: skip
    for pair in pairs:
        child, ancestor = terms[pair.child], terms[pair.ancestor]
        if child and ancestor:
            laxer = TERMS.index(child) < TERMS.index(ancestor)
            assert pair.verdict == ("more permissive" if laxer else "consistent")
        else:
            # Nothing is laxer than permissive terms forbid, and nothing is stricter than proprietary ones.
            safe = ancestor == "permissive" or child == "proprietary"
            assert pair.verdict == ("consistent" if safe else "unknown")


def test_the_named_question_says_the_same(kg: KnowledgeGraph) -> None:
    """The report in Python and the question in SPARQL agree on every pair of the real graph."""
    asked = {(r["model"], r["ancestor"], r["verdict"]) for r in kg.ask("licences").plain()}
    told = {(p.child, p.ancestor, p.verdict) for p in kg.licences().pairs if p.verdict != "consistent"}
    assert asked == told
    assert told
