"""Model cards: base models become candidate claims, whatever is wrong is named, memory stays flat."""

from __future__ import annotations

import json
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthfm.errors import InputError
from healthfm.sources.imported import CandidateClaim, Imported, Oddity
from healthfm.sources.model_cards import read_model_cards


def card(metadata: str) -> str:
    """Return the text of a card."""
    return f"---\n{metadata}\n---\n# A model\n"


def read(folder: Path, metadata: str) -> list[Imported | CandidateClaim | Oddity]:
    """Read one card of owner/model."""
    path = folder / "owner" / "model" / "README.md"
    path.parent.mkdir(parents=True)
    path.write_text(card(metadata), encoding="utf-8")
    return list(read_model_cards(folder))


@pytest.mark.parametrize(
    ("metadata", "claims", "oddities"),
    [
        ("base_model: a/b\nbase_model_relation: finetune", [("fineTunedFrom", "a/b")], []),
        ("base_model: a/b\nbase_model_relation: adapter", [("adapterOf", "a/b")], []),
        (
            "base_model: [a/b, c/d, a/b]\nbase_model_relation: merge",
            [("mergedFrom", "a/b"), ("mergedFrom", "c/d")],
            ["a base model that stands twice"],
        ),
        (
            "base_model:\n- https://huggingface.co/a/b\nbase_model_relation: quantized",
            [("quantizedFrom", "a/b")],
            [],
        ),
        (
            "base_model: bert-base",
            [("inheritsWeightsFrom", "bert-base")],
            ["a base model without a relation"],
        ),
        (
            "base_model: a/b\nbase_model_relation: distilled",
            [("inheritsWeightsFrom", "a/b")],
            ["a relation that the Hub does not know"],
        ),
        ("base_model: a/b\nbase_model_relation: Finetune", [("fineTunedFrom", "a/b")], []),
        (
            "base_model: https://hf.co/a/b/tree/main\nbase_model_relation: merge",
            [("mergedFrom", "a/b")],
            [],
        ),
        (
            "base_model: [[a/b], {name: c/d}]\nbase_model_relation: merge",
            [],
            ["a base model that names no model", "a base model that names no model"],
        ),
        ("base_model: ./local\nbase_model_relation: merge", [], ["a base model that names no model"]),
        (
            "base_model: owner/model\nbase_model_relation: merge",
            [],
            ["a base model that is the model itself"],
        ),
        ("license: mit\nlicense: apache-2.0", [], ["a key that stands twice"]),
        ("a: [", [], ["metadata that cannot be read"]),
        ("- a list", [], ["metadata that is no mapping"]),
    ],
)
def test_base_models_are_claims(
    tmp_path: Path, metadata: str, claims: list[tuple[str, str]], oddities: list[str]
) -> None:
    """Each relation of the Hub has its property; none said is the group, not a guess."""
    items = read(tmp_path, metadata)
    found = [item for item in items if isinstance(item, CandidateClaim)]
    assert [(claim.relation, claim.parent) for claim in found] == claims
    assert {(claim.child, claim.source) for claim in found} <= {
        ("owner/model", "https://huggingface.co/owner/model")
    }
    assert [item.what for item in items if isinstance(item, Oddity)] == oddities


def test_a_folder_without_cards_is_said_to_be_one(tmp_path: Path) -> None:
    """A wrong folder is no empty source."""
    with pytest.raises(InputError, match=r"no README\.md in it or below"):
        list(read_model_cards(tmp_path))


def test_facts_are_the_cards_own(tmp_path: Path) -> None:
    """Licence, task, data and languages as written; NO stays Norwegian."""
    items = read(tmp_path, "license: mit\npipeline_tag: fill-mask\ndatasets: [a, b]\nlanguage: NO")
    imported = next(item for item in items if isinstance(item, Imported))
    assert imported.facts == {
        "pipeline_tag": "fill-mask",
        "license": "mit",
        "datasets": ("a", "b"),
        "language": "NO",
    }
    assert (imported.entry.title, imported.entry.name) == ("owner/model", "model")
    assert imported.entry.links[0].id == "hf:owner/model"


def test_a_dump_is_read_line_by_line(tmp_path: Path) -> None:
    """Text or metadata, whatever the fields are called; broken lines are named and passed over."""
    path = tmp_path / "cards.jsonl"
    records: list[object] = [
        {"modelId": "a/one", "card": card("base_model: a/zero\nbase_model_relation: merge")},
        {"id": "a/two", "cardData": {"base_model": ["a/one"], "base_model_relation": "finetune"}},
        {"id": "a/three", "readme": "no metadata"},
        {"something": "else"},
        [1],
    ]
    lines = [json.dumps(record) for record in records]
    path.write_text("\n".join([*lines, "{", "", '"\\ud800"']) + "\n", encoding="utf-8")
    items = list(read_model_cards(path))
    assert [(i.child, i.relation) for i in items if isinstance(i, CandidateClaim)] == [
        ("a/one", "mergedFrom"),
        ("a/two", "fineTunedFrom"),
    ]
    assert [(i.place, i.what) for i in items if isinstance(i, Oddity)] == [
        ("cards.jsonl:3", "a card without metadata"),
        ("cards.jsonl:4", "a record without a model id or a card"),
        ("cards.jsonl:5", "a record without a model id or a card"),
        ("cards.jsonl:6", "a line that is no JSON"),
        ("cards.jsonl:8", "a record without a model id or a card"),
    ]


def test_memory_does_not_grow_with_the_dump(tmp_path: Path) -> None:
    """One card is held at a time: reading takes less than a twentieth of the dump."""
    line = json.dumps({"id": "a/b", "cardData": {"base_model": "a/c", "tags": ["x"] * 1000}}) + "\n"
    path = tmp_path / "cards.jsonl"
    path.write_text(line * 1000, encoding="utf-8")
    tracemalloc.start()
    assert sum(isinstance(item, Imported) for item in read_model_cards(path)) == 1000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < path.stat().st_size / 20


@given(st.lists(st.binary(max_size=60), max_size=8))
def test_no_dump_is_too_odd(tmp_path_factory: pytest.TempPathFactory, lines: list[bytes]) -> None:
    """Whatever bytes the lines have, each is a record, an oddity or empty."""
    path = tmp_path_factory.mktemp("dump") / "odd.jsonl"
    path.write_bytes(b"\n".join(lines))
    items = list(read_model_cards(path))
    written = sum(bool(line.strip()) for line in b"\n".join(lines).split(b"\n"))
    assert len({getattr(item, "place", "") for item in items}) == written
