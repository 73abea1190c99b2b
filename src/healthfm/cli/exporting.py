"""The verbs that give the graph to others: draw, export, push."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from healthfm.cli.plumbing import (
    asking,
    data,
    load_graph,
    progress,
    verb,
    write,
)
from healthfm.errors import UsageError


def draw(verbs: Any) -> None:
    """Declare ``healthfm draw``."""

    def run(options: argparse.Namespace) -> int:
        if options.output == "-":
            raise UsageError("the page is a file; name it with -o, such as -o graph.html")
        path = load_graph(options).draw(
            options.output,
            focus=options.focus,
            family=options.family,
            depth=options.depth,
            sparql=options.sparql,
        )
        print(f"{path}", file=sys.stderr)
        return 0

    parser = verb(
        verbs,
        "draw",
        run,
        "Write the interactive page: one file, offline.",
        "healthfm draw --focus alphafold2",
    )
    parser.add_argument(
        "-o", "--output", metavar="FILE", default="healthfm.html", help="default healthfm.html"
    )
    parser.add_argument("--focus", metavar="NAME", help="only this thing, its ancestors and its descendants")
    parser.add_argument("--family", metavar="NAME", help="only the members of a family")
    parser.add_argument("--depth", type=int, help="how many steps from the focus (default: all)")
    parser.add_argument(
        "--sparql",
        action="store_true",
        help="also write sparql.html beside it: asks the graph without a server",
    )
    data(parser)


def export(verbs: Any) -> None:
    """Declare ``healthfm export``."""
    from healthfm.analysis.exporting import EXPORT_FORMATS

    def run(options: argparse.Namespace) -> int:
        files = load_graph(options).export(options.format)
        if len(files) == 1:
            write(options.output, next(iter(files.values())))
            return 0
        if options.output == "-":
            raise UsageError(
                f"{options.format} is {len(files)} files; name a stem with -o, such as -o lineage"
            )
        for ending, content in files.items():
            write(f"{options.output}-{ending}", content)
        return 0

    parser = verb(
        verbs,
        "export",
        run,
        "Write the graph for other programs.",
        "healthfm export --format graphml -o lineage.graphml",
    )
    asking(parser, EXPORT_FORMATS)


def push(verbs: Any) -> None:
    """Declare ``healthfm push``."""
    from healthfm.knowledge_graph import ANSWER_SECONDS

    def run(options: argparse.Namespace) -> int:
        with progress() as telling:
            pushed = load_graph(options).push(
                options.url,
                query_url=options.query_url,
                update=options.update,
                timeout=options.timeout,
                progress=telling,
            )
        write("-", pushed.text())
        return 0

    parser = verb(
        verbs,
        "push",
        run,
        "Bring the graph into a SPARQL 1.1 server. Credentials come from the environment: "
        "HEALTHFM_USER with HEALTHFM_PASSWORD, or HEALTHFM_TOKEN.",
        "healthfm push http://localhost:7878/store",
    )
    parser.add_argument("url", metavar="URL", help="where the server takes graphs (Graph Store Protocol)")
    parser.add_argument("--update", action="store_true", help="URL takes SPARQL Update instead")
    parser.add_argument(
        "--query-url",
        metavar="URL",
        help="where the server takes queries, if not beside URL as in Oxigraph or Virtuoso",
    )
    parser.add_argument(
        "--timeout",
        type=float,
        default=ANSWER_SECONDS,
        metavar="SECONDS",
        help=f"for each answer (default {ANSWER_SECONDS:g})",
    )
    data(parser)
