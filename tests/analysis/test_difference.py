"""What two graphs say differently: complete, symmetric, in words, and silent about what only follows."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from pyoxigraph import Store

import healthfm
from healthfm.analysis.difference import compare_graphs
from healthfm.catalog.catalogue import Catalogue
from healthfm.errors import InputError
from healthfm.rdf.dataset import make_dataset
from healthfm.rdf.revisions import open_build
from tests.worlds import catalogues

BIOBERT = "models/biobert.yaml"


def changed(toy: Path, name: str, old: str, new: str) -> None:
    """Change a word in a file of the catalogue."""
    text = (toy / name).read_text(encoding="utf-8")
    assert old in text
    (toy / name).write_text(text.replace(old, new, 1), encoding="utf-8")


def built(toy: Path, ontology: Path) -> Store:
    """Build and open a catalogue."""
    healthfm.build(toy, ontology)
    return open_build(str(toy), toy)


def test_changes_are_said_in_words(toy: Path, ontology: Path) -> None:
    """A year, a claim's relation, a new paper: each once, under its kind; nothing that only follows."""
    old = built(toy, ontology)
    changed(toy, BIOBERT, "year: 2019", "year: 2020")
    changed(toy, BIOBERT, "continuesPretrainingOf", "fineTunedFrom")
    (toy / "papers" / "extra.yaml").write_text(
        "title: Extra\nkind: post\nyear: 2020\nlinks:\n  - {kind: blog, url: 'https://example.org/x'}\n",
        encoding="utf-8",
    )
    difference = compare_graphs(old, built(toy, ontology))
    assert difference.text() == (
        "Works (1 added)\n"
        "  + paper:extra  Extra\n\n"
        "Models, systems, methods and libraries (1 changed)\n"
        "  ~ model:biobert  BioBERT\n"
        "      year: 2019 → 2020\n\n"
        "Lineage claims (1 changed)\n"
        "  ~ claim:biobert-1  biobert fineTunedFrom bert\n"
        "      relation: hfm:continuesPretrainingOf → hfm:fineTunedFrom\n"
    )
    assert "## Works (1 added)\n\n- \\+ paper:extra  Extra" in difference.markdown()


@given(catalogues(), catalogues())
def test_differences_are_symmetric_and_complete(one: Catalogue, other: Catalogue) -> None:
    """What is new one way is gone the other way, and equal graphs alone differ in nothing."""
    first, second = (make_dataset(catalogue, ()) for catalogue in (one, other))
    there = compare_graphs(first.store(), second.store())
    back = compare_graphs(second.store(), first.store())
    turned = {"added": "removed", "removed": "added", "changed": "changed"}
    assert {(t.id, t.change) for t in there.things} == {(t.id, turned[t.change]) for t in back.things}
    assert (len(there) == 0) == (first.asserted == second.asserted)
    assert len(compare_graphs(first.store(), first.store())) == 0


def test_a_revision_is_the_build_committed_with_it(toy: Path, ontology: Path) -> None:
    """A tag, a branch or a hash names the build of its time; what is none of them is said to be none."""
    git = ["git", "-C", str(toy), "-c", "user.name=t", "-c", "user.email=t@example.org"]
    built(toy, ontology)
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "first"], ["tag", "v1"]):
        subprocess.run([*git, *command], check=True)
    changed(toy, BIOBERT, "year: 2019", "year: 2020")
    new = built(toy, ontology)
    assert [thing.id for thing in compare_graphs(open_build("v1", toy), new).things] == ["model:biobert"]
    with pytest.raises(InputError, match="no file, folder or revision"):
        open_build("--help", toy)
    shutil.rmtree(toy / "dist")
    with pytest.raises(InputError, match="no build"):
        open_build(str(toy), toy)
