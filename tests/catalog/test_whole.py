"""A catalogue of one's own goes on from the packaged one."""

from __future__ import annotations

from pathlib import Path

import pytest

from healthfm.catalog.update import plan_update
from healthfm.catalog.whole import read_whole
from healthfm.errors import CatalogueError, UsageError
from healthfm.knowledge_graph import KnowledgeGraph
from healthfm.rdf.build import prepare
from tests.conftest import ROOT

MODEL = """name: WardBERT
kind: model
year: 2024
modalities: [text]
tasks: [clinical-text-mining]
placement:
  categories: [language]
  domains: [healthcare]
  areas: [medical-informatics]
  reason: An entry of our own; no list has it.
lineage:
  - id: ward-bert-1
    relation: continuesPretrainingOf
    parent: biobert
    statement: Starts from BioBERT's weights and goes on with letters.
    source: 'paper:biobert'
    basis: curator-knowledge
    confidence: high
    date: '2026-11-24'
"""
LIST = (
    "# Ours\n\n## Language models\n* **BioBERT**: as we use it. [[Paper]](https://arxiv.org/abs/1901.08746)\n"
)


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """Return a catalogue of one model that starts from a packaged one."""
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "ward-bert.yaml").write_text(MODEL, encoding="utf-8")
    (tmp_path / "catalogue.yaml").write_text("goes_on_from: packaged\n", encoding="utf-8")
    return tmp_path


def test_entries_refer_to_packaged_ones(mine: Path) -> None:
    """The graph of both conforms, and holds what the new model inherits."""
    catalogue, dataset = prepare(mine, ROOT / "ontology")
    assert {"ward-bert", "biobert"} <= catalogue.artifacts.keys()
    inherited = "ASK { model:ward-bert hfm:hasAncestor model:biobert, model:bert, model:transformer }"
    assert KnowledgeGraph(dataset.store()).query(inherited)


def test_without_the_word_a_catalogue_stands_by_itself(mine: Path) -> None:
    """What it refers to must then be in it."""
    (mine / "catalogue.yaml").unlink()
    with pytest.raises(CatalogueError, match="'biobert'"):
        prepare(mine, ROOT / "ontology")


def test_a_packaged_entry_is_not_described_again(mine: Path) -> None:
    """Two entries of one id would silently be one or the other."""
    (mine / "models" / "bert.yaml").write_text(MODEL, encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"models/bert.yaml:1: 'bert' is in the packaged catalogue"):
        read_whole(mine)


@pytest.mark.parametrize("text", ["goes_on_from: elsewhere\n", "goes_on: packaged\n", "- packaged\n"])
def test_the_file_says_that_and_nothing_else(mine: Path, text: str) -> None:
    (mine / "catalogue.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError, match="write that"):
        read_whole(mine)


def test_a_broken_file_is_a_fault_with_its_line(mine: Path) -> None:
    (mine / "catalogue.yaml").write_text("goes_on_from: packaged\ngoes_on_from: packaged\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"catalogue.yaml:2: "):
        read_whole(mine)


def test_a_list_of_ones_own_is_joined_with_packaged_works(mine: Path) -> None:
    """Its rows are about works of the packaged catalogue, whose own lists are left alone."""
    update = plan_update(mine, LIST, source="ours.md", list_id="ours", url="https://example.org/ours")
    assert update.record.id == "ours"
    assert [row.about for row in update.record.rows] == ["biobert"]
    assert not update.drafts


def test_a_packaged_list_is_no_list_of_ones_own(mine: Path) -> None:
    """What `update` writes can be read again: no second record of a list, no row id twice."""
    name = "Awesome-Healthcare-Foundation-Models"
    with pytest.raises(UsageError, match="under another id with --list"):
        plan_update(mine, LIST.replace("Ours", name), source="ours.md")
    alike = LIST.replace("Ours", "Awesome Hospital Foundation Models")
    update = plan_update(mine, alike, source="ours.md", url="https://example.org/ours")
    packaged = read_whole(mine).lists["awesome-healthcare-foundation-models"]
    assert not {row.id for row in update.record.rows} & {row.id for row in packaged.rows}


def test_a_link_in_place_of_the_file_is_refused(mine: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_text("goes_on_from: packaged\n", encoding="utf-8")
    (mine / "catalogue.yaml").unlink()
    (mine / "catalogue.yaml").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(CatalogueError, match=r"catalogue.yaml:1: is a symbolic link"):
        read_whole(mine)


def test_messages_name_the_folder_also_from_within(mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (mine / "catalogue.yaml").write_text("goes_on: packaged\n", encoding="utf-8")
    monkeypatch.chdir(mine)
    with pytest.raises(CatalogueError, match=f"{mine.name}/catalogue.yaml:1: can say"):
        read_whole(Path())
