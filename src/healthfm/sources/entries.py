"""From the blocks of a list to its entries, and to each place with links that is no entry."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from healthfm.sources.blocks import Block, Blocks
from healthfm.sources.flat import flatten
from healthfm.sources.hidden import written_links
from healthfm.sources.inline import Piece, scan
from healthfm.sources.links import Links, links_in
from healthfm.sources.naming import Naming, naming
from healthfm.sources.outline import Outline, heading_text, no_entries
from healthfm.sources.paragraphs import bold_only, entry_style, is_links_only, parts_of, quoted_group
from healthfm.sources.reading import Entry, Skipped
from healthfm.sources.table_entries import entries_of_table
from healthfm.sources.tables import html_table, pipe_table
from healthfm.sources.tags import is_date, is_label, is_tag
from healthfm.sources.title_text import clean_heading

_NOTE: Final = re.compile(
    r"\W*(?:papers?|pdf|codes?|github|projects?(?: page)?|links?|arxiv|datasets?|data|demo|authors?|venue|"
    r"published|date|"
    r"year|abstract|summary|tl;?dr|keywords?|notes?|description|website|homepage|institutions?|"
    r"affiliations?|official.*|"
    r"models?|weights|checkpoints?|videos?|blogs?|slides|tasks?|modality|citation|bibtex|hugging ?face|"
    r"license|source|url|"
    r"论文|代码|作者|链接|摘要|会议)\s*[::]",
    re.IGNORECASE,
)
_ABOUT_AN_ENTRY: Final = re.compile(
    r"\W*(?:abstract|bib ?tex|citation|cite|tl;?dr|summary|摘要)\W*", re.IGNORECASE
)
_NOTE_SUMMARY: Final = re.compile(
    r"\W*(?:(?:show|click|expand|more|details?|see|toggle|view|open|read)\b.*|abstract|bib ?tex|citation|"
    r"cite|tl;?dr|summary)\W*",
    re.IGNORECASE,
)
_ANNOUNCES_OWN_PAPER: Final = re.compile(
    r"\b(?:following (?:survey|review|paper|article|work|publication)|our (?:survey|review|paper|article|"
    r"work)|"
    r"(?:cit(?:e|ing)|based on))\b.*[::]\s*$",
    re.IGNORECASE | re.DOTALL,
)


#: Items nested deeper than this are read as if they stood at this depth; no real list comes near.
_MAX_NESTING: Final = 30
#: No line of a list and no run of lines without a blank one is longer, in characters; one that is has
#: its links counted and is not read.
_MAX_LINE: Final = 50_000
_MAX_RUN: Final = 200_000


@dataclass(slots=True)
class _Item:
    """A list item with what is nested in it."""

    block: Block
    pieces: list[Piece]
    children: list[_Item] = field(default_factory=list)

    @property
    def line(self) -> int:
        return self.block.line

    def links(self) -> int:
        """Return how many links it and all below it hold."""
        total, waiting = 0, [self]
        while waiting:
            item = waiting.pop()
            total += links_in(item.pieces)
            waiting += item.children
        return total


class EntryReader:
    """A walk over the blocks of a list.

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
        self._brackets_are_tags = _brackets_are_tags(found.blocks)
        deeper = any(block.kind == "heading" and block.level > 1 for block in found.blocks)
        self._sections = closed and (deeper or tops > 1)
        self._own_paper_follows = False
        # How deep in details that say more of an entry, such as its abstract.
        self._details_of_entry = 0
        # Whether the run of items that is being read has given an entry.
        self._entry_of_run = False

    def run(self) -> None:
        """Read all blocks."""
        while self._at < len(self._blocks):
            block = self._blocks[self._at]
            self._at += 1
            own_paper_follows, self._own_paper_follows = self._own_paper_follows, False
            if _too_long(block):
                self._skip(block.line, "longer than any entry", sum(map(written_links, block.lines)))
                continue
            if block.kind == "heading":
                self._details_of_entry = 0
                self._heading(block)
            elif block.kind == "item":
                self._items(block)
            elif block.kind == "paragraph":
                self._paragraph(block, own_paper=own_paper_follows)
            elif block.kind in {"table", "html-table"}:
                self._table(block)
            elif block.kind == "summary":
                self._summary(block)
            elif block.kind == "end":
                self.outline.close_details()
                self._details_of_entry = max(self._details_of_entry - 1, 0)

    # ---- what every kind of block needs

    def _scan(self, block: Block) -> list[Piece]:
        lines = block.lines
        text = lines[0]
        for line in lines[1:]:
            # A blank line between the paragraphs of one item divides like a hard break.
            text += f"\n{line}" if line else "  \n"
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

    def _add(self, line: int, named: Naming, found: Links) -> None:
        self.skipped += found.refused
        self.entries.append(
            Entry(line, named.title, self.outline.path, tuple(found.links), named.name, named.tag)
        )

    # ---- headings

    def _heading(self, block: Block) -> None:
        pieces = self._scan(block)
        self.outline.enter(block.level, heading_text(pieces), block.line)
        self._skip(block.line, "heading", links_in(pieces))

    def _summary(self, block: Block) -> None:
        pieces = self._scan(block)
        text = clean_heading(flatten(pieces).text)
        an_entry = bool(links_in(pieces) and naming(pieces).title and entry_style(pieces))
        if an_entry or self._details_of_entry or _ABOUT_AN_ENTRY.fullmatch(text):
            self._details_of_entry += 1
            self.outline.open_details(None)
            if an_entry and self._details_of_entry == 1:
                self._entry_or_skip(_Item(block, pieces))
            else:
                self._skip(block.line, "details of an entry", links_in(pieces))
            return
        self.outline.open_details(None if _NOTE_SUMMARY.fullmatch(text) else text)
        self._skip(block.line, "heading", links_in(pieces))

    # ---- tables

    def _table(self, block: Block) -> None:
        table = pipe_table(block) if block.kind == "table" else html_table(block)
        reason = self._closed_here()
        if reason:
            cells = [cell for row in table.rows for cell in row.cells if not cell.spanned]
            texts = [*table.header, *(cell.text for cell in cells)]
            self._skip(block.line, reason, sum(links_in(scan(text, self._references)) for text in texts))
            return
        read = entries_of_table(table, self._references)
        group = self.outline.current_group
        self.skipped += read.skipped
        for row in read.rows:
            if row.group:
                self.outline.group(row.group)
            else:
                self._add(row.line, row.naming, row.links)
        # A heading among the rows of a table ends with it.
        self.outline.group(group)

    # ---- paragraphs

    def _paragraph(self, block: Block, *, own_paper: bool) -> None:
        block = self._with_what_follows(block)
        pieces = self._scan(block)
        links = links_in(pieces)
        group = bold_only(pieces) or (quoted_group(pieces) if block.quoted else None)
        if group and (not links or block.quoted):
            self.outline.group(group, block.line)
            self._skip(block.line, "bold heading", links)
            return
        text = flatten(pieces).text
        self._own_paper_follows = bool(_ANNOUNCES_OWN_PAPER.search(text)) and len(text) < 400
        if not links:
            return
        reason = self._closed_here()
        if not reason and own_paper:
            reason = "the paper that the list itself rests on"
        if not reason and self.outline.before_sections and self._sections:
            reason = "before the first section"
        links_alone = not reason and not block.quoted and is_links_only(pieces)
        if links_alone and self._named_by_heading([_Item(block, pieces)]):
            return
        style = entry_style(pieces) if not block.quoted else None
        if reason or style is None:
            self._skip(block.line, reason or "text outside an entry", links)
            return
        for part in parts_of(pieces, style):
            self._entry_or_skip(_Item(Block("paragraph", block.line + part[0].line, []), part))

    def _with_what_follows(self, block: Block) -> Block:
        """Return a bold paragraph together with the paragraphs of authors and links that belong to it."""
        pieces = self._scan(block)
        if block.quoted or links_in(pieces) or not bold_only(pieces) or len(flatten(pieces).text.split()) < 3:
            return block
        for ahead in range(self._at, min(self._at + 4, len(self._blocks))):
            following = self._blocks[ahead]
            if following.kind != "paragraph" or following.quoted or bold_only(self._scan(following)):
                return block
            if is_links_only(self._scan(following)):
                lines = list(block.lines)
                for part in self._blocks[self._at : ahead + 1]:
                    lines += [""] * (part.line - block.line - len(lines)) + part.lines
                self._at = ahead + 1
                return Block("paragraph", block.line, lines)
        return block

    # ---- items

    def _items(self, first: Block) -> None:
        """Read a run of items as a tree by their columns."""
        roots: list[_Item] = []
        above: list[_Item] = []
        block = first
        while True:
            item = _Item(block, self._scan(block))
            while above and (above[-1].block.level >= block.level or len(above) > _MAX_NESTING):
                above.pop()
            (above[-1].children if above else roots).append(item)
            above.append(item)
            if not links_in(item.pieces):
                self._add_links_that_follow(item)
            if self._at >= len(self._blocks) or self._blocks[self._at].kind != "item":
                break
            block = self._blocks[self._at]
            self._at += 1
        reason = self._closed_here()
        if reason:
            for item in roots:
                self._skip(item.line, reason, item.links())
            return
        self._entry_of_run = False
        if not self._named_by_heading(roots):
            self._siblings(roots)

    def _named_by_heading(self, roots: Sequence[_Item]) -> bool:
        """Read items that are all links and notes as one work, if the heading above can be its title."""
        above = self.outline.title_above
        links = sum(item.links() for item in roots)
        if above is None or not links or is_label(above[1]) or is_tag(above[1]) or no_entries(above[1]):
            return False
        named = naming(scan(above[1]))
        titled = any(
            self._name(item).title and (item.links() or not _NOTE.match(flatten(item.pieces).text))
            for item in roots
        )
        if titled or not named.title:
            return False
        found = Links()
        waiting = list(reversed(roots))
        while waiting:
            item = waiting.pop()
            found.add(item.pieces, item.line)
            waiting += reversed(item.children)
        self.skipped += found.refused
        section = self.outline.path[:-1]
        self.entries.append(Entry(above[0], named.title, section, tuple(found.links), named.name, named.tag))
        return True

    def _name(self, item: _Item) -> Naming:
        return naming(item.pieces, brackets_are_tags=self._brackets_are_tags)

    def _add_links_that_follow(self, item: _Item) -> None:
        """Give an item the line of links below it, where only pictures stand between."""
        for ahead in range(self._at, min(self._at + 3, len(self._blocks))):
            block = self._blocks[ahead]
            if block.kind != "paragraph":
                return
            pieces = self._scan(block)
            if is_links_only(pieces):
                for piece in pieces:
                    piece.line += block.line - item.line
                item.pieces += [Piece("break", "\n"), *pieces]
                self._at = ahead + 1
                return
            if flatten(pieces).text.strip():
                return

    def _siblings(self, items: Sequence[_Item]) -> None:
        linked = sum(item.links() > 0 for item in items)
        for index, item in enumerate(items):
            if not item.links():
                self._without_links(item, among_linked=2 * linked >= len(items), last=index == len(items) - 1)
            elif self._is_contents(item):
                self._skip(item.line, "table of contents", links_in(item.pieces))
                self._siblings(item.children)
            else:
                self._linked_item(item)

    def _is_contents(self, item: _Item) -> bool:
        own = [piece for piece in item.pieces if piece.kind == "link"]
        return bool(own) and all(piece.url.startswith("#") and len(piece.url) > 1 for piece in own)

    def _without_links(self, item: _Item, *, among_linked: bool, last: bool) -> None:
        """Take an item without links: a heading of those that follow, a work without links, or a remark."""
        text = flatten(item.pieces).text.strip()
        named = naming(item.pieces, brackets_are_tags=self._brackets_are_tags)
        if not last and not item.children and among_linked and (is_date(text) or bold_only(item.pieces)):
            self.outline.group(clean_heading(text))
            return
        words = len(named.title.split())
        a_work = bool(named.tag) or 2 <= words <= 40
        prose = re.search(
            r"\b(?:we|our|you|your|please|this (?:list|repo\w*|section))\b", text, re.IGNORECASE
        )
        if among_linked and a_work and named.title and not prose and not self._before_entries():
            self._add(item.line, named, Links())
        elif text and among_linked:
            self.skipped.append(Skipped(item.line, "item without a link", 0))
        for child in item.children:
            self._without_links(child, among_linked=False, last=True)

    def _before_entries(self) -> bool:
        return self.outline.before_sections and self._sections

    def _linked_item(self, item: _Item) -> None:
        works = [child for child in item.children if self._is_work(child)]
        notes = [child for child in item.children if child not in works]
        if links_in(item.pieces):
            self._entry_or_skip(item, notes)
            self._siblings(works)
            return
        if any(child.links() for child in notes) or not works:
            # Parts of one work, some of them with titles of their own.
            self._entry_or_skip(item, item.children)
            return
        heading = clean_heading(naming(item.pieces).title or flatten(item.pieces).text)
        self.outline.open_details(heading or None)
        self._siblings(item.children)
        self.outline.close_details()

    def _is_work(self, item: _Item) -> bool:
        """Whether a nested item is a work of its own and no link or note of the one above."""
        text = flatten(item.pieces).text
        if not item.links() or _NOTE.match(text):
            return False
        if not naming(item.pieces, brackets_are_tags=self._brackets_are_tags).title:
            return False
        return bool(item.children) or entry_style(item.pieces) is not None

    def _entry_or_skip(self, item: _Item, notes: Sequence[_Item] = ()) -> None:
        named = naming(item.pieces, brackets_are_tags=self._brackets_are_tags)
        found = Links()
        found.add(item.pieces, item.line)
        total = links_in(item.pieces)
        tags = [named.tag] if named.tag else []
        waiting = list(reversed(notes))
        while waiting:
            note = waiting.pop()
            found.add(note.pieces, note.line)
            total += links_in(note.pieces)
            tags += _tags_of_note(note.pieces)
            waiting += reversed(note.children)
        if not named.title:
            named = _named_by_notes(notes) or named
        reason = self._no_entry(item, named, found)
        if not named.title and self._entry_of_run and found.links:
            # A line of links below the item of a work belongs to it.
            last = self.entries[-1]
            self.entries[-1] = replace(last, links=(*last.links, *found.links))
            self.skipped += found.refused
            return
        if reason:
            self._skip(item.line, reason, total)
            return
        tag = ", ".join(dict.fromkeys(tags)) or None
        self._add(item.line, Naming(named.title, named.name, tag), found)
        self._entry_of_run = True

    def _no_entry(self, item: _Item, named: Naming, found: Links) -> str | None:
        if not named.title:
            return "links without a title"
        if not found.links and found.refused:
            reasons = {refused.reason.rpartition(": ")[2] for refused in found.refused}
            if reasons <= {"leads into the list itself", "leads to a file beside the list"}:
                return "leads to another part of the list"
        if self._before_entries() and not any(link.kind == "paper" for link in found.links):
            return "before the first section"
        return None


