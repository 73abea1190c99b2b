"""Build the graph: read, check, make triples, infer, validate, write. All faults at once, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyoxigraph
from pyoxigraph import RdfFormat, Triple

from healthfm.catalog.catalogue import Catalogue
from healthfm.catalog.checks import check
from healthfm.catalog.json_schema import schema_files
from healthfm.catalog.whole import read_whole
from healthfm.errors import CatalogueError
from healthfm.rdf.build_files import manifest, manifest_bytes, render
from healthfm.rdf.dataset import Dataset, make_dataset
from healthfm.rdf.ontology import concepts, read_ontology
from healthfm.rdf.progress import Progress, silent
from healthfm.rdf.shacl import validate
from healthfm.rdf.writing import write_all
from healthfm.vocabulary import MODEL_NS, PAPER_NS, Term, curie

#: Class in the manifest → the word for several of them, in the order of the summary.
_COUNTED: Final = {
    "Artifact": "artifacts",
    "Paper": "papers",
    "LineageClaim": "lineage claims",
    "ListRow": "list rows",
    "Family": "families",
    "Organization": "organizations",
    "Dataset": "datasets",
}
_LISTED_ENTRIES: Final = 10


@dataclass(frozen=True, slots=True)
class Changes:
    """What a build changed against the one before it."""

    added: int
    removed: int
    new_entries: tuple[str, ...]
    gone_entries: tuple[str, ...]

    def __str__(self) -> str:
        """Say it in one line."""
        if not self.added and not self.removed:
            return "nothing"
        entries = [f"+{name}" for name in self.new_entries] + [f"-{name}" for name in self.gone_entries]
        listed = ", ".join(entries[:_LISTED_ENTRIES]) + (" …" if len(entries) > _LISTED_ENTRIES else "")
        return f"+{self.added:,} -{self.removed:,} triples" + (f": {listed}" if entries else "")


@dataclass(frozen=True, slots=True)
class Build:
    """A finished build.

    Parameters
    ----------
    folder
        Where it was written.
    dataset
        All its triples, asserted and inferred.
    manifest
        What is said of it: version, counts, hashes.
    changes
        What is other than in the last build there; `None` if it is the first.
    """

    folder: Path
    dataset: Dataset
    manifest: Mapping[str, Any]
    changes: Changes | None

    def summary(self) -> str:
        """Return what was built, what changed, where it is and what to try next, for a terminal."""
        numbers, triples = self.manifest["counts"], self.manifest["triples"]
        lines = [
            "{all:,} triples ({asserted:,} asserted, {inferred:,} inferred)".format(**triples),
            ", ".join(f"{numbers.get(name, 0)} {plural}" for name, plural in _COUNTED.items()),
            f"changed: {self.changes}" if self.changes else "first build",
            "",
            f"graph  {self.folder / 'healthfm.ttl'}",
            *(f"page   {page}" for page in sorted(self.folder.glob("*.html"))),
            "",
            "try    healthfm show biobert",
            "       healthfm ask alphafold-derivatives",
            "       healthfm query 'SELECT ?m { ?m hfm:memberOf family:bert }'",
        ]
        return "\n".join(lines) + "\n"


def prepare(graph: Path, ontology: Path, progress: Progress = silent) -> tuple[Catalogue, Dataset]:
    """Read, check and validate the catalogue, and return it with its graph; write nothing.

    Raises
    ------
    CatalogueError
        With every fault found by the first of these that finds any: the reader, the checks between
        entries, SHACL.
    """
    with progress("reading the catalogue"):
        triples = read_ontology(ontology)
        catalogue = read_whole(graph)
    with progress("checking entries against one another"):
        faults = check(catalogue, concepts(triples))
        if faults:
            raise CatalogueError(faults)
    with progress("making and inferring triples"):
        dataset = make_dataset(catalogue, triples)
    with progress("validating with SHACL"):
        violations = validate(dataset.triples, ontology / "shapes.ttl")
        if violations:
            raise CatalogueError(
                [_locate(str(violation), violation.node, catalogue) for violation in violations]
            )
    return catalogue, dataset


def _locate(message: str, node: str, catalogue: Catalogue) -> str:
    for kind, namespace in (("artifacts", MODEL_NS), ("papers", PAPER_NS)):
        if node.startswith(namespace):
            return f"{catalogue.place(kind, node.removeprefix(namespace))}: {message}"
    return f"graph:1: {message}"


def build(
    graph: Path,
    ontology: Path,
    *,
    version: str,
    extra: Callable[[Dataset], Mapping[str, bytes]] | None = None,
    progress: Progress = silent,
) -> Build:
    """Build the graph into ``graph/dist`` and return what was built.

    Parameters
    ----------
    graph, ontology
        The folders ``graph/`` and ``ontology/``.
    extra
        Makes further files (the page) from the dataset; written in the same step.

    Raises
    ------
    CatalogueError
        If anything does not conform; the last good build stays as it was.
    InputError
        If the result cannot be written; the last good build stays as it was.
    """
    catalogue, dataset = prepare(graph, ontology, progress)
    with progress("writing"):
        changes = _changes(graph / "dist" / "healthfm.ttl", dataset)
        files = render(dataset, catalogue, version) | schema_files(concepts(read_ontology(ontology)))
        content = manifest(dataset, files, catalogue, version)
        if extra:
            files |= extra(dataset)
        write_all(graph / "dist", files | {"manifest.json": manifest_bytes(content)})
    return Build(graph / "dist", dataset, content, changes)


def _changes(previous: Path, dataset: Dataset) -> Changes | None:
    if not previous.exists():
        return None
    with previous.open("rb") as file:
        old = {
            Triple(quad.subject, quad.predicate, quad.object)
            for quad in pyoxigraph.parse(file, format=RdfFormat.TURTLE)
        }
    new = set(dataset.triples)
    before, after = set(_entries(old)), set(_entries(new))
    return Changes(
        len(new - old), len(old - new), tuple(sorted(after - before)), tuple(sorted(before - after))
    )


def _entries(triples: set[Triple]) -> Iterator[str]:
    for triple in triples:
        subject = getattr(triple.subject, "value", "")
        if triple.predicate.value == Term.TYPE and subject.startswith((MODEL_NS, PAPER_NS)):
            yield curie(subject)
