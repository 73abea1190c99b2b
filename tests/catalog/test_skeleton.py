"""Drafts: written once, named once, no part of the catalogue until a curator has finished them."""

from __future__ import annotations

from pathlib import Path

import pytest

from healthfm.catalog.checks import check
from healthfm.catalog.reader import read_catalogue
from healthfm.catalog.skeleton import Draft, model_draft, paper_draft, write_draft
from healthfm.errors import InputError, UsageError
from healthfm.rdf.ontology import concepts, read_ontology
from healthfm.sources.markdown.reader import read_list
from tests.conftest import ROOT

CONCEPTS = concepts(read_ontology(ROOT / "ontology"))
ENTRY = read_list(
    "* T0++: A title [[Paper]](https://arxiv.org/pdf/2110.08207v2) [[Paper]](https://doi.org/10.1000/X)"
    " [[Page]](https://example.org/p) [[Code]](https://github.com/a/b)",
    source="test",
).entries[0]


def test_a_draft_is_one_fault_and_overwrites_nothing(toy: Path) -> None:
    """`check` names each draft once, with its file, and whoever is there already stays."""
    path = write_draft(toy, model_draft("T0++", links=ENTRY.links))
    assert path.name == "t0-plus-plus.yaml"
    faults = check(read_catalogue(toy), CONCEPTS)
    assert len(faults) == 1
    assert faults[0].startswith("graph/models/t0-plus-plus.yaml:1: draft: Look up")
    before = (toy / "models" / "bert.yaml").read_bytes()
    with pytest.raises(UsageError, match="is there already"):
        write_draft(toy, model_draft("BERT"))
    with pytest.raises(InputError, match="cannot write: File name too long"):
        write_draft(toy, Draft(f"models/{'x' * 300}.yaml", "name: x\n"))
    assert (toy / "models" / "bert.yaml").read_bytes() == before


def test_a_paper_draft_holds_what_its_links_say(toy: Path) -> None:
    """Without its `draft` key the skeleton is a valid entry: identifiers, pages, month of the preprint."""
    draft = paper_draft("t0", ENTRY.title, ENTRY.links)
    path = write_draft(toy, draft)
    lines = draft.text.splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith("draft:")), encoding="utf-8")
    paper = read_catalogue(toy).papers["t0"]
    assert paper.identifiers == ("arxiv:2110.08207", "doi:10.1000/x")
    assert (paper.year, paper.date) == (2021, "2021-10")
    assert [link.url for link in paper.links] == ["https://example.org/p"]
