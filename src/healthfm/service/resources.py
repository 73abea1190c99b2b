"""The triples behind an address of the graph, and those that describe the service itself.

References
----------
SPARQL 1.1 Service Description, https://www.w3.org/TR/sparql11-service-description/; VoID,
https://www.w3.org/TR/void/.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pyoxigraph import DefaultGraph, Literal, NamedNode, RdfFormat, Triple, parse

from healthfm import resources as installed
from healthfm.errors import LimitError
from healthfm.knowledge_graph import KnowledgeGraph
from healthfm.rdf.readable_store import ReadableStore
from healthfm.service.negotiation import DUMP_TYPES
from healthfm.vocabulary import ASSERTED_GRAPH, CATALOGUE, INFERRED_GRAPH, ONTOLOGY, PREFIXES

_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_RESULT_FORMATS: Final = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "N-Triples", "RDF_XML", "JSON-LD",
)  # fmt: skip
_TYPE: Final = NamedNode(PREFIXES["rdf"] + "type")
_VOID: Final = PREFIXES["void"]
_DEFINED_BY: Final = NamedNode(PREFIXES["rdfs"] + "isDefinedBy")


def node(iri: str) -> NamedNode | None:
    """Return the node of an IRI, or `None` if it is none."""
    try:
        return NamedNode(iri)
    except ValueError:
        return None


def is_known(kg: KnowledgeGraph, thing: NamedNode) -> bool:
    """Say whether the graph says anything of a thing."""
    store = kg.store
    patterns = (
        store.quads_for_pattern(thing, None, None),
        store.quads_for_pattern(None, None, thing),
        store.quads_for_pattern(None, thing, None),
        store.quads_for_pattern(None, None, None, thing),
    )
    return any(next(iter(quads), None) is not None for quads in patterns)


def about(kg: KnowledgeGraph, thing: NamedNode, *, limit: int) -> list[Triple]:
    """Return what the graph says of one thing, in both directions, each triple once.

    The ontology's address stands for all of its terms, a named graph's for its triples.

    Raises
    ------
    LimitError
        If that is more than `limit` triples.
    """
    store = kg.store
    if thing.value in {ASSERTED_GRAPH, INFERRED_GRAPH}:
        found: Iterator[Triple] = (quad.triple for quad in store.quads_for_pattern(None, None, None, thing))
    else:
        found = itertools.chain(
            _triples(store, thing, None),
            _triples(store, None, thing),
            _terms(store) if thing.value == ONTOLOGY else (),
        )
    triples = list(dict.fromkeys(itertools.islice(found, limit + 1)))
    if len(triples) > limit:
        raise LimitError(f"more than {limit:,} triples are about {thing.value}; ask for some in SPARQL")
    return triples


def _triples(store: ReadableStore, subject: NamedNode | None, value: NamedNode | None) -> Iterator[Triple]:
    return (quad.triple for quad in store.quads_for_pattern(subject, None, value, DefaultGraph()))


def _terms(store: ReadableStore) -> Iterator[Triple]:
    for quad in store.quads_for_pattern(None, _DEFINED_BY, NamedNode(ONTOLOGY), DefaultGraph()):
        assert isinstance(quad.subject, NamedNode)
        yield from _triples(store, quad.subject, None)


def dataset_description(kg: KnowledgeGraph, *, packaged: bool) -> list[Triple]:
    """Return what is served, in VoID: as the build describes it, or else by its size."""
    if packaged:
        described = Path(installed.built_graph()).with_name("description.ttl")
        return [quad.triple for quad in parse(path=described, format=RdfFormat.TURTLE)]
    dataset = NamedNode(CATALOGUE)
    return [
        Triple(dataset, _TYPE, NamedNode(_VOID + "Dataset")),
        Triple(dataset, NamedNode(_VOID + "triples"), Literal(len(kg))),
    ]


def service(kg: KnowledgeGraph, base: str) -> list[Triple]:
    """Return what the endpoint can do.

    Parameters
    ----------
    base
        Address of the service as the client wrote it, with a slash at the end.
    """
    endpoint, dataset, default = (
        NamedNode(base + "sparql"),
        NamedNode(CATALOGUE),
        NamedNode(base + "#default"),
    )

    def term(name: str) -> NamedNode:
        return NamedNode(_SD + name)

    return [
        Triple(endpoint, _TYPE, term("Service")),
        Triple(endpoint, term("endpoint"), endpoint),
        Triple(endpoint, term("supportedLanguage"), term("SPARQL11Query")),
        *(Triple(endpoint, term("resultFormat"), NamedNode(_FORMATS + name)) for name in _RESULT_FORMATS),
        Triple(endpoint, term("defaultDataset"), dataset),
        Triple(dataset, _TYPE, term("Dataset")),
        Triple(dataset, term("defaultGraph"), default),
        Triple(default, _TYPE, term("Graph")),
        Triple(default, NamedNode(_VOID + "triples"), Literal(len(kg))),
        Triple(dataset, NamedNode(_VOID + "sparqlEndpoint"), endpoint),
        *(
            Triple(dataset, NamedNode(_VOID + "dataDump"), NamedNode(f"{base}catalogue/file/healthfm.{name}"))
            for name in DUMP_TYPES
        ),
        *_named_graphs(kg.store, dataset, base),
    ]


def _named_graphs(store: ReadableStore, dataset: NamedNode, base: str) -> Iterator[Triple]:
    for number, name in enumerate(sorted(store.named_graphs(), key=str), start=1):
        entry = NamedNode(f"{base}#graph-{number}")
        yield Triple(dataset, NamedNode(_SD + "namedGraph"), entry)
        yield Triple(entry, _TYPE, NamedNode(_SD + "NamedGraph"))
        yield Triple(entry, NamedNode(_SD + "name"), name)
