"""The catalogue reader: every fault of every file in one run, with its line and what to do."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from healthfm.catalog.checks import check
from healthfm.catalog.reader import read_catalogue
from healthfm.errors import CatalogueError, InputError
from healthfm.rdf.build import prepare
from healthfm.rdf.ontology import concepts, read_ontology

FAULTY = sorted((Path(__file__).parent / "faulty").glob("*.yaml"))


def faults_of(folder: Path, ontology: Path) -> list[str]:
    """Return what the build would refuse a catalogue for."""
    try:
        catalogue = read_catalogue(folder)
    except CatalogueError as error:
        return list(error.faults)
    return check(catalogue, concepts(read_ontology(ontology)))


def test_the_toy_world_has_no_fault(toy: Path, ontology: Path) -> None:
    """What the other tests break is whole."""
    assert faults_of(toy, ontology) == []


@pytest.mark.parametrize("path", FAULTY, ids=lambda path: path.stem)
def test_each_fault_has_its_line_and_remedy(path: Path, toy: Path, ontology: Path) -> None:
    """The first line of each faulty file says what must be reported of it, and nothing else is."""
    expected = re.sub(r"^# expect ", "", path.read_text(encoding="utf-8").splitlines()[0])
    shutil.copy(path, toy / "models" / path.name)
    faults = faults_of(toy, ontology)
    assert all(fault.startswith(f"graph/models/{path.name}:") for fault in faults)
    assert f"graph/models/{path.name}{expected}" in faults or (
        expected.endswith(": ")
        and any(fault.startswith(f"graph/models/{path.name}{expected}") for fault in faults)
    ), faults


def test_all_faults_come_in_one_run(toy: Path) -> None:
    """A bad file does not hide another."""
    for path in FAULTY:
        shutil.copy(path, toy / "models" / path.name)
    (toy / "papers" / "latin.yaml").write_bytes("title: caf\xe9".encode("latin-1"))
    with pytest.raises(CatalogueError) as error:
        read_catalogue(toy)
    named = {fault.split(":")[0] for fault in error.value.faults}
    assert {"graph/models/duplicate-key.yaml", "graph/models/norway.yaml", "graph/papers/latin.yaml"} <= named


def test_a_circle_is_found_whatever_its_length(toy: Path, ontology: Path) -> None:
    """Three artifacts that descend from one another are refused with the way round."""
    template = (
        (toy / "models" / "biobert.yaml")
        .read_text(encoding="utf-8")
        .replace("introduced_by: [biobert]\n", "")
    )
    for name, parent in (("one", "two"), ("two", "three"), ("three", "one")):
        text = template.replace("biobert-1", f"{name}-1").replace("parent: bert", f"parent: {parent}")
        (toy / "models" / f"{name}.yaml").write_text(text, encoding="utf-8")
    circles = [fault for fault in faults_of(toy, ontology) if "circle" in fault]
    assert len(circles) == 1
    assert circles[0].count("→") == 3


@pytest.mark.parametrize("name", ["Upper", "under_score", "double--hyphen", "a" * 81, "dots.in"])
def test_file_names_are_ids(toy: Path, ontology: Path, name: str) -> None:
    """A file whose name is no id is refused."""
    shutil.copy(toy / "models" / "bert.yaml", toy / "models" / f"{name}.yaml")
    assert any("is no id" in fault for fault in faults_of(toy, ontology))


def test_two_papers_cannot_be_one_work(toy: Path, ontology: Path) -> None:
    """An identifier belongs to one paper."""
    shutil.copy(toy / "papers" / "bert.yaml", toy / "papers" / "again.yaml")
    assert any("arxiv:1810.04805 belongs to" in fault for fault in faults_of(toy, ontology))


def test_a_row_must_reach_a_work_that_has_its_link(toy: Path, ontology: Path) -> None:
    """A row whose link belongs to no identifier of its work is refused."""
    path = toy / "lists" / "toy-list.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("about: biobert", "about: bert"), encoding="utf-8"
    )
    faults = faults_of(toy, ontology)
    assert len(faults) == 1
    assert "links to arxiv:1901.08746, which paper 'bert' does not have" in faults[0]


def test_a_licence_of_its_own_has_an_address(toy: Path, ontology: Path) -> None:
    """What SPDX does not know needs a page that says its terms."""
    path = toy / "licenses.yaml"
    path.write_text(
        path.read_text(encoding="utf-8") + "house-licence: {name: H, terms: proprietary}\n", encoding="utf-8"
    )
    assert any("is no SPDX id; write the url" in fault for fault in faults_of(toy, ontology))


def test_a_link_out_of_the_catalogue_is_not_followed(toy: Path, ontology: Path, tmp_path: Path) -> None:
    """A symbolic link is a fault, wherever it leads."""
    (tmp_path / "outside.yaml").write_text("name: x", encoding="utf-8")
    (toy / "models" / "outside.yaml").symlink_to(tmp_path / "outside.yaml")
    assert any("symbolic link" in fault for fault in faults_of(toy, ontology))


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    """A catalogue that is not there is an unreadable input."""
    with pytest.raises(InputError, match="no catalogue"):
        read_catalogue(tmp_path / "nowhere")


def test_shacl_and_the_checks_agree_on_a_missing_placement(toy: Path, ontology: Path) -> None:
    """What only the whole graph can tell is found by SHACL and placed in the file."""
    path = toy / "models" / "transformer.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"placement:\n(  .*\n)+", "", text), encoding="utf-8")
    with pytest.raises(
        CatalogueError, match=r"graph/models/transformer.yaml:1: model:transformer: hfm:category"
    ):
        prepare(toy, ontology)
