"""The recorded rows of a list: what it said when it was read, under ids that never change.

A row's id is minted once and stored. Reading a newer version of the list finds each row again by
what it says, never by its line alone, and touches neither the id nor what a curator wrote: the work
that the row is about, and the links that are disputed.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import yaml

from healthfm.sources.markdown import Entry, Link, ListReading, link_mapping
from healthfm.sources.titles import folded_title


@dataclass(frozen=True, slots=True)
class Dispute:
    """A link of a row that is wrong: as written, where it ought to lead, and why."""

    url: str
    correct: str
    reason: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a list; `about` is the paper it stands for, once a curator has approved one."""

    id: str
    line: int
    section: tuple[str, ...]
    title: str
    links: tuple[Link, ...]
    about: str | None = None
    disputed: tuple[Dispute, ...] = ()


@dataclass(frozen=True, slots=True)
class ListRecord:
    """A list in one version, with its rows in the order of the file.

    Parameters
    ----------
    prefix
        Start of the row ids.
    commit, content_id
        The version: the revision of the repository, and the SWHID of the file's content.
    described_by
        The paper that the list rests on.
    minted
        How many row ids were ever minted; a number is not used twice.
    """

    id: str
    name: str
    url: str
    prefix: str
    minted: int
    rows: tuple[Row, ...]
    date: str | None = None
    commit: str | None = None
    content_id: str | None = None
    described_by: str | None = None

    def to_yaml(self) -> str:
        """Return the record as the text of its file, the same for the same record."""
        head: dict[str, Any] = {
            "id": self.id,
            "name": self.name,
            "url": self.url,
            "date": self.date,
            "commit": self.commit,
            "content_id": self.content_id,
            "described_by": self.described_by,
            "prefix": self.prefix,
            "minted": self.minted,
        }
        document = {key: value for key, value in head.items() if value is not None}
        document["rows"] = [_row_mapping(row) for row in self.rows]
        return yaml.safe_dump(
            document, sort_keys=False, allow_unicode=True, width=100_000, default_flow_style=None
        )


def _row_mapping(row: Row) -> dict[str, Any]:
    mapping: dict[str, Any] = {
        "id": row.id,
        "line": row.line,
        "section": list(row.section),
        "title": row.title,
        "links": [link_mapping(link) for link in row.links],
    }
    if row.about is not None:
        mapping["about"] = row.about
    if row.disputed:
        mapping["disputed"] = [
            {"url": dispute.url, "correct": dispute.correct, "reason": dispute.reason}
            for dispute in row.disputed
        ]
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


#: How a row is found again, the surest way first. The line is in none of them.
_WAYS: Final[Sequence[Callable[[Entry | Row], Hashable]]] = (
    lambda row: (row.title, row.section, tuple(link.url for link in row.links)),
    lambda row: (row.section, tuple(link.id for link in row.links)),
    lambda row: (row.section, folded_title(row.title)),
    lambda row: (folded_title(row.title), tuple(link.id for link in row.links)),
)


def record(reading: ListReading, previous: ListRecord, *, text: str) -> ListRecord:
    """Return the record of a reading: known rows keep id and approvals, new ones get new ids.

    Parameters
    ----------
    previous
        The record so far; one without rows for a list that was never read.
    text
        What was read, for its content id.
    """
    known = _match(reading.entries, previous.rows)
    minted = previous.minted
    rows = []
    for index, entry in enumerate(reading.entries):
        old = known.get(index)
        if old is None:
            minted += 1
            old = Row(f"{previous.prefix}-{minted:04d}", 0, (), "", ())
        disputed = tuple(d for d in old.disputed if d.url in {link.url for link in entry.links})
        rows.append(
            replace(
                old,
                line=entry.line,
                section=entry.section,
                title=entry.title,
                links=entry.links,
                disputed=disputed,
            )
        )
    new_content = content_id(text)
    same = new_content == previous.content_id
    return replace(
        previous,
        rows=tuple(rows),
        minted=minted,
        content_id=new_content,
        # The date and revision are those of the content they were given for.
        date=previous.date if same or not previous.content_id else None,
        commit=previous.commit if same or not previous.content_id else None,
    )


def _match(entries: Sequence[Entry], rows: Sequence[Row]) -> dict[int, Row]:
    found: dict[int, Row] = {}
    left = list(rows)
    for way in _WAYS:
        by_key: dict[Hashable, list[Row]] = defaultdict(list)
        for row in left:
            by_key[way(row)].append(row)
        for index, entry in enumerate(entries):
            if index not in found and by_key.get(way(entry)):
                found[index] = by_key[way(entry)].pop(0)
        taken = {row.id for row in found.values()}
        left = [row for row in left if row.id not in taken]
    return found


def write_back(record_: ListRecord) -> str:
    """Return a Markdown list with the recorded rows; reading it gives their titles, sections and links."""
    lines = [f"# {record_.name}", ""]
    section: tuple[str, ...] = ()
    for row in record_.rows:
        if row.section != section:
            shared = next(
                (i for i, (a, b) in enumerate(zip(row.section, section, strict=False)) if a != b), None
            )
            start = min(len(row.section) - 1, len(section)) if shared is None else shared
            lines += [
                f"\n{'#' * (level + 2)} {row.section[level]}\n" for level in range(start, len(row.section))
            ]
            section = row.section
        links = " ".join(f"[[{link.label}]](<{link.url}>)" for link in row.links)
        lines.append(f"* {_escaped(row.title)} {links}")
    return "\n".join(lines) + "\n"


def _escaped(title: str) -> str:
    return "".join(f"\\{character}" if character in "\\`*_[]<>#&!" else character for character in title)
