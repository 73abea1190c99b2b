"""What is read of a source that is no list: entries with facts, candidate claims, and oddities.

A candidate claim says what the source says, under the names that the source uses; it is evidence for
a curator, and no edge of the graph before one has looked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from healthfm.errors import InputError
from healthfm.sources.identifiers import canonical
from healthfm.sources.link_kinds import link_kind
from healthfm.sources.reading import Entry, Link, entry_mapping

#: A value as the source has it: text, or several.
FactValue = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Imported:
    """A thing that the source describes.

    Parameters
    ----------
    place
        File and line, or the name of the record.
    entry
        Title, name and links, in the form that every reader gives.
    facts
        What else the source says of it, under the source's own keys; nothing that says "unknown".
    unknown
        Keys whose value says, in whatever spelling, that it is not known.
    """

    place: str
    entry: Entry
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain values, for a line of JSON."""
        facts = {key: value if isinstance(value, str) else list(value) for key, value in self.facts.items()}
        return {"place": self.place, **entry_mapping(self.entry), "facts": facts, "unknown": [*self.unknown]}


@dataclass(frozen=True, slots=True)
class CandidateClaim:
    """What the source says of lineage, for a curator to check.

    Parameters
    ----------
    child, parent
        Names of the source.
    relation
        A lineage property of ours, or the group of them that the source's word means.
    statement
        What the source says, in a sentence.
    source, locator
        Where it says so.
    parent_described
        Whether the source itself describes the parent.
    child_id, parent_id
        The artifacts of the catalogue that are meant, where it was asked.
    """

    child: str
    relation: str
    parent: str
    statement: str
    source: str
    locator: str
    parent_described: bool | None = None
    child_id: str | None = None
    parent_id: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain values, for a line of JSON."""
        return {key: getattr(self, key) for key in self.__slots__}


@dataclass(frozen=True, slots=True)
class Oddity:
    """Something that is not as it should be, and what was made of it."""

    place: str
    what: str
    detail: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain values, for a line of JSON."""
        return {key: getattr(self, key) for key in self.__slots__}


Item = Imported | CandidateClaim | Oddity


def as_link(label: str, url: str) -> Link | None:
    """Return a link, or `None` where the address is no http or https address."""
    try:
        identifier = canonical(url)
    except InputError:
        return None
    return Link(label, url, link_kind(label, url, identifier.id), identifier.id, identifier.version)
