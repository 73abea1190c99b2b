"""The named questions: expected members, tempting non-members, and a second engine's word."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import rdflib
import yaml

from healthfm.analysis.questions import read_questions
from healthfm.errors import InputError, UnknownNameError, UsageError
from healthfm.knowledge_graph import KnowledgeGraph
from healthfm.rdf.rdflib_graph import bind_prefixes, to_term
from tests.conftest import ROOT
from tests.recorded_lists import read_record

QUESTIONS = read_questions(ROOT / "ontology" / "questions")
EXPECTED: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parent / "expected.yaml").read_text(encoding="utf-8")
)


def test_every_question_has_an_expected_answer() -> None:
    """No question is asked without knowing what must and must not come."""
    assert set(EXPECTED) == set(QUESTIONS)
    assert all(case["lacks"] for case in EXPECTED.values())


@pytest.mark.parametrize("name", QUESTIONS)
def test_answers_hold_members_and_no_tempting_others(kg: KnowledgeGraph, name: str) -> None:
    """Columns are those promised; each expected value comes, and none of those that must not."""
    case = EXPECTED[name]
    rows = kg.ask(name)
    assert rows.variables == QUESTIONS[name].columns
    found = {row[case["column"]] for row in rows.plain()}
    assert set(case["has"]) - found == set()
    assert set(case["lacks"]) & found == set()


def test_the_note_of_a_curated_member_is_its_own(kg: KnowledgeGraph) -> None:
    """A family that takes in several has a note for each; none stands beside another's member."""
    rows = kg.ask("curated-members").plain()
    assert rows
    for row in rows:
        assert row["note"].startswith(f"Includes {row['artifact'].removeprefix('model:')}: ")
    assert len({(row["family"], row["artifact"]) for row in rows}) == len(rows)


@pytest.fixture(scope="module")
def dataset(kg: KnowledgeGraph) -> rdflib.Dataset:
    """Return the real graph as an rdflib dataset with its named graphs."""
    dataset = rdflib.Dataset()
    bind_prefixes(dataset)
    for quad in kg.store.quads_for_pattern(None, None, None):
        name = getattr(quad.graph_name, "value", None)
        graph = dataset.graph(rdflib.URIRef(name)) if name else dataset.default_graph
        graph.add((to_term(quad.subject), to_term(quad.predicate), to_term(quad.object)))
    return dataset


@pytest.mark.parametrize("name", QUESTIONS)
def test_rdflib_answers_the_same(kg: KnowledgeGraph, dataset: rdflib.Dataset, name: str) -> None:
    """The file as it stands, prefixes undeclared, gives the same rows in another engine."""
    ours = sorted(str([str(cell) for cell in row]) for row in kg.ask(name))
    theirs = sorted(str([str(cell) for cell in row]) for row in dataset.query(QUESTIONS[name].text))  # type: ignore[union-attr]
    assert ours == theirs


def test_parameters_are_bound_as_terms(kg: KnowledgeGraph) -> None:
    """A name resolves to its thing; what is no name of the graph is an error, never text in the query."""
    assert "model:openfold" in {
        row["artifact"] for row in kg.ask("family-members", family="AlphaFold").plain()
    }
    with pytest.raises(UnknownNameError):
        kg.ask("family-members", family="x } UNION { ?artifact ?p ?o")
    with pytest.raises(UsageError, match="it has: family"):
        kg.ask("family-members", root="bert")
    with pytest.raises(UnknownNameError, match="nearest: 'bert-variants'"):
        kg.ask("bert-variant")


def test_a_file_without_its_header_is_refused(tmp_path: Path) -> None:
    """A question says what it asks, what it answers and what can be set."""
    (tmp_path / "bad.rq").write_text("SELECT * { ?s ?p ?o }", encoding="utf-8")
    with pytest.raises(InputError, match=r"bad.rq:1: needs one '# question:'"):
        read_questions(tmp_path)
    text = "# question: Q?\n# columns: s\n# parameter: x = model:bert | a thing\nSELECT ?s { ?s ?p ?o }"
    (tmp_path / "bad.rq").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="VALUES block"):
        read_questions(tmp_path)


@pytest.mark.parametrize(
    ("family", "has", "lacks"),
    [
        (
            "alphafold",
            "alphafold2 alphafold-multimer fastfold helixfold uni-fold openfold manyfold colabfold",
            "rosettafold rgn2 progen omegafold esmfold",
        ),
        (
            "bert",
            "bert biobert pubmedbert clinical-bert biomegatron linkbert biolinkbert roberta",
            "biogpt hubert w2v-bert gpt t5 dall-e",
        ),
        ("gpt", "gpt gpt-2 gpt-3 instructgpt", "bert biogpt-2 chatcad deid-gpt"),
        ("vision-transformer", "vit deit mae", "blip resnet"),
    ],
)
def test_families_hold_who_belongs(kg: KnowledgeGraph, family: str, has: str, lacks: str) -> None:
    """Membership follows lineage, not the letters of a name nor the task."""
    rows = kg.query("SELECT ?m WHERE { ?m hfm:memberOf ?f }", f=f"family:{family}")
    members = {row["m"].removeprefix("model:") for row in rows.plain()}  # type: ignore[union-attr]
    assert set(has.split()) - members == set()
    assert set(lacks.split()) & members == set()


def test_the_list_stands_whole(kg: KnowledgeGraph) -> None:
    """Each row of the record is about one work, and every link of it is in the graph with its kind."""
    record = read_record(ROOT / "graph" / "lists" / "awesome-healthcare-foundation-models.yaml")
    works = [row for row in record.rows if row.kind == "work"]
    counted = kg.query(
        """SELECT (COUNT(DISTINCT ?row) AS ?rows) (COUNT(DISTINCT ?work) AS ?works) (COUNT(?work) AS ?abouts)
           WHERE { ?row a hfm:ListRow ; hfm:about ?work }"""
    )
    assert counted.plain() == [  # type: ignore[union-attr]
        {"rows": len(works), "works": len({row.about for row in works}), "abouts": len(works)}
    ]
    assert len(works) >= 171
    links = kg.query(
        """SELECT (COUNT(*) AS ?links) WHERE { ?row ?kind ?link . ?kind rdfs:subPropertyOf hfm:listedLink .
           FILTER(?kind != hfm:disputedLink) }"""
    )
    written = {(row.id, link.url) for row in record.rows for link in row.links}
    assert links.plain() == [{"links": len(written)}]  # type: ignore[union-attr]


def test_a_disputed_row_merges_nothing(kg: KnowledgeGraph) -> None:
    """A row with the link of another work is about its own, and both works keep their identifiers."""
    about = kg.query("SELECT DISTINCT ?work { ?row hfm:about ?work }", row="row:ahfm-0206")
    assert about.plain() == [{"work": "paper:e2efold-3d"}]  # type: ignore[union-attr]
    assert kg.show("paper:e2efold-3d").to_dict()["facts"]["arxivId"] == ["2207.01586"]
    assert kg.show("paper:deid-gpt").to_dict()["facts"]["arxivId"] == ["2303.11032"]
    assert kg.show("paper:convirt").to_dict()["facts"]["arxivId"] == ["2010.00747"]
