"""What a list does not show: comments and code blocks, taken out before anything else is read.

Both may hold links (items that were commented out, a BibTeX entry), and nothing of a list may go
unsaid: each hidden place is reported with the number of links written in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_FENCE: Final = re.compile(r"[\s>]*(?:(?:[*+-]|\d+\.)\s+)?(`{3,}|~{3,})(.*)")
_WRITTEN_LINK: Final = re.compile(r"(?<!\\)\]\(\s*[^\s()]|<a\s[^<>]*?href", re.IGNORECASE)
_PICTURE: Final = re.compile(r"!\[[^\[\]]*\]\(\s*[^\s()]")
COMMENT: Final = "commented out"
CODE: Final = "code block"


@dataclass(frozen=True, slots=True)
class Hidden:
    """A comment or code block: its 1-based line, which of the two, and the links written in it."""

    line: int
    reason: str
    links: int


def shown_lines(text: str) -> tuple[list[str], list[Hidden]]:
    """Return the lines of a list with comments and code blocks blanked, and what was hidden.

    Examples
    --------
    >>> shown_lines("a <!-- [b](https://c) --> d")
    (['a  d'], [Hidden(line=1, reason='commented out', links=1)])
    """
    reader = _Hider()
    for number, line in enumerate(text.split("\n"), 1):
        reader.take(number, line)
    reader.end()
    return reader.lines, reader.hidden


def written_links(line: str) -> int:
    """Return how many links are written in a line, by their form alone; pictures are none.

    Examples
    --------
    >>> written_links("![a](https://b) [c](https://d) <a href='https://e'>")
    2
    """
    return len(_WRITTEN_LINK.findall(line)) - len(_PICTURE.findall(line))


class _Hider:
    def __init__(self) -> None:
        self.lines: list[str] = []
        self.hidden: list[Hidden] = []
        self._inside: str | None = None
        self._fence = ""
        self._start = 0
        self._content: list[str] = []

    def take(self, number: int, line: str) -> None:
        if self._inside == CODE:
            self._in_fence(line)
        elif self._inside is None and (match := _FENCE.match(line)) and "`" not in match[2]:
            self._open(CODE, number)
            self._fence = match[1]
            self.lines.append("")
        else:
            self.lines.append(self._without_comments(number, line))

    def end(self) -> None:
        if self._inside:
            self._close()

    def _in_fence(self, line: str) -> None:
        stripped = line.strip(" \t>")
        if stripped.startswith(self._fence) and not stripped.strip(self._fence[0]):
            self._close()
        else:
            self._content.append(line)
        self.lines.append("")

    def _without_comments(self, number: int, line: str) -> str:
        shown: list[str] = []
        position = 0
        while True:
            if self._inside == COMMENT:
                end = line.find("-->", position)
                if end < 0:
                    self._content.append(line[position:])
                    return "".join(shown)
                self._content.append(line[position:end])
                self._close()
                position = end + 3
            start = line.find("<!--", position)
            if start < 0:
                return "".join(shown) + line[position:] if shown else line[position:]
            shown.append(line[position:start])
            self._open(COMMENT, number)
            position = start + 4

    def _open(self, reason: str, number: int) -> None:
        self._inside, self._start, self._content = reason, number, []

    def _close(self) -> None:
        links = sum(map(written_links, self._content))
        if links:
            self.hidden.append(Hidden(self._start, self._inside or CODE, links))
        self._inside = None
