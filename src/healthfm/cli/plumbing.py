"""What the verbs share: how one is declared, what it reads, where it writes."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Any, BinaryIO, Final, NoReturn

from healthfm.errors import InputError, LimitError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

HELP_WIDTH: Final = 100

Verb = Callable[[argparse.Namespace], int]


class HelpFormatter(argparse.HelpFormatter):
    """Help of a fixed width: argparse asks for the terminal's at every argument it adds, help or not."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=HELP_WIDTH)


class Parser(argparse.ArgumentParser):
    """A parser whose faults are one line, as all others are; argparse prints the whole usage first."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and where to look, and exit with the code of wrong usage."""
        self.exit(UsageError.exit_code, f"{self.prog}: {message}; see `{self.prog} --help`\n")


def verb(verbs: Any, name: str, run: Verb, summary: str, example: str) -> argparse.ArgumentParser:
    """Declare a verb; its help ends in an example that can be run."""
    parser: argparse.ArgumentParser = verbs.add_parser(
        name, help=summary, description=summary, epilog=f"example: {example}", formatter_class=HelpFormatter
    )
    parser.set_defaults(run=run)
    return parser


def asking(parser: argparse.ArgumentParser, formats: Sequence[str]) -> None:
    """Add the options of every verb that answers."""
    parser.add_argument("--format", choices=formats, default=formats[0], help="how to write the answer")
    output(parser)
    data(parser)


def output(parser: argparse.ArgumentParser) -> None:
    """Add the option that says where the answer goes."""
    parser.add_argument(
        "-o", "--output", metavar="FILE", default="-", help="write there instead of to stdout"
    )


def data(parser: argparse.ArgumentParser) -> None:
    """Add the options that name other data than the packaged graph."""
    parser.add_argument(
        "--data",
        metavar="FILE",
        action="append",
        default=[],
        help="Turtle, N-Triples, N-Quads or TriG instead of the packaged graph; may be given again",
    )
    parser.add_argument(
        "--endpoint", metavar="URL", help="ask the SPARQL server there instead of the packaged graph"
    )


def load_graph(options: argparse.Namespace) -> Any:
    """Return the graph that the options name."""
    from healthfm.opening import connect, load

    if options.endpoint is None:
        return load(*options.data, cached=True)
    if options.data:
        raise UsageError("--data and --endpoint name two graphs; give one of them")
    timeout = getattr(options, "timeout", None)
    return connect(options.endpoint) if timeout is None else connect(options.endpoint, timeout=timeout)


def write(output: str, content: str | bytes) -> None:
    """Write to stdout for ``-``, else whole or not at all to a file."""
    with written(output) as out:
        out.write(content.encode() if isinstance(content, str) else content)


@contextmanager
def written(output: str) -> Iterator[BinaryIO]:
    """Open stdout for ``-``, else a file that will be there whole or not at all.

    A device or a pipe (``/dev/null``, ``>(gzip)``) is written into: it cannot be replaced by a file.
    """
    if output in {"-", "/dev/stdout"}:
        sys.stdout.flush()
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    from pathlib import Path

    from healthfm.rdf.writing import whole_file

    path = Path(output)
    if path.exists() and not path.is_file() and not path.is_dir():
        try:
            with path.open("wb") as device:
                yield device
        except OSError as error:
            raise InputError(f"{path}: cannot write: {error.strerror}; choose another place") from error
        return
    with whole_file(path) as file:
        yield file


def read_query(name: str) -> str:
    """Return the text of a query in a file, or of stdin for ``-``."""
    from pathlib import Path

    from healthfm.analysis.sparql_text import MAX_CHARACTERS

    limit = 4 * MAX_CHARACTERS  # bytes
    try:
        with nullcontext(sys.stdin.buffer) if name == "-" else Path(name).open("rb") as file:
            data = file.read(limit + 1)
        if len(data) > limit:
            raise LimitError(f"{name}: more than {limit:,} bytes; shorten the query")
        return data.decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"{name}: cannot be read: {error.strerror}; check the path") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{name}: byte {error.start} is not UTF-8; save the file as UTF-8") from error


def read_list_text(name: str) -> str:
    """Return the text of a list: a file, stdin for ``-``, or an http or https address."""
    from healthfm.sources.list_text import decoded, list_text, within_limit

    if name != "-":
        return list_text(name)
    return decoded(within_limit(sys.stdin.buffer.read, name), name)


def setting(parser: argparse.ArgumentParser, help_: str) -> None:
    """Add ``--set NAME=VALUE``."""
    parser.add_argument(
        "--set", metavar="NAME=VALUE", type=assignment, action="append", default=[], help=help_
    )


def settings(options: argparse.Namespace) -> dict[str, str]:
    """Return what ``--set`` gave, each name once."""
    names = [name for name, _ in options.set]
    if twice := {name for name in names if names.count(name) > 1}:
        raise UsageError(f"--set gives {', '.join(sorted(twice))} more than one value; give one")
    return dict(options.set)


def assignment(text: str) -> tuple[str, str]:
    """Split ``NAME=VALUE``."""
    name, equals, value = text.partition("=")
    if not equals or not name.isidentifier():
        raise argparse.ArgumentTypeError(f"'{text}' is not NAME=VALUE")
    return name, value


def report(options: argparse.Namespace, report: Any) -> int:
    """Write a report as text or JSON."""
    from healthfm.analysis.result_formats import as_json

    write(options.output, report.text() if options.format == "table" else as_json(report.to_dict()))
    return 0


def sources(parser: argparse.ArgumentParser) -> None:
    """Add the options that name catalogue and ontology."""
    parser.add_argument("--graph", metavar="FOLDER", help="the catalogue; by default that of the checkout")
    parser.add_argument("--ontology", metavar="FOLDER", help="the ontology; by default the packaged one")


def folders(options: argparse.Namespace) -> tuple[Path, Path]:
    """Return the folders of catalogue and ontology."""
    from pathlib import Path

    from healthfm import resources

    graph = Path(options.graph) if options.graph else resources.graph_folder()
    ontology = Path(options.ontology) if options.ontology else resources.ontology_folder()
    return graph, ontology


@contextmanager
def progress() -> Iterator[Callable[[str], Any]]:
    """Show on stderr, at a terminal only, which step runs."""
    from healthfm.rdf.progress import silent

    if not sys.stderr.isatty():
        yield silent
        return
    from rich.console import Console

    console = Console(stderr=True)
    yield console.status
