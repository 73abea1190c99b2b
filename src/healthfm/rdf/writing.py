"""The built graph as bytes, the same on every run, and their way to the disk, all or nothing.

References
----------
VoID, https://www.w3.org/TR/void/; DCAT 3, https://www.w3.org/TR/vocab-dcat-3/.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO, Final

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, serialize

from healthfm.catalog.catalogue import Catalogue
from healthfm.errors import InputError
from healthfm.rdf.dataset import Dataset, in_order
from healthfm.rdf.disclaimer import DISCLAIMER
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


def stable_bytes(statements: Sequence[Triple] | Sequence[Quad], rdf_format: RdfFormat) -> bytes:
    """Serialise ordered statements to the same bytes every time.

    Notes
    -----
    Oxigraph keeps the order of statements but not that of prefixes, so the header is sorted here;
    N-Triples and N-Quads are sorted by line, as their readers expect of canonical files.
    """
    content = serialize(statements, format=rdf_format, prefixes=PREFIXES) or b""
    lines = content.splitlines(keepends=True)
    if rdf_format in {RdfFormat.N_QUADS, RdfFormat.N_TRIPLES}:
        return b"".join(sorted(lines))
    header = next((i for i, line in enumerate(lines) if not line.startswith(b"@prefix")), len(lines))
    return b"".join([*sorted(lines[:header]), *lines[header:]])


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


def write_all(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write all files into `folder`; whoever reads it sees each file old or new, never torn.

    Notes
    -----
    Everything is written and synced beside the folder first, then renamed into it, the manifest
    last. A run that is killed before the renames leaves the old build untouched.

    Raises
    ------
    InputError
        If the folder cannot be written; what was there stays.
    """
    staging = folder.parent / f".build-{os.getpid()}"
    try:
        with _lock(folder.parent):
            _remove_stale(folder.parent)
            staging.mkdir(parents=True)
            folder.mkdir(exist_ok=True)
            for name, content in files.items():
                _write_synced(staging / name, content)
            for name in files:
                (staging / name).replace(folder / name)
            staging.rmdir()
    except OSError as error:
        shutil.rmtree(staging, ignore_errors=True)
        raise InputError(
            f"{folder}: cannot write: {error.strerror}; the last good build is untouched"
        ) from error


def write_one(path: Path, content: bytes) -> None:
    """Write one file so that it is there whole or not at all; a link at its name is replaced, not followed.

    Raises
    ------
    InputError
        If the file cannot be written.
    """
    with whole_file(path) as file:
        file.write(content)


@contextlib.contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """Open a file to be written piece by piece; it is there whole once the block ends, or not at all.

    Raises
    ------
    InputError
        If the file cannot be written.
    """
    staging = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with staging.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        staging.replace(path)
    except OSError as error:
        raise InputError(f"{path}: cannot write: {error.strerror}; choose another place") from error
    finally:
        with contextlib.suppress(OSError):
            staging.unlink(missing_ok=True)


def _write_synced(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _remove_stale(parent: Path) -> None:
    """Delete what a killed build left; the lock says that nobody is writing it."""
    for path in parent.glob(".build-*"):
        shutil.rmtree(path, ignore_errors=True)


@contextlib.contextmanager
def _lock(parent: Path) -> Iterator[None]:
    """Let one build at a time write; the lock goes with its process, however that ends."""
    try:
        import fcntl  # not on Windows, where two builds at once are on their own
    except ImportError:
        yield
        return
    with (parent / ".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def manifest_bytes(content: Mapping[str, Any]) -> bytes:
    """Return the manifest as JSON for people and programs."""
    return (json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode()
