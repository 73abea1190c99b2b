"""The page that answers SPARQL itself: graph, engine (Oxigraph as WebAssembly) and editor in one file.

Its program comes from npm packages and is built by ``make web`` into ``assets/``, which the wheel
carries; a checkout without Node.js does not have it.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import resources
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup
from pyoxigraph import RdfFormat

from healthfm.analysis.query_help import query_help
from healthfm.analysis.questions import Question
from healthfm.analysis.sparql import solutions
from healthfm.errors import InputError
from healthfm.explorer.embedding import inert, packed, packed_file, script_hashes
from healthfm.rdf.dataset import ordered_quads
from healthfm.rdf.readable_store import ReadableStore
from healthfm.rdf.serialization import stable_bytes

#: Seconds after which the page ends a query.
TIMEOUT: Final = 30
_ROOM: Final = resources.files("healthfm.explorer")


def has_sparql_page() -> bool:
    """Say whether the page's program was built."""
    return (_ROOM / "assets" / "NOTICES.txt").is_file()


def render_sparql_page(
    store: ReadableStore, questions: Iterable[Question], *, title: str, footer: str
) -> str:
    """Return the page as HTML.

    Raises
    ------
    InputError
        If its program was not built.
    """
    if not has_sparql_page():
        raise InputError(
            f"{_ROOM / 'assets'}: the SPARQL page was not built; install Node.js 20 and run `make web`"
        )
    data = query_help(store, questions) | {"timeout": TIMEOUT}
    script = _asset("sparql.js").decode()
    worker = _asset("engine.js").decode()
    environment = Environment(loader=FileSystemLoader(str(_ROOM / "web")), autoescape=True, trim_blocks=True)
    environment.filters["inert"] = inert
    values: dict[str, Any] = {
        "title": title,
        "footer": footer,
        "policy": _policy(script),
        "css": Markup(_asset("sparql.css").decode()),  # noqa: S704  -- our own file
        "script": Markup(script),  # noqa: S704  -- bundled from our own files and the lock file's
        "worker": Markup(worker),  # noqa: S704  -- likewise
        "engine": packed_file(_asset("engine.wasm.gz")),
        "graph": packed(stable_bytes(ordered_quads(store), RdfFormat.N_QUADS)),
        "triples": f"{_count(store):,}",
        "questions": data["questions"],
        "data": data,
    }
    return environment.get_template("sparql.html.j2").render(values)


def _count(store: ReadableStore) -> int:
    return int(next(solutions(store, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"))["n"].value)


def _asset(name: str) -> bytes:
    return (_ROOM / "assets" / name).read_bytes()


def _policy(script: str) -> str:
    return (
        f"default-src 'none'; script-src {script_hashes([script])} 'wasm-unsafe-eval'; worker-src blob:; "
        "style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
    )
