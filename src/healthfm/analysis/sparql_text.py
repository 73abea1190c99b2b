r"""The few things that must be known of a query's text before an engine reads it.

A small tokenizer, not a parser: it knows strings, IRIs, comments, variables and words well enough
that a ``SERVICE`` in a comment is no federated call and one spelt ``\u0053ERVICE`` is.

References
----------
SPARQL 1.1 Query Language, https://www.w3.org/TR/sparql11-query/ (sections 19.2 and 19.8).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from healthfm.errors import ComplexityError, LimitError, QueryError

MAX_CHARACTERS: Final = 1_000_000
#: Deeper nesting exhausts the engine's stack and would end the process; no honest query comes near.
MAX_DEPTH: Final = 100
#: Operators, path steps and clauses side by side: the engine nests them inside, one in the other.
MAX_OPERATORS: Final = 1_000

# Outside of texts a backslash stands in names only, before a character that is then no mark: \' begins
# no text there, and \# no comment. A prefix has a length, or a long run of letters without a colon would
# be read anew from each of them.
_TOKEN: Final = re.compile(
    r"""(?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
      | (?P<string>\"\"\"(?:[^"\\]|\\.|\"(?!\"\"))*\"\"\"|'''(?:[^'\\]|\\.|'(?!''))*'''
          |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
      | (?P<comment>\#[^\n\r]*)
      | (?P<variable>[?$]\w+)
      | (?P<name>(?:[^\W\d_][\w.-]{0,99})?:(?:\\.|[\w.:%-])*)
      | (?P<word>[A-Za-z_]\w*)
      | (?P<open>[({\[])
      | (?P<close>[)}\]])
      | (?P<datatype>\^\^)
      | (?P<operator>\|\||&&|[!<>]=|[!|&+*/^=<>-])
      | (?P<other>\\.|\S)""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_UPDATES: Final = {"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"}
_FORMS: Final = {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}
_CLAUSES: Final = {"UNION", "OPTIONAL", "MINUS", "BIND", "FILTER", "GRAPH", "EXISTS"}
#: Each evaluation gives another answer.
_VOLATILE: Final = {"NOW", "RAND", "UUID", "STRUUID", "BNODE"}
#: Said without reading tokens that none of these is in a text; the other way round it takes the tokens.
_PERHAPS_VOLATILE: Final = re.compile(r"NOW|RAND|UUID|BNODE|\\[uU]", re.IGNORECASE)
_PERHAPS_SERVICE: Final = re.compile("SERVICE", re.IGNORECASE)
_PERHAPS_GRAPHS: Final = re.compile(r"\b(GRAPH|FROM)\b|\\[uU]", re.IGNORECASE)


class Token(NamedTuple):
    """A piece of a query: its kind, its text, and where it starts."""

    kind: str
    text: str
    start: int


def tokens(query: str) -> Iterator[Token]:
    """Yield the tokens of a query, comments left out."""
    for match in _TOKEN.finditer(query):
        kind = match.lastgroup or "other"
        if kind != "comment":
            yield Token(kind, match.group(), match.start())


def refuse_dangerous(query: str, *, allow_service: bool = False) -> None:
    """Refuse what would call other servers or exhaust the engine.

    Parameters
    ----------
    allow_service
        Let ``SERVICE`` clauses pass; the engine then calls the servers they name.

    Raises
    ------
    QueryError
        If it is an update, or has a ``SERVICE`` clause; nothing is ever changed or fetched.
    LimitError
        If it is too long.
    ComplexityError
        If it is nested too deeply.

    Examples
    --------
    >>> refuse_dangerous("SELECT * { ?s ?p 'SERVICE' } # SERVICE")
    >>> refuse_dangerous("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }")
    Traceback (most recent call last):
    ...
    healthfm.errors.QueryError: line 1: SERVICE would call another server, this graph answers alone; delete it
    """
    if len(query) > MAX_CHARACTERS:
        raise LimitError(
            f"the query has {len(query):,} characters, the limit is {MAX_CHARACTERS:,}; shorten it"
        )
    for text in _readings(query):
        _refuse_update(tokens(text))
        # What is short and has few brackets cannot be deep; to read it would cost more than to ask it.
        if len(text) > MAX_OPERATORS or sum(map(text.count, "({[")) > MAX_DEPTH:
            _refuse_deep(_with_comparisons(tokens(text)))
        if not allow_service and _PERHAPS_SERVICE.search(text):
            _refuse_service(tokens(text), text)


def _with_comparisons(pieces: Iterator[Token]) -> Iterator[Token]:
    """Yield tokens, and for each IRI also what is in it if its ends are signs of less and greater.

    ``?a<(1)&&?b>2`` has no IRI, but ``?a<(1)&&?b>`` has; only the engine's grammar tells which it is.
    What an honest IRI has too, slashes and hyphens, counts within one only: a sum does not reach
    beyond a comparison, while ``&&`` does.
    """
    for token in pieces:
        yield token
        if token.kind == "iri":
            inside = list(tokens(token.text[1:-1]))
            if sum(each.kind == "operator" for each in inside) > MAX_OPERATORS:
                raise ComplexityError(f"an IRI has over {MAX_OPERATORS:,} signs; shorten it")
            yield from (each for each in inside if each.kind in {"open", "close"} or each.text == "&&")


def _refuse_deep(pieces: Iterator[Token]) -> None:
    # One count for each open bracket; what stands side by side in it is what the engine nests.
    open_brackets, counts = [""], [0]
    for token in pieces:
        if token.kind == "open":
            open_brackets.append(token.text)
            counts.append(0)
        elif token.kind == "close" and len(counts) > 1:
            open_brackets.pop()
            counts.pop()
        elif token.kind == "operator":
            # Between braces a sign belongs to a number; VALUES may list any number of those.
            counts[-1] += not (open_brackets[-1] == "{" and token.text in "+-")
        elif token.kind == "word" and token.text.upper() in _CLAUSES:
            counts[-1] += 1
        if len(counts) > MAX_DEPTH + 1:
            raise ComplexityError(f"the query is nested deeper than {MAX_DEPTH} brackets; flatten it")
        if counts[-1] > MAX_OPERATORS:
            raise ComplexityError(
                f"the query has over {MAX_OPERATORS:,} operators or clauses in one bracket; use VALUES"
            )


def _refuse_service(pieces: Iterator[Token], query: str) -> None:
    for token in pieces:
        if token.kind == "word" and token.text.upper() == "SERVICE":
            line = query.count("\n", 0, token.start) + 1
            raise QueryError(
                f"line {line}: SERVICE would call another server, this graph answers alone; delete it"
            )


def _refuse_update(pieces: Iterator[Token]) -> None:
    words = (token.text.upper() for token in pieces if token.kind == "word")
    first = next((word for word in words if word not in {"PREFIX", "BASE"}), "")
    if first in _UPDATES:
        raise QueryError(f"{first} is an update, and this graph is only read; build it from its catalogue")


def _readings(query: str) -> list[str]:
    r"""Return a query as it stands, and with its escapes of code points resolved.

    By the standard they are resolved before anything else is read (SPARQL 1.1, section 19.2); the
    engine resolves them within texts and IRIs only. So ``'\u0027'`` is a text or begins a longer one.
    """
    return list(dict.fromkeys([query, _ESCAPE.sub(_unescape, query)])) if "\\" in query else [query]


def _unescape(match: re.Match[str]) -> str:
    code = int(match.group(1) or match.group(2), 16)
    return chr(code) if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else "\ufffd"


def query_form(query: str) -> str:
    """Return ``SELECT``, ``ASK``, ``CONSTRUCT`` or ``DESCRIBE``, or nothing where none of them stands.

    Examples
    --------
    >>> query_form("PREFIX select: <http://example.org/> ASK { ?s ?p select:x }")
    'ASK'
    """
    words = (token.text.upper() for token in tokens(query) if token.kind == "word")
    return next((word for word in words if word in _FORMS), "")


def is_repeatable(query: str) -> bool:
    """Say whether a query gives the same answer each time, the data being the same.

    Examples
    --------
    >>> is_repeatable("SELECT ?s { ?s ?p ?o }"), is_repeatable("SELECT (NOW() AS ?t) {}")
    (True, False)
    """
    if not _PERHAPS_VOLATILE.search(query):
        return True
    words = (token for text in _readings(query) for token in tokens(text) if token.kind == "word")
    return not any(word.text.upper() in _VOLATILE for word in words)


def may_name_graphs(query: str) -> bool:
    """Say whether a query may ask for other graphs than the default one.

    Examples
    --------
    >>> may_name_graphs("SELECT ?s { ?s ?p ?o }"), may_name_graphs("SELECT ?g { GRAPH ?g { ?s ?p ?o } }")
    (False, True)
    """
    return _PERHAPS_GRAPHS.search(query) is not None


def name_star_columns(query: str, variables: set[str]) -> str:
    """Write the columns of a ``SELECT *`` out in the order of the text; return other queries unchanged.

    Examples
    --------
    >>> name_star_columns("SELECT * { ?s ?p ?o }", {"o", "p", "s"})
    'SELECT ?s ?p ?o { ?s ?p ?o }'
    """
    if "*" not in query:
        return query
    star = _star(list(tokens(query)))
    if star is None or not variables:
        return query
    seen: dict[str, None] = {}
    for token in tokens(query):
        if token.kind == "variable" and token.text[1:] in variables:
            seen[token.text[1:]] = None
    columns = " ".join(f"?{name}" for name in seen)
    return query[: star.start] + columns + query[star.start + 1 :]


def _star(pieces: list[Token]) -> Token | None:
    for index, token in enumerate(pieces):
        if token.kind == "word" and token.text.upper() in _FORMS:
            rest = (t for t in pieces[index + 1 :] if t.text.upper() not in {"DISTINCT", "REDUCED"})
            following = next(rest, None)
            is_star = token.text.upper() == "SELECT" and following is not None and following.text == "*"
            return following if is_star else None
    return None


def bind(query: str, values: Mapping[str, Sequence[str]]) -> str:
    """Give variables of a query their values: one ``VALUES`` block each at the start of its pattern.

    Parameters
    ----------
    values
        Variable name without ``?`` → terms in SPARQL's own syntax, already serialised.

    Raises
    ------
    QueryError
        If the query has no pattern, or does not mention a variable.

    Examples
    --------
    >>> bind("SELECT ?o WHERE { ?s ?p ?o }", {"s": ["<http://example.org/a>"]})
    'SELECT ?o WHERE { VALUES ?s { <http://example.org/a> } ?s ?p ?o }'
    """
    if not values:
        return query
    pieces = list(tokens(query))
    used = {token.text[1:] for token in pieces if token.kind == "variable"}
    for name in values:
        if name not in used:
            raise QueryError(f"the query has no variable ?{name}; it has {', '.join(sorted(used)) or 'none'}")
    position = _pattern_start(pieces)
    blocks = "".join(f" VALUES ?{name} {{ {' '.join(terms)} }}" for name, terms in values.items())
    return query[:position] + blocks + query[position:]


def _pattern_start(pieces: list[Token]) -> int:
    groups_to_skip, depth = 0, 0
    for index, token in enumerate(pieces):
        if token.kind == "word" and token.text.upper() == "CONSTRUCT" and pieces[index + 1].text == "{":
            groups_to_skip = 1
        if token.text == "{":
            if depth == 0 and groups_to_skip == 0:
                return token.start + 1
            depth += 1
        elif token.text == "}":
            depth -= 1
            groups_to_skip -= depth == 0
    raise QueryError("the query has no { pattern } to bind a variable in")
