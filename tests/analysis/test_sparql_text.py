"""What is known of a query before an engine reads it."""

from __future__ import annotations

import pytest
import rdflib
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from healthfm.analysis.results import Rows
from healthfm.analysis.sparql import run_query
from healthfm.analysis.sparql_text import bind, name_star_columns, refuse_dangerous
from healthfm.errors import ComplexityError, LimitError, QueryError, UsageError
from healthfm.vocabulary import PREFIXES


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { service SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { \\u0053ERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { # a comment\n SerVice ?where { ?s ?p ?o } }",
        "SELECT * { ?s ?p '}' . SERVICE <http://127.0.0.1:9/> {} }",
    ],
)
def test_federated_calls_are_refused_however_they_are_written(query: str) -> None:
    """No spelling of SERVICE reaches the engine."""
    with pytest.raises(QueryError, match="SERVICE would call another server"):
        refuse_dangerous(query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service { ?service ?p ?o }",
        "SELECT * { ?s ?p 'SERVICE' }",
        'SELECT * { ?s ?p """a SERVICE "quoted" b""" }',
        "# SERVICE\nSELECT * { ?s ?p ?o }",
        "PREFIX x: <http://example.org/SERVICE#> SELECT * { ?s x:SERVICE ?o }",
    ],
)
def test_the_word_elsewhere_is_no_call(query: str) -> None:
    """SERVICE in a name, a string, an IRI or a comment is harmless."""
    refuse_dangerous(query)


@pytest.mark.parametrize("opening", ["{", "(", "["])
def test_deep_nesting_never_reaches_the_engine(opening: str) -> None:
    """What would exhaust the engine's stack and end the process is refused as too deep."""
    with pytest.raises(LimitError, match="nested deeper than 100"):
        refuse_dangerous("SELECT * {" + opening * 3000)


def test_star_columns_come_in_the_order_of_the_text() -> None:
    """`SELECT *` gives columns as the reader wrote them, not in alphabetical order."""
    store = Store()
    store.add(Quad(NamedNode("http://a/s"), NamedNode("http://a/p"), Literal("o")))
    rows = run_query(store, "SELECT * WHERE { ?zebra ?middle ?apple }")
    assert isinstance(rows, Rows)
    assert rows.variables == ("zebra", "middle", "apple")
    assert name_star_columns("SELECT (COUNT(*) AS ?n) {}", {"n"}) == "SELECT (COUNT(*) AS ?n) {}"


@given(st.text(max_size=40))
def test_a_bound_value_is_data_whatever_it_looks_like(value: str) -> None:
    """Text with quotes, braces and clauses in it is found as itself and nothing else is."""
    cleaned = "".join(c for c in value if not 0xD800 <= ord(c) <= 0xDFFF)
    if cleaned.startswith(("http://", "https://")) or ":" in cleaned:
        return
    predicate = NamedNode("http://a/p")
    store = Store()
    store.extend(
        [
            Quad(NamedNode("http://a/public"), predicate, Literal(cleaned)),
            Quad(NamedNode("http://a/hidden"), predicate, Literal(cleaned + " hidden")),
        ]
    )
    rows = run_query(store, "SELECT ?s WHERE { ?s <http://a/p> ?label }", {"label": cleaned})
    assert isinstance(rows, Rows)
    assert [str(row.s) for row in rows] == ["http://a/public"]


def test_bindings_go_into_the_pattern_of_every_form() -> None:
    """SELECT, ASK and CONSTRUCT with a template are bound in their pattern, and rdflib agrees."""
    values = {"s": ["<http://a/1>"]}
    data = "<http://a/1> <http://a/p> 1 . <http://a/2> <http://a/p> 2 ."
    graph = rdflib.Graph().parse(data=data, format="turtle")
    assert len(graph.query(bind("SELECT ?o WHERE { ?s <http://a/p> ?o }", values))) == 1
    constructed = graph.query(
        bind("CONSTRUCT { ?s <http://a/q> ?o } WHERE { ?s <http://a/p> ?o }", values)
    ).graph
    assert constructed is not None
    assert len(constructed) == 1
    with pytest.raises(QueryError, match=r"no variable \?x; it has o, s"):
        bind("SELECT ?o WHERE { ?s <http://a/p> ?o }", {"x": ["1"]})


