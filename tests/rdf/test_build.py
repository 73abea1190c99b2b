"""The build: the same bytes every time, all or nothing, and what was there survives every fault."""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, Store

import healthfm
from healthfm.catalog.reader import REGISTERS
from healthfm.errors import CatalogueError, InputError
from healthfm.explorer.sparql_page import has_sparql_page
from healthfm.rdf.writing import write_all, write_one
from healthfm.vocabulary import ASSERTED_GRAPH, INFERRED_GRAPH
from tests.conftest import ROOT

FILES = {
    "healthfm.ttl",
    "healthfm.trig",
    "healthfm.nq",
    "healthfm.jsonld",
    "healthfm.html",
    *(["sparql.html"] if has_sparql_page() else []),  # its program needs npm
    "description.ttl",
    "manifest.json",
    *(
        f"{name}.schema.json"
        for name in ("models", "papers", *(kind.removesuffix(".yaml") for kind, _ in REGISTERS.values()))
    ),
}


def digest(folder: Path) -> dict[str, str]:
    """Return a hash for each file of a build."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def run_build(graph: Path, seed: str = "0") -> None:
    """Build in a process of its own, with a hash seed."""
    subprocess.run(
        [sys.executable, "-m", "healthfm", "build", "--graph", str(graph)],
        check=True,
        capture_output=True,
        env={**os.environ, "PYTHONHASHSEED": seed},
    )


def test_the_same_bytes_for_any_file_order_and_hash_seed(toy: Path, tmp_path: Path) -> None:
    """Four hash seeds and four orders of the files on disk give identical files."""
    seen = set()
    for seed in ("0", "1", "2", "3"):
        copy = tmp_path / seed / "graph"
        for folder in ("models", "papers", "lists"):
            (copy / folder).mkdir(parents=True)
        paths = list(toy.rglob("*.yaml"))
        random.Random(seed).shuffle(paths)
        for path in paths:
            shutil.copy(path, copy / path.relative_to(toy))
        run_build(copy, seed)
        assert set(digest(copy / "dist")) == FILES
        seen.add(json.dumps(digest(copy / "dist")))
    assert len(seen) == 1


def test_the_committed_build_is_what_the_catalogue_gives(tmp_path: Path) -> None:
    """Nobody committed a catalogue without its graph, or a graph of another catalogue."""
    copy = tmp_path / "graph"
    shutil.copytree(ROOT / "graph", copy, ignore=shutil.ignore_patterns("dist", ".build-*"))
    healthfm.build(copy)
    for name in FILES - {
        "healthfm.nq",
        "healthfm.jsonld",
        "healthfm.html",
        "sparql.html",
    }:  # those are not committed
        assert (copy / "dist" / name).read_bytes() == (ROOT / "graph" / "dist" / name).read_bytes(), name


def test_the_named_graphs_partition_the_default_graph(toy: Path) -> None:
    """Every triple is once in the default graph and once in one of the two graphs."""
    store = healthfm.build(toy).dataset.store()
    parts = [
        {quad.triple for quad in store.quads_for_pattern(None, None, None, NamedNode(graph))}
        for graph in (ASSERTED_GRAPH, INFERRED_GRAPH)
    ]
    whole = {quad.triple for quad in store.quads_for_pattern(None, None, None, DefaultGraph())}
    assert whole == parts[0] | parts[1]
    assert not parts[0] & parts[1]
    assert all(parts)


def test_every_format_says_the_same(toy: Path) -> None:
    """Turtle, TriG, N-Quads and JSON-LD hold the same statements, read by Oxigraph and by rdflib."""
    healthfm.build(toy)
    dist = toy / "dist"
    datasets = []
    for name, rdf_format in (
        ("trig", RdfFormat.TRIG),
        ("nq", RdfFormat.N_QUADS),
        ("jsonld", RdfFormat.JSON_LD),
    ):
        store = Store()
        store.bulk_load(path=str(dist / f"healthfm.{name}"), format=rdf_format)
        datasets.append({str(quad) for quad in store})
    assert datasets[0] == datasets[1] == datasets[2]
    ours = rdflib.Graph().parse(dist / "healthfm.ttl")
    theirs = rdflib.Dataset(default_union=True).parse(dist / "healthfm.nq", format="nquads")
    assert set(ours) == {(s, p, o) for s, p, o, _ in theirs.quads()}


def test_no_blank_node_is_in_the_data(toy: Path) -> None:
    """Blank nodes cannot be named by anybody else, and nothing with them is byte-stable."""
    healthfm.build(toy)
    assert b"_:" not in (toy / "dist" / "healthfm.nq").read_bytes()


def test_the_manifest_tells_the_truth(toy: Path) -> None:
    """Each hash in the manifest is the file's, and the counts are those of the graph."""
    built = healthfm.build(toy)
    manifest = json.loads((toy / "dist" / "manifest.json").read_text(encoding="utf-8"))
    for name, expected in manifest["files"].items():
        assert hashlib.sha256((toy / "dist" / name).read_bytes()).hexdigest() == expected
    assert manifest["triples"]["all"] == len(built.dataset.triples)
    assert manifest["counts"]["Artifact"] == 3
    assert manifest["counts"]["LineageClaim"] == 2


