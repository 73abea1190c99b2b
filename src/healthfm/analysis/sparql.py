"""SPARQL 1.1 queries on a store, with our prefixes known and nothing ever fetched."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pyoxigraph import Literal, NamedNode, QueryBoolean, QuerySolutions, QueryTriples, Store

from healthfm.analysis.result_formats import Result
from healthfm.analysis.results import Rows, Triples
from healthfm.analysis.sparql_text import bind, name_star_columns, refuse_dangerous
from healthfm.errors import QueryError
from healthfm.vocabulary import PREFIXES, expand

#: What a value of a binding may be: an IRI or CURIE as text, a number, or a term.
Value = str | int | NamedNode | Literal


def run_query(store: Store, query: str, bindings: Mapping[str, Value] | None = None) -> Result:
    """Evaluate a query.

    Parameters
    ----------
    bindings
        Variable name → value. Text that is a CURIE of ours or an http(s) IRI becomes an IRI, other
        text a string literal. Values are bound as terms, never pasted as text.

    Returns
    -------
    Rows, Triples or bool
        For SELECT, for CONSTRUCT and DESCRIBE, and for ASK.

    Raises
    ------
    QueryError
        If the query is malformed or would call another server.
    LimitError
        If it is too long or nested too deeply.
    """
    refuse_dangerous(query)
    text = bind(query, {name: str(as_term(value)) for name, value in (bindings or {}).items()})
    answer = _evaluate(store, text)
    if isinstance(answer, QueryBoolean):
        return bool(answer)
    try:
        if isinstance(answer, QuerySolutions):
            return _rows(store, text, answer)
        return Triples(tuple(sorted(set(answer), key=str)))
    except (OSError, RuntimeError) as error:
        raise QueryError(f"the query could not be evaluated: {error}") from error


def _evaluate(store: Store, text: str) -> QuerySolutions | QueryBoolean | QueryTriples:
    try:
        return store.query(text, prefixes=PREFIXES)
    except (SyntaxError, ValueError, OSError) as error:
        raise QueryError(_plain_reason(str(error), text)) from error


def _plain_reason(message: str, text: str) -> str:
    """Say in one line where a query is wrong; the engine lists every character it would have taken."""
    place = re.match(r"(?:error at )?(\d+):(\d+): expected", message)
    if not place:
        return f"not a SPARQL 1.1 query: {' '.join(message.split())}; correct it"
    line, column = int(place[1]), int(place[2])
    rest = "\n".join(text.split("\n")[line - 1 :])[column - 1 :].split()
    found = f"'{rest[0]}'" if rest else "the end"
    return f"not a SPARQL 1.1 query: line {line}, column {column}: did not expect {found} here; correct it"


def _rows(store: Store, text: str, answer: QuerySolutions) -> Rows:
    variables = tuple(variable.value for variable in answer.variables)
    named = name_star_columns(text, set(variables))
    if named != text:
        answer = solutions(store, named)
        variables = tuple(variable.value for variable in answer.variables)
    return Rows(variables, tuple(tuple(solution) for solution in answer))


def solutions(store: Store, query: str) -> QuerySolutions:
    """Return the solutions of a SELECT of our own; our prefixes are known."""
    answer = store.query(query, prefixes=PREFIXES)
    assert isinstance(answer, QuerySolutions)
    return answer


def as_term(value: Value) -> NamedNode | Literal:
    r"""Return the term that a value of a binding stands for.

    Examples
    --------
    >>> str(as_term("model:bert"))
    '<https://w3id.org/healthfm/model/bert>'
    >>> print(as_term('x" } UNION {'))
    "x\" } UNION {"
    """
    if isinstance(value, NamedNode | Literal):
        return value
    if isinstance(value, int):
        return Literal(value)
    iri = expand(value)
    if iri != value or value.startswith(("http://", "https://")):
        try:
            return NamedNode(iri)
        except ValueError as error:
            raise QueryError(f"'{value}' is no IRI: {error}") from error
    return Literal(value)
