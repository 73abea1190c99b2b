"""Candidate claims find the artifacts they speak of, or none."""

from __future__ import annotations

from pathlib import Path

import pytest

from healthfm.catalog.candidates import ArtifactNames
from healthfm.catalog.reader import read_catalogue
from healthfm.sources.imported import CandidateClaim


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("BERT", "bert"),
        ("biobert", "biobert"),
        ("dmis-lab/BioBERT-v1.1", "biobert"),
        ("BERT+", None),
        ("", None),
    ],
)
def test_a_name_or_a_hub_id_finds_its_artifact(toy: Path, name: str, expected: str | None) -> None:
    """By the name in any case, by the page of the weights, and never by what is only like it."""
    path = toy / "models" / "biobert.yaml"
    text = path.read_text(encoding="utf-8")
    url = "https://huggingface.co/dmis-lab/biobert-v1.1"
    link = f"links:\n  - {{kind: weights, url: '{url}'}}\n"
    path.write_text(text.replace("lineage:", link + "lineage:", 1), encoding="utf-8")
    claim = CandidateClaim(name, "fineTunedFrom", "BERT", "As said.", "https://example.org", "here")
    joined = ArtifactNames(read_catalogue(toy)).joined(claim)
    assert (joined.child_id, joined.parent_id) == (expected, "bert")
