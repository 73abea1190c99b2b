"""Names in a query that the graph does not hold: all of ours, none of others'."""

from __future__ import annotations

import pytest

from healthfm.analysis.unknown_terms import unknown_terms
from healthfm.cli import main
from healthfm.knowledge_graph import KnowledgeGraph


@pytest.mark.parametrize(
    ("query", "lines"),
    [
        ("ASK { ?m hfm:year 2020 }", []),
        (
            "ASK { model:pubmedbertt hfm:year ?y }",
            ["no triple has 'model:pubmedbertt'; nearest: 'pubmedbert'"],
        ),
        ("ASK { ?m ex:year 'hfm:nothing' } # hfm:nothing", []),
        ("ASK { ?m rdfs:nothing xsd:integer }", []),
        (
            r"ASK { model:pubmed\,bert hfm:year ?y }",
            ["no triple has 'model:pubmed\\,bert'; nearest: 'pubmedbert'"],
        ),
        ("PREFIX hfm: <http://example.org/> ASK { ?m hfm:yeer ?y }", []),
        (
            "ASK { ?m dataset:qqqqzzzz ?y }",
            ["no triple has 'dataset:qqqqzzzz'; `healthfm search` finds things by name"],
        ),
    ],
)
def test_it_says_each_name_that_no_triple_has(kg: KnowledgeGraph, query: str, lines: list[str]) -> None:
    """As subject, property or object; in comments and texts nothing is a name."""
    assert unknown_terms(kg.store, query) == lines


def test_every_term_of_every_named_question_is_known(kg: KnowledgeGraph) -> None:
    """Terms that are written as names in queries we ship are in the graph that we ship."""
    for question in kg.questions.values():
        assert unknown_terms(kg.store, question.text) == [], question.name


def test_the_command_line_says_it_on_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["query", "SELECT ?m { ?m hfm:yeer ?y }", "--format", "csv"]) == 0
    out, err = capsys.readouterr()
    assert out.split() == ["m"]
    assert err == "healthfm: no triple has 'hfm:yeer'; nearest: 'year'\n"
