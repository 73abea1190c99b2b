"""JupyterLab in a real browser: what a person sees of the graph there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest

CELLS = [
    "import healthfm\nfrom healthfm import plots\nkg = healthfm.load()\nkg",
    "%load_ext healthfm",
    "family = 'family:alphafold'",
    "%%sparql\nSELECT ?m ?year { ?m hfm:memberOf $family ; hfm:year ?year } ORDER BY ?year ?m",
    "plots.family_tree(kg, family);",
    "kg.lineage('biobert')",
    "kg.draw('page.html', family='alphafold')",
    "kg.show('no such thing')",
    "%%sparql\nASK { ?m hfm:memberOf famil",
]


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a notebook with these cells in JupyterLab, on this machine only, and return its address."""
    folder = tmp_path_factory.mktemp("lab")
    cells = [nbformat.v4.new_code_cell(cell) for cell in CELLS]  # type: ignore[no-untyped-call]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=kernel)  # type: ignore[no-untyped-call]
    nbformat.write(notebook, folder / "graph.ipynb")  # type: ignore[no-untyped-call]
    options = [
        "--no-browser",
        "--allow-root",
        "--ip=127.0.0.1",
        "--port=0",
        "--LabApp.news_url=None",
        "--LabApp.extension_manager=readonly",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]
    home = {name: str(folder / name) for name in ("JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR", "HOME")}
    # By default a kernel that does not answer Tab within a second is not waited for.
    settings = (
        Path(home["JUPYTER_CONFIG_DIR"]) / "lab" / "user-settings" / "@jupyterlab" / "completer-extension"
    )
    settings.mkdir(parents=True)
    (settings / "manager.jupyterlab-settings").write_text('{"providerTimeout": 30000}')
    server = subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", *options, f"--ServerApp.root_dir={folder}"],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **home},
    )
    assert server.stderr is not None
    try:
        for line in server.stderr:
            if found := re.search(r"(http://127\.0\.0\.1:\d+)/lab\?(token=\w+)", line):
                break
        else:
            pytest.fail("JupyterLab ended before it told its address")
        yield f"{found[1]}/lab/tree/graph.ipynb?{found[2]}"
    finally:
        server.terminate()
        server.wait(timeout=30)
        server.stderr.close()


@pytest.mark.browser
def test_pictures_tables_magic_and_errors_are_seen(lab: str, browser: Any) -> None:
    """All cells are run from the menu; then each output is looked at, and Tab is pressed."""
    page = browser.new_page(viewport={"width": 1400, "height": 3200})
    page.set_default_timeout(60_000)
    page.goto(lab)
    cells = page.locator(".jp-Notebook .jp-Cell")
    cells.nth(len(CELLS) - 1).wait_for()
    page.locator(".jp-Notebook-ExecutionIndicator[data-status='idle']").wait_for()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.locator("[data-command='runmenu:run-all']").click()
    # The last but one fails, so nothing after it is run.
    cells.nth(7).get_by_text("UnknownNameError: nothing here is called").wait_for()
    assert cells.nth(7).locator(".jp-OutputArea-output pre").inner_text().count("\n") == 0
    assert "healthfm knowledge graph" in cells.nth(0).inner_text()
    link = cells.nth(3).get_by_role("link", name="model:openfold")
    assert link.get_attribute("href") == "https://w3id.org/healthfm/model/openfold"
    assert cells.nth(4).locator("img").evaluate("picture => picture.naturalWidth") > 400
    assert cells.nth(5).get_by_role("link", name="BioBERT").first.is_visible()
    cells.nth(6).frame_locator("iframe").locator("body[data-ready='true']").wait_for()
    cells.nth(8).locator(".cm-line").last.click()
    page.keyboard.press("End")
    page.keyboard.press("Tab")
    page.locator(".jp-Completer").get_by_text("family:").wait_for()
