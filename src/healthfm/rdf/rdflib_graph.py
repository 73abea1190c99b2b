"""Oxigraph's terms to rdflib's: the language other Python programs read graphs in."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph
import rdflib
from rdflib.term import Identifier

from healthfm.vocabulary import PREFIXES


def to_graph(triples: Iterable[pyoxigraph.Triple]) -> rdflib.Graph:
    """Return an rdflib graph with our prefixes and no others.

    Notes
    -----
    rdflib binds ``org:`` and an https ``schema:`` by default; both would contradict ours.
    """
    graph = bind_prefixes(rdflib.Graph(bind_namespaces="none"))
    for triple in triples:
        graph.add((to_term(triple.subject), to_term(triple.predicate), to_term(triple.object)))
    return graph


def bind_prefixes(graph: rdflib.Graph) -> rdflib.Graph:
    """Bind every prefix of ours on `graph` and return it."""
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace, override=True, replace=True)
    return graph


def to_term(
    term: pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal | pyoxigraph.Triple,
) -> Identifier:
    """Return the rdflib term of an Oxigraph term.

    Raises
    ------
    TypeError
        For a triple term of RDF 1.2, which rdflib does not have.
    """
    if isinstance(term, pyoxigraph.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, pyoxigraph.BlankNode):
        return rdflib.BNode(term.value)
    if isinstance(term, pyoxigraph.Literal):
        if term.language:
            return rdflib.Literal(term.value, lang=term.language)
        if term.datatype.value == str(rdflib.XSD.string):
            return rdflib.Literal(term.value)
        return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value))
    raise TypeError("rdflib has no triple terms")
