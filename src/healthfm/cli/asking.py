"""The verbs that answer: query, ask, show, search."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Any, Final

from healthfm.cli.plumbing import (
    asking,
    load_graph,
    read_query,
    setting,
    settings,
    verb,
    write,
)
from healthfm.errors import UsageError

if TYPE_CHECKING:
    from healthfm.analysis.results import Rows
    from healthfm.knowledge_graph import KnowledgeGraph

_ROWS_FORMATS: Final = ("table", "json", "csv", "tsv", "xml")
_QUERY_FORMATS: Final = (*_ROWS_FORMATS, "ttl", "nt", "jsonld")


@contextmanager
def _ended_by_ctrl_c() -> Iterator[None]:
    """Let Ctrl+C end the process at once; Python would see it only when the engine is through.

    Where somebody else has a say in it (a shell that runs this in the background, a program whose
    thread this is), it stays as it is.
    """
    in_main_thread = threading.current_thread() is threading.main_thread()
    if not in_main_thread or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _say_unknown_terms(kg: KnowledgeGraph, query: str) -> None:
    from healthfm.analysis.unknown_terms import unknown_terms  # only an empty answer needs it

    for line in unknown_terms(kg.store, query):
        print(f"healthfm: {line}", file=sys.stderr)


def query(verbs: Any) -> None:
    """Declare ``healthfm query``."""

    def run(options: argparse.Namespace) -> int:
        from healthfm.analysis.result_formats import format_result

        is_file = options.sparql == "-" or options.sparql.endswith((".rq", ".sparql"))
        text = read_query(options.sparql) if is_file else options.sparql
        kg = load_graph(options)
        # A graph elsewhere has it already, as its deadline.
        timeout = None if options.endpoint else options.timeout
        with _ended_by_ctrl_c() if timeout is None else nullcontext():
            result = kg.query(text, timeout=timeout, allow_service=options.allow_service, **settings(options))
        write(options.output, format_result(result, options.format))
        if not result and not isinstance(result, bool):
            _say_unknown_terms(kg, text)
        return 0

    parser = verb(
        verbs,
        "query",
        run,
        "Answer a SPARQL 1.1 query; our prefixes are known.",
        "healthfm query 'SELECT ?m { ?m hfm:memberOf family:bert }'",
    )
    parser.add_argument(
        "sparql", metavar="SPARQL", help="the query, a file that ends in .rq or .sparql, or - for stdin"
    )
    setting(parser, "give a variable of the query a value")
    parser.add_argument(
        "--timeout",
        type=float,
        metavar="SECONDS",
        help="give up after so long (default: as long as it takes)",
    )
    parser.add_argument(
        "--allow-service", action="store_true", help="let SERVICE clauses call the servers they name"
    )
    asking(parser, _QUERY_FORMATS)


def ask(verbs: Any) -> None:
    """Declare ``healthfm ask``."""

    def run(options: argparse.Namespace) -> int:
        from healthfm.analysis.result_formats import format_result

        if options.set and not options.question:
            raise UsageError("--set is for a question; name one before it")
        kg = load_graph(options)
        asked = kg.ask(options.question, **settings(options)) if options.question else _questions(kg)
        write(options.output, format_result(asked, options.format))
        return 0

    parser = verb(
        verbs,
        "ask",
        run,
        "Answer a named question; without a name, list them.",
        "healthfm ask family-members --set family=family:alphafold",
    )
    parser.add_argument("question", metavar="NAME", nargs="?", help="the question's name")
    setting(parser, "set a parameter of the question")
    asking(parser, _ROWS_FORMATS)


def _questions(kg: KnowledgeGraph) -> Rows:
    from pyoxigraph import Literal

    from healthfm.analysis.results import Rows

    lines = [
        (name, question.question, "; ".join(f"{p.name}: {p.meaning}" for p in question.parameters))
        for name, question in kg.questions.items()
    ]
    return Rows(("name", "question", "parameters"), tuple(tuple(map(Literal, line)) for line in lines))


def show(verbs: Any) -> None:
    """Declare ``healthfm show``."""

    def run(options: argparse.Namespace) -> int:
        from healthfm.analysis.result_formats import as_json

        described = load_graph(options).show(options.name)
        write(options.output, described.text() if options.format == "table" else as_json(described.to_dict()))
        return 0

    parser = verb(
        verbs, "show", run, "Show all that is known of one thing, with sources.", "healthfm show biobert"
    )
    parser.add_argument("name", metavar="NAME", help="a name, id, CURIE, DOI, arXiv id or link")
    asking(parser, ("table", "json"))


def search(verbs: Any) -> None:
    """Declare ``healthfm search``."""

    def run(options: argparse.Namespace) -> int:
        from dataclasses import asdict

        from healthfm.analysis.result_formats import as_json
        from healthfm.analysis.text_table import aligned

        hits = load_graph(options).search(" ".join(options.words), limit=options.limit)
        if options.format == "json":
            write(options.output, as_json([asdict(hit) for hit in hits]))
            return 0
        if not hits:
            print("healthfm: nothing found; try fewer or other words", file=sys.stderr)
            return 0
        lines = [(hit.id, hit.name, hit.matched if hit.matched != hit.name else "") for hit in hits]
        write(options.output, aligned([("id", "name", "matched"), *lines]))
        return 0

    parser = verb(
        verbs,
        "search",
        run,
        "Find by name, other name, title word, DOI, arXiv id, HuggingFace id or link.",
        "healthfm search clinical bert",
    )
    parser.add_argument(
        "words", metavar="WORD", nargs="+", help="what to look for; typing mistakes are tolerated"
    )
    parser.add_argument("--limit", type=int, default=10, help="how many hits (default 10)")
    asking(parser, ("table", "json"))
