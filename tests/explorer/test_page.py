"""The page as text: self-contained, inert, deterministic."""

from __future__ import annotations

import base64
import gzip
import html
import json
import re
from pathlib import Path
from typing import Any

import networkx
import pytest
from pyoxigraph import NamedNode

import healthfm
from healthfm.errors import UnknownNameError, UsageError
from healthfm.explorer.scene import UNCONNECTED, make_scene
from healthfm.knowledge_graph import KnowledgeGraph
from healthfm.vocabulary import RELATIONS_OUTSIDE_FAMILIES, Hfm, Term, expand

HOSTILE = (
    "</script><script>document.documentElement.dataset.pwned='1'</script><img src=x onerror=pwned()> href"
)


def scene_of(page: str) -> dict[str, Any]:
    """Return the data that stand in a page."""
    match = re.search(r'id="scene">(.*?)</script>', page, re.DOTALL)
    assert match is not None
    data: dict[str, Any] = json.loads(gzip.decompress(base64.b64decode(match[1])))
    return data


def test_the_page_is_one_file_that_names_no_other_host_to_load(kg: KnowledgeGraph) -> None:
    """No script, style, image or font comes from anywhere; the policy forbids it besides."""
    page = html.unescape(kg.page())
    assert not re.search(r"<(script|link|img|iframe)[^>]+(src|href)=", page)
    assert "default-src 'none'" in page
    assert "'unsafe-inline'" not in page.split("style-src")[0].split("script-src")[1]
    assert len(page.encode()) <= 1_000_000


def test_the_page_is_the_same_every_time(kg: KnowledgeGraph) -> None:
    """Drawing twice gives the same bytes."""
    assert kg.page() == kg.page()


def test_markup_in_data_stays_data(toy: Path) -> None:
    """Names, statements and titles with markup are escaped in the page and survive as text."""
    path = toy / "models" / "bert.yaml"
    text = path.read_text(encoding="utf-8").replace("name: BERT", f"name: {json.dumps(HOSTILE)}")
    path.write_text(text, encoding="utf-8")
    page = KnowledgeGraph(healthfm.build(toy).dataset.store()).page()
    assert "<img" not in page
    assert page.count("</script>") == 4
    names = [thing["name"] for thing in scene_of(page)["things"]]
    assert HOSTILE in names


def test_every_artifact_is_in_one_lane(kg: KnowledgeGraph) -> None:
    """Each thing is drawn once; what has lineage stands in a family or category, the rest apart."""
    scene = make_scene(kg.store)
    assert len({spot.id for spot in scene.spots}) == len(scene.spots)
    assert {spot.lane for spot in scene.spots} == {lane.id for lane in scene.lanes}
    connected = {name for edge in scene.edges for name in (edge.child, edge.parent)}
    assert {spot.id for spot in scene.spots if spot.lane == UNCONNECTED} == {
        spot.id for spot in scene.spots
    } - connected


def test_what_nobody_dated_or_named_is_drawn_all_the_same(toy: Path) -> None:
    """Without a year or a name a thing keeps its lane and its edges; nothing is guessed."""
    store = healthfm.build(toy).dataset.store()
    for missing in (Hfm.YEAR, Term.LABEL):
        for quad in list(store.quads_for_pattern(NamedNode(expand("model:bert")), NamedNode(missing), None)):
            store.remove(quad)
    scene = make_scene(store)
    spots = {spot.id: spot for spot in scene.spots}
    assert (spots["model:bert"].year, spots["model:bert"].name) == (None, "model:bert")
    assert (spots["model:biobert"].year, spots["model:biobert"].name) == (2019, "BioBERT")
    assert len(scene.edges) == 2
    shown = scene_of(KnowledgeGraph(store).page())
    assert {thing["id"] for thing in shown["things"]} >= set(spots)


def test_descendants_agree_with_networkx(kg: KnowledgeGraph) -> None:
    """The number that gives a mark its size is the number of descendants, by any relation."""
    lineage = kg.to_networkx()
    for spot in make_scene(kg.store).spots:
        assert spot.descendants == len(networkx.descendants(lineage, spot.id)), spot.id


def test_a_thing_in_several_families_stands_with_the_nearest_root(kg: KnowledgeGraph) -> None:
    """Fewest steps along the relations that make families; ties go to the older root."""
    scene = make_scene(kg.store)
    roots = {f"{row['family']}": f"{row['root']}" for row in kg.ask("families").plain()}
    kept = [
        (edge.parent, edge.child) for edge in scene.edges if edge.relation not in RELATIONS_OUTSIDE_FAMILIES
    ]
    inheritance = networkx.DiGraph(kept)
    years = {spot.id: spot.year or 0 for spot in scene.spots}
    several = [spot for spot in scene.spots if len(spot.families) > 1 and spot.lane in roots]
    assert several
    for spot in several:
        near = {
            family: networkx.shortest_path_length(inheritance, roots[family], spot.id)
            for family in (f"family:{name}" for name in spot.families)
            if networkx.has_path(inheritance, roots[family], spot.id)
        }
        best = min(near, key=lambda family: (near[family], years[roots[family]], family))
        assert spot.lane == best, spot.id


def test_focus_family_and_depth_narrow_the_picture(kg: KnowledgeGraph) -> None:
    """A focus shows ancestors and descendants, a depth only the near ones, a family its members."""
    everything = {spot.id for spot in make_scene(kg.store).spots}
    focused = {spot.id for spot in make_scene(kg.store, focus="model:biobert").spots}
    near = {spot.id for spot in make_scene(kg.store, focus="model:biobert", depth=1).spots}
    family = {spot.id for spot in make_scene(kg.store, family="family:bert").spots}
    assert near < focused < everything
    assert {"model:biobert", "model:bert"} <= near
    members = kg.ask("family-members", family="family:bert").plain()
    assert family == {row["artifact"] for row in members}


def test_what_cannot_be_drawn_is_said(kg: KnowledgeGraph, tmp_path: Path) -> None:
    """Unknown names and a depth without a focus are errors, and write nothing."""
    with pytest.raises(UnknownNameError, match="nearest"):
        kg.draw(tmp_path / "a.html", focus="alphafold22")
    with pytest.raises(UsageError, match="a depth needs a focus"):
        kg.draw(tmp_path / "a.html", depth=2)
    assert not list(tmp_path.iterdir())
