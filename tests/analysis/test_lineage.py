"""Lineage, impact and relation, held against networkx on the same edges."""

from __future__ import annotations

import networkx
import pytest
from hypothesis import given, settings
from pyoxigraph import RdfFormat, Store

from healthfm.analysis.impact import FOLLOWED, impact_of
from healthfm.analysis.lineage import trace
from healthfm.analysis.lineage_graph import CONFIDENCES, read_lineage
from healthfm.analysis.network import to_networkx
from healthfm.analysis.relation import relate
from healthfm.catalog.catalogue import Catalogue
from healthfm.errors import UsageError
from healthfm.knowledge_graph import KnowledgeGraph
from healthfm.rdf.dataset import make_dataset
from tests.rdf.test_inference import ONTOLOGY
from tests.worlds import catalogues


@settings(max_examples=40)
@given(catalogues())
def test_up_and_down_are_networkx_ancestors_and_descendants(catalogue: Catalogue) -> None:
    """Edges run from parent to child in networkx, so its words mean what they say."""
    store = make_dataset(catalogue, ONTOLOGY).store()
    lineage, network = read_lineage(store), to_networkx(store)
    assert {(e.parent, e.child, e.relation) for e in lineage.edges} == set(network.edges(keys=True))
    for name in network:
        traced = trace(lineage, name)
        assert traced.ancestors == networkx.ancestors(network, name)
        assert traced.descendants == networkx.descendants(network, name)


@settings(max_examples=40)
@given(catalogues())
def test_impact_is_what_networkx_finds_on_the_same_edges(catalogue: Catalogue) -> None:
    """Each way of following reaches exactly the descendants over its groups, by shortest paths."""
    store = make_dataset(catalogue, ONTOLOGY).store()
    lineage, network = read_lineage(store), to_networkx(store)
    for through, groups in FOLLOWED.items():
        kept = [(u, v) for u, v, data in network.edges(data=True) if data["group"] in groups]
        part = networkx.DiGraph(kept)
        part.add_nodes_from(network)
        for name in network:
            found = impact_of(lineage, {}, name, through=through)  # type: ignore[arg-type]
            steps = networkx.single_source_shortest_path_length(part, name)
            assert {a.artifact.id: len(a.path) for a in found.affected} == {
                n: d for n, d in steps.items() if d
            }


@settings(max_examples=40)
@given(catalogues())
def test_nearest_common_ancestors_have_no_other_below_them(catalogue: Catalogue) -> None:
    """What two things meet in is above both, and nothing between is."""
    store = make_dataset(catalogue, ONTOLOGY).store()
    lineage, network = read_lineage(store), to_networkx(store)
    names = sorted(network)
    for first, second in zip(names, reversed(names), strict=True):
        common = (networkx.ancestors(network, first) | {first}) & (
            networkx.ancestors(network, second) | {second}
        )
        lowest = {n for n in common if not networkx.descendants(network, n) & common}
        relation = relate(lineage, first, second)
        assert {meeting.ancestor.id for meeting in relation.meetings} == lowest
        for meeting in relation.meetings:
            for start, path in ((first, meeting.from_first), (second, meeting.from_second)):
                ends = [start, *(edge.parent for edge in path)]
                assert ends[-1] == meeting.ancestor.id
                assert [edge.child for edge in path] == ends[:-1]


def test_the_weakest_confidence_is_the_paths(kg: KnowledgeGraph) -> None:
    """A path is as sure as its weakest claim."""
    for affected in kg.impact("transformer").affected:
        assert CONFIDENCES.index(affected.confidence) == min(
            CONFIDENCES.index(e.confidence) for e in affected.path
        )


def test_no_circle_runs_through_weights(kg: KnowledgeGraph) -> None:
    """Weights cannot come from themselves; nor can anything be derived from itself."""
    assert networkx.is_directed_acyclic_graph(kg.to_networkx(group="weights"))
    derived = networkx.MultiDiGraph(
        (u, v) for u, v, d in kg.to_networkx().edges(data=True) if d["group"] not in {"code", "calls"}
    )
    assert networkx.is_directed_acyclic_graph(derived)


def test_depth_and_direction_narrow_the_walk(kg: KnowledgeGraph) -> None:
    """One step up from BioBERT is BERT; all the way it is the Transformer too."""
    assert kg.lineage("biobert", direction="up", depth=1).ancestors == {"model:bert"}
    assert "model:transformer" in kg.lineage("biobert", direction="up").ancestors
    assert kg.lineage("biobert", direction="up").down == ()
    with pytest.raises(UsageError, match="use up, down or both"):
        kg.lineage("biobert", direction="sideways")  # type: ignore[call-overload]
    with pytest.raises(UsageError, match="use 1 or more"):
        kg.lineage("biobert", depth=0)


def test_every_edge_has_type_statement_source_and_basis(kg: KnowledgeGraph) -> None:
    """No edge of the real graph is without evidence, and no parent dangles."""
    graph = kg.to_networkx()
    assert graph.number_of_edges() > 100
    for parent, child, data in graph.edges(data=True):
        assert data["relation"]
        assert len(data["statement"]) >= 20, (parent, child)
        assert data["source"].startswith(("paper:", "http"))
        assert data["basis"] in {"source-read", "curator-knowledge"}
        assert graph.nodes[parent]["label"]
        assert graph.nodes[child]["label"]


def test_time_runs_forward_or_says_why_not(kg: KnowledgeGraph) -> None:
    """No parent is younger than its child unless the claim gives a reason."""
    rows = kg.query(
        """SELECT ?claim WHERE {
            ?claim hfm:child/hfm:year ?child ; hfm:parent/hfm:year ?parent . FILTER(?parent > ?child)
            FILTER NOT EXISTS { ?claim hfm:againstTime ?reason } }"""
    )
    assert len(rows) == 0  # type: ignore[arg-type]


def test_claims_about_things_that_nobody_described_still_count() -> None:
    """In data of others an artifact may lack name, year and even its type; no edge is lost for that."""
    store = Store()
    claim = """
        @prefix hfm: <https://w3id.org/healthfm/ns/> . @prefix model: <https://w3id.org/healthfm/model/> .
        <https://example.org/claim> a hfm:LineageClaim ; hfm:child model:x ; hfm:relation hfm:extends ;
          hfm:parent model:y ; hfm:statement "It does." ; hfm:source <https://example.org/> ;
          hfm:basis "curator-knowledge" ; hfm:confidence "low" ; hfm:claimStatus "accepted" ."""
    store.load(claim.encode(), format=RdfFormat.TURTLE)
    lineage, kg = read_lineage(store), KnowledgeGraph(store)
    assert trace(lineage, "model:x").ancestors == {"model:y"}
    assert "extends model:y" in trace(lineage, "model:x").tree()
    assert [a.artifact.id for a in impact_of(lineage, {}, "model:y").affected] == ["model:x"]
    assert set(kg.to_networkx().edges()) == {("model:y", "model:x")}
    assert "model:y" in kg.export("graphml")["graphml"].decode()
    assert "model:y" in kg.export("csv")["nodes.csv"].decode()
