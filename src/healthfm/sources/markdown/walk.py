"""A walk over a list: the entries and skipped places so far, and how one of either is added."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from healthfm.sources.markdown.authors import begins_with_people
from healthfm.sources.markdown.blocks import Block, Blocks
from healthfm.sources.markdown.flat import flatten
from healthfm.sources.markdown.inline import Piece, scan
from healthfm.sources.markdown.items import (
    NOTE,
    STATED_TITLE,
    Item,
    brackets_are_tags,
    named_by_notes,
    tags_of_note,
)
from healthfm.sources.markdown.links import Links, links_in
from healthfm.sources.markdown.naming import Naming, naming
from healthfm.sources.markdown.outline import Outline, is_contents, no_entries
from healthfm.sources.reading import Entry, Skipped
from healthfm.sources.tags import is_label, is_tag


class Walk:
    """The state of a walk over the blocks of a list.

    Parameters
    ----------
    closed
        Whether sections such as news and citation hold no entries.
    """

    def __init__(self, found: Blocks, *, closed: bool = True) -> None:
        self.entries: list[Entry] = []
        self.skipped: list[Skipped] = []
        self.closed_sections = False
        tops = sum(block.kind == "heading" and block.level == 1 for block in found.blocks)
        self.outline = Outline(tops)
        self._blocks = found.blocks
        self._references = found.references
        self._closed = closed
        self._at = 0
        self._brackets_are_tags = brackets_are_tags(found.blocks)
        deeper = any(block.kind == "heading" and block.level > 1 for block in found.blocks)
        self._sections = closed and (deeper or tops > 1)
        self._own_paper_follows = False
        # How deep in details that say more of an entry, such as its abstract.
        self._details_of_entry = 0
        # Whether the run of items that is being read has given an entry.
        self._entry_of_run = False

    def _scan(self, block: Block) -> list[Piece]:
        text, apart = block.lines[0], False
        for line in block.lines[1:]:
            # A blank line between the paragraphs of one item, and a line of authors, divide like hard breaks.
            people = begins_with_people(line)
            text += f"{'  ' if apart or people or not line else ''}\n{line}"
            apart = people
        return scan(text, self._references)

    def _skip(self, line: int, reason: str, links: int) -> None:
        if links:
            self.skipped.append(Skipped(line, reason, links))

    def _closed_here(self) -> str | None:
        """Return why no entries stand here, or None."""
        if self._details_of_entry:
            return "details of an entry"
        reason = self.outline.reason if self._closed else None
        self.closed_sections |= reason is not None
        return reason

    def _before_entries(self) -> bool:
        return self.outline.before_sections and self._sections

    def _name(self, item: Item) -> Naming:
        return naming(item.pieces, brackets_are_tags=self._brackets_are_tags)

    def _add(self, line: int, named: Naming, found: Links, *, section: tuple[str, ...] | None = None) -> None:
        path = self.outline.path if section is None else section
        self.skipped += found.refused
        self.entries.append(Entry(line, named.title, path, tuple(found.links), named.name, named.tag))

    def _entry_or_skip(self, item: Item, notes: Sequence[Item] = ()) -> None:
        named = self._name(item)
        found = Links()
        found.add(item.pieces, item.line)
        tags = [*filter(None, [named.tag]), *_gathered(notes, found)]
        if not named.title:
            named = named_by_notes(notes) or named
        reason = self._no_entry(named, found)
        if not named.title and self._entry_of_run and found.links:
            # A line of links below the item of a work belongs to it.
            last = self.entries[-1]
            self.entries[-1] = replace(last, links=(*last.links, *found.links))
            self.skipped += found.refused
            return
        if reason:
            total = links_in(item.pieces) + sum(note.links() for note in notes)
            self._skip(item.line, reason, total)
            return
        tag = ", ".join(dict.fromkeys(tags)) or None
        self._add(item.line, Naming(named.title, named.name, tag), found)
        self._entry_of_run = True

    def _no_entry(self, named: Naming, found: Links) -> str | None:
        if not named.title:
            return "links without a title"
        if not found.links and found.refused:
            reasons = {refused.reason.rpartition(": ")[2] for refused in found.refused}
            if reasons <= {"leads into the list itself", "leads to a file beside the list"}:
                return "leads to another part of the list"
        if self._before_entries() and not any(link.kind == "paper" for link in found.links):
            return "before the first section"
        return None

    def _named_by_heading(self, roots: Sequence[Item]) -> bool:
        """Read items that are all links and notes as one work, if the heading above can be its title."""
        above = self.outline.title_above
        links = sum(item.links() for item in roots)
        if above is None or not links or is_label(above[1]) or no_entries(above[1]) or is_contents(above[1]):
            return False
        named = naming(scan(above[1]))
        stated = [item for item in roots if STATED_TITLE.match(flatten(item.pieces).text)]
        others = [item for item in roots if item not in stated]
        if any(self._is_titled(item, notes=bool(stated)) for item in others):
            return False
        if stated:
            title = naming(stated[0].pieces)
            named = Naming(title.title, title.name or named.title or None, title.tag or named.tag)
        if not named.title or is_tag(named.title):
            return False
        found = Links()
        tags = [*filter(None, [named.tag]), *_gathered(roots, found)]
        named = Naming(named.title, named.name, ", ".join(dict.fromkeys(tags)) or None)
        if self._no_entry(named, found):
            return False
        self._add(above[0], named, found, section=self.outline.path[:-1])
        return True

    def _is_titled(self, item: Item, *, notes: bool) -> bool:
        """Whether an item has a title of its own; among `notes`, what has no link is one of them."""
        if not self._name(item).title:
            return False
        text = flatten(item.pieces).text
        return item.links() > 0 or not (notes or NOTE.match(text) or is_tag(text) or begins_with_people(text))


def _gathered(items: Iterable[Item], found: Links) -> list[str]:
    """Add the links of items, and of all below them, to those found; return what they say as tags."""
    tags = []
    for item in (each for root in items for each in root.walk()):
        found.add(item.pieces, item.line)
        tags += tags_of_note(item.pieces)
    return tags