def _too_long(block: Block) -> bool:
    if block.kind == "html-table":
        return False
    length = sum(map(len, block.lines))
    return length > _MAX_LINE and (
        max(map(len, block.lines)) > _MAX_LINE or (block.kind != "table" and length > _MAX_RUN)
    )


def _tags_of_note(pieces: Sequence[Piece]) -> list[str]:
    text = re.sub(_NOTE, "", flatten(pieces).text).strip(" *_()[]")
    return [text] if not links_in(pieces) and text and is_tag(text) else []


def _named_by_notes(notes: Sequence[_Item]) -> Naming | None:
    for note in notes:
        named = naming(note.pieces)
        if named.title and not is_label(named.title):
            return named
    return None


_LEADING_BRACKET: Final = re.compile(
    r"[\[【]\s*(?:\*\*|__)?\s*([^\[\]]{1,60}?)\s*(?:\*\*|__)?\s*[\]】](?!\()"
)


def _brackets_are_tags(blocks: Sequence[Block]) -> bool:
    """Whether the brackets in which items of this list begin hold venues and dates, not names."""
    leading = [
        match[1]
        for block in blocks
        if block.kind == "item" and (match := _LEADING_BRACKET.match(block.lines[0]))
    ]
    return bool(leading) and 3 * sum(is_tag(text) for text in leading) >= len(leading)
