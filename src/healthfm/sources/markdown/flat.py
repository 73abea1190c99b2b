"""Pieces laid out as one text, so that a pattern can run across emphasis and links."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from healthfm.sources.markdown.inline import Piece

Style = Literal["strong", "em", "code"]


@dataclass(frozen=True, slots=True)
class Span:
    """Where a link or an emphasis stands in the text."""

    start: int
    end: int
    piece: Piece


@dataclass(frozen=True, slots=True)
class Flat:
    """A text, its links, and its runs of emphasis and code, each in the order of the text."""

    text: str
    links: tuple[Span, ...]
    strong: tuple[tuple[int, int], ...]
    em: tuple[tuple[int, int], ...]
    code: tuple[tuple[int, int], ...]

    def link_at(self, position: int) -> Span | None:
        """Return the link that covers a position."""
        index = bisect_right(self.links, position, key=lambda span: span.start) - 1
        return self.links[index] if index >= 0 and position < self.links[index].end else None

    def run_at(self, style: Style, position: int) -> tuple[int, int] | None:
        """Return the run of a style that covers a position."""
        runs = getattr(self, style)
        index = bisect_right(runs, position, key=lambda run: run[0]) - 1
        return runs[index] if index >= 0 and position < runs[index][1] else None


def flatten(pieces: Sequence[Piece]) -> Flat:
    r"""Return pieces as one text; hard breaks are ``\n``, wrapped lines and runs of space one space."""
    parts: list[str] = []
    links: list[Span] = []
    runs: dict[Style, list[tuple[int, int]]] = {"strong": [], "em": [], "code": []}
    length = 0
    last = "\n"
    for piece in pieces:
        if piece.kind == "image":
            continue
        shown = "\n" if piece.kind == "break" else _one_space(piece.text)
        if last in " \n" and shown.startswith(" "):
            shown = shown[1:]
        start, length = length, length + len(shown)
        parts.append(shown)
        last = shown[-1:] or last
        if piece.kind == "link":
            links.append(Span(start, length, piece))
        for style, runs_of_style in runs.items():
            if getattr(piece, style) and shown.strip():
                _join(runs_of_style, start, length, gap=piece.kind != "link" and parts[-2:-1] == [" "])
    return Flat("".join(parts), tuple(links), *(tuple(found) for found in runs.values()))


def _one_space(text: str) -> str:
    plain = text.isascii() and text.isprintable() and "  " not in text
    return text if plain else re.sub(r"\s+", " ", text)


def _join(runs: list[tuple[int, int]], start: int, end: int, *, gap: bool) -> None:
    """Add a run, joined to the one before it where nothing, or only the space of a `gap`, lies between."""
    if runs and (start == runs[-1][1] or (gap and start == runs[-1][1] + 1)):
        runs[-1] = (runs[-1][0], end)
    else:
        runs.append((start, end))
