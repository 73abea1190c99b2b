"""The texts that other servers get: prefixes declared, and the query that counts the rows of another."""

from __future__ import annotations

import pytest
from pyoxigraph import QuerySolutions, Store

from healthfm.analysis.sparql_text import query_form
from healthfm.knowledge_graph import KnowledgeGraph
from healthfm.remote.query_text import COUNT, as_select, counting, names_its_dataset, with_prefixes
from healthfm.vocabulary import PREFIXES
from tests.remote.test_contract import QUERIES, QUESTIONS

#: Places where a count could go wrong.
ODD = (
    "SELECT * { ?s hfm:year ?y } # a comment at the end",
    "SELECT DISTINCT ?y { ?s hfm:year ?y } ORDER BY ?y LIMIT 7 OFFSET 2",
    "SELECT ?x { VALUES ?x { 1 2 2 } } VALUES ?x { 2 3 }",
    "SELECT (EXISTS { ?s ?p 'FROM <http://a/> {' } AS ?x) ?y { ?s hfm:year ?y }",
    "SELECT ?s\nFROM <https://w3id.org/healthfm/graph/asserted>\nfrom named <http://g/>\n{ ?s hfm:year ?y }",
    "BASE <http://a/> PREFIX h: <https://w3id.org/healthfm/ns/> select ?s { ?s h:year ?y }",
    "SELECT ?y (COUNT(*) AS ?n) { ?s hfm:year ?y } GROUP BY ?y HAVING (?n > 2)",
    "CONSTRUCT { ?s a [ hfm:year ?y ] } FROM <https://w3id.org/healthfm/graph/asserted> { ?s hfm:year ?y }",
    "CONSTRUCT WHERE { ?s hfm:year ?y } LIMIT 9",
)
TEXTS = [*ODD, *QUERIES, *(question.text for question in QUESTIONS.values())]


@pytest.mark.parametrize("query", [text for text in TEXTS if query_form(text) in {"SELECT", "CONSTRUCT"}])
def test_the_count_is_that_of_the_rows(kg: KnowledgeGraph, query: str) -> None:
    """For any SELECT, and for the pattern of any CONSTRUCT; no prefix is known but those in the text."""
    assert isinstance(kg.store, Store)
    select = as_select(with_prefixes(query, PREFIXES))
    rows, counts = kg.store.query(select), kg.store.query(counting(select))
    assert isinstance(rows, QuerySolutions)
    assert isinstance(counts, QuerySolutions)
    assert next(counts)[COUNT].value == str(sum(1 for _ in rows))


def test_a_prefix_of_the_text_wins() -> None:
    """What is declared already is not declared again; what only looks like a prefix harms nothing."""
    own = "PREFIX hfm: <http://a/> SELECT ?s { ?s hfm:year 'model:x' }"
    assert with_prefixes(own, PREFIXES) == own
    assert not names_its_dataset("SELECT ?from { ?from ?p 'FROM' } # FROM")
