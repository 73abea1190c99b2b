"""The page in Jupyter: run by a real kernel, exported to HTML, looked at in a real Chromium."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest

from healthfm.knowledge_graph import KnowledgeGraph
from tests.browsing import OfflinePage

CELLS = """
import healthfm
kg = healthfm.load()
----
kg.draw("graph.html")
----
kg.lineage("bert")
----
kg.draw("graph.html").stat().st_size, open(kg.draw("other.html")).read(15)
"""


def notebook(cells: list[str]) -> Any:
    """Return a notebook of these cells."""
    new: Any = nbformat.v4
    return new.new_notebook(cells=[new.new_code_cell(cell.strip()) for cell in cells])


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Run the cells in a kernel of their own and return what nbconvert makes of them."""
    folder = tmp_path_factory.mktemp("notebook")
    nbformat.write(notebook(CELLS.split("----")), folder / "shown.ipynb")  # type: ignore[no-untyped-call]
    command = [sys.executable, "-m", "nbconvert", "--execute", "--to", "html", "shown.ipynb"]
    subprocess.run(command, check=True, capture_output=True, cwd=folder, timeout=180)
    for name in ("graph.html", "other.html"):  # the export must not lean on them
        (folder / name).unlink()
    return folder / "shown.html"


def test_it_is_still_a_path(kg: KnowledgeGraph, tmp_path: Path) -> None:
    """What `draw` returns is the file for `open`, `os` and `pathlib` alike; only a file is shown."""
    drawing = kg.draw(tmp_path / "page.html")
    assert isinstance(drawing, Path)
    assert drawing == tmp_path / "page.html"
    assert os.path.getsize(drawing) == drawing.stat().st_size > 300_000  # noqa: PTH202
    assert drawing._repr_html_() is not None
    assert (drawing.parent / "other.html")._repr_html_() is None


@pytest.mark.browser
def test_the_export_shows_the_page_in_a_frame_of_its_own(browser: object, export: Path) -> None:
    """The frame draws without the file, asks for nothing, and cannot reach the notebook."""
    opened = OfflinePage(browser, export)
    frame = opened.page.wait_for_selector("iframe").content_frame()
    frame.wait_for_selector("body[data-ready]", timeout=30_000)
    box = frame.wait_for_selector("#mynetwork canvas").bounding_box()
    assert box["width"] > 300
    assert box["height"] > 300
    reaches = "(() => { try { return Boolean(parent.document) } catch { return false } })()"
    assert frame.evaluate(reaches) is False
    opened.context.close()


@pytest.mark.browser
def test_the_page_in_the_frame_can_be_used(browser: object, export: Path) -> None:
    """A search in the frame selects a model and shows its facts, without an error."""
    opened = OfflinePage(browser, export)
    faults: list[str] = []
    opened.page.on("pageerror", lambda error: faults.append(str(error)))
    frame = opened.page.wait_for_selector("iframe").content_frame()
    frame.wait_for_selector("body[data-ready]", timeout=30_000)
    frame.fill("#find input", "BioBERT")
    frame.press("#find input", "Enter")
    frame.wait_for_selector("#details h2")
    assert frame.inner_text("#details h2") == "BioBERT"
    assert faults == []
    opened.context.close()


@pytest.mark.browser
def test_the_export_shows_a_lineage_as_a_small_picture(browser: object, export: Path) -> None:
    """The picture is there, in the colour of the notebook's text, with links to the things it names."""
    opened = OfflinePage(browser, export)
    picture = opened.page.wait_for_selector("svg[aria-label^='Lineage of BERT']")
    assert picture.bounding_box()["width"] > 300
    link = picture.query_selector("a:has-text('BioBERT')")
    assert link.get_attribute("href") == "https://w3id.org/healthfm/model/biobert"
    opened.context.close()
