"""What a build consists of: the graph in each format, its description, and the manifest.

References
----------
VoID, https://www.w3.org/TR/void/; DCAT 3, https://www.w3.org/TR/vocab-dcat-3/.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final

from pyoxigraph import NamedNode, RdfFormat, Triple

from healthfm.catalog.catalogue import Catalogue
from healthfm.rdf.dataset import Dataset, in_order
from healthfm.rdf.disclaimer import DISCLAIMER
from healthfm.rdf.serialization import stable_bytes
from healthfm.rdf.terms import integer, node, page, text, triples
from healthfm.vocabulary import (
    ASSERTED_GRAPH,
    CATALOGUE,
    INFERRED_GRAPH,
    LIST_NS,
    ONTOLOGY,
    PREFIXES,
    ROOT,
    Term,
    curie,
)

CC0: Final = "https://creativecommons.org/publicdomain/zero/1.0/"
#: File of the built graph → its format.
FORMATS: Final[Mapping[str, RdfFormat]] = {
    "healthfm.ttl": RdfFormat.TURTLE,
    "healthfm.trig": RdfFormat.TRIG,
    "healthfm.nq": RdfFormat.N_QUADS,
    "healthfm.jsonld": RdfFormat.JSON_LD,
}
_VOID: Final = PREFIXES["void"]
_DCAT: Final = PREFIXES["dcat"]
_DCTERMS: Final = PREFIXES["dcterms"]


def render(dataset: Dataset, catalogue: Catalogue, version: str) -> dict[str, bytes]:
    """Return every file of the built graph by name."""
    quads = list(dataset.quads())
    description = in_order(_description(dataset, catalogue, version))
    return {
        name: stable_bytes(quads if rdf_format.supports_datasets else dataset.triples, rdf_format)
        for name, rdf_format in FORMATS.items()
    } | {"description.ttl": stable_bytes(description, RdfFormat.TURTLE)}


def counts(dataset: Dataset) -> dict[str, int]:
    """Return how many there are of each class of ours, by the class's name; subclasses count on their own."""
    types = Counter(
        triple.object.value
        for triple in dataset.triples
        if triple.predicate.value == Term.TYPE and isinstance(triple.object, NamedNode)
    )
    return {
        curie(iri).removeprefix("hfm:"): number
        for iri, number in sorted(types.items())
        if iri.startswith(PREFIXES["hfm"])
    }


def manifest(
    dataset: Dataset, files: Mapping[str, bytes], catalogue: Catalogue, version: str
) -> dict[str, Any]:
    """Return what was built: version, the lists it stands on, counts, and a hash for each file."""
    return {
        "version": version,
        "lists": {
            name: {
                "date": record.newest.date,
                "commit": record.newest.commit,
                "rows": len(record.rows),
                "versions": len(record.versions),
            }
            for name, record in sorted(catalogue.lists.items())
        },
        "triples": {
            "all": len(dataset.asserted) + len(dataset.inferred),
            "asserted": len(dataset.asserted),
            "inferred": len(dataset.inferred),
        },
        "counts": counts(dataset),
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())},
    }


def manifest_bytes(content: Mapping[str, Any]) -> bytes:
    """Return the manifest as JSON for people and programs."""
    return (json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode()


def _description(dataset: Dataset, catalogue: Catalogue, version: str) -> Iterator[Triple]:
    me = node(CATALOGUE)
    yield from triples(me, Term.TYPE, [node(_VOID + "Dataset"), node(_DCAT + "Dataset")])
    yield from triples(
        me, Term.TITLE, [text("healthfm: the knowledge graph of healthcare foundation models")]
    )
    yield from triples(me, _DCTERMS + "license", [page(CC0)])
    yield from triples(me, Term.VERSION, [text(version)])
    yield from triples(me, Term.SOURCE, [node(LIST_NS + name) for name in catalogue.lists])
    yield from triples(me, _VOID + "uriSpace", [text(ROOT)])
    yield from triples(me, _VOID + "vocabulary", [node(ONTOLOGY)])
    yield from triples(me, _VOID + "triples", [integer(len(dataset.triples))])
    yield from triples(me, _VOID + "exampleResource", [node(ROOT + "model/biobert")])
    for graph, part in ((ASSERTED_GRAPH, dataset.asserted), (INFERRED_GRAPH, dataset.inferred)):
        yield from triples(me, _VOID + "subset", [node(graph)])
        yield from triples(node(graph), Term.TYPE, [node(_VOID + "Dataset")])
        yield from triples(node(graph), _VOID + "triples", [integer(len(part))])
    for name, number in counts(dataset).items():
        partition = node(f"{CATALOGUE}/class/{name}")
        yield from triples(me, _VOID + "classPartition", [partition])
        yield from triples(partition, _VOID + "class", [node(PREFIXES["hfm"] + name)])
        yield from triples(partition, _VOID + "entities", [integer(number)])
    for name, rdf_format in FORMATS.items():
        distribution = node(f"{CATALOGUE}/file/{name}")
        yield from triples(me, _DCAT + "distribution", [distribution])
        yield from triples(distribution, Term.TYPE, [node(_DCAT + "Distribution")])
        yield from triples(distribution, _DCAT + "mediaType", [text(rdf_format.media_type)])
    yield from triples(me, Term.COMMENT, [text(DISCLAIMER)])
