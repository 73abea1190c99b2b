"""The README is true: its Python runs, its commands print what it says, its tables are counted."""

from __future__ import annotations

import importlib.util
import re

from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_it_says_what_the_project_prints_now() -> None:
    """Every output, table and number in it is what running and counting gives."""
    spec = importlib.util.spec_from_file_location("refresh_readme", ROOT / "docs" / "refresh_readme.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.refreshed(README) == README, "run `make readme` and look at what it changed"
    assert set(module.PARTS) == set(module.named_parts(README))


def test_what_it_points_to_is_there() -> None:
    """Every relative link leads to a file of the project."""
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", README)
    assert len(targets) > 8
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_it_says_what_people_must_know() -> None:
    """The lack of advice, and that the addresses are names, are in it."""
    assert "no regulatory, clinical or legal advice" in " ".join(README.lower().split())
    assert "w3id.org" in README
    assert "names, not yet pages" in README
