"""The command line: verbs that parse, call, print. Every verb is the function of the same name.

stdout is data, stderr is talk; ``-`` is stdin; ``-o FILE`` writes there. Exit codes are those of
`healthfm.errors`. Heavy imports stay inside the verbs that need them: a cold ``healthfm query`` is
mostly the start of Python.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from healthfm.errors import HealthfmError, InputError, UsageError

Verb = Callable[[argparse.Namespace], int]

_ROWS_FORMATS: Final = ("table", "json", "csv", "tsv", "xml")
_QUERY_FORMATS: Final = (*_ROWS_FORMATS, "ttl", "nt", "jsonld")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb and return its exit code; every expected fault is one line on stderr."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except HealthfmError as error:
        print(error if "\n" in str(error) else f"healthfm: {error}", file=sys.stderr)
        return error.exit_code
    except BrokenPipeError:
        # The reader (head, less) has seen enough; nothing may be flushed into the closed pipe at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("healthfm: interrupted", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="healthfm",
        description="The knowledge graph of healthcare foundation models.",
        epilog="example: healthfm ask alphafold-derivatives",
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version and exit")
    verbs = parser.add_subparsers(metavar="VERB", required=True)
    for add in (_build, _check, _query, _ask, _show, _search, _lineage, _draw, _export, _ingest):
        add(verbs)
    return parser


class _Version(argparse.Action):
    def __call__(self, *_: Any) -> None:
        from healthfm import __version__

        print(f"healthfm {__version__}")
        sys.exit(0)


def _verb(verbs: Any, name: str, run: Verb, summary: str, example: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = verbs.add_parser(
        name, help=summary, description=summary, epilog=f"example: {example}"
    )
    parser.set_defaults(run=run)
    return parser


def _asking(parser: argparse.ArgumentParser, formats: Sequence[str]) -> None:
    parser.add_argument("--format", choices=formats, default=formats[0], help="how to write the answer")
    parser.add_argument(
        "-o", "--output", metavar="FILE", default="-", help="write there instead of to stdout"
    )
    parser.add_argument("--graph", metavar="FILE", help="a TriG file to ask instead of the packaged graph")


def _load(options: argparse.Namespace) -> Any:
    from healthfm.knowledge_graph import load

    return load(options.graph)


def _write(output: str, content: str | bytes) -> None:
    data = content.encode() if isinstance(content, str) else content
    if output == "-":
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    from healthfm.rdf.writing import write_one

    write_one(Path(output), data)


def _read(name: str) -> str:
    """Return the text of a file, or of stdin for ``-``."""
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return data.decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"{name}: cannot be read: {error.strerror}; check the path") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{name}: byte {error.start} is not UTF-8; save the file as UTF-8") from error


# ---- build and check


def _build(verbs: Any) -> None:
    def run(options: argparse.Namespace) -> int:
        from healthfm.knowledge_graph import build

        with _progress() as progress:
            built = build(options.graph, options.ontology, progress=progress)
        _write("-", built.summary())
        return 0

    parser = _verb(
        verbs,
        "build",
        run,
        "Build the graph and the page from the catalogue.",
        "healthfm build --graph graph",
    )
    _sources(parser)


def _check(verbs: Any) -> None:
    def run(options: argparse.Namespace) -> int:
        from healthfm.rdf.build import prepare

        with _progress() as progress:
            catalogue, dataset = prepare(*_folders(options), progress)
        print(
            f"no faults: {len(catalogue.artifacts)} artifacts, {len(catalogue.papers)} papers, "
            f"{len(dataset.triples):,} triples"
        )
        return 0

    parser = _verb(verbs, "check", run, "Check catalogue and graph; write nothing.", "healthfm check")
    _sources(parser)


def _sources(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--graph", metavar="FOLDER", help="the catalogue; by default that of the checkout")
    parser.add_argument("--ontology", metavar="FOLDER", help="the ontology; by default the packaged one")


def _folders(options: argparse.Namespace) -> tuple[Path, Path]:
    from healthfm import resources

    graph = Path(options.graph) if options.graph else resources.graph_folder()
    ontology = Path(options.ontology) if options.ontology else resources.ontology_folder()
    return graph, ontology


@contextmanager
def _progress() -> Iterator[Callable[[str], Any]]:
    """Show on stderr, at a terminal only, which step runs."""
    from healthfm.rdf.build import silent

    if not sys.stderr.isatty():
        yield silent
        return
    from rich.console import Console

    console = Console(stderr=True)
    yield console.status


# ---- asking


def _query(verbs: Any) -> None:
    def run(options: argparse.Namespace) -> int:
        from healthfm.analysis.result_formats import format_result

        is_file = options.sparql == "-" or options.sparql.endswith((".rq", ".sparql"))
        text = _read(options.sparql) if is_file else options.sparql
        result = _load(options).query(text, **dict(options.set))
        _write(options.output, format_result(result, options.format))
        return 0

    parser = _verb(
        verbs,
        "query",
        run,
        "Answer a SPARQL 1.1 query; our prefixes are known.",
        "healthfm query 'SELECT ?m { ?m hfm:memberOf family:bert }'",
    )
    parser.add_argument("sparql", metavar="SPARQL", help="the query, a file that ends in .rq, or - for stdin")
    _setting(parser, "give a variable of the query a value")
    _asking(parser, _QUERY_FORMATS)


def _setting(parser: argparse.ArgumentParser, help_: str) -> None:
    parser.add_argument(
        "--set", metavar="NAME=VALUE", type=_assignment, action="append", default=[], help=help_
    )


def _assignment(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name.isidentifier():
        raise argparse.ArgumentTypeError(f"'{text}' is not NAME=VALUE")
    return name, value


def _ask(verbs: Any) -> None:
    def run(options: argparse.Namespace) -> int:
        from healthfm.analysis.result_formats import aligned, format_result

        kg = _load(options)
        if options.question is None:
            lines = [(name, question.question) for name, question in kg.questions.items()]
            _write(options.output, aligned([("name", "question"), *lines]))
            return 0
        _write(options.output, format_result(kg.ask(options.question, **dict(options.set)), options.format))
        return 0

    parser = _verb(
        verbs,
        "ask",
        run,
        "Answer a named question; without a name, list them.",
        "healthfm ask family-members --set family=family:alphafold",
    )
    parser.add_argument("question", metavar="NAME", nargs="?", help="the question's name")
    _setting(parser, "set a parameter of the question")
    _asking(parser, _ROWS_FORMATS)


def _show(verbs: Any) -> None:
    def run(options: argparse.Namespace) -> int:
        described = _load(options).show(options.name)
        _write(options.output, described.text() if options.format == "table" else _json(described.to_dict()))
        return 0

    parser = _verb(
        verbs, "show", run, "Show all that is known of one thing, with sources.", "healthfm show biobert"
    )
    parser.add_argument("name", metavar="NAME", help="a name, id, CURIE, DOI, arXiv id or link")
    _asking(parser, ("table", "json"))


def _search(verbs: Any) -> None:
    def run(options: argparse.Namespace) -> int:
        from dataclasses import asdict

        from healthfm.analysis.result_formats import aligned

        hits = _load(options).search(" ".join(options.words), limit=options.limit)
        if options.format == "json":
            _write(options.output, _json([asdict(hit) for hit in hits]))
            return 0
        if not hits:
            print("healthfm: nothing found; try fewer or other words", file=sys.stderr)
            return 0
        lines = [(hit.id, hit.name, hit.matched if hit.matched != hit.name else "") for hit in hits]
        _write(options.output, aligned([("id", "name", "matched"), *lines]))
        return 0

    parser = _verb(
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
    _asking(parser, ("table", "json"))


def _lineage(verbs: Any) -> None:
    def run(options: argparse.Namespace) -> int:
        found = _load(options).lineage(options.name, direction=options.direction, depth=options.depth)
        as_text = options.format == "table"
        _write(options.output, found.tree(evidence=options.evidence) if as_text else _json(found.to_dict()))
        return 0

    parser = _verb(
        verbs,
        "lineage",
        run,
        "Show what a model was built on, and what was built on it.",
        "healthfm lineage biobert --direction up --evidence",
    )
    parser.add_argument("name", metavar="NAME", help="a model, system, method or library")
    parser.add_argument("--direction", choices=("up", "down", "both"), default="both")
    parser.add_argument("--depth", type=int, help="how many steps to go (default: all)")
    parser.add_argument("--evidence", action="store_true", help="print the statement and source of each edge")
    _asking(parser, ("table", "json"))


def _json(value: Any) -> str:
    import json

    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


# ---- pictures and files


def _draw(verbs: Any) -> None:
    def run(options: argparse.Namespace) -> int:
        path = _load(options).draw(
            options.output, focus=options.focus, family=options.family, depth=options.depth
        )
        print(f"{path}", file=sys.stderr)
        return 0

    parser = _verb(
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
    parser.add_argument("--graph", metavar="FILE", help="a TriG file to draw instead of the packaged graph")


def _export(verbs: Any) -> None:
    from healthfm.knowledge_graph import EXPORT_FORMATS

    def run(options: argparse.Namespace) -> int:
        files = _load(options).export(options.format)
        if len(files) == 1:
            _write(options.output, next(iter(files.values())))
            return 0
        if options.output == "-":
            raise UsageError(
                f"{options.format} is {len(files)} files; name a stem with -o, such as -o lineage"
            )
        for ending, content in files.items():
            _write(f"{options.output}-{ending}", content)
        return 0

    parser = _verb(
        verbs,
        "export",
        run,
        "Write the graph for other programs.",
        "healthfm export --format graphml -o lineage.graphml",
    )
    _asking(parser, EXPORT_FORMATS)


# ---- lists


def _ingest(verbs: Any) -> None:
    def run(options: argparse.Namespace) -> int:
        from healthfm.catalog.list_files import ingest

        record_file = None if options.output == "-" or options.format == "json" else Path(options.output)
        ingested = ingest(_read(options.list), source=options.list, record_file=record_file)
        as_json = options.format == "json"
        _write(options.output, _json(ingested.reading.to_dict()) if as_json else ingested.record.to_yaml())
        print(ingested.reading.summary(), file=sys.stderr)
        return 0

    parser = _verb(
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
