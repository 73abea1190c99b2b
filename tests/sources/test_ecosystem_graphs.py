"""Ecosystem Graphs: every asset and dependency comes out, each oddity is named."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from healthfm.errors import InputError
from healthfm.sources.ecosystem_graphs import read_ecosystem
from healthfm.sources.imported import CandidateClaim, Imported, Oddity

ASSETS = """\
- name: Alpha
  type: model
  url: https://arxiv.org/abs/2001.00001
  created_date: {value: 2020-01-01, explanation: The day of the paper.}
  license: {value: MIT, explanation: In the repository.}
  access: open
  size: unknwon
  modality: {explanation: Nobody says.}
  training_time: ''
  dependencies: [Corpus One, beta, Gama, Twin, '', Unknown]
- name: Beta
  type: model
  created_date: '2019'
  license: Unknown
  url: on request
  dependencies: {value: [Alpha], explanation: As the paper says.}
- name: Gamma
  type: dataset
  created_date: unknown
  dependencies: none at all
- name: Corpus One
  type: dataset
  name: Corpus One
  dependencies: []
- name: Twin
  type: application
  dependencies: Alpha
  url: ['https://a.org/twin', 'https://b.org']
- name: Twin
  type: application
  dependencies: []
- type: model
  dependencies: []
- just text
"""


@pytest.fixture
def items(tmp_path: Path) -> list[Imported | CandidateClaim | Oddity]:
    """Return what a folder with good, odd and broken files says."""
    assets = tmp_path / "assets"
    assets.mkdir()
    (assets / "maker.yaml").write_text(ASSETS, encoding="utf-8")
    (assets / "broken.yaml").write_text("a: [1\nb: }", encoding="utf-8")
    (assets / "deep.yaml").write_text("[" * 100_000, encoding="utf-8")
    (assets / "mapping.yaml").write_text("a: 1\n", encoding="utf-8")
    return list(read_ecosystem(tmp_path))


def test_assets_keep_all_they_say(items: list[object]) -> None:
    """Values are unwrapped, explanations kept, and what says unknown is a key without a value."""
    assets = {item.entry.title: item for item in items if isinstance(item, Imported)}
    assert set(assets) == {"Alpha", "Beta", "Gamma", "Corpus One", "Twin"}
    alpha = assets["Alpha"]
    assert (alpha.place, alpha.entry.section) == ("maker.yaml:1", ("maker", "model"))
    assert [link.id for link in alpha.entry.links] == ["arxiv:2001.00001"]
    assert alpha.facts == {
        "created_date": "2020-01-01",
        "created_date explanation": "The day of the paper.",
        "license": "MIT",
        "license explanation": "In the repository.",
        "access": "open",
        "modality explanation": "Nobody says.",
    }
    twins = [item.entry for item in items if isinstance(item, Imported) and item.entry.title == "Twin"]
    assert [[link.url for link in twin.links] for twin in twins] == [["https://a.org/twin"], []]
    assert alpha.unknown == ("size", "modality", "training_time")


def test_each_dependency_is_a_claim_or_named(items: list[object]) -> None:
    """A name as written, one spelt otherwise and one that names nothing; what is not known is reported."""
    claims = [
        (item.child, item.parent, item.parent_described) for item in items if isinstance(item, CandidateClaim)
    ]
    assert claims == [
        ("Alpha", "Corpus One", True),
        ("Alpha", "Beta", True),
        ("Alpha", "Gama", False),
        ("Alpha", "Twin", True),
        ("Beta", "Alpha", True),
        ("Twin", "Alpha", True),
    ]
    first = next(item for item in items if isinstance(item, CandidateClaim))
    assert (first.relation, first.locator) == ("dependsOn", "assets/maker.yaml:1")
    assert first.statement == "Ecosystem Graphs lists 'Corpus One' among the dependencies of 'Alpha'."


def test_every_oddity_is_counted(items: list[object]) -> None:
    """Nothing odd goes by without a word, and no file stops the others."""
    assert Counter(item.what for item in items if isinstance(item, Oddity)) == {
        "a value wrapped in its explanation": 3,
        "an explanation alone": 1,
        "unknown, spelt 'unknwon'": 1,
        "unknown, spelt 'Unknown'": 1,
        "a date that is no day": 1,
        "a name that several assets have": 2,
        "a key that stands twice": 1,
        "a dependency spelt otherwise": 1,
        "a dependency that names nothing": 1,
        "a dependency that several assets answer to": 1,
        "a dependency that is not known": 2,
        "dependencies that are no list": 2,
        "an address that cannot be used": 1,
        "an item without a name or a known type": 2,
        "a file that cannot be read": 2,
        "a file that is no list of assets": 1,
    }


def test_an_empty_folder_is_no_ecosystem(tmp_path: Path) -> None:
    """A wrong folder is said to be one."""
    for path in (tmp_path, tmp_path / "nowhere.yaml"):
        with pytest.raises(InputError, match="no YAML file there"):
            list(read_ecosystem(path))
