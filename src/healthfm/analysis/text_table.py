"""Cells as a table for a terminal."""

from __future__ import annotations

from collections.abc import Iterable

from healthfm.analysis.values import Node, shown


def text_table(variables: tuple[str, ...], cells: Iterable[tuple[Node | None, ...]]) -> str:
    """Return rows as columns under the names of their variables."""
    lines = [variables, *(tuple(_one_line(shown(cell)) for cell in row) for row in cells)]
    return aligned(lines) if variables else ""


def _one_line(value: str) -> str:
    return "".join(character if character.isprintable() else " " for character in value)


def aligned(lines: list[tuple[str, ...]]) -> str:
    """Return lines of cells as columns, the first line underlined.

    Examples
    --------
    >>> print(aligned([("name", "year"), ("BERT", "2018")]), end="")
    name  year
    ----  ----
    BERT  2018
    """
    widths = [max(map(display_width, column)) for column in zip(*lines, strict=True)]
    underline = tuple("-" * width for width in widths)
    return "".join(
        "  ".join(
            cell + " " * (width - display_width(cell)) for cell, width in zip(line, widths, strict=True)
        ).rstrip()
        + "\n"
        for line in [lines[0], underline, *lines[1:]]
    )


def display_width(value: str) -> int:
    """Return how many columns a terminal needs for a text; CJK characters take two."""
    if value.isascii():
        return len(value)
    import unicodedata

    return sum(
        0 if unicodedata.combining(character) else 1 + (unicodedata.east_asian_width(character) in "WF")
        for character in value
    )
