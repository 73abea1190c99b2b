"""The lineage as networkx graphs: every attribute is what the graph itself says."""

from __future__ import annotations

import json
import pickle

import networkx
import pytest

from healthfm.errors import UsageError
from healthfm.knowledge_graph import KnowledgeGraph
from healthfm.vocabulary import RELATION_GROUPS


def test_nodes_and_edges_carry_what_the_docstring_says(kg: KnowledgeGraph) -> None:
    """Years, kinds and families are those a SPARQL query finds."""
    graph = kg.to_networkx()
    rows = kg.query(
        "SELECT ?m ?year (COUNT(DISTINCT ?f) AS ?families) "
        "{ ?m a hfm:Artifact ; hfm:year ?year OPTIONAL { ?m hfm:memberOf ?f } } GROUP BY ?m ?year"
    )
    found = {(row["m"], row["year"], row["families"]) for row in rows.plain()}  # type: ignore[union-attr]
    assert found == {(name, data["year"], len(data["families"])) for name, data in graph.nodes(data=True)}
    for _, _, key, data in graph.edges(keys=True, data=True):
        assert data["relation"] == key
        assert data["group"] == RELATION_GROUPS[key]
        assert data["confidence"] in {"low", "medium", "high"}


@pytest.mark.parametrize("group", [None, *dict.fromkeys(RELATION_GROUPS.values())])
def test_the_simple_graph_has_each_pair_once(kg: KnowledgeGraph, group: str | None) -> None:
    """It is the multigraph's pairs, with the relations of all claims on a pair, and the same nodes."""
    multi, simple = kg.to_networkx(group=group), kg.to_networkx(group=group, simple=True)
    assert type(simple) is networkx.DiGraph
    assert dict(simple.nodes(data=True)) == dict(multi.nodes(data=True))
    assert set(simple.edges) == set(networkx.DiGraph(multi).edges)
    for parent, child, data in simple.edges(data=True):
        assert set(data["relations"]) == set(multi[parent][child])
        assert data["confidence"] in {claim["confidence"] for claim in multi[parent][child].values()}


def test_an_unknown_group_is_refused_with_those_there_are(kg: KnowledgeGraph) -> None:
    with pytest.raises(UsageError, match="no group 'money'; use one of weights, behaviour"):
        kg.to_networkx(group="money", simple=True)


@pytest.mark.parametrize("simple", [False, True])
def test_it_survives_a_pickle_and_json(kg: KnowledgeGraph, simple: bool) -> None:
    """Both give the same nodes and edges back; JSON, which has no tuples, as lists."""
    graph = kg.to_networkx(simple=True) if simple else kg.to_networkx()
    assert networkx.utils.graphs_equal(pickle.loads(pickle.dumps(graph)), graph)
    text = json.dumps(networkx.node_link_data(graph, edges="links"))
    again = networkx.node_link_graph(json.loads(text), edges="links")
    assert set(again.edges) == set(graph.edges)
    assert again.nodes["model:biobert"]["domains"] == list(graph.nodes["model:biobert"]["domains"])
