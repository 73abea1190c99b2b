"""The verbs that report on lineage: lineage, impact, licences, gaps, coverage."""

from __future__ import annotations

import argparse
from typing import Any

from healthfm.cli.plumbing import (
    asking,
    load_graph,
    report,
    verb,
    write,
)


def lineage(verbs: Any) -> None:
    """Declare ``healthfm lineage``."""

    def run(options: argparse.Namespace) -> int:
        from healthfm.analysis.result_formats import as_json

        kg = load_graph(options)
        if options.to is not None:
            named = {"direction": options.direction, "depth": options.depth}
            return report(options, kg.lineage(options.name, to=options.to, **named))
        found = kg.lineage(options.name, direction=options.direction, depth=options.depth)
        as_text = options.format == "table"
        write(options.output, found.tree(evidence=options.evidence) if as_text else as_json(found.to_dict()))
        return 0

    parser = verb(
        verbs,
        "lineage",
        run,
        "Show what a model was built on, and what was built on it.",
        "healthfm lineage biobert --direction up --evidence",
    )
    parser.add_argument("name", metavar="NAME", help="a model, system, method or library")
    parser.add_argument("--direction", choices=("up", "down", "both"), default="both")
    parser.add_argument("--depth", type=int, help="how many steps to go (default: all)")
    parser.add_argument("--to", metavar="NAME", help="show how the two are related instead")
    parser.add_argument("--evidence", action="store_true", help="print the statement and source of each edge")
    asking(parser, ("table", "json"))


def impact(verbs: Any) -> None:
    """Declare ``healthfm impact``."""

    def run(options: argparse.Namespace) -> int:
        return report(options, load_graph(options).impact(options.name, through=options.through))

    parser = verb(
        verbs,
        "impact",
        run,
        "Show everything affected if a model is withdrawn, relicensed or found faulty.",
        "healthfm impact llama --through weights",
    )
    parser.add_argument("name", metavar="NAME", help="a model, system, method or library")
    parser.add_argument("--through", choices=("weights", "behaviour", "method", "any"), default="any")
    asking(parser, ("table", "json"))


def licences(verbs: Any) -> None:
    """Declare ``healthfm licences``."""

    def run(options: argparse.Namespace) -> int:
        return report(options, load_graph(options).licences())

    asking(
        verb(
            verbs,
            "licences",
            run,
            "Show where weights are licensed more freely than those they come from. Not legal advice.",
            "healthfm licences --format json",
        ),
        ("table", "json"),
    )


def gaps(verbs: Any) -> None:
    """Declare ``healthfm gaps``."""

    def run(options: argparse.Namespace) -> int:
        return report(options, load_graph(options).gaps())

    asking(
        verb(
            verbs,
            "gaps",
            run,
            "Show empty cells, and general models with no healthcare descendant.",
            "healthfm gaps",
        ),
        ("table", "json"),
    )


def coverage(verbs: Any) -> None:
    """Declare ``healthfm coverage``."""

    def run(options: argparse.Namespace) -> int:
        return report(options, load_graph(options).coverage(limit=options.limit))

    parser = verb(
        verbs,
        "coverage",
        run,
        "Show how complete the catalogue is, and what to look up next.",
        "healthfm coverage",
    )
    parser.add_argument("--limit", type=int, default=20, help="how many models to propose (default 20)")
    asking(parser, ("table", "json"))
