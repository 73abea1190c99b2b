"""The schemas that editors use say the same as the reader, as far as one file can tell."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from healthfm.catalog.json_schema import schema_files
from healthfm.catalog.reader import REGISTERS
from healthfm.catalog.yaml_reader import read_yaml
from healthfm.rdf.ontology import concepts, read_ontology
from tests.conftest import ROOT

GRAPH = ROOT / "graph"
SCHEMAS: dict[str, dict[str, Any]] = {
    name.removesuffix(".schema.json"): json.loads(text)
    for name, text in schema_files(concepts(read_ontology(ROOT / "ontology"))).items()
}
FAULTY = Path(__file__).parent / "faulty"


def faults(schema: str, file: Path) -> list[str]:
    """Return what a validator says of a file."""
    value = json.loads(json.dumps(read_yaml(file.read_bytes()).value))
    return [error.message for error in Draft202012Validator(SCHEMAS[schema]).iter_errors(value)]


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_schema_is_one(name: str) -> None:
    """Each schema conforms to its own draft."""
    Draft202012Validator.check_schema(SCHEMAS[name])


def test_every_file_of_the_catalogue_conforms() -> None:
    """What the reader takes, the schemas take."""
    files = [(folder, file) for folder in ("models", "papers") for file in (GRAPH / folder).glob("*.yaml")]
    files += [(name.removesuffix(".yaml"), GRAPH / name) for name, _ in REGISTERS.values()]
    assert len(files) > 300
    assert {str(file): found for schema, file in files if (found := faults(schema, file))} == {}


@pytest.mark.parametrize(
    "name", ["unknown-key", "unknown-modality", "five-tasks", "missing", "no-relation", "wrong-type"]
)
def test_a_fault_of_one_file_is_seen_in_the_editor(name: str) -> None:
    """What is wrong within a file is wrong by its schema."""
    assert faults("models", FAULTY / f"{name}.yaml")


def test_a_closed_list_can_be_completed() -> None:
    """Modalities, tasks and relations are offered by name; nothing offers null."""
    properties = SCHEMAS["models"]["properties"]
    assert "protein-structure" in properties["modalities"]["items"]["enum"]
    assert "adapterOf" in SCHEMAS["models"]["$defs"]["Claim"]["properties"]["relation"]["enum"]
    assert '"null"' not in json.dumps(SCHEMAS)


def test_editors_are_told_of_every_schema() -> None:
    """The settings name each schema for the files it is about."""
    settings = json.loads((ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8"))["yaml.schemas"]
    assert {Path(name).name.removesuffix(".schema.json") for name in settings} == set(SCHEMAS)
    for name, pattern in settings.items():
        assert list(ROOT.glob(pattern)), name
