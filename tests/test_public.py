"""The front door: what is public is said, documented and true."""

from __future__ import annotations

import re
import types

import healthfm
from healthfm import errors
from tests.conftest import ROOT


def test_all_is_what_is_visible() -> None:
    """`__all__` names every public name of the package, and no other."""
    visible = {
        name
        for name, value in vars(healthfm).items()
        if not name.startswith("_") and not isinstance(value, types.ModuleType)
    }
    assert set(healthfm.__all__) - {"__version__"} == visible


def test_there_is_one_root_of_errors_with_the_codes_of_the_contract() -> None:
    """Every error of ours can be caught as one, and has an exit code of the contract."""
    own = [
        value for value in vars(errors).values() if isinstance(value, type) and issubclass(value, Exception)
    ]
    assert all(issubclass(error, errors.HealthfmError) for error in own)
    assert {error.exit_code for error in own} == {1, 2, 3, 4}  # type: ignore[attr-defined]


def test_versions_agree() -> None:
    """Package, ontology, citation and change log name the same version."""
    ontology = (ROOT / "ontology" / "healthfm.ttl").read_text(encoding="utf-8")
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for text, pattern in (
        (ontology, r'owl:versionInfo "(.*?)"'),
        (citation, r"^version: (\S+)$"),
        (changelog, r"^## (\d\S+)"),
        (project, r'^version = "(.*?)"'),
    ):
        match = re.search(pattern, text, re.MULTILINE)
        assert match is not None
        assert match[1] == healthfm.__version__
