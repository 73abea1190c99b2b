"""What a source is shows in its name or its first lines; what cannot be read so is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from healthfm.errors import UsageError
from healthfm.sources.source_kinds import SourceKind, read_items, source_kind


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("README.md", "# L\n* A [P](https://a.org)\n", SourceKind.LIST),
        ("README.md", "---\nlicense: mit\n---\n# A model\n", SourceKind.MODEL_CARDS),
        ("cards.jsonl", "", SourceKind.MODEL_CARDS),
        ("assets.yaml", "", SourceKind.ECOSYSTEM_GRAPHS),
        ("papers.BIB", "", SourceKind.BIBTEX),
        ("owner/model/README.md", "", SourceKind.MODEL_CARDS),
        ("assets/lab.yml", "", SourceKind.ECOSYSTEM_GRAPHS),
    ],
)
def test_a_source_shows_what_it_is(tmp_path: Path, name: str, content: str, kind: SourceKind) -> None:
    """A file by its ending or front matter, a folder by whether YAML lies in it."""
    file = tmp_path / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, encoding="utf-8")
    assert source_kind(str(tmp_path / name.partition("/")[0] if "/" in name else file)) is kind


def test_stdin_and_addresses_are_lists() -> None:
    """Nothing is opened or fetched to find out."""
    assert source_kind("-") is source_kind("https://example.org/papers.bib") is SourceKind.LIST


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("-", SourceKind.BIBTEX),
        ("-", SourceKind.MODEL_CARDS),
        ("https://example.org/README.md", SourceKind.MODEL_CARDS),
        ("https://example.org/assets.yaml", SourceKind.ECOSYSTEM_GRAPHS),
    ],
)
def test_what_is_read_from_files_only_is_refused_elsewhere(name: str, kind: SourceKind) -> None:
    """With a word on what to do, rather than as a file that is missing."""
    with pytest.raises(UsageError, match="save it and name the file"):
        read_items(name, kind)
