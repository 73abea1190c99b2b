"""Lineage graphs of any size, made up: for speed and size, never for what they say."""

from __future__ import annotations

import random
from collections.abc import Iterator

from pyoxigraph import RdfFormat, Store

from healthfm.vocabulary import PREFIXES, RELATION_GROUPS

_FAMILIES = 15
_MODALITIES = ("text", "image", "volume", "speech", "protein-sequence", "health-record")
_AREAS = ("medical-imaging", "medical-diagnosis", "bioinformatics", "public-health")
_CATEGORIES = ("language", "vision", "audio", "multimodal")
#: Years in which the artifacts appear, more of them the later it gets.
_YEARS = range(2015, 2027)


def synthetic_store(artifacts: int, edges: int, *, seed: int = 1) -> Store:
    """Return a store with so many artifacts and accepted lineage claims; the same for the same seed.

    Newer artifacts descend from older ones, mostly of their own family and often of a well-known one,
    so that the degrees spread as they do in real lineage.
    """
    chance = random.Random(seed)
    store = Store()
    store.bulk_load("".join(_turtle(chance, artifacts, edges)), format=RdfFormat.TURTLE)
    return store


def _turtle(chance: random.Random, artifacts: int, edges: int) -> Iterator[str]:
    yield from (f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())
    for kind, names in (("category", _CATEGORIES), ("modality", _MODALITIES), ("area", _AREAS)):
        yield from (f'{kind}:{name} a skos:Concept ; skos:prefLabel "{name}" .\n' for name in names)
    for family in range(_FAMILIES):
        name, root = f"family:f{family}", f"model:m{family}"
        yield f'{name} a hfm:Family ; rdfs:label "Family {family}" ; hfm:familyRoot {root} .\n'
    for index in range(artifacts):
        yield (
            f"model:m{index} a hfm:Artifact, hfm:Model ; rdfs:label 'Model {index}' ; "
            f"hfm:year {_year(index, artifacts)} ; hfm:memberOf family:f{index % _FAMILIES} ; "
            f"hfm:category category:{chance.choice(_CATEGORIES)} ; "
            f"hfm:modality modality:{chance.choice(_MODALITIES)} ; "
            f"hfm:applicationArea area:{chance.choice(_AREAS)} .\n"
        )
    relations = list(RELATION_GROUPS)
    for number, (child, parent) in enumerate(_pairs(chance, artifacts, edges)):
        yield (
            f"claim:c{number} a hfm:LineageClaim ; hfm:child model:m{child} ; hfm:parent model:m{parent} ; "
            f"hfm:relation hfm:{chance.choice(relations)} ; hfm:statement 'Made up, number {number}.' ; "
            'hfm:source <https://example.org/made-up> ; hfm:basis "curator-knowledge" ; '
            'hfm:confidence "low" ; hfm:claimStatus "accepted" .\n'
        )


def _year(index: int, artifacts: int) -> int:
    return _YEARS[int(len(_YEARS) * (index / artifacts) ** 0.5)]


def _pairs(chance: random.Random, artifacts: int, edges: int) -> Iterator[tuple[int, int]]:
    """Draw different pairs of a child and an older parent."""
    seen: set[tuple[int, int]] = set()
    while len(seen) < edges:
        child = chance.randrange(_FAMILIES, artifacts)
        parent = int(child * chance.random() ** 3)
        if chance.random() < 0.7:
            parent -= (parent - child) % _FAMILIES  # of the child's family
        pair = (child, max(parent, 0))
        if pair not in seen:
            seen.add(pair)
            yield pair
