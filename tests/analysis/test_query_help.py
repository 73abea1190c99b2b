"""What an editor offers is what the graph holds."""

from __future__ import annotations

from healthfm.analysis.query_help import query_help
from healthfm.knowledge_graph import KnowledgeGraph
from healthfm.vocabulary import ENTITY_PREFIXES


def test_every_term_is_in_the_graph_and_has_one_kind(kg: KnowledgeGraph) -> None:
    """A query that uses a term as its kind says finds something, and no term is offered twice."""
    terms = query_help(kg.store, kg.questions.values())["terms"]
    assert len({term["curie"] for term in terms}) == len(terms)
    ask = {"class": "?s a ?term", "property": "?s ?term ?o"}
    for kind in {term["kind"] for term in terms}:
        used = [term["curie"] for term in terms if term["kind"] == kind]
        found = kg.query(
            f"SELECT DISTINCT ?term {{ VALUES ?term {{ {' '.join(used)} }} {ask.get(kind, '?term a ?c')} }}"
        )
        unused = set(used) - {row["term"] for row in found.plain()}  # type: ignore[union-attr]
        assert not unused or kind in {"class", "property"}
        assert all(name.startswith("hfm:") for name in unused)


def test_entities_are_offered_but_rows_and_claims_are_not(kg: KnowledgeGraph) -> None:
    """Models, papers and the like are named in queries; claims and rows are reached through them."""
    kinds = {term["kind"] for term in query_help(kg.store, ())["terms"]}
    assert kinds - {"class", "property"} == set(ENTITY_PREFIXES) - {"list", "version", "row", "claim"}


def test_each_question_comes_with_its_query(kg: KnowledgeGraph) -> None:
    """An example can be run as it is."""
    questions = query_help(kg.store, kg.questions.values())["questions"]
    assert [question["name"] for question in questions] == list(kg.questions)
    assert all("SELECT" in question["query"] for question in questions)
