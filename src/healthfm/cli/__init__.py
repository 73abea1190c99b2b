"""The command line: verbs that parse, call, print. Every verb is the function of the same name.

stdout is data, stderr is talk; ``-`` is stdin; ``-o FILE`` writes there. Exit codes are those of
`healthfm.errors`. Heavy imports stay inside the verbs that need them: a cold ``healthfm query`` is
mostly the start of Python.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from typing import Any, Final

from healthfm.cli.plumbing import HelpFormatter, Parser
from healthfm.errors import HealthfmError, InputError, UsageError

#: Verb → the module that declares it, in the order of the help. A cold query imports only its own.
_VERBS: Final = {
    "build": "building",
    "check": "building",
    "new": "curating",
    "ingest": "curating",
    "update": "curating",
    "doctor": "curating",
    "query": "asking",
    "ask": "asking",
    "show": "asking",
    "search": "asking",
    "lineage": "reporting",
    "impact": "reporting",
    "licences": "reporting",
    "gaps": "reporting",
    "coverage": "reporting",
    "diff": "curating",
    "draw": "exporting",
    "export": "exporting",
    "serve": "serving",
    "push": "exporting",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb and return its exit code; every expected fault is one line on stderr."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        options = _options(given)
        return int(options.run(options))
    except HealthfmError as error:
        return _say(error)
    except BrokenPipeError:  # the reader (head, less) has seen enough
        _flush_nothing_more()
        return 0
    except OSError as error:  # what verbs read and write has messages of its own: stdout takes no more
        _flush_nothing_more()
        where = error.filename or "stdout"
        return _say(InputError(f"{where}: cannot be used: {error.strerror}; make room, or use another"))
    except KeyboardInterrupt:
        print("healthfm: interrupted", file=sys.stderr)
        return 130


def _say(error: HealthfmError) -> int:
    print(error if "\n" in str(error) else f"healthfm: {error}", file=sys.stderr)
    return error.exit_code


def _flush_nothing_more() -> None:
    """Let Python's exit write nothing into a stdout that is closed or full."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _options(given: Sequence[str]) -> argparse.Namespace:
    if "" in given:
        place = given.index("") + 1
        raise UsageError(f"argument {place} is empty; give it a value (is a variable of the shell not set?)")
    options, unexpected = _parser(given[:1]).parse_known_args(given)
    if unexpected:
        raise UsageError(
            f"{given[0]} has no use for '{unexpected[0]}'; quote what has spaces, "
            f"or see `healthfm {given[0]} --help`"
        )
    return options


def _parser(wanted: Sequence[str]) -> argparse.ArgumentParser:
    """Return a parser with the one verb that is wanted, or with all of them for help and errors."""
    parser = Parser(
        prog="healthfm",
        description="The knowledge graph of healthcare foundation models.",
        epilog="example: healthfm ask alphafold-derivatives",
        formatter_class=HelpFormatter,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version and exit")
    # With the program named, argparse need not format usage (and import for it) to find it out.
    verbs = parser.add_subparsers(metavar="VERB", required=True, prog="healthfm")
    for name in wanted if wanted and wanted[0] in _VERBS else _VERBS:
        module = importlib.import_module(f"healthfm.cli.{_VERBS[name]}")
        getattr(module, name)(verbs)
    return parser


def verb_helps() -> dict[str, str]:
    """Return what ``--help`` of each verb says, in the order of the help."""
    helps = {}
    for name in _VERBS:
        verbs = Parser(prog="healthfm").add_subparsers(prog="healthfm")
        getattr(importlib.import_module(f"healthfm.cli.{_VERBS[name]}"), name)(verbs)
        helps[name] = verbs.choices[name].format_help()
    return helps


class _Version(argparse.Action):
    def __call__(self, *_: Any) -> None:
        from healthfm import __version__

        print(f"healthfm {__version__}")
        sys.exit(0)
