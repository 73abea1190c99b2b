"""The vocabulary module and the ontology are one: neither has a term that the other lacks."""

from __future__ import annotations

import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from healthfm.rdf.list_triples import LISTED
from healthfm.vocabulary import HFM_NS, ONTOLOGY, PREFIXES, RELATION_GROUPS, Hfm, curie, expand
from tests.conftest import ROOT

GRAPH = rdflib.Graph().parse(ROOT / "ontology" / "healthfm.ttl")
TERMS = {value for name, value in vars(Hfm).items() if not name.startswith("_")}
DEFINED = {str(term) for term in GRAPH.subjects(RDFS.isDefinedBy, rdflib.URIRef(ONTOLOGY))}


def test_both_know_the_same_terms() -> None:
    """Each term of the ontology is in the module and each of the module in the ontology."""
    assert DEFINED - TERMS - set(LISTED.values()) == set()
    assert (TERMS | set(LISTED.values())) - DEFINED == set()


def test_every_term_is_documented() -> None:
    """Each term has a type, a label and a one-sentence definition."""
    for term in map(rdflib.URIRef, DEFINED):
        assert GRAPH.value(term, RDF.type) is not None, term
        assert len(list(GRAPH.objects(term, SKOS.prefLabel))) == 1, term
        definition = str(GRAPH.value(term, SKOS.definition))
        assert definition.endswith("."), term


def test_classes_are_upper_and_properties_lower_camel() -> None:
    """A reader can tell a class from a property by its first letter."""
    for term in DEFINED:
        is_class = (rdflib.URIRef(term), RDF.type, OWL.Class) in GRAPH
        assert term.removeprefix(HFM_NS)[0].isupper() == is_class, term


def test_relations_and_groups_are_the_ontologys() -> None:
    """The table of relations says of each the group that the ontology puts it in."""
    names = {
        "weights": "inheritsWeightsFrom",
        "behaviour": "inheritsBehaviourFrom",
        "method": "inheritsMethodFrom",
    }
    for relation, group in RELATION_GROUPS.items():
        above = {str(o) for o in GRAPH.objects(rdflib.URIRef(HFM_NS + relation), RDFS.subPropertyOf)}
        assert HFM_NS + names.get(group, "dependsOn") in above, relation


def test_nothing_in_the_ontology_is_blank() -> None:
    """The ontology is part of the graph, and the graph has no blank nodes."""
    for path in [ROOT / "ontology" / "healthfm.ttl", *(ROOT / "ontology" / "vocabularies").glob("*.ttl")]:
        graph = rdflib.Graph().parse(path)
        assert not any(isinstance(term, rdflib.BNode) for triple in graph for term in triple), path


def test_curies_and_iris_convert_both_ways() -> None:
    """Shortening and expanding are each other's inverse for every prefix."""
    for prefix, namespace in PREFIXES.items():
        assert curie(namespace + "x-1") == f"{prefix}:x-1"
        assert expand(f"{prefix}:x-1") == namespace + "x-1"
