"""The verbs that read and write the catalogue: build, check, ingest."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from healthfm.cli.plumbing import (
    folders,
    progress,
    read,
    sources,
    verb,
    write,
)
from healthfm.errors import CatalogueError


def build(verbs: Any) -> None:
    """Declare ``healthfm build``."""

    def run(options: argparse.Namespace) -> int:
        from healthfm.knowledge_graph import build

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
        from healthfm.rdf.build import prepare
        from healthfm.rdf.writing import write_one

        graph, ontology = folders(options)
        with progress() as telling:
            catalogue, dataset = prepare(graph, ontology, telling)
        stray = uncanonical(catalogue, graph)
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


def new(verbs: Any) -> None:
    """Declare ``healthfm new``."""

    def run(options: argparse.Namespace) -> int:
        import datetime

        from healthfm.catalog.skeleton import write_skeleton

        graph, _ = folders(options)
        today = datetime.datetime.now(tz=datetime.UTC).date()
        print(write_skeleton(graph, options.name, today))
        return 0

    parser = verb(verbs, "new", run, "Write the skeleton of a new entry.", "healthfm new model 'Med-PaLM 2'")
    parser.add_argument("what", choices=("model",), help="what to write")
    parser.add_argument("name", metavar="NAME", help="the name people use")
    sources(parser)


def ingest(verbs: Any) -> None:
    """Declare ``healthfm ingest``."""

    def run(options: argparse.Namespace) -> int:
        from healthfm.analysis.result_formats import as_json
        from healthfm.catalog.list_files import ingest

        wants_json = options.format == "json"
        record_file = None if options.output == "-" or wants_json else Path(options.output)
        ingested = ingest(read(options.list), source=options.list, record_file=record_file)
        content = as_json(ingested.reading.to_dict()) if wants_json else ingested.record.to_yaml()
        write(options.output, content)
        print(ingested.reading.summary(), file=sys.stderr)
        return 0

    parser = verb(
        verbs,
        "ingest",
        run,
        "Read a Markdown list into rows.",
        "healthfm ingest README.md --format json",
    )
    parser.add_argument("list", metavar="LIST.md", help="a Markdown file, or - for stdin")
    parser.add_argument("--format", choices=("yaml", "json"), default="yaml", help="how to write the rows")
    parser.add_argument(
        "-o", "--output", metavar="FILE", default="-",
        help="write there; the ids and approved 'about' of a record that is there already are kept",
    )  # fmt: skip
