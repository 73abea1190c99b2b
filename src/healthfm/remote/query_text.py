"""What a query's text needs before another server reads it, and the query that counts its rows."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Final

from healthfm.analysis.sparql_text import Token, query_form, tokens
from healthfm.errors import QueryError

#: The one column of a query that counts.
COUNT: Final = "healthfmRows"


def with_prefixes(query: str, prefixes: Mapping[str, str]) -> str:
    """Declare the prefixes that a query uses and does not declare itself, on its first line.

    Examples
    --------
    >>> with_prefixes("SELECT ?m { ?m a:p b:o }", {"a": "http://a/", "b": "http://b/", "c": "http://c/"})
    'PREFIX a: <http://a/> PREFIX b: <http://b/> SELECT ?m { ?m a:p b:o }'
    """
    pieces = list(tokens(query))
    used = {piece.text.partition(":")[0] for piece in pieces if piece.kind == "name"}
    declared = {name.text.partition(":")[0] for word, name in pairwise(pieces) if _is_word(word, "PREFIX")}
    wanted = used - declared
    return "".join(f"PREFIX {name}: <{iri}> " for name, iri in prefixes.items() if name in wanted) + query


def names_its_dataset(query: str) -> bool:
    """Say whether a query has ``FROM`` clauses of its own.

    Examples
    --------
    >>> names_its_dataset("SELECT * FROM <http://g/> {}"), names_its_dataset("SELECT ('FROM' AS ?x) {}")
    (True, False)
    """
    return any(_is_word(piece, "FROM") for piece in tokens(query))


def as_select(query: str) -> str:
    """Return the SELECT of all variables of a CONSTRUCT's pattern; return a SELECT unchanged.

    Examples
    --------
    >>> as_select("CONSTRUCT { ?s a ?o } WHERE { ?s ?p ?o }")
    'SELECT * WHERE { ?s ?p ?o }'
    """
    if query_form(query) == "SELECT":
        return query
    pieces = list(tokens(query))
    start = _first(pieces, "CONSTRUCT")
    has_template = pieces[start + 1].text == "{"
    last = pieces[_closing(pieces, start + 1) if has_template else start]
    return f"{query[: pieces[start].start]}SELECT *{query[last.start + len(last.text) :]}"


def counting(select: str) -> str:
    r"""Return the query that counts the rows of a SELECT.

    Examples
    --------
    >>> counting("SELECT ?s FROM <http://g/> { ?s ?p ?o } LIMIT 5")
    'SELECT (COUNT(*) AS ?healthfmRows) FROM <http://g/> { { SELECT ?s  { ?s ?p ?o } LIMIT 5\n} }'
    """
    pieces = list(tokens(select))
    start = _first(pieces, "SELECT")
    begin = pieces[start].start
    rest, clauses = select[begin:], ""
    for clause_start, clause_end in reversed(_dataset_clauses(pieces[start:])):
        clauses = f"{select[clause_start:clause_end]} {clauses}"
        rest = rest[: clause_start - begin] + rest[clause_end - begin :]
    # The text may end in a comment, which must not swallow the braces.
    return f"{select[:begin]}SELECT (COUNT(*) AS ?{COUNT}) {clauses}{{ {{ {rest}\n}} }}"


def _dataset_clauses(pieces: list[Token]) -> list[tuple[int, int]]:
    """Return where each ``FROM`` clause starts and ends; they stand before the pattern's brace."""
    found: list[tuple[int, int]] = []
    depth = 0
    for index, piece in enumerate(pieces):
        if piece.text == "{" and depth == 0:
            break
        depth += (piece.kind == "open") - (piece.kind == "close")
        if _is_word(piece, "FROM"):
            name = pieces[index + (2 if _is_word(pieces[index + 1], "NAMED") else 1)]
            found.append((piece.start, name.start + len(name.text)))
    return found


def _closing(pieces: list[Token], opening: int) -> int:
    depth = 0
    for index in range(opening, len(pieces)):
        depth += (pieces[index].kind == "open") - (pieces[index].kind == "close")
        if depth == 0:
            return index
    raise QueryError("not a SPARQL 1.1 query: a bracket is not closed; close it")


def _first(pieces: list[Token], word: str) -> int:
    return next(index for index, piece in enumerate(pieces) if _is_word(piece, word))


def _is_word(piece: Token, word: str) -> bool:
    return piece.kind == "word" and piece.text.upper() == word
