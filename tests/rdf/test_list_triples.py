"""Lists in the graph: versions, rows of works, rows of other kinds, and rows that are gone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import healthfm
from healthfm.sources.rows import Row, Version
from healthfm.sources.sections import RowKind, placement
from tests.recorded_lists import read_record


def built_with(toy: Path, ontology: Path, *, gone: str | None = None) -> healthfm.KnowledgeGraph:
    """Build the toy world with a second version, a dataset's row and, if named, a row that is gone."""
    path = toy / "lists" / "toy-list.yaml"
    record = read_record(path)
    dataset = Row("toy-0003", 9, ("Datasets",), "A corpus", (), kind=RowKind.DATASET, since=2)
    left = tuple(replace(row, until=1) for row in record.rows if row.id == gone)
    rows = (*(row for row in record.rows if row.id != gone), dataset)
    versions = (*record.versions, Version(date="2024-02-01", commit="abc"))
    changed = replace(record, rows=rows, gone=left, versions=versions, minted=3)
    path.write_text(changed.to_yaml(), encoding="utf-8")
    if gone:
        model = toy / "models" / "biobert.yaml"
        model.write_text(
            model.read_text(encoding="utf-8").replace(
                "lineage:",
                "placement: {categories: [language], domains: [healthcare], reason: Gone.}\nlineage:",
            ),
            encoding="utf-8",
        )
    return healthfm.KnowledgeGraph(healthfm.build(toy, ontology).dataset.store())


def test_a_list_knows_its_versions(toy: Path, ontology: Path) -> None:
    """Each version has its date; what is said of the list itself is of the newest."""
    kg = built_with(toy, ontology)
    versions = kg.query(
        "SELECT ?v ?date { list:toy-list dcterms:hasVersion ?v . ?v dcterms:date ?date } ORDER BY ?v"
    )
    assert [row["v"] for row in versions.plain()] == ["version:toy-1", "version:toy-2"]  # type: ignore[union-attr]
    newest = kg.query("SELECT ?d ?c { list:toy-list dcterms:date ?d ; schema:version ?c }").plain()  # type: ignore[union-attr]
    assert [(str(row["d"]), row["c"]) for row in newest] == [("2024-02-01", "abc")]


def test_a_row_of_another_kind_lists_no_work(toy: Path, ontology: Path) -> None:
    """A dataset's row has a kind, a version and a place, and is no row of a work."""
    kg = built_with(toy, ontology)
    rows = kg.query(
        "SELECT ?row ?kind { ?row a hfm:ResourceRow ; dcterms:type ?kind ; hfm:firstSeenIn version:toy-2 }"
    )
    assert rows.plain() == [{"row": "row:toy-0003", "kind": "dataset"}]  # type: ignore[union-attr]
    assert kg.query("ASK { row:toy-0003 a hfm:ListRow }") is False


def test_a_row_that_is_gone_is_remembered_and_places_nothing(toy: Path, ontology: Path) -> None:
    """The work knows the row and its last version; the row says no category any more."""
    kg = built_with(toy, ontology, gone="toy-0002")
    rows = kg.query("SELECT ?row ?v { ?row hfm:wasAbout paper:biobert ; hfm:lastSeenIn ?v }")
    assert rows.plain() == [{"row": "row:toy-0002", "v": "version:toy-1"}]  # type: ignore[union-attr]
    assert kg.query("ASK { row:toy-0002 hfm:listedCategory ?any }") is False
    assert kg.show("biobert").rows == (
        "Toy list of 2023-03-29, gone since: Large Language Models > Healthcare Domain",
    )
    assert kg.show("bert").rows == ("Toy list of 2024-02-01, line 5: Large Language Models > General Domain",)


def test_a_heading_gives_its_modalities_to_the_row_alone(toy: Path, ontology: Path) -> None:
    """Each is a concept of the ontology; the model's own modalities are not taken from it."""
    every = (
        "text image volumetric video audio speech music EHR ECG protein, protein structure molecule "
        "point cloud DNA single-cell"
    )
    path = toy / "lists" / "toy-list.yaml"
    record = read_record(path)
    moved = replace(record, rows=tuple(replace(row, section=(*row.section, every)) for row in record.rows))
    path.write_text(moved.to_yaml(), encoding="utf-8")
    kg = healthfm.KnowledgeGraph(healthfm.build(toy, ontology).dataset.store())
    said = kg.query("SELECT ?m { row:toy-0002 hfm:listedModality ?m . ?m skos:inScheme ?scheme }")
    assert {row["m"] for row in said.plain()} == {  # type: ignore[union-attr]
        f"modality:{concept}" for concept in placement([every]).modalities
    }
    assert len(placement([every]).modalities) == 15
    assert kg.query("ASK { model:biobert hfm:modality modality:music }") is False