@pytest.mark.parametrize("value", [{"model:bert": 1}, b"bert", None])
def test_what_is_no_value_is_refused(value: object) -> None:
    """Neither the keys of a dictionary nor the bytes of a text are bound in place of what was meant."""
    with pytest.raises(UsageError, match="cannot be bound"):
        run_query(Store(), "SELECT ?s WHERE { ?s ?p ?label }", {"label": value})  # type: ignore[dict-item]


#: What may make a reader of the text see a quotation, a comment or a name where the engine sees none.
MARKS = st.lists(
    st.sampled_from(
        ["model:a", "<x>", "?v", "\\'", "'", '"', "\\u0027", "\\u0022", "\\u005C", "\\\\", "\\#", "#", "\n",
         "\u00b7", "\u0300", "<", ">", "\'\'\'", "%27", "\\-", ":", "@en", "^^", " ", "."]
    ),
    max_size=5,
).map("".join)  # fmt: skip


@settings(max_examples=3000, deadline=None)
@given(MARKS, MARKS)
@example("model:a\\'", "#'")
@example("model:a\\#", "")
@example("'\\u0027'", "#'")
def test_what_the_engine_would_call_is_refused(before: str, behind: str) -> None:
    """No text that the engine reads otherwise than this program does hides a call of another server."""
    query = f"SELECT * {{ {{ ?s ?p {before} }} UNION {{ SERVICE <http://127.0.0.1:9/> {{}} }} }} {behind}"
    try:
        refuse_dangerous(query)
    except QueryError:
        return
    store = Store()
    store.add(Quad(NamedNode("http://a/s"), NamedNode("http://a/p"), Literal("o")))
    try:
        list(store.query(query, prefixes=PREFIXES))  # type: ignore[arg-type]
    except SyntaxError:
        return  # the engine reads no query in it
    except OSError as error:
        pytest.fail(f"the engine called a server: {error}")


@pytest.mark.parametrize("mark", ["model:a\\'", "model:a\\#", "'\\u0027'"])
def test_depth_is_seen_behind_what_is_no_quotation(mark: str) -> None:
    with pytest.raises(ComplexityError, match="nested deeper"):
        refuse_dangerous(f"ASK {{ ?s ?p {mark} . {'{' * 5000}{'}' * 5000} }} #'")


@pytest.mark.parametrize(
    "filter_",
    [
        f"?b<{'(' * 5000}1{')' * 5000}&&?b>1",
        "&&".join([f"?b<{'(' * 50}1&&?b>1"] * 90) + ")" * 4500,
        "&&".join([f"?b<{'1&&' * 500}?b>1"] * 30),
        f"?b<{'+'.join(['1'] * 5000)}&&?b>1",
        f"?b<{'!' * 5000}1&&?b>1",
    ],
)
def test_depth_is_seen_in_what_looks_like_an_iri(filter_: str) -> None:
    """Between the signs of two comparisons without spaces stands an expression, not an IRI."""
    with pytest.raises(ComplexityError):
        refuse_dangerous(f"SELECT * {{ ?s ?p ?b FILTER({filter_}) }}")


def test_honest_iris_are_many_and_long() -> None:
    """Neither slashes and hyphens nor brackets of IRIs count as depth."""
    iris = " ".join(f"<http://example.org/a/b-c/d-e_(f)/{number}?x=1&y=2>" for number in range(5000))
    refuse_dangerous(f"SELECT * {{ VALUES ?s {{ {iris} }} ?s ?p ?o }}")


def test_service_passes_where_it_is_allowed() -> None:
    refuse_dangerous("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", allow_service=True)


def test_operators_side_by_side_are_limited_by_bracket() -> None:
    """The engine nests `||` inside, one in the other: 9,000 of them end the process."""
    with pytest.raises(LimitError, match="operators"):
        refuse_dangerous("ASK { FILTER(" + " || ".join(["true"] * 5000) + ") }")
    refuse_dangerous("SELECT * { VALUES ?n { " + "-1 " * 5000 + "} }")
