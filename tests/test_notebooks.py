"""The notebooks run from top to bottom in a real kernel, and are stored without outputs."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import nbformat
import networkx
import pytest
from nbclient import NotebookClient

from healthfm.knowledge_graph import KnowledgeGraph
from tests.conftest import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def read(path: Path) -> Any:
    """Return a notebook."""
    return nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_is_stored_without_outputs(path: Path) -> None:
    """What a notebook says is computed when it is opened, not remembered."""
    cells = [cell for cell in read(path).cells if cell.cell_type == "code"]
    assert cells
    assert all(not cell.outputs and cell.execution_count is None for cell in cells)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_runs_from_top_to_bottom(path: Path, tmp_path: Path) -> None:
    """A real kernel executes every cell without an error."""
    notebook = read(Path(shutil.copy(path, tmp_path)))
    NotebookClient(
        notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}
    ).execute()
    assert all(cell.execution_count for cell in notebook.cells if cell.cell_type == "code")


def test_its_numbers_are_those_of_an_independent_count(kg: KnowledgeGraph, tmp_path: Path) -> None:
    """The reach of BERT's weights in the notebook is what a SPARQL path counts."""
    notebook = read(ROOT / "notebooks" / "shared-lineage.ipynb")
    NotebookClient(
        notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}
    ).execute()
    shown = "".join(
        str(output.get("data", "")) for cell in notebook.cells for output in cell.get("outputs", [])
    )
    counted = kg.query("SELECT (COUNT(DISTINCT ?m) AS ?n) { ?m hfm:inheritsWeightsFrom+ model:bert }")
    number = counted.plain()[0]["n"]  # type: ignore[union-attr]
    assert number == len(networkx.descendants(kg.to_networkx(group="weights"), "model:bert"))
    assert f"('model:bert', {number})" in shown.replace("\\n", "")
