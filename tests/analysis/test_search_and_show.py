"""Finding and showing: by name, other name, typing mistake, identifier and link."""

from __future__ import annotations

import pytest

from healthfm.errors import UnknownNameError, UsageError
from healthfm.knowledge_graph import KnowledgeGraph


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("BioBERT", "model:biobert"),
        ("biobet", "model:biobert"),
        ("clinical bert", "model:clinical-bert"),
        ("PubMedBert", "model:pubmedbert"),
        ("10.1038/s41586-021-03819-2", "paper:alphafold2"),
        ("https://doi.org/10.1038/S41586-021-03819-2", "paper:alphafold2"),
        ("1810.04805", "paper:bert"),
        ("arXiv:1810.04805v2", "paper:bert"),
        ("https://arxiv.org/pdf/1810.04805.pdf", "paper:bert"),
        ("openai/whisper-tiny.en", "model:whisper"),
        ("https://github.com/tencent/medicalnet", "model:med3d"),
        ("residual learning for image recognition", "paper:resnet"),
    ],
)
def test_things_are_found_by_whatever_names_them(kg: KnowledgeGraph, words: str, expected: str) -> None:
    """The thing meant is the first hit, or among the first two where a model and its paper share a name."""
    assert expected in [hit.id for hit in kg.search(words)][:2]


def test_nothing_is_found_where_nothing_fits(kg: KnowledgeGraph) -> None:
    """No hit is better than a wrong one."""
    assert kg.search("zzzz qqqq") == []
    assert kg.search("   ") == []
    with pytest.raises(UsageError, match="use 1 or more"):
        kg.search("bert", limit=0)


def test_a_bare_id_means_the_model_else_the_only_match(kg: KnowledgeGraph) -> None:
    """Ids are resolved by a fixed rule, and what is ambiguous is asked."""
    assert kg.show("bert").id == "model:bert"
    assert kg.show("paper:bert").id == "paper:bert"
    assert kg.show("BioBERT").id == "model:biobert"
    assert kg.show("https://w3id.org/healthfm/family/bert").id == "family:bert"
    assert kg.show("2010.00747").id == "paper:convirt"
    with pytest.raises(UnknownNameError, match="nothing here is called 'qqqq zzzz'"):
        kg.show("qqqq zzzz")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("biobet", "model:biobert"),
        ("https://github.com/Tencent/MedicalNet", "model:med3d"),
        ("10.1038/s41586-021-03819-2", "paper:alphafold2"),
        ("openai/whisper-tiny.en", "model:whisper"),
        ("protein complex prediction with AlphaFold-Multimer", "paper:alphafold-multimer"),
        ("llama2", "model:llama-2"),
    ],
)
def test_show_finds_what_search_finds_beyond_doubt(kg: KnowledgeGraph, name: str, expected: str) -> None:
    """A typing mistake, an identifier, a link or a title lead to the thing itself."""
    assert kg.show(name).id == expected


@pytest.mark.parametrize("name", ["Model", "medical", "bert large"])
def test_a_part_of_a_name_is_not_taken_for_the_thing(kg: KnowledgeGraph, name: str) -> None:
    """Many things have the word; which of them is meant, nobody can know."""
    with pytest.raises(UnknownNameError):
        kg.show(name)


@pytest.mark.parametrize(
    ("name", "older"), [("AlphaFold3", "alphafold2"), ("gpt5", "gpt"), ("llama3", "llama")]
)
def test_a_version_that_is_not_there_is_not_taken_for_another(
    kg: KnowledgeGraph, name: str, older: str
) -> None:
    """A number is no typing mistake: what is known of one version is not told of the next."""
    with pytest.raises(UnknownNameError, match=f"nearest: .*'{older}'"):
        kg.show(name)


def test_show_tells_lineage_sources_and_rows(kg: KnowledgeGraph) -> None:
    """What is known of BioBERT has its parent, its evidence, its rows and the place of each fact."""
    text = kg.show("biobert").text()
    assert "continuesPretrainingOf" in text
    assert "source paper:biobert" in text or "source http" in text
    assert "Large Language Models > Healthcare Domain" in text
    assert "category" in text
    assert "(inferred)" in text
    data = kg.show("biobert").to_dict()
    assert data["builtOn"][0]["parent"] == "model:bert"
    assert data["facts"]["year"] == [2019]
    assert "derivedFrom" not in data["facts"]


def test_a_paper_shows_what_it_introduces(kg: KnowledgeGraph) -> None:
    """The paper of Flan-T5 introduces Flan-PaLM as well."""
    introduced = kg.show("paper:scaling-instruction-finetuned-language-models").to_dict()["facts"][
        "introduces"
    ]
    assert {"model:flan-t5", "model:flan-palm"} <= set(introduced)


def test_a_term_of_the_ontology_is_shown_to_who_writes_its_prefix(kg: KnowledgeGraph) -> None:
    """Its definition says what a relation means; a bare word stays a name of things."""
    shown = kg.show("hfm:extends")
    assert shown.types == ("owl:ObjectProperty",)
    assert "takes over the parent's whole architecture" in shown.text()
    with pytest.raises(UnknownNameError):
        kg.show("extends")
