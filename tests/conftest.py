"""What tests share: the toy world, the real graph, and the original list where it is there."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

import healthfm
from healthfm.knowledge_graph import KnowledgeGraph
from tests.browsing import CHROMIUM, start_chromium

# How long an example takes says as much about the machine as about the program.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

ROOT = Path(__file__).parents[1]
SEED = ROOT.parent / "shared" / "seed" / "awesome-healthcare-foundation-models.md"
TOY = Path(__file__).parent / "toy"


@pytest.fixture
def toy(tmp_path: Path) -> Path:
    """Return a small catalogue of its own, free to be changed: Transformer, BERT and BioBERT."""
    folder = tmp_path / "graph"
    shutil.copytree(TOY, folder)
    return folder


@pytest.fixture(scope="session")
def ontology() -> Path:
    """Return the folder of the ontology."""
    return ROOT / "ontology"


@pytest.fixture(scope="session")
def kg() -> KnowledgeGraph:
    """Return the real graph, as it was last built."""
    return healthfm.load(ROOT / "graph" / "dist" / "healthfm.trig")


@pytest.fixture(scope="session")
def seed() -> str:
    """Return the original list; only a checkout that stands beside ../shared has it."""
    if not SEED.exists():
        if os.environ.get("CI"):
            pytest.fail(f"{SEED} is missing, and CI may skip nothing")
        pytest.skip("the original list (../shared/seed) is not here")
    return SEED.read_text(encoding="utf-8")


# Per module: a browser that stays open keeps an event loop running, which other tests start themselves.
@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Start a browser, or say that there is none; CI must have one."""
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium, and CI may skip nothing")
        pytest.skip("no Chromium on this machine; pages are only tested as text")
    with start_chromium() as browser:
        yield browser
