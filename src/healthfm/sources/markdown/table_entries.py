"""From the rows of a table to entries: which column holds the title, the name, the venue and the date."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from healthfm.sources.markdown.authors import are_authors
from healthfm.sources.markdown.flat import flatten
from healthfm.sources.markdown.inline import Piece, scan
from healthfm.sources.markdown.links import Links, links_in
from healthfm.sources.markdown.naming import Naming, naming
from healthfm.sources.markdown.tables import Table, TableRow
from healthfm.sources.markdown.title_text import clean_heading, clean_title
from healthfm.sources.reading import Skipped
from healthfm.sources.tags import is_label, is_tag, is_venue

_TITLE: Final = re.compile(
    r".*\btitles?\b.*|papers?(?: name| link)?|articles?|works?|publications?|论文.*|标题.*|references?|"
    r"studies|study",
    re.IGNORECASE,
)
_NAME: Final = re.compile(
    r".*\bnames?\b.*|models?|methods?|approach(?:es)?|algorithms?|abbr.*|acronyms?|datasets?|benchmarks?|"
    r"databases?|tools?|"
    r"projects?|systems?|frameworks?|repo(?:sitory)?|packages?|library|resources?|corpus|模型.*|名称.*|方法.*",
    re.IGNORECASE,
)
_TAG: Final = re.compile(
    r".*\b(?:venues?|conference|journal|published|publisher|date|year|month|time|when)\b.*|pub\.?|"
    r"publication|"
    r"会议.*|期刊.*|时间.*|年份.*|日期.*|发表.*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class RowRead:
    """A row as an entry, or as the heading of the rows below it where `group` is set."""

    line: int
    naming: Naming
    links: Links
    group: str | None = None


@dataclass(slots=True)
class TableRead:
    """The rows of a table, and its places with links that are no entry."""

    rows: list[RowRead] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Scanned:
    head: str
    pieces: list[Piece]
    spanned: bool
    text: str


def entries_of_table(table: Table, references: Mapping[str, str]) -> TableRead:
    """Return the rows of a table as entries."""
    read = TableRead()
    heads = [_head(text, references) for text in table.header]
    rows = table.rows
    if not any(heads) and rows and _is_head(rows[0], references):
        heads, rows = [_head(cell.text, references) for cell in rows[0].cells], rows[1:]
    in_header = sum(links_in(scan(text, references)) for text in table.header)
    if in_header:
        read.skipped.append(Skipped(table.line, "head of a table", in_header))
    for row in rows:
        _row(row, heads, references, read)
    return read


def _head(text: str, references: Mapping[str, str]) -> str:
    return flatten(scan(text, references)).text.strip(" *_:")


def _is_head(row: TableRow, references: Mapping[str, str]) -> bool:
    """Whether a first row without links holds the heads of the columns."""
    scanned = [scan(cell.text, references) for cell in row.cells]
    texts = [_head(cell.text, references) for cell in row.cells]
    heads = [pattern for pattern in (_TITLE, _NAME, _TAG) if any(pattern.fullmatch(text) for text in texts)]
    return bool(heads) and not sum(map(links_in, scanned)) and all(len(text.split()) <= 3 for text in texts)


def _row(row: TableRow, heads: Sequence[str], references: Mapping[str, str], read: TableRead) -> None:
    cells: list[_Scanned] = []
    for index, cell in enumerate(row.cells):
        pieces = scan(cell.text, references)
        head = heads[index] if index < len(heads) else ""
        cells.append(_Scanned(head, pieces, cell.spanned, flatten(pieces).text.strip()))
    found = Links()
    own = [cell for cell in cells if not cell.spanned]
    for part in own:
        found.add(part.pieces, row.line, part.head)
    total = sum(links_in(part.pieces) for part in own)
    filled = [part for part in own if part.text]
    if len(filled) == 1 and not total and len(cells) != 1:
        read.rows.append(RowRead(row.line, Naming(""), found, clean_heading(filled[0].text)))
        return
    title_cell = _title_cell(cells)
    if title_cell is None or not (named := _named(title_cell, cells)).title:
        if total:
            read.skipped.append(Skipped(row.line, "row without a title", total))
        return
    if title_cell.spanned and read.rows and not read.rows[-1].group:
        # The title spans several rows: they are one entry.
        read.rows[-1].links.links.extend(found.links)
        read.rows[-1].links.refused.extend(found.refused)
        return
    if (
        total
        and not found.links
        and all(piece.url.startswith("#") for cell in cells for piece in cell.pieces if piece.kind == "link")
    ):
        read.skipped.append(Skipped(row.line, "table of contents", total))
        return
    read.rows.append(RowRead(row.line, named, found))


def _title_cell(cells: Sequence[_Scanned]) -> _Scanned | None:
    """Return the cell that holds the title: by the head of its column, else the first that can."""
    able = [cell for cell in cells if _can_title(cell) or (_named_column(cell) and cell.text[:1].isalnum())]
    for pattern in (_TITLE, _NAME):
        for cell in able:
            if pattern.fullmatch(cell.head) and not _TAG.fullmatch(cell.head):
                return cell
    linked = [cell for cell in able if any(p.kind == "link" and not is_label(p.text) for p in cell.pieces)]
    longest = max(linked, key=lambda cell: len(cell.text), default=None)
    return longest or next((cell for cell in able if not _TAG.fullmatch(cell.head)), None)


def _can_title(cell: _Scanned) -> bool:
    text = cell.text
    if not any(character.isalpha() for character in text) or is_label(text):
        return False
    if are_authors(text) and not _names(cell):
        return False
    named = naming(cell.pieces)
    return bool(named.title) and not is_label(named.title) and not (is_tag(text) and not _names(cell))


def _named_column(cell: _Scanned) -> bool:
    """Whether whatever stands in a column is a name, even one that is a label elsewhere (PubMed)."""
    return "name" in cell.head.lower() or cell.head.lower() in {"dataset", "database"}


def _pictured(cell: _Scanned) -> str:
    """Return what the pictures of a cell say."""
    return " ".join(piece.text for piece in cell.pieces if piece.kind == "image")


def _names(cell: _Scanned) -> bool:
    return bool(_TITLE.fullmatch(cell.head) or _NAME.fullmatch(cell.head))


def _named(title: _Scanned, cells: Sequence[_Scanned]) -> Naming:
    named = naming(title.pieces)
    if not named.title and _named_column(title):
        named = Naming(clean_title(title.text))
    name = named.name
    for cell in cells:
        if cell is not title and name is None and _NAME.fullmatch(cell.head) and _can_title(cell):
            text = naming(cell.pieces).title
            name = text if len(text.split()) <= 5 else None
    tags = [named.tag] if named.tag else []
    for cell in cells:
        shown = cell.text.strip(" *_-–—[]()") or _pictured(cell)
        of_tags = _TAG.fullmatch(cell.head) or (not cell.head and is_venue(shown))
        if cell is not title and of_tags and any(c.isalnum() for c in shown):
            tags.append(" ".join(shown.split()))
    return Naming(named.title, name, ", ".join(dict.fromkeys(tags)) or None)
