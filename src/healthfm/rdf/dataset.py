"""The graph as a dataset: every triple once in the default graph, and the two graphs that partition it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store, Triple

from healthfm.catalog.catalogue import Catalogue
from healthfm.rdf.entry_triples import artifact_triples, paper_triples, register_triples
from healthfm.rdf.inference import infer
from healthfm.rdf.list_triples import list_triples
from healthfm.rdf.readable_store import ReadableStore
from healthfm.rdf.terms import node
from healthfm.vocabulary import ASSERTED_GRAPH, INFERRED_GRAPH, Term

_TYPE: Final = NamedNode(Term.TYPE)


@dataclass(frozen=True, slots=True)
class Dataset:
    """Asserted and inferred triples, each in an order of their own that no input order changes."""

    asserted: tuple[Triple, ...]
    inferred: tuple[Triple, ...]

    @property
    def triples(self) -> tuple[Triple, ...]:
        """All triples, sorted; the two parts have none in common."""
        return in_order([*self.asserted, *self.inferred])

    def quads(self) -> Iterator[Quad]:
        """Yield the default graph, then the asserted, then the inferred graph."""
        for triple in self.triples:
            yield Quad(triple.subject, triple.predicate, triple.object, DefaultGraph())
        for graph, triples in ((ASSERTED_GRAPH, self.asserted), (INFERRED_GRAPH, self.inferred)):
            for triple in triples:
                yield Quad(triple.subject, triple.predicate, triple.object, node(graph))

    def store(self) -> Store:
        """Return a store in memory that holds the dataset."""
        store = Store()
        store.bulk_extend(self.quads())
        return store


def ordered_quads(store: ReadableStore) -> list[Quad]:
    """Return the quads of a store, the default graph first, each graph in reading order."""
    names = sorted(store.named_graphs(), key=str)
    return [
        Quad(triple.subject, triple.predicate, triple.object, name)
        for name in (DefaultGraph(), *names)
        for triple in in_order(quad.triple for quad in store.quads_for_pattern(None, None, None, name))
    ]


def make_dataset(catalogue: Catalogue, ontology: Iterable[Triple]) -> Dataset:
    """Turn the catalogue and the ontology into the graph, and infer what follows."""
    asserted = {*ontology, *_catalogue_triples(catalogue)}
    return Dataset(in_order(asserted), in_order(infer(asserted)))


def _catalogue_triples(catalogue: Catalogue) -> Iterator[Triple]:
    for name, artifact in catalogue.artifacts.items():
        yield from artifact_triples(name, artifact, catalogue)
    for name, paper in catalogue.papers.items():
        yield from paper_triples(name, paper)
    for name, record in catalogue.lists.items():
        yield from list_triples(name, record)
    yield from register_triples(catalogue)


def in_order(triples: Iterable[Triple]) -> tuple[Triple, ...]:
    """Sort triples as people read them: by subject, its type first, then by predicate and object."""
    return tuple(sorted(triples, key=_reading_order))


def _reading_order(triple: Triple) -> tuple[str, bool, str, str]:
    return str(triple.subject), triple.predicate != _TYPE, triple.predicate.value, str(triple.object)
