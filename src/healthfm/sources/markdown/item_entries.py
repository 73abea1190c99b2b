"""From list items to entries: which are works, which are notes of one, which only head others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from healthfm.sources.markdown.blocks import Block
from healthfm.sources.markdown.flat import flatten
from healthfm.sources.markdown.inline import Piece
from healthfm.sources.markdown.items import NOTE, Item
from healthfm.sources.markdown.links import Links, links_in
from healthfm.sources.markdown.naming import naming
from healthfm.sources.markdown.paragraphs import bold_only, entry_style, is_links_only
from healthfm.sources.markdown.title_text import clean_heading
from healthfm.sources.markdown.walk import Walk
from healthfm.sources.reading import Skipped
from healthfm.sources.tags import is_date

#: Items nested deeper than this are read as if they stood at this depth; no real list comes near.
_MAX_NESTING: Final = 30


class ItemWalk(Walk):
    """A walk that reads runs of list items."""

    def _items(self, first: Block) -> None:
        """Read a run of items as a tree by their columns."""
        roots: list[Item] = []
        above: list[Item] = []
        block = first
        while True:
            item = Item(block, self._scan(block))
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

    def _add_links_that_follow(self, item: Item) -> None:
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

    def _siblings(self, items: Sequence[Item]) -> None:
        linked = sum(item.links() > 0 for item in items)
        for index, item in enumerate(items):
            if not item.links():
                self._without_links(item, among_linked=2 * linked >= len(items), last=index == len(items) - 1)
            elif self._is_contents(item):
                self._skip(item.line, "table of contents", links_in(item.pieces))
                self._siblings(item.children)
            else:
                self._linked_item(item)

    def _is_contents(self, item: Item) -> bool:
        own = [piece for piece in item.pieces if piece.kind == "link"]
        return bool(own) and all(piece.url.startswith("#") and len(piece.url) > 1 for piece in own)

    def _without_links(self, item: Item, *, among_linked: bool, last: bool) -> None:
        """Take an item without links: a heading of those that follow, a work without links, or a remark."""
        text = flatten(item.pieces).text.strip()
        named = self._name(item)
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

    def _linked_item(self, item: Item) -> None:
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

    def _is_work(self, item: Item) -> bool:
        """Whether a nested item is a work of its own and no link or note of the one above."""
        text = flatten(item.pieces).text
        if not item.links() or NOTE.match(text):
            return False
        if not self._name(item).title:
            return False
        return bool(item.children) or entry_style(item.pieces) is not None
