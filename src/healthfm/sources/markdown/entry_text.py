"""The text of an entry while it is read: what is known of it so far, and where the reader is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from healthfm.sources.markdown.authors import are_authors, begins_with_people, has_et_al
from healthfm.sources.markdown.flat import Flat, Span
from healthfm.sources.tags import has_year, is_label, is_tag

#: Something short in brackets, as tags and names are written.
BRACKETED: Final = re.compile(r"\[([^\[\]\n]{1,90})\]|[(（]([^()（）\n]{1,90})[)）]|【([^【】\n]{1,90})】")
NAME_COLON: Final = re.compile(r"\s*[:：]\s*")
_BADGE: Final = re.compile(r"\bbadges?\b|shields\.io", re.IGNORECASE)
#: A label whose address stands beside it: ``[Paper]https://…``.
_LABEL_IN_BRACKETS: Final = re.compile(r"[\[(]([^\[\]()]{2,30})[\])]\s*[:：]?\s*[\[(（]*$")
_LABEL_BEFORE: Final = re.compile(r"((?:[^\W\d_]+ )?[^\W\d_]+)\s*[:：]\s*[\[(]*$")


@dataclass(slots=True)
class EntryText:
    """An entry laid out as one text.

    Parameters
    ----------
    brackets_are_tags
        Whether an unknown word of capitals in brackets is a venue or a name.
    at
        How far it is read.
    """

    flat: Flat
    brackets_are_tags: bool
    tags: list[str] = field(default_factory=list)
    name: str | None = None
    at: int = 0

    def labels(self, link: Span) -> bool:
        """Whether a link is a label such as [Paper] and no title; double brackets say so as well."""
        label = link.piece.text
        if link.piece.inner and all(
            inner.kind == "image" and _BADGE.search(inner.url) for inner in link.piece.inner
        ):
            return True
        if has_et_al(label) and are_authors(label):
            return True  # [Doe et al., 2023]
        inner = link.piece.inner[0].text if link.piece.inner else ""
        doubled = inner.startswith("[") or self.flat.text[max(link.start - 1, 0) : link.start] == "["
        return is_label(label) or (doubled and link.start > 1 and len(label.split()) <= 3)

    def add_tag(self, content: str) -> None:
        """Keep a tag; of authors and venue in one only the venue."""
        parts = re.split(r"[,()]", content) if begins_with_people(content) else [content]
        venues = [part.strip() for part in parts if is_tag(part) and not has_et_al(part)]
        self.tags += venues if len(parts) > 1 else parts

    def next_link(self, position: int) -> Span | None:
        """Return the link that begins at a position, punctuation aside."""
        text = self.flat.text
        gap = re.compile(r"[\s:|,\-–—\[(]*").match(text, position)
        return self.flat.link_at(gap.end()) if gap and gap.end() < len(text) else None

    def zone_end(self, start: int) -> int:
        """Return where the text that may be a title ends: at the end of its line, or at a label."""
        text = self.flat.text
        newline = text.find("\n", start)
        end = len(text) if newline < 0 else newline
        for span in self.flat.links:
            if span.start >= end:
                break
            if span.start >= start and self._ends_title(span, begins=span.start == start):
                return self._before_its_label(start, span.start)
        return end

    def _ends_title(self, link: Span, *, begins: bool) -> bool:
        """Whether a link is no part of a title: a label, an address, or, behind one, a venue and year."""
        label = link.piece.text
        dated = not begins and has_year(label) and is_tag(label)
        return dated or label == link.piece.url or self.labels(link)

    def _before_its_label(self, start: int, position: int) -> int:
        """Step back over the word that says what the next link is, as in ``Code: https://…``."""
        before = self.flat.text[max(start, position - 60) : position]
        if (bracket := _LABEL_IN_BRACKETS.search(before)) and is_label(bracket[1]):
            return position - len(bracket[0])
        match = _LABEL_BEFORE.search(before)
        if not match:
            return position
        word = match[1] if is_label(match[1]) else match[1].rpartition(" ")[2]
        begins = match.end(1) - len(word)
        return position - (match.end() - begins) if is_label(word) else position


def inside(match: re.Match[str]) -> str:
    """Return what stands in brackets."""
    return " ".join(match[match.lastindex or 0].split())
