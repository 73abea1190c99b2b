"""Comunica, the query engine of the web's JavaScript side, as a client of the service."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from healthfm.knowledge_graph import KnowledgeGraph
from tests.conftest import ROOT
from tests.service.servers import Server

#: The last that runs on Node.js 20.
PACKAGE = "@comunica/query-sparql@4.5.0"
PREFIXES = (
    "PREFIX hfm: <https://w3id.org/healthfm/ns/> "
    "PREFIX family: <https://w3id.org/healthfm/family/> "
    "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
)
FAMILY = PREFIXES + "SELECT ?m { ?m hfm:memberOf family:bert } ORDER BY ?m"


@pytest.fixture(scope="session")
def comunica() -> Path:
    """Return Comunica's command, installed once into a folder that git ignores."""
    npm = shutil.which("npm")
    if npm is None:
        if os.environ.get("CI"):
            pytest.fail("npm is missing, and CI may skip nothing")
        pytest.skip("Node.js is not here; install nodejs and npm to try Comunica")
    folder = ROOT / "build" / "comunica"
    command = folder / "node_modules" / ".bin" / "comunica-sparql"
    if not command.exists():
        folder.mkdir(parents=True, exist_ok=True)
        install = [
            npm,
            "install",
            "--prefix",
            str(folder),
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            PACKAGE,
        ]
        subprocess.run(install, check=True, capture_output=True, timeout=280)
    return command


def ask(comunica: Path, source: str, query: str) -> Any:
    """Return the rows that Comunica prints, or the word of an ASK."""
    command = [str(comunica), source, query, "-t", "application/sparql-results+json"]
    said = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout
    answer = json.loads(said)
    if "boolean" in answer:
        return answer["boolean"]
    return [{name: cell["value"] for name, cell in row.items()} for row in answer["results"]["bindings"]]


@pytest.mark.parametrize("kind", ["", "sparql@"])
def test_it_finds_the_endpoint(comunica: Path, server: Server, kg: KnowledgeGraph, kind: str) -> None:
    """By the service description alone, or told that it is one: the rows are those we give."""
    rows: Any = kg.query(FAMILY)
    assert ask(comunica, f"{kind}{server.endpoint}", FAMILY) == [{"m": str(row.m)} for row in rows]


def test_it_asks_yes_or_no(comunica: Path, server: Server) -> None:
    """ASK, too."""
    assert (
        ask(comunica, f"sparql@{server.endpoint}", PREFIXES + "ASK { ?m hfm:memberOf family:bert }") is True
    )


def test_it_reads_a_resource_as_linked_data(comunica: Path, server: Server) -> None:
    """Without an endpoint: it follows 303 to the triples about a model, and asks them itself."""
    query = PREFIXES + "SELECT ?y { ?m hfm:year ?y }"
    assert ask(comunica, f"{server.url}/model/bert", query) == [{"y": "2018"}]
