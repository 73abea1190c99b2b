"""Tables, in pipes or in HTML, as rows of cells that know their line and their column."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from healthfm.sources.markdown.blocks import Block


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's text; `spanned` where it is the continuation of a cell of an earlier row."""

    text: str
    spanned: bool = False


@dataclass(frozen=True, slots=True)
class TableRow:
    """The cells of a row, one a column, and its 1-based line."""

    line: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its header (empty where it has none) and its rows."""

    line: int
    header: tuple[str, ...]
    rows: tuple[TableRow, ...]


_DELIMITER_CELL: Final = re.compile(r"\s*:?-+:?\s*")
_TAG: Final = re.compile(r"<(/?)(tr|td|th|table|thead|tbody|tfoot|caption)\b([^<>]*)>", re.IGNORECASE)
_SPAN: Final = re.compile(r"\b(row|col)span\s*=\s*[\"']?(\d{1,3})", re.IGNORECASE)


def pipe_table(block: Block) -> Table:
    """Return the table of lines with pipes; pipes in links, code and behind a backslash divide nothing."""
    rows = [(block.line + index, split_row(line)) for index, line in enumerate(block.lines)]
    header: tuple[str, ...] = ()
    if len(rows) > 1 and all(_DELIMITER_CELL.fullmatch(cell) for cell in rows[1][1]):
        header, rows = tuple(rows[0][1]), rows[2:]
    return Table(
        block.line,
        header,
        tuple(TableRow(line, tuple(Cell(text) for text in cells)) for line, cells in rows),
    )


def split_row(line: str) -> list[str]:
    r"""Return the cells of a row with or without outer pipes.

    Examples
    --------
    >>> split_row(r"| [A|B](https://a.b) | `c|d` \| e")
    ['[A|B](https://a.b)', '`c|d` \\| e']
    """
    cells: list[str] = []
    start = depth = 0
    code = False
    stripped = line.strip()
    for match in re.finditer(r"\\.|`|\[|\]|\|", stripped):
        mark = match[0]
        if mark == "`":
            code = not code
        elif mark == "[":
            depth += 1
        elif mark == "]":
            depth = max(depth - 1, 0)
        elif mark == "|" and not code and not depth:
            cells.append(stripped[start : match.start()].strip())
            start = match.end()
    cells.append(stripped[start:].strip())
    if depth or code:
        # An unclosed bracket would swallow the rest of the row.
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", stripped)]
    if cells and not cells[0]:
        cells = cells[1:]
    if cells and not cells[-1] and stripped.endswith("|"):
        cells = cells[:-1]
    return cells


def html_table(block: Block) -> Table:
    """Return an HTML table; a missing end of a row or cell is where the next one begins."""
    text = "\n".join(block.lines)
    rows: list[_HtmlRow] = []
    start: int | None = None
    attributes, head, line = "", False, 0
    seen = 0
    for match in _TAG.finditer(text):
        line += text.count("\n", seen, match.start())
        seen = match.start()
        closing, name = bool(match[1]), match[2].lower()
        if start is not None:
            rows[-1].cells.append((text[start : match.start()].strip(), attributes))
            start = None
        if name == "tr" and not closing:
            rows.append(_HtmlRow(block.line + line, [], head=False))
        elif name in {"td", "th"} and not closing:
            if not rows:
                rows.append(_HtmlRow(block.line + line, [], head=False))
            head = name == "th"
            rows[-1].head |= head and not rows[-1].cells
            start, attributes = match.end(), match[3]
    if start is not None:
        rows[-1].cells.append((text[start:].strip(), attributes))
    return _spread(block.line, [row for row in rows if row.cells])


@dataclass(slots=True)
class _HtmlRow:
    line: int
    cells: list[tuple[str, str]]
    head: bool


def _spread(line: int, rows: list[_HtmlRow]) -> Table:
    """Give each cell its columns and rows."""
    header: tuple[str, ...] = ()
    spread: list[TableRow] = []
    pending: dict[int, tuple[int, str]] = {}
    for row in rows:
        cells: list[Cell] = []
        own = iter(row.cells)
        current = next(own, None)
        while current is not None or len(cells) in pending:
            column = len(cells)
            if column in pending:
                left, text = pending.pop(column)
                cells.append(Cell(text, spanned=True))
                if left > 1:
                    pending[column] = (left - 1, text)
                continue
            text, attributes = current or ("", "")
            spans = {match[1].lower(): int(match[2]) for match in _SPAN.finditer(attributes)}
            cells.append(Cell(text))
            if spans.get("row", 1) > 1:
                pending[column] = (spans["row"] - 1, text)
            cells += [Cell("", spanned=True)] * (min(spans.get("col", 1), 50) - 1)
            current = next(own, None)
        # One cell over all columns heads the rows below it, not the columns.
        heads_columns = row.head and (len(row.cells) > 1 or len(cells) == 1)
        if heads_columns and not header and not spread:
            header = tuple(cell.text for cell in cells)
        else:
            spread.append(TableRow(row.line, tuple(cells)))
    return Table(line, header, tuple(spread))
