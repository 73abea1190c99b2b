"""Which kind of source something is, by what is in it."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

from healthfm.errors import UsageError
from healthfm.sources.bibtex import read_bibtex
from healthfm.sources.download import is_address
from healthfm.sources.ecosystem_graphs import read_ecosystem
from healthfm.sources.imported import Item
from healthfm.sources.list_text import list_text
from healthfm.sources.model_cards import has_front_matter, read_model_cards


class SourceKind(StrEnum):
    """What can be read."""

    LIST = "list"
    ECOSYSTEM_GRAPHS = "ecosystem-graphs"
    MODEL_CARDS = "model-cards"
    BIBTEX = "bibtex"


def source_kind(name: str) -> SourceKind:
    """Return what a file, folder or address is; what nothing speaks against is a list.

    Notes
    -----
    A folder with YAML files in it or in its ``assets`` is Ecosystem Graphs, any other folder holds
    model cards, and so does a ``.jsonl`` file or a Markdown file that begins with metadata.

    Raises
    ------
    InputError
        If a file whose name does not say it cannot be read.
    LimitError
        If such a file is too large.
    """
    path = Path(name)
    if name == "-" or is_address(name):
        return SourceKind.LIST
    if path.is_dir():
        folders = (path / "assets", path)
        has_yaml = any(next(folder.glob("*.y*ml"), None) for folder in folders if folder.is_dir())
        return SourceKind.ECOSYSTEM_GRAPHS if has_yaml else SourceKind.MODEL_CARDS
    by_ending = {
        ".bib": SourceKind.BIBTEX,
        ".jsonl": SourceKind.MODEL_CARDS,
        ".ndjson": SourceKind.MODEL_CARDS,
        ".yaml": SourceKind.ECOSYSTEM_GRAPHS,
        ".yml": SourceKind.ECOSYSTEM_GRAPHS,
    }
    if path.suffix.lower() in by_ending:
        return by_ending[path.suffix.lower()]
    return SourceKind.MODEL_CARDS if has_front_matter(list_text(name)) else SourceKind.LIST


def read_items(name: str, kind: SourceKind) -> Iterator[Item]:
    """Yield what a source that is no list says.

    Raises
    ------
    InputError
        If it cannot be read.
    LimitError
        If it is too large.
    UsageError
        If it is stdin or an address where only files are read, or what reads it is not installed.
    """
    if name == "-" or (is_address(name) and kind is not SourceKind.BIBTEX):
        raise UsageError(f"{name}: {kind} is read from files only; save it and name the file")
    if kind is SourceKind.BIBTEX:
        return read_bibtex(list_text(name), source=Path(name).name)
    read = {SourceKind.ECOSYSTEM_GRAPHS: read_ecosystem, SourceKind.MODEL_CARDS: read_model_cards}[kind]
    return read(Path(name))
