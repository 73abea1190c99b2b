"""The verbs that read and write the catalogue: build, check."""

from __future__ import annotations

import argparse
from typing import Any

from healthfm.cli.plumbing import (
    folders,
    progress,
    sources,
    verb,
    write,
)
from healthfm.errors import CatalogueError


def build(verbs: Any) -> None:
    """Declare ``healthfm build``."""

    def run(options: argparse.Namespace) -> int:
        from healthfm.building import build

        with progress() as telling:
            built = build(options.graph, options.ontology, progress=telling)
        write("-", built.summary())
        return 0

    parser = verb(
        verbs,
        "build",
        run,
        "Build the graph and the page from the catalogue.",
        "healthfm build --graph graph",
    )
    sources(parser)


def check(verbs: Any) -> None:
    """Declare ``healthfm check``."""

    def run(options: argparse.Namespace) -> int:
        from healthfm.catalog.formatting import mend, uncanonical
        from healthfm.catalog.reader import read_catalogue
        from healthfm.rdf.build import prepare
        from healthfm.rdf.writing import write_one

        graph, ontology = folders(options)
        with progress() as telling:
            catalogue, dataset = prepare(graph, ontology, telling)
        stray = uncanonical(read_catalogue(graph), graph)
        if options.fix:
            stray = dict.fromkeys(mend(graph, stray, write_one), "")
        if stray:
            remedy = "move its comments elsewhere" if options.fix else "run `healthfm check --fix`"
            raise CatalogueError(
                [f"{graph.name}/{name}:1: is not in canonical form; {remedy}" for name in stray]
            )
        print(
            f"no faults: {len(catalogue.artifacts)} artifacts, {len(catalogue.papers)} papers, "
            f"{len(dataset.triples):,} triples"
        )
        return 0

    parser = verb(verbs, "check", run, "Check catalogue and graph; write nothing.", "healthfm check --fix")
    parser.add_argument(
        "--fix", action="store_true", help="write entries in canonical form where they are not"
    )
    sources(parser)
