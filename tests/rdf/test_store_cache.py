"""The store kept per build: the same answers, never an old build's, and no harm when it is broken."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import healthfm
from healthfm.rdf.store_cache import cached_store
from tests.conftest import ROOT

BUILT = ROOT / "graph" / "dist" / "healthfm.trig"


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Point the cache at a folder of the test's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "healthfm"


def test_it_holds_what_the_file_holds(cache: Path) -> None:
    """Every quad of the file is in the store, and no other, now and when it is opened again."""
    parsed = healthfm.load(BUILT)
    for _ in range(2):
        store = cached_store(str(BUILT))
        assert store is not None
        assert set(store) == set(parsed.store.quads_for_pattern(None, None, None))
    assert len(list(cache.iterdir())) == 1


def test_a_new_build_gets_a_new_store_and_the_old_one_goes(cache: Path, tmp_path: Path) -> None:
    """Nobody is ever answered from a build that is gone."""
    path = tmp_path / "graph.trig"
    path.write_text("<http://a/s> <http://a/p> 1 .", encoding="utf-8")
    assert len(cached_store(str(path)) or ()) == 1
    path.write_text("<http://a/s> <http://a/p> 1, 2 .", encoding="utf-8")
    assert len(cached_store(str(path)) or ()) == 2
    assert len(list(cache.iterdir())) == 1


def test_whatever_breaks_it_the_file_is_parsed(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A torn store, an emptied one, and no place for one: the answers stay the same."""
    expected = len(healthfm.load(BUILT))
    cached_store(str(BUILT))
    place = next(cache.iterdir())
    for file in place.iterdir():
        file.write_bytes(b"")
    assert len(healthfm.load(BUILT, cached=True)) == expected
    shutil.rmtree(place)
    place.mkdir()
    assert len(healthfm.load(BUILT, cached=True)) == expected
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert len(healthfm.load(BUILT, cached=True)) == expected
