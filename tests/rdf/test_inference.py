"""What is inferred: exactly what the rules say, checked by other means."""

from __future__ import annotations

import networkx
from hypothesis import given, settings
from pyoxigraph import Triple

from healthfm.catalog.catalogue import Catalogue
from healthfm.rdf.dataset import make_dataset
from healthfm.rdf.inference import infer
from healthfm.rdf.ontology import read_ontology
from healthfm.vocabulary import (
    DERIVING_GROUPS,
    FAMILY_NS,
    MODEL_NS,
    RELATION_GROUPS,
    RELATIONS_OUTSIDE_FAMILIES,
    Hfm,
)
from tests.conftest import ROOT
from tests.worlds import catalogues

ONTOLOGY = read_ontology(ROOT / "ontology")


def pairs(triples: tuple[Triple, ...], predicate: str) -> set[tuple[str, str]]:
    """Return subject and object of each triple with one predicate."""
    return {
        (str(triple.subject.value), str(triple.object.value))  # type: ignore[union-attr]
        for triple in triples
        if triple.predicate.value == predicate
    }


def network(catalogue: Catalogue, relations: set[str]) -> networkx.DiGraph:
    """Return the claims with some relations, from parent to child."""
    graph = networkx.DiGraph()
    graph.add_nodes_from(catalogue.artifacts)
    for name, artifact in catalogue.artifacts.items():
        graph.add_edges_from((c.parent, name) for c in artifact.lineage if c.relation in relations)
    return graph


@settings(max_examples=60)
@given(catalogues())
def test_ancestors_are_networkx_ancestors(catalogue: Catalogue) -> None:
    """`hasAncestor` is the transitive closure of the deriving relations, and of no others."""
    deriving = {relation for relation, group in RELATION_GROUPS.items() if group in DERIVING_GROUPS}
    graph = network(catalogue, deriving)
    expected = {(MODEL_NS + n, MODEL_NS + a) for n in graph for a in networkx.ancestors(graph, n)}
    assert pairs(make_dataset(catalogue, ONTOLOGY).triples, Hfm.HAS_ANCESTOR) == expected


@settings(max_examples=60)
@given(catalogues())
def test_families_follow_their_rule(catalogue: Catalogue) -> None:
    """A family is its root and what reaches it without components, code or calls."""
    graph = network(catalogue, set(RELATION_GROUPS) - set(RELATIONS_OUTSIDE_FAMILIES))
    members = {"thing-0", *networkx.descendants(graph, "thing-0")}
    expected = {(MODEL_NS + name, FAMILY_NS + "root") for name in members}
    assert pairs(make_dataset(catalogue, ONTOLOGY).triples, Hfm.MEMBER_OF) == expected


@settings(max_examples=30)
@given(catalogues())
def test_inferring_twice_adds_nothing(catalogue: Catalogue) -> None:
    """The rules reach their fixpoint in one run, and nothing asserted is inferred again."""
    dataset = make_dataset(catalogue, ONTOLOGY)
    assert not set(dataset.asserted) & set(dataset.inferred)
    assert not infer(dataset.triples)


@settings(max_examples=30)
@given(catalogues())
def test_nothing_is_its_own_ancestor(catalogue: Catalogue) -> None:
    """Lineage runs one way."""
    assert all(a != b for a, b in pairs(make_dataset(catalogue, ONTOLOGY).triples, Hfm.HAS_ANCESTOR))


def test_an_excluded_member_stays_out_and_an_included_one_is_in(toy) -> None:  # type: ignore[no-untyped-def]
    """A curator's exceptions win over the rule."""
    from healthfm.catalog.reader import read_catalogue

    (toy / "families.yaml").write_text(
        "bert:\n  name: BERT\n  root: bert\n  description: Encoders after BERT.\n"
        "  include: [{member: transformer, reason: for the test}]\n"
        "  exclude: [{member: biobert, reason: for the test}]\n",
        encoding="utf-8",
    )
    members = pairs(make_dataset(read_catalogue(toy), ONTOLOGY).triples, Hfm.MEMBER_OF)
    assert {name.removeprefix(MODEL_NS) for name, _ in members} == {"bert", "transformer"}


def test_rows_place_artifacts_and_entries_win(toy) -> None:  # type: ignore[no-untyped-def]
    """The section is the default; what the entry states replaces it, field by field."""
    from healthfm.catalog.reader import read_catalogue

    path = toy / "models" / "biobert.yaml"
    text = path.read_text(encoding="utf-8")
    before = make_dataset(read_catalogue(toy), ONTOLOGY)
    assert (MODEL_NS + "biobert", "https://w3id.org/healthfm/domain/healthcare") in pairs(
        before.inferred, Hfm.DOMAIN
    )
    path.write_text(
        text.replace("lineage:", "placement:\n  domains: [life-science]\n  reason: for the test\nlineage:"),
        encoding="utf-8",
    )
    after = make_dataset(read_catalogue(toy), ONTOLOGY)
    assert {o for s, o in pairs(after.triples, Hfm.DOMAIN) if s.endswith("biobert")} == {
        "https://w3id.org/healthfm/domain/life-science"
    }
    assert {o for s, o in pairs(after.triples, Hfm.CATEGORY) if s.endswith("biobert")} == {
        "https://w3id.org/healthfm/category/language"
    }
