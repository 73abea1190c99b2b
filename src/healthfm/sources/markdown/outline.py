"""Where in a list the reader is: the headings above, and whether entries can stand there at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from healthfm.sources.markdown.flat import flatten
from healthfm.sources.markdown.inline import Piece
from healthfm.sources.markdown.title_text import clean_heading
from healthfm.sources.tags import is_date

#: Headings under which a list speaks of itself. Each must match the whole heading.
_NO_ENTRIES: Final = (
    (
        (
            r"(?:(?:latest|recent|our|project|repo|repository|all|version|update)\s+)*"
            r"(?:news|updates?|change ?logs?|announcements?|what ?'?’?s new|"
            r"release notes?|update (?:history|logs?))"
            r"(?:\s*(?:and|&|/)\s*(?:news|updates?|announcements?|highlights?|events?))?|更新.*|新闻|最新动态|"
            r"news .{1,20}"
        ),
        "news",
    ),
    (
        r"(?:how to |please )?(?:cite|citing|citations?|bibtex|bib)\b.{0,40}|references? to cite|引用.*",
        "citation",
    ),
    (
        (
            r"(?:how to |to |guide to |ways to )?(?:contribut\w+|pull requests?|"
            r"call for contribut\w+)\b.{0,40}|贡献.*|"
            r"(?:prs? )?welcome"
        ),
        "contributing",
    ),
    (r"(?:github )?star(?:s|gazers?)?(?:[- ]history| us| over time)?(?: chart| trend)?", "star history"),
    (
        r"(?:acknowledge?ments?|special thanks|thanks|credits?|sponsors?|supporters?|致谢)(?:\s.{0,40})?",
        "thanks",
    ),
    (
        (
            r"(?:contacts?|contact (?:us|me|information)|maintainers?|(?:our )?team|authors?|about (?:us|me)|"
            r"join us|community|"
            r"licen[sc]e|disclaimer|feedback|support|get in touch|联系.*|许可.*)(?:\s+(?:and|&)\s.{0,40})?"
        ),
        "about the list",
    ),
    (r"to-?\s?dos?(?: list)?|road ?map|future work", "plans"),
)
_COMPILED: Final = tuple((re.compile(pattern, re.IGNORECASE), reason) for pattern, reason in _NO_ENTRIES)
_CONTENTS: Final = re.compile(
    r"(?:table of )?contents?|toc|index|outline|menu|quick links|navigation|目录|目次", re.IGNORECASE
)
#: Headings of this level and below may name a work.
LOW: Final = 3
_UP: Final = re.compile(r"back|top|up|toc|↑|⬆|🔝|🔼", re.IGNORECASE)


def heading_text(pieces: Sequence[Piece]) -> str:
    """Return the words of a heading, without emoji, badges and the link back to the top."""
    kept = [
        piece for piece in pieces if not (piece.kind == "link" and (_leads_up(piece) or _is_badge(piece)))
    ]
    return clean_heading(flatten(kept).text)


def _leads_up(link: Piece) -> bool:
    return link.url.startswith("#") and len(link.text) < 20 and bool(_UP.search(link.text))


def _is_badge(link: Piece) -> bool:
    return bool(link.inner) and not any(inner.text.strip() for inner in link.inner if inner.kind != "image")


def no_entries(heading: str) -> str | None:
    """Return why no entries stand under a heading, or None where they may.

    Examples
    --------
    >>> [no_entries(heading) for heading in ["Latest News", "How to Cite", "Foundation Models"]]
    ['news', 'citation', None]
    """
    words = heading.strip(" :.!")
    for pattern, reason in _COMPILED:
        if pattern.fullmatch(words):
            return reason
    return None


def is_contents(heading: str) -> bool:
    """Whether a heading announces a table of contents (in some lists, everything stands under it)."""
    return bool(_CONTENTS.fullmatch(heading.strip(" :.!")))


@dataclass(slots=True)
class Outline:
    """The headings above the current line.

    Parameters
    ----------
    top_headings
        How many headings of the first level the list has; where there are more than one, the first
        may be a section like the others.
    """

    top_headings: int
    name: str = ""
    _headings: list[tuple[int, str]] = field(default_factory=list)
    _group: str | None = None
    _details: list[str | None] = field(default_factory=list)
    _reason: str | None = None
    _group_reason: str | None = None
    _in_title: bool = True
    _line: int = 0

    def enter(self, level: int, heading: str, line: int) -> None:
        """Go under a heading."""
        self._line = line
        self._group = self._group_reason = None
        self._details = []
        deeper = bool(self._headings) and level > self._headings[-1][0]
        self._headings = [(own, text) for own, text in self._headings if own < level]
        reason = no_entries(heading)
        inherits = deeper and (is_date(heading) or re.match(r"v?\d", heading))
        self._reason = reason or (self._reason if inherits else None)
        if level == 1 and not self.name:
            self.name = heading
            self._in_title = True
        elif heading:
            self._headings.append((level, heading))
            self._in_title = self._in_title and (bool(reason) or is_contents(heading))

    @property
    def current_group(self) -> str | None:
        """The bold line that serves as a heading here, if one does."""
        return self._group

    def group(self, heading: str | None, line: int = 0) -> None:
        """Go under a bold line that serves as a heading, or leave it."""
        self._line = line
        self._group = heading
        self._group_reason = no_entries(heading) if heading else None
        if heading is None:
            return
        self._in_title = self._in_title and (bool(self._group_reason) or is_contents(heading))

    def open_details(self, summary: str | None, line: int = 0) -> None:
        """Go under a summary; None where it is no heading."""
        self._line = line
        self._details.append(summary)

    def close_details(self) -> None:
        """Leave what is under a summary."""
        if self._details:
            self._details.pop()

    @property
    def reason(self) -> str | None:
        """Why no entries stand here, or None."""
        return self._group_reason or self._reason

    @property
    def before_sections(self) -> bool:
        """Whether no section has begun: here a list speaks of itself."""
        return self._in_title

    @property
    def title_above(self) -> tuple[int, str] | None:
        """The line and text of the bold line, summary or low heading right above, which may name a work."""
        if own := self._group or (self._details and self._details[-1]):
            return (self._line, own) if self._line else None
        low = bool(self._headings) and self._headings[-1][0] >= LOW
        return (self._line, self._headings[-1][1]) if low and self._line else None

    @property
    def path(self) -> tuple[str, ...]:
        """The section path of an entry that stands here."""
        headings = [text for _, text in self._headings]
        if not headings and self.top_headings > 1 and self.name:
            headings = [self.name]
        details = [summary for summary in self._details if summary]
        return (*headings, *details, *([self._group] if self._group else []))
