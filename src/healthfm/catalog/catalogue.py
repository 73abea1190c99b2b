"""The catalogue as one value: every entry by its id, and the file it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from healthfm.catalog.entries import Artifact, Dataset, Family, License, Organization, Paper
from healthfm.catalog.yaml_reader import Document, Path
from healthfm.sources.rows import ListRecord


@dataclass(frozen=True, slots=True)
class SourceFile:
    """Where an entry was read: the file as shown to people, and the lines in it."""

    name: str
    document: Document
    prefix: Path = ()

    def place(self, *path: str | int) -> str:
        """Return ``file:line`` of the value at `path` inside the entry."""
        return f"{self.name}:{self.document.line_of((*self.prefix, *path))}"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All curated entries, by kind and id.

    Parameters
    ----------
    files
        ``(kind, id)`` → the file the entry was read from; `kind` is the name of the field here.
    drafts
        ``(kind, id)`` → what is still to be done; drafts are among no entries.
    """

    artifacts: Mapping[str, Artifact]
    papers: Mapping[str, Paper]
    organizations: Mapping[str, Organization] = field(default_factory=dict)
    families: Mapping[str, Family] = field(default_factory=dict)
    datasets: Mapping[str, Dataset] = field(default_factory=dict)
    licenses: Mapping[str, License] = field(default_factory=dict)
    lists: Mapping[str, ListRecord] = field(default_factory=dict)
    files: Mapping[tuple[str, str], SourceFile] = field(default_factory=dict)
    drafts: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def place(self, kind: str, entry: str, *path: str | int) -> str:
        """Return ``file:line`` of a value of an entry, for messages."""
        source = self.files.get((kind, entry))
        return source.place(*path) if source else f"{kind}/{entry}:1"
