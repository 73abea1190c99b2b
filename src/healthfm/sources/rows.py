"""The recorded rows of a list: what it said in each version that was read, under ids that never change.

A row's id is minted once and stored. `healthfm.sources.list_update` finds each row again by what it
says, never by its line alone, and touches neither the id nor what a curator wrote: what the row is
about, what kind of row it is, and the links that are disputed.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

import yaml

from healthfm.sources.reading import Link, link_mapping
from healthfm.sources.sections import RowKind


@dataclass(frozen=True, slots=True)
class Dispute:
    """A link of a row that is wrong: as written, where it ought to lead, and why."""

    url: str
    correct: str
    reason: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a list.

    Parameters
    ----------
    kind
        What it lists; only a work has a paper.
    about
        The paper of a work, once it is decided, or the dataset of a dataset, where there is an entry.
    since, until
        The numbers of the versions in which it was first and last seen; no `until` while it is there.
    """

    id: str
    line: int
    section: tuple[str, ...]
    title: str
    links: tuple[Link, ...]
    kind: RowKind = RowKind.WORK
    name: str | None = None
    tag: str | None = None
    about: str | None = None
    disputed: tuple[Dispute, ...] = ()
    since: int = 1
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a list: when, which revision of its repository, and the SWHID of its content."""

    date: str | None = None
    commit: str | None = None
    content_id: str | None = None

    def __str__(self) -> str:
        """Say which it is, as shortly as can be told apart."""
        known = [self.date, self.commit and self.commit[:8]]
        return ", ".join(filter(None, known)) or self.content_id or "not dated"


@dataclass(frozen=True, slots=True)
class ListRecord:
    """A list with all versions that were read; its rows are those of the newest, in the file's order.

    Parameters
    ----------
    prefix
        Start of the row ids.
    versions
        The oldest first; the first has number 1.
    described_by
        The paper that the list rests on.
    minted
        How many row ids were ever minted; a number is not used twice.
    gone
        Rows that the newest version no longer has.
    """

    id: str
    name: str
    url: str
    prefix: str
    minted: int
    rows: tuple[Row, ...]
    versions: tuple[Version, ...] = ()
    gone: tuple[Row, ...] = ()
    described_by: str | None = None

    @property
    def newest(self) -> Version:
        """The version that the rows stand in."""
        return self.versions[-1] if self.versions else Version()

    def to_yaml(self) -> str:
        """Return the record as the text of its file, the same for the same record."""
        document: dict[str, Any] = {"id": self.id, "name": self.name, "url": self.url}
        if self.described_by is not None:
            document["described_by"] = self.described_by
        document |= {"prefix": self.prefix, "minted": self.minted}
        document["versions"] = [
            {
                key: getattr(version, key)
                for key in ("date", "commit", "content_id")
                if getattr(version, key) is not None
            }
            for version in self.versions
        ]
        document["rows"] = [_row_mapping(row) for row in self.rows]
        if self.gone:
            document["gone"] = [_row_mapping(row) for row in self.gone]
        return yaml.dump(
            document,
            Dumper=getattr(yaml, "CSafeDumper", yaml.SafeDumper),
            sort_keys=False,
            allow_unicode=True,
            width=100_000,
            default_flow_style=None,
        )


def _row_mapping(row: Row) -> dict[str, Any]:
    mapping: dict[str, Any] = {"id": row.id, "line": row.line}
    if row.kind is not RowKind.WORK:
        mapping["kind"] = str(row.kind)
    mapping |= {"section": list(row.section), "title": row.title}
    marked = {"name": row.name, "tag": row.tag}
    mapping |= {key: value for key, value in marked.items() if value is not None}
    mapping["links"] = [link_mapping(link) for link in row.links]
    if row.about is not None:
        mapping["about"] = row.about
    if row.disputed:
        mapping["disputed"] = [
            {"url": dispute.url, "correct": dispute.correct, "reason": dispute.reason}
            for dispute in row.disputed
        ]
    mapping["since"] = row.since
    if row.until is not None:
        mapping["until"] = row.until
    return mapping


def content_id(text: str) -> str:
    """Return the SWHID of a file's content: the hash that git gives it.

    References
    ----------
    ISO/IEC 18670, https://www.swhid.org/specification/.

    Examples
    --------
    >>> content_id("")
    'swh:1:cnt:e69de29bb2d1d6434b8b29ae775ad8c2e48c5391'
    """
    data = text.encode()
    digest = hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False)
    return f"swh:1:cnt:{digest.hexdigest()}"
