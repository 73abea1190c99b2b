"""SPARQL 1.1 queries on a store, with our prefixes known and nothing ever fetched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from numbers import Integral, Real
from typing import Final, NamedTuple, TypeVar

from pyoxigraph import Literal, NamedNode, QueryBoolean, QuerySolutions

from healthfm.analysis.query_faults import plain_fault
from healthfm.analysis.result_formats import Result
from healthfm.analysis.results import Rows, Triples
from healthfm.analysis.sparql_text import bind, name_star_columns, refuse_dangerous
from healthfm.errors import LimitError, QueryError, UsageError
from healthfm.rdf.readable_store import Answer, ReadableStore
from healthfm.vocabulary import PREFIXES, expand

#: What a value of a binding may be: an IRI or CURIE as text, a number, or a term of Oxigraph or rdflib.
Value = str | int | float | NamedNode | Literal
#: A value, or several that a variable may take.
Values = Value | Iterable[Value]

_T = TypeVar("_T")


class Scope(NamedTuple):
    """What a query may see and give: the data it is asked of, and how many rows it may have.

    Parameters
    ----------
    default_graphs, named_graphs
        IRIs of the loaded graphs that make up the dataset, in place of any ``FROM`` of the text.
        Where neither is given, the text and else the whole store decide; where one is, a missing
        other is empty (SPARQL 1.1 Protocol, section 2.1.4).
    max_rows
        More rows or triples are an error; nothing is cut.
    allow_service
        Let ``SERVICE`` call other servers.
    base
        What relative IRIs of the text are relative to; without it they are an error.
    """

    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    max_rows: int | None = None
    allow_service: bool = False
    base: str | None = None


_EVERYTHING: Final = Scope()


def run_query(
    store: ReadableStore, query: str, bindings: Mapping[str, Values] | None = None, scope: Scope = _EVERYTHING
) -> Result:
    """Evaluate a query.

    Parameters
    ----------
    bindings
        Variable name → value, or a list of values it may take. Text that is a CURIE of ours or an
        http(s) IRI becomes an IRI, other text a string literal. Values are bound as terms, never
        pasted as text.

    Returns
    -------
    Rows, Triples or bool
        For SELECT, for CONSTRUCT and DESCRIBE, and for ASK.

    Raises
    ------
    QueryError
        If the query is malformed or would call another server.
    LimitError
        If it is too long, nested too deeply, or has too many rows.
    """
    refuse_dangerous(query, allow_service=scope.allow_service)
    text = bind(query, {name: _alternatives(value) for name, value in (bindings or {}).items()})
    answer = _evaluate(store, text, scope)
    if isinstance(answer, QueryBoolean):
        return bool(answer)
    try:
        if isinstance(answer, QuerySolutions):
            return _rows(store, text, answer, scope)
        return Triples(tuple(sorted(set(_within(answer, scope.max_rows, "triples")), key=str)))
    except (OSError, RuntimeError) as error:
        raise QueryError(f"the query could not be evaluated: {error}") from error


def _evaluate(store: ReadableStore, text: str, scope: Scope) -> Answer:
    # The engine reads every IRI that it is given, which takes as long as it does to read the query.
    prefixes = {name: iri for name, iri in PREFIXES.items() if f"{name}:" in text}
    try:
        if scope.default_graphs or scope.named_graphs:
            return store.query(
                text,
                base_iri=scope.base,
                prefixes=prefixes,
                default_graph=[_node(iri) for iri in scope.default_graphs],
                named_graphs=[_node(iri) for iri in scope.named_graphs],
            )
        return store.query(text, base_iri=scope.base, prefixes=prefixes)
    except (SyntaxError, ValueError, OSError) as error:
        raise QueryError(plain_fault(str(error), text)) from error
    except RuntimeError as error:  # such as a function that the engine does not know
        raise QueryError(f"the query cannot be evaluated: {error}; write it without that") from error


def _within(items: Iterable[_T], limit: int | None, what: str) -> Iterator[_T]:
    for count, item in enumerate(items, start=1):
        if limit is not None and count > limit:
            raise LimitError(
                f"the answer has more than {limit:,} {what}; ask for fewer, with LIMIT or a filter"
            )
        yield item


def _rows(store: ReadableStore, text: str, answer: QuerySolutions, scope: Scope) -> Rows:
    variables = tuple(variable.value for variable in answer.variables)
    named = name_star_columns(text, set(variables))
    if named != text:
        again = _evaluate(store, named, scope)
        assert isinstance(again, QuerySolutions)
        answer = again
        variables = tuple(variable.value for variable in answer.variables)
    return Rows(variables, tuple(tuple(solution) for solution in _within(answer, scope.max_rows, "rows")))


def solutions(store: ReadableStore, query: str) -> QuerySolutions:
    """Return the solutions of a SELECT of our own; our prefixes are known."""
    answer = store.query(query, prefixes=PREFIXES)
    assert isinstance(answer, QuerySolutions)
    return answer


def _alternatives(value: Values) -> list[str]:
    if isinstance(value, Iterable) and not isinstance(value, str | bytes | Mapping):
        return [str(as_term(one)) for one in value]
    return [str(as_term(value))]  # type: ignore[arg-type]  # what it cannot be is refused there


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
    if isinstance(value, Real):  # numpy's numbers too
        whole = isinstance(value, Integral) and not isinstance(value, bool)
        return Literal(int(value) if whole else value)
    if not isinstance(value, str):
        raise UsageError(
            f"a value of type {type(value).__name__} cannot be bound; give text, a number or a term"
        )
    if (language := getattr(value, "language", None)) or getattr(value, "datatype", None):
        # A literal of rdflib, as in the rows of an earlier query: text with a language or a datatype.
        datatype = None if language else NamedNode(str(value.datatype))  # type: ignore[attr-defined]
        return Literal(str(value), language=language, datatype=datatype)
    iri = expand(value)
    if iri != value or value.startswith(("http://", "https://")):
        return _node(iri)
    return Literal(value)


def _node(iri: str) -> NamedNode:
    try:
        return NamedNode(iri)
    except ValueError as error:
        raise QueryError(f"'{iri}' is no IRI: {error}") from error
