"""Tab in a ``%%sparql`` cell: prefixes, the names behind a prefix, and the query's own variables."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, Final

from IPython.core.completer import CompletionContext, SimpleCompletion, SimpleMatcherResult, context_matcher
from pyoxigraph import Literal

from healthfm.analysis.sparql_text import tokens
from healthfm.analysis.values import shown
from healthfm.errors import HealthfmError
from healthfm.vocabulary import PREFIXES

IDENTIFIER: Final = "healthfm.sparql"
#: More names than this are no help.
MAX_NAMES: Final = 200

_MAGIC: Final = re.compile(r"\s*%%sparql\b|[^\n]*%sparql\s")
_WORD: Final = re.compile(r"[?$]\w*$|[\w-]*(:[\w.-]*)?$")
_NAMES: Final = f"""
SELECT DISTINCT ?thing {{ ?thing ?property ?value FILTER(STRSTARTS(STR(?thing), ?start)) }}
ORDER BY ?thing LIMIT {MAX_NAMES}"""


def sparql_matcher(graph: Callable[[], Any]) -> Callable[[CompletionContext], SimpleMatcherResult]:
    """Return a matcher for IPython's completer.

    Parameters
    ----------
    graph
        Gives the graph whose names are offered.
    """

    @context_matcher(identifier=IDENTIFIER)  # type: ignore[untyped-decorator]
    def match(context: CompletionContext) -> SimpleMatcherResult:
        word = _WORD.search(context.text_until_cursor)
        if not word or not word[0] or not _MAGIC.match(context.full_text):
            return {"completions": []}
        found = _complete(word[0], context.full_text, graph)
        return {
            "completions": [SimpleCompletion(text, type="sparql") for text in found],
            "matched_fragment": word[0],
            "suppress": True,
        }

    return match  # type: ignore[no-any-return]


def _complete(word: str, cell: str, graph: Callable[[], Any]) -> list[str]:
    if word[0] in "?$":
        variables = {token.text for token in tokens(cell) if token.kind == "variable"} - {word}
        return sorted(name for name in variables if name.startswith(word))
    prefix, colon, _ = word.partition(":")
    if not colon:
        return [f"{name}:" for name in PREFIXES if name.startswith(word)]
    return list(_names(word, graph())) if prefix in PREFIXES else []


def _names(start: str, graph: Any) -> Iterable[str]:
    prefix, _, local = start.partition(":")
    try:
        rows = graph.query(_NAMES, start=Literal(PREFIXES[prefix] + local))
    except HealthfmError:  # a server that does not answer; Tab is no place to say so
        return []
    return [shown(row[0]) for row in rows.cells]
