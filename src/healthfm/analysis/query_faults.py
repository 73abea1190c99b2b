"""What is wrong with a query, in one line; ``web/fault.js`` says the same in a browser."""

from __future__ import annotations

import re
from typing import Final

from healthfm.analysis.sparql_text import Token, query_form, tokens
from healthfm.vocabulary import PREFIXES

_EXPECTED: Final = re.compile(r"(?:error at )?(\d+):(\d+): expected (.*)", re.DOTALL)
# Among the characters that it would have taken, the engine hides what it really means.
_SENTENCE: Final = re.compile(r"(?:one of |, |^)([A-Z]\w*(?: [\w']+){3,})")


def plain_fault(message: str, query: str) -> str:
    """Say where a query is wrong and what to do.

    Parameters
    ----------
    message
        What the engine says of it: every character it would have taken.

    Examples
    --------
    >>> print(plain_fault("error at 1:17: expected OPTIONAL", "ASK { ?m nope:x ?y }"))
    not a SPARQL 1.1 query: line 1, column 10: the prefix of 'nope:x' is not known; declare it with PREFIX
    """
    wrong = "not a SPARQL 1.1 query"
    if not query_form(query):
        return f"{wrong}: it needs SELECT, ASK, CONSTRUCT or DESCRIBE"
    expected = _EXPECTED.match(message)
    if not expected:
        return f"{wrong}: {' '.join(message.split())}; correct it"
    if name := _undeclared(query):
        before = query[: name.start].split("\n")
        place = f"line {len(before)}, column {len(before[-1]) + 1}"
        return f"{wrong}: {place}: the prefix of '{name.text}' is not known; declare it with PREFIX"
    line, column = int(expected[1]), int(expected[2])
    at = f"{wrong}: line {line}, column {column}"
    if sentence := _SENTENCE.search(expected[3]):
        return f"{at}: {sentence[1]}; correct it"
    rest = "\n".join(query.split("\n")[line - 1 :])[column - 1 :].split()
    found = f"'{rest[0]}'" if rest else "the end"
    return f"{at}: did not expect {found} here; correct it"


def _undeclared(query: str) -> Token | None:
    """Return the first name whose prefix is neither ours nor declared."""
    known = {f"{prefix}:" for prefix in PREFIXES}
    before = ""
    for token in tokens(query):
        if token.kind == "name" and before == "PREFIX":
            known.add(token.text)
        elif query[: token.start].endswith("@"):  # a language tag, and what does not belong behind it
            continue
        elif token.kind == "name" and before != "_" and token.text.partition(":")[0] + ":" not in known:
            return token
        before = token.text.upper()
    return None
