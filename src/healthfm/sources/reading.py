"""What the reader of a list returns: entries, links, and each place that is no entry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from healthfm.sources.link_kinds import LinkKind
from healthfm.sources.titles import folded_title


@dataclass(frozen=True, slots=True)
class Link:
    """A link of an entry: label and address as written, its kind, and what it identifies.

    An address that lacks its scheme or has spaces in it is made usable, so that it leads somewhere.
    """

    label: str
    url: str
    kind: LinkKind
    id: str
    version: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One work as a list has it.

    Parameters
    ----------
    line
        Where it begins, from 1.
    title
        Without tags, quotes, authors and emphasis.
    section
        The headings above it, the outermost first.
    name
        The short name that the list marks, if it marks one.
    tag
        Venue, date or both, as the list writes them.
    """

    line: int
    title: str
    section: tuple[str, ...]
    links: tuple[Link, ...]
    name: str | None = None
    tag: str | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """A place that is no entry, or a link that is none: why, and how many links that leaves out."""

    line: int
    reason: str
    links: int


@dataclass(frozen=True, slots=True)
class ListReading:
    """What was read of a list: every link of the file is in an entry or in something skipped."""

    source: str
    name: str
    entries: tuple[Entry, ...]
    skipped: tuple[Skipped, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the reading as plain values, for JSON; a link without a version has no such key."""
        return {
            "source": self.source,
            "entries": [entry_mapping(entry) for entry in self.entries],
            "skipped": [
                {"line": skipped.line, "reason": skipped.reason, "links": skipped.links}
                for skipped in self.skipped
            ],
        }

    def summary(self) -> str:
        """Say in one line what was read."""
        links = sum(len(entry.links) for entry in self.entries)
        titles = len({folded_title(entry.title) for entry in self.entries})
        left = sum(skipped.links for skipped in self.skipped)
        return f"{len(self.entries)} rows, {links} links, {titles} titles; {left} links elsewhere"


def entry_mapping(entry: Entry) -> dict[str, Any]:
    """Return an entry as plain values; name and tag only where the list gives them."""
    marked = {"name": entry.name, "tag": entry.tag}
    return {
        "line": entry.line,
        "title": entry.title,
        **{key: value for key, value in marked.items() if value},
        "section": list(entry.section),
        "links": [link_mapping(link) for link in entry.links],
    }


def link_mapping(link: Link) -> dict[str, str]:
    """Return a link as plain values."""
    values = {"label": link.label, "url": link.url, "kind": str(link.kind), "id": link.id}
    return values | ({"version": link.version} if link.version else {})
