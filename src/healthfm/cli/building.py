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
        from healthfm.rdf.build import prepare

        with progress() as telling:
            catalogue, dataset = prepare(*folders(options), telling)
        print(
            f"no faults: {len(catalogue.artifacts)} artifacts, {len(catalogue.papers)} papers, "
            f"{len(dataset.triples):,} triples"
        )
        return 0

    parser = verb(verbs, "check", run, "Check catalogue and graph; write nothing.", "healthfm check")
    sources(parser)


def ingest(verbs: Any) -> None:
    """Declare ``healthfm ingest``."""

    def run(options: argparse.Namespace) -> int:
        from healthfm.catalog.list_files import ingest

        record_file = None if options.output == "-" or options.format == "json" else Path(options.output)
        ingested = ingest(read(options.list), source=options.list, record_file=record_file)
        as_json = options.format == "json"
        write(options.output, as_json(ingested.reading.to_dict()) if as_json else ingested.record.to_yaml())
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