def test_a_failing_catalogue_leaves_the_last_good_build(toy: Path) -> None:
    """Nothing of a build is written before all of it is right."""
    healthfm.build(toy)
    before = digest(toy / "dist")
    (toy / "models" / "bad.yaml").write_text("name: bad\nname: worse\n", encoding="utf-8")
    with pytest.raises(CatalogueError):
        healthfm.build(toy)
    assert digest(toy / "dist") == before


def test_a_build_says_what_changed(toy: Path) -> None:
    """The summary names what came and went."""
    assert healthfm.build(toy).changes is None
    assert str(healthfm.build(toy).changes) == "nothing"
    (toy / "models" / "biobert.yaml").unlink()
    changes = healthfm.build(toy).changes
    assert changes is not None
    assert changes.gone_entries == ("model:biobert",)
    assert changes.added == 0
    assert changes.removed > 10


def test_a_killed_build_never_leaves_a_torn_file(toy: Path) -> None:
    """`kill -9` at twenty moments of a build: each file is the old one or the new one, whole."""
    run_build(toy)
    old = digest(toy / "dist")
    path = toy / "models" / "biobert.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("2019", "2020", 1), encoding="utf-8")
    fresh = toy.parent / "fresh" / "graph"
    shutil.copytree(toy, fresh, ignore=shutil.ignore_patterns("dist"))
    run_build(fresh)
    new = digest(fresh / "dist")
    for step in range(20):
        process = subprocess.Popen(
            [sys.executable, "-m", "healthfm", "build", "--graph", str(toy)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            process.wait(timeout=0.05 + step * 0.04)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
        for name, value in digest(toy / "dist").items():
            assert value in {old[name], new[name]}, name
    run_build(toy)
    assert digest(toy / "dist") == new
    assert not list(toy.glob(".build-*"))


def test_writing_follows_no_link_and_survives_a_read_only_place(tmp_path: Path) -> None:
    """A link at the name is replaced, its target untouched; a place that refuses is one clear error."""
    target = tmp_path / "target"
    target.write_text("precious", encoding="utf-8")
    (tmp_path / "link").symlink_to(target)
    write_one(tmp_path / "link", b"new")
    assert target.read_text(encoding="utf-8") == "precious"
    assert (tmp_path / "link").read_bytes() == b"new"
    (tmp_path / "device").symlink_to("/dev/null")
    write_one(tmp_path / "device", b"kept")
    assert (tmp_path / "device").read_bytes() == b"kept"
    with pytest.raises(InputError, match="cannot write"):
        write_one(tmp_path / "no" / "such" / "folder" / "file", b"x")
    with pytest.raises(InputError, match="the last good build is untouched"):
        write_all(target / "dist", {"a": b"x"})
