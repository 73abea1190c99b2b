"""The verb that serves: serve."""

from __future__ import annotations

import argparse
import sys
from typing import Any, Final

from healthfm.cli.plumbing import verb
from healthfm.errors import UsageError
from healthfm.isolation.deadline import MOST_SECONDS

#: Each worker is a process; far more than there are processors only make one another wait.
MOST_WORKERS: Final = 256
#: Megabytes: a terabyte; beyond what the system can count, every query would fail.
MOST_MEMORY: Final = 1_048_576


def serve(verbs: Any) -> None:
    """Declare ``healthfm serve``."""

    def run(options: argparse.Namespace) -> int:
        try:
            from healthfm.service.limits import Limits
            from healthfm.service.server import serve
        except ImportError as error:
            raise UsageError(
                f"serve needs '{error.name}'; install healthfm[serve], on Linux or macOS"
            ) from error
        given = {"timeout": options.timeout, "memory": options.memory, "workers": options.workers}
        limits = Limits(**{name: value for name, value in given.items() if value is not None})
        serve(options.files, host=options.host, port=options.port, limits=limits, started=_say)
        print("healthfm: stopped", file=sys.stderr)
        return 0

    parser = verb(
        verbs,
        "serve",
        run,
        "Serve the graph over HTTP: SPARQL, pages, an API, the picture. The log goes to stdout.",
        "healthfm serve --port 8080 --timeout 5",
    )
    parser.add_argument("files", metavar="FILE", nargs="*", help="RDF to serve instead of the packaged graph")
    parser.add_argument(
        "--host", default="127.0.0.1", help="where to listen (default 127.0.0.1: this machine)"
    )
    parser.add_argument("--port", type=int, default=8000, help="default 8000; 0 means any that is free")
    parser.add_argument("--workers", type=_workers, metavar="N", help="queries at the same time (default 4)")
    parser.add_argument("--timeout", type=_seconds, metavar="SECONDS", help="for one query (default 10)")
    parser.add_argument("--memory", type=_megabytes, metavar="MB", help="for one query (default 1024)")


def _say(address: str) -> None:
    print(
        f"healthfm: serving at {address} (SPARQL: {address}sparql); Ctrl+C stops", file=sys.stderr, flush=True
    )


def _workers(text: str) -> int:
    value = _positive(text)
    if value > MOST_WORKERS:
        raise argparse.ArgumentTypeError(f"'{text}' is more than {MOST_WORKERS}; a process each is too many")
    return value


def _megabytes(text: str) -> int:
    value = _positive(text)
    if value > MOST_MEMORY:
        raise argparse.ArgumentTypeError(f"'{text}' is more than {MOST_MEMORY:,}, a terabyte")
    return value


def _seconds(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value <= MOST_SECONDS:
        raise argparse.ArgumentTypeError(f"'{text}' is no number of seconds up to {MOST_SECONDS:,.0f}")
    return value


def _positive(text: str) -> int:
    value = int(text) if text.isdecimal() else 0
    if value < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is not a whole number above 0")
    return value
