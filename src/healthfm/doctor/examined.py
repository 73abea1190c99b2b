"""A list under examination: its text, what was read of it, and what the catalogue knows of its works."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from rapidfuzz import fuzz

from healthfm.sources.reading import Entry, Link, ListReading
from healthfm.sources.same_work import KnownWorks, Mention, compare
from healthfm.sources.sections import RowKind, row_kind

#: A link, and the entry it stands in.
Placed = tuple[Entry, Link]

#: Two titles of one work share at least this much (0 to 100); see `healthfm.sources.same_work`.
_RELATED: Final = 66.0
#: What stands further below an entry is no part of it, whoever comes next.
_MOST_LINES: Final = 12


@dataclass(frozen=True)
class KnownWork:
    """A work of the catalogue: its curated title, all it is called, and its identifiers, the best first."""

    name: str
    title: str
    mention: Mention
    ids: tuple[str, ...]


@dataclass(frozen=True)
class Known:
    """What the catalogue knows; empty where there is none.

    Parameters
    ----------
    works
        By the id of their paper.
    official_code
        ``(work, identifier of its code)`` → whether the authors published it.
    """

    works: dict[str, KnownWork]
    official_code: dict[tuple[str, str], bool]

    @cached_property
    def _index(self) -> KnownWorks:
        return KnownWorks((name, work.mention) for name, work in self.works.items())

    @cached_property
    def _owners(self) -> dict[str, KnownWork]:
        return {identifier: work for work in self.works.values() for identifier in work.ids}

    def owner(self, identifier: str) -> KnownWork | None:
        """Return the work that an identifier belongs to."""
        return self._owners.get(identifier)

    def by_title(self, entry: Entry) -> KnownWork | None:
        """Return the work that has an entry's title, whatever its links say."""
        matches = self._index.matches(title_mention(entry))
        sure = [name for name, match in matches.items() if match.sure]
        return self.works[sure[0]] if len(sure) == 1 else None


@dataclass(frozen=True)
class Examined:
    """A list under examination."""

    text: str
    reading: ListReading
    known: Known

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the list."""
        return self.text.replace("\r\n", "\n").split("\n")

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries of the list."""
        return self.reading.entries

    @cached_property
    def works(self) -> tuple[Entry, ...]:
        """The entries that are works: a row of data sets or laws may link to whatever paper speaks of it."""
        return tuple(entry for entry in self.entries if row_kind(entry.section) is RowKind.WORK)

    def placed(self, links_of: Callable[[Entry], list[Link]]) -> dict[str, list[Placed]]:
        """Return identifier → the works that have such a link to it, with the link."""
        by_identifier: dict[str, list[Placed]] = defaultdict(list)
        for entry in self.works:
            for link in links_of(entry):
                by_identifier[link.id].append((entry, link))
        return by_identifier

    def lines_of(self, entry: Entry) -> Iterator[tuple[int, str]]:
        """Yield the lines of an entry with their numbers, up to the next entry."""
        end = self._ends.get(entry.line, entry.line + 1)
        yield from enumerate(self.lines[entry.line - 1 : end - 1], entry.line)

    def line_with(self, entry: Entry, written: str) -> int | None:
        """Return the first line of an entry that holds a text."""
        return next((number for number, line in self.lines_of(entry) if written in line), None)

    def line_of(self, entry: Entry, link: Link) -> int:
        """Return the line of a link of an entry; the entry's own if it is written otherwise there."""
        return self.line_with(entry, link.url) or entry.line

    @cached_property
    def _ends(self) -> dict[int, int]:
        starts = sorted({entry.line for entry in self.entries})
        return {
            start: max(start + 1, min(following, start + _MOST_LINES))
            for start, following in zip(starts, [*starts[1:], len(self.lines) + 1], strict=True)
        }


def paper_links(entry: Entry) -> list[Link]:
    """Return the links of an entry that lead to papers."""
    return [link for link in entry.links if link.kind == "paper"]


def code_links(entry: Entry) -> list[Link]:
    """Return the links of an entry that lead to code on GitHub."""
    return [link for link in entry.links if link.kind == "code" and link.id.startswith("github:")]


def title_mention(entry: Entry) -> Mention:
    """Return what an entry calls its work, without what its links say."""
    return Mention((entry.title,), names=(entry.name,) if entry.name else ())


def related(one: Mention, other: Mention) -> bool:
    """Whether two mentions may be of one work by what they are called, however they are spelt.

    A retitled preprint keeps most of its words or its short name.
    """
    if one.called & other.called or _begins_with_name(one, other) or _begins_with_name(other, one):
        return True
    if (match := compare(one, other)) is not None and match.sure:
        return True
    return any(
        max(fuzz.token_set_ratio(a, b), fuzz.ratio(a, b)) >= _RELATED
        for a in one.folded
        for b in other.folded
    )


def _begins_with_name(one: Mention, other: Mention) -> bool:
    """Whether a title is the other's name, alone or with sizes and versions behind it."""
    return any(
        re.match(rf"{re.escape(name)}(?![^\W\d_])", title) for title in one.folded for name in other.called
    )
