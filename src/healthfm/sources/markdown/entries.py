"""From the blocks of a list to its entries, and to each place with links that is no entry."""

from __future__ import annotations

import re
from typing import Final

from healthfm.sources.markdown.blocks import FOOTNOTE, Block
from healthfm.sources.markdown.flat import flatten
from healthfm.sources.markdown.hidden import written_links
from healthfm.sources.markdown.inline import Piece, scan
from healthfm.sources.markdown.item_entries import ItemWalk
from healthfm.sources.markdown.items import Item
from healthfm.sources.markdown.links import Links, links_in
from healthfm.sources.markdown.naming import naming
from healthfm.sources.markdown.outline import LOW, heading_text
from healthfm.sources.markdown.paragraphs import (
    bold_only,
    entry_style,
    is_links_only,
    is_title_with_authors,
    parts_of,
    quoted_group,
)
from healthfm.sources.markdown.table_entries import entries_of_table
from healthfm.sources.markdown.tables import html_table, pipe_table
from healthfm.sources.markdown.title_text import clean_heading
from healthfm.sources.tags import is_label

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
    r"(?:cit(?:e|ing)|based on))\b.*[:：]\s*$",
    re.IGNORECASE | re.DOTALL,
)
#: Paragraphs in these styles are works themselves.
_OWN_STYLES: Final = frozenset({"strong", "quote", "link"})
#: No line of a list and no run of lines without a blank one is longer, in characters; one that is has
#: its links counted and is not read.
_MAX_LINE: Final = 50_000
_MAX_RUN: Final = 200_000


class EntryReader(ItemWalk):
    """A walk that reads every kind of block."""

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

    def _heading(self, block: Block) -> None:
        pieces = self._scan(block)
        self.outline.enter(block.level, heading_text(pieces), block.line)
        if not self._linked_heading(block, pieces):
            self._skip(block.line, "heading", links_in(pieces))

    def _linked_heading(self, block: Block, pieces: list[Piece]) -> bool:
        """Read a low heading that links to what it names as a work, if nothing but text stands below it."""
        named = naming(pieces)
        titled = any(not is_label(piece.text) for piece in pieces if piece.kind == "link")
        if block.level < LOW or not titled or not named.title or self._closed_here():
            return False
        end = self._at
        while end < len(self._blocks) and self._blocks[end].kind == "paragraph":
            end += 1
        below = self._blocks[self._at : end]
        texts = [self._scan(part) for part in below]
        if not self._ends_at(end, block.level) or any(
            bold_only(text) or entry_style(text) in _OWN_STYLES for text in texts
        ):
            return False
        found = Links()
        found.add(pieces, block.line)
        for part, text in zip(below, texts, strict=True):
            found.add(text, part.line)
        if not found.links:
            return False
        self._at = end
        self._add(block.line, named, found, section=self.outline.path[:-1])
        return True

    def _ends_at(self, index: int, level: int) -> bool:
        """Whether what stands under a heading of a level ends at a block: at a rule, at another heading."""
        if index == len(self._blocks):
            return True
        block = self._blocks[index]
        return block.kind == "rule" or (block.kind == "heading" and block.level <= level)

    def _summary(self, block: Block) -> None:
        pieces = self._scan(block)
        text = clean_heading(flatten(pieces).text)
        an_entry = bool(links_in(pieces) and naming(pieces).title and entry_style(pieces))
        if an_entry or self._details_of_entry or _ABOUT_AN_ENTRY.fullmatch(text):
            self._details_of_entry += 1
            self.outline.open_details(None)
            if an_entry and self._details_of_entry == 1:
                self._entry_or_skip(Item(block, pieces))
            else:
                self._skip(block.line, "details of an entry", links_in(pieces))
            return
        self.outline.open_details(None if _NOTE_SUMMARY.fullmatch(text) else text, block.line)
        self._skip(block.line, "heading", links_in(pieces))

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
        if not reason and FOOTNOTE.match(block.lines[0]):
            reason = "footnote"
        if not reason and self._before_entries():
            reason = "before the first section"
        links_alone = not reason and not block.quoted and is_links_only(pieces)
        if links_alone and self._named_by_heading([Item(block, pieces)]):
            return
        style = entry_style(pieces) if not block.quoted else None
        if reason or style is None:
            self._skip(block.line, reason or "text outside an entry", links)
            return
        for part in parts_of(pieces, style):
            self._entry_or_skip(Item(Block("paragraph", block.line + part[0].line, []), part))

    def _with_what_follows(self, block: Block) -> Block:
        """Return a bold paragraph together with the paragraphs of authors and links that belong to it.

        Where the authors stand in the bold paragraph itself, the links may be items.
        """
        pieces = self._scan(block)
        if block.quoted or links_in(pieces) or len(flatten(pieces).text.split()) < 3:
            return block
        kinds = {"paragraph"} if bold_only(pieces) else {"paragraph", "item"}
        if "item" in kinds and not is_title_with_authors(pieces):
            return block
        for ahead in range(self._at, min(self._at + 4, len(self._blocks))):
            following = self._blocks[ahead]
            if following.kind not in kinds or following.quoted:
                return block
            scanned = self._scan(following)
            if bold_only(scanned) or is_title_with_authors(scanned):
                return block
            if is_links_only(scanned):
                return self._joined(block, self._end_of_links(ahead))
        return block

    def _end_of_links(self, index: int) -> int:
        """Return where the items end that hold nothing but links, as the block before them does."""
        end = index + 1
        if self._blocks[index].kind == "item":
            while end < len(self._blocks) and self._blocks[end].kind == "item":
                if not is_links_only(self._scan(self._blocks[end])):
                    break
                end += 1
        return end

    def _joined(self, block: Block, end: int) -> Block:
        lines = list(block.lines)
        for part in self._blocks[self._at : end]:
            lines += [""] * (part.line - block.line - len(lines)) + part.lines
        self._at = end
        return Block("paragraph", block.line, lines)


def _too_long(block: Block) -> bool:
    if block.kind == "html-table":
        return False
    length = sum(map(len, block.lines))
    return length > _MAX_LINE and (
        max(map(len, block.lines)) > _MAX_LINE or (block.kind != "table" and length > _MAX_RUN)
    )
