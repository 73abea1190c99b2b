"""The canonical form: one way to write an entry, and no entry lost in writing it."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given

from healthfm.catalog.catalogue import Catalogue
from healthfm.catalog.entries import Artifact
from healthfm.catalog.formatting import canonical_text, mend, uncanonical
from healthfm.catalog.reader import read_catalogue
from healthfm.catalog.yaml_reader import read_yaml
from healthfm.rdf.writing import write_one
from tests.conftest import ROOT
from tests.worlds import catalogues


def test_every_file_of_the_catalogue_is_canonical() -> None:
    """What is committed is what the writer would write."""
    graph = ROOT / "graph"
    assert list(uncanonical(read_catalogue(graph), graph)) == []


@given(catalogues())
def test_an_entry_survives_its_canonical_form(catalogue: Catalogue) -> None:
    """Reading what was written gives the entry, and writing that gives the same text."""
    for artifact in catalogue.artifacts.values():
        text = canonical_text(artifact)
        read = Artifact.model_validate(read_yaml(text.encode()).value)
        assert read == artifact
        assert canonical_text(read) == text


def test_mending_keeps_what_was_said_and_loses_no_comment(toy: Path) -> None:
    """A file is put in order; one with comments is left and named."""
    bert, biobert = toy / "models" / "bert.yaml", toy / "models" / "biobert.yaml"
    before = read_catalogue(toy)
    bert.write_text(
        bert.read_text(encoding="utf-8").replace("name: BERT", 'name:   "BERT"'), encoding="utf-8"
    )
    biobert.write_text("# a thought\n" + biobert.read_text(encoding="utf-8"), encoding="utf-8")
    left = mend(toy, uncanonical(read_catalogue(toy), toy), write_one)
    assert "models/biobert.yaml" in left
    assert biobert.read_text(encoding="utf-8").startswith("# a thought")
    after = read_catalogue(toy)
    assert after.artifacts == before.artifacts
    assert set(uncanonical(after, toy)) == set(left)
