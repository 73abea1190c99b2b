"""The small picture of a lineage: everything is in it once, left to right, and it is safe and small."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from healthfm.analysis.lineage import Lineage, trace
from healthfm.analysis.lineage_graph import LineageGraph, read_lineage
from healthfm.analysis.lineage_picture import MOST_DRAWN
from healthfm.catalog.catalogue import Catalogue
from healthfm.knowledge_graph import KnowledgeGraph
from healthfm.rdf.dataset import make_dataset
from healthfm.rdf.ontology import read_ontology
from tests.conftest import ROOT
from tests.worlds import catalogues

SVG = "{http://www.w3.org/2000/svg}"


def drawn(lineage: Lineage) -> tuple[ET.Element, dict[str, tuple[float, float]]]:
    """Return the picture as XML, and the place of each dot by the IRI it links to."""
    html = lineage._repr_html_()
    svg = ET.fromstring(html[: html.index("</svg>") + 6])
    places = {}
    for link in svg.iter(f"{SVG}a"):
        dot = link.find(f"{SVG}circle")
        assert dot is not None
        places[link.attrib["href"]] = (float(dot.attrib["cx"]), float(dot.attrib["cy"]))
    return svg, places


@pytest.mark.parametrize("name", ["biobert", "alphafold2", "clip", "whisper"])
def test_every_artifact_and_edge_is_in_it(kg: KnowledgeGraph, name: str) -> None:
    """One dot each at a place of its own, one line per claim, the evidence in its tooltip."""
    lineage = kg.lineage(name)
    svg, places = drawn(lineage)
    assert len(places) == len(set(places.values())) == len(lineage.artifacts)
    told = [title.text or "" for title in svg.iter(f"{SVG}title")]
    assert len(told) == len({edge.claim for edge in lineage.up + lineage.down})
    assert all(any(edge.statement in text for text in told) for edge in lineage.down)
    assert len(lineage._repr_html_()) < 30_000


ONTOLOGY = read_ontology(ROOT / "ontology")


@settings(max_examples=40, deadline=None)
@given(catalogues(), st.data())
def test_children_stand_right_of_their_parents(catalogue: Catalogue, data: st.DataObject) -> None:
    """In any lineage without a circle, every edge runs from left to right."""
    graph = read_lineage(make_dataset(catalogue, ONTOLOGY).store())
    lineage = trace(graph, data.draw(st.sampled_from(sorted(graph.artifacts))))
    _, places = drawn(lineage)
    for edge in lineage.up + lineage.down:
        child, parent = (f"https://w3id.org/healthfm/model/{end[6:]}" for end in (edge.child, edge.parent))
        assert places[parent][0] < places[child][0]


def test_a_circle_in_foreign_data_is_drawn_all_the_same(kg: KnowledgeGraph) -> None:
    """Data that hold what cannot be still give a picture."""
    graph = read_lineage(kg.store)
    edge = graph.by_child["model:biobert"][0]
    back = replace(edge, child=edge.parent, parent=edge.child, claim="claim:back")
    by_child = {edge.child: (edge,), back.child: (back,)}
    by_parent = {edge.parent: (edge,), back.parent: (back,)}
    circle = LineageGraph(graph.artifacts, by_child, by_parent)
    assert len(drawn(trace(circle, "model:biobert"))[1]) == 2


def test_names_with_markup_stay_text(kg: KnowledgeGraph) -> None:
    """A hostile name is a label and nothing else."""
    lineage = kg.lineage("biobert")
    hostile = replace(lineage.root, name='<script>alert(1)</script>" onload=')
    lineage = replace(lineage, root=hostile, artifacts={**lineage.artifacts, hostile.id: hostile})
    assert "<script" not in lineage._repr_html_()
    assert any(text.text and "<script>" in text.text for text in drawn(lineage)[0].iter(f"{SVG}text"))


def test_what_is_left_out_is_said(kg: KnowledgeGraph) -> None:
    """A large lineage shows the nearest and says how many there are beside."""
    lineage = kg.lineage("transformer")
    left_out = len(lineage.artifacts) - MOST_DRAWN
    assert left_out > 0
    assert len(drawn(lineage)[1]) == MOST_DRAWN
    assert f"{left_out} farther ones not shown" in lineage._repr_html_()


def test_labels_of_a_column_do_not_reach_the_next(kg: KnowledgeGraph) -> None:
    """A column is as wide as its longest label."""
    svg, places = drawn(kg.lineage("bert"))
    columns = sorted({x for x, _ in places.values()})
    widest = dict.fromkeys(columns, 0)
    for link in svg.iter(f"{SVG}a"):
        text = link.find(f"{SVG}text")
        assert text is not None
        assert text.text is not None
        x = places[link.attrib["href"]][0]
        widest[x] = max(widest[x], len(text.text))
    for left, right in pairwise(columns):
        assert right - left > widest[left] * 6.5
    assert re.match(r"<svg[^>]+role=.img.", kg.lineage("bert")._repr_html_())
