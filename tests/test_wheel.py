"""The wheel alone, in a clean environment and an empty directory: nothing leans on the checkout."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import venv
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from healthfm.explorer.sparql_page import has_sparql_page
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel once."""
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--outdir", str(out), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into an environment of its own and return its programs' folder."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=True)
    programs = folder / "bin"
    command = [str(programs / "python"), "-m", "pip", "install", "--quiet", str(wheel)]
    subprocess.run(command, check=True, capture_output=True)
    return programs


def run(programs: Path, cwd: Path, *command: str) -> str:
    """Run a program of the environment in a folder and return what it prints."""
    arguments = [str(programs / command[0]), *command[1:]]
    return subprocess.run(arguments, check=True, capture_output=True, cwd=cwd, text=True, env={}).stdout


def test_the_wheel_has_the_graph_and_nothing_it_does_not_need(wheel: Path) -> None:
    """Ontology, built graph, page sources and bundles are in; catalogue, tests and the page are not."""
    names = set(zipfile.ZipFile(wheel).namelist())
    for needed in (
        "healthfm/data/graph/dist/healthfm.trig",
        "healthfm/data/ontology/shapes.ttl",
        "healthfm/data/ontology/questions/bert-variants.rq",
        "healthfm/explorer/web/main.js",
        "healthfm/py.typed",
    ):
        assert needed in names
    if has_sparql_page():  # with Node.js; always in CI
        bundles = {name.removeprefix("healthfm/") for name in names if "/assets/" in name}
        assert {"explorer/assets/engine.wasm.gz", "explorer/assets/NOTICES.txt"} <= bundles
        assert {"service/assets/query.js", "service/assets/NOTICES.txt"} <= bundles
    assert not [name for name in names if "node_modules" in name]
    assert not [name for name in names if name.startswith("tests/") or name.endswith(".html")]


def test_it_works_in_an_empty_directory(installed: Path, tmp_path: Path) -> None:
    """Query, draw and load() answer from the packaged graph, far from any checkout."""
    rows = run(
        installed,
        tmp_path,
        "healthfm",
        "query",
        "SELECT ?m { ?m hfm:memberOf family:bert }",
        "--format",
        "csv",
    )
    assert "https://w3id.org/healthfm/model/pubmedbert" in rows
    sparql = ["--sparql"] if has_sparql_page() else []
    run(installed, tmp_path, "healthfm", "draw", "-o", "page.html", *sparql)
    assert (tmp_path / "page.html").stat().st_size > 300_000
    assert (tmp_path / "sparql.html").exists() == bool(sparql)
    code = "import healthfm; kg = healthfm.load(); print(len(kg.ask('bert-variants')) > 5, len(kg) > 5000)"
    assert run(installed, tmp_path, "python", "-c", code).split() == ["True", "True"]
    assert "biobert" in run(installed, tmp_path, "healthfm", "show", "biobert")


def test_building_without_a_catalogue_harms_nothing(installed: Path, tmp_path: Path) -> None:
    """Nothing is built within the package; `build` says so and leaves the packaged graph as it is."""
    result = subprocess.run(
        [str(installed / "healthfm"), "build"], capture_output=True, check=False, cwd=tmp_path
    )
    assert result.returncode == 3
    assert b"no catalogue" in result.stderr
    assert run(installed, tmp_path, "healthfm", "query", "ASK { model:bert a hfm:Model }").strip() == "yes"


@pytest.mark.timeout(600)
def test_the_notebooks_run_from_it(wheel: Path, installed: Path, tmp_path: Path) -> None:
    """With the extra that the guide names and nothing else, each runs to its last cell."""
    command = [str(installed / "python"), "-m", "pip", "install", "--quiet", f"{wheel}[notebook]"]
    subprocess.run(command, check=True, capture_output=True)

    def executed(path: Path) -> list[dict[str, Any]]:
        copy = shutil.copy(path, tmp_path)
        command = [str(installed / "jupyter-execute"), "--inplace", copy]
        home = {"HOME": str(tmp_path), "PATH": str(installed)}
        subprocess.run(command, check=True, capture_output=True, cwd=tmp_path, env=home)
        cells = json.loads(Path(copy).read_text(encoding="utf-8"))["cells"]
        return [cell for cell in cells if cell["cell_type"] == "code"]

    with ThreadPoolExecutor(max_workers=2) as pool:
        for cells in pool.map(executed, sorted((ROOT / "notebooks").glob("*.ipynb"))):
            assert all(cell["execution_count"] for cell in cells)
