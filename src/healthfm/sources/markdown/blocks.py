"""The lines of a list: headings, items, paragraphs and tables, as its author meant them.

What a renderer makes of these lines is not what a reader of the list wants: an item indented by four
spaces is no code, one that stands directly under ``<summary>`` is no HTML, ``##Heading`` is a heading
and a bold line glued to the item above begins a group. Each line is looked at once.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Literal

from healthfm.sources.markdown.inline import reference_key

BlockKind = Literal["heading", "item", "paragraph", "table", "html-table", "summary", "end", "rule"]


@dataclass(slots=True)
class Block:
    """A run of lines that belong together.

    Parameters
    ----------
    line
        The first line, from 1.
    lines
        Without bullets, ``#`` and ``>``; tables keep their pipes.
    level
        Of a heading 1 to 6; of an item the column of its bullet.
    quoted
        Whether it stands behind ``>``.
    loose
        Of an item: the first of its lines that stands apart from its own text, as an index.
    """

    kind: BlockKind
    line: int
    lines: list[str]
    level: int = 0
    quoted: bool = False
    loose: int | None = None


@dataclass(slots=True)
class Blocks:
    """The blocks of a list in order, and the addresses of its reference links."""

    blocks: list[Block] = field(default_factory=list)
    references: dict[str, str] = field(default_factory=dict)


_QUOTE: Final = re.compile(r"\s{0,3}>\s?")
_HEADING: Final = re.compile(r"\s*(#{1,6})(?:\s+|(?=[^\W\d_]|[<*\[])|$)(.*)")
_HTML_HEADING: Final = re.compile(r"<h([1-6])\b[^<>]*>", re.IGNORECASE)
_ITEM: Final = re.compile(
    r"(\s*)(?:(?:[*+•●○▪◦·➤►▸–-]|\d{1,3}\\?[.)]|\(\d{1,3}\)|[a-z]\))\s+|[*+•●▪◦-](?=\[|\*\*\[|<a\s)|-(?=\w.*\]\()|\d{1,3}\.(?=[\[*]))(.*)"
)
_BULLET: Final = re.compile(r"(?:[*+-]|\d{1,3}[.)])\s+")
_TASK: Final = re.compile(r"\[[ xX]\]\s+")
_RULE: Final = re.compile(r"\s*(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,})")
_SETEXT: Final = re.compile(r"\s{0,3}(={2,}|-{2,})\s*")
_DELIMITER: Final = re.compile(r"\s*+\|?(?:\s*+:?-++:?\s*+\|)*+\s*+(?::?-++:?)?\s*+\|?\s*+")
_REFERENCE: Final = re.compile(r"\s{0,3}\[([^\[\]^][^\[\]]*)\]:\s*<?([^\s<>]+)>?(?:\s+[\"'(].*)?\s*")
#: What begins the text of a footnote.
FOOTNOTE: Final = re.compile(r"\[\^[^\[\]]+\]:")
_BOLD_LINE: Final = re.compile(r"\s*(\*\*|__)(?!\s)[^*_\[\]]+\1\s*[:：]?\s*")
_SUMMARY: Final = re.compile(r"<summary\b[^<>]*>(.*?)(?:</summary>|$)(.*)", re.IGNORECASE)
_ONLY_TAGS: Final = re.compile(
    r"\s*(?:</?(?:p|div|center|ul|ol|span|font|small|sub|sup|section|dl|big)\b[^<>]*>\s*)+", re.IGNORECASE
)
_LIST_ITEM_TAG: Final = re.compile(r"\s*(?:<[uo]l\b[^<>]*>\s*)*<li\b[^<>]*>", re.IGNORECASE)
_PIPE: Final = re.compile(r"(?<!\\)\|")


def blocks_of(lines: list[str]) -> Blocks:
    """Return the blocks of a list.

    Examples
    --------
    >>> [(block.kind, block.lines) for block in blocks_of(["## A", "* b", "  c", "**D**", "- e"]).blocks]
    [('heading', ['A']), ('item', ['b', 'c']), ('paragraph', ['**D**']), ('item', ['e'])]
    """
    scanner = _Scanner(lines)
    scanner.run()
    return scanner.found


def _unfenced(heading: str) -> str:
    """Return a heading without the ``#`` that some write at its end."""
    text = heading.rstrip()
    bare = text.rstrip("#")
    return bare.rstrip() if bare[-1:].isspace() or not bare else text


def _stands_alone(line: str, item: Block) -> bool:
    """Whether an unindented line below an item is a row of its own: an emoji begins it, both have links."""
    begins = unicodedata.category(line[:1] or " ") in {"So", "Sk"}
    return begins and "](" in line and any("](" in own for own in item.lines)


class _Scanner:
    def __init__(self, lines: list[str]) -> None:
        self.found = Blocks()
        self._lines = lines
        self._open: Block | None = None
        self._blank = False
        self._at = 0

    def run(self) -> None:
        while self._at < len(self._lines):
            number, line = self._at + 1, self._lines[self._at].rstrip("\r").expandtabs(4)
            self._at += 1
            quoted = False
            for _ in range(8):
                if not (match := _QUOTE.match(line)):
                    break
                indent = len(line) - len(line.lstrip())
                # What is quoted within an item is a part of it.
                within = self._open is not None and self._open.kind == "item" and indent > self._open.level
                line = line[:indent] * within + line[match.end() :]
                quoted |= not within
            self._take(number, line, quoted=quoted)

    def _take(self, number: int, line: str, *, quoted: bool) -> None:
        if not line.strip() or _ONLY_TAGS.fullmatch(line):
            self._blank = True
            return
        if not (self._structure(number, line) or self._table(number, line) or self._reference(line)):
            self._text(number, line, quoted=quoted)
        self._blank = False

    def _add(self, block: Block) -> None:
        self.found.blocks.append(block)
        self._open = block if block.kind in {"item", "paragraph"} else None

    def _structure(self, number: int, line: str) -> bool:
        """Take headings, rules, items and the tags that structure a list."""
        lowered = line.lower() if "<" in line else ""
        if "<table" in lowered:
            self._html_table(number, line)
        elif match := _HTML_HEADING.search(line):
            self._html_heading(number, line, match)
        elif "<summary" in lowered and (match := _SUMMARY.search(line)):
            self._summary(number, match)
        elif "</details" in lowered and len(line.strip()) < 12:
            self._add(Block("end", number, []))
        elif "<details" in lowered and not re.sub(r"<[^<>]*>", "", line).strip():
            self._blank = True
        elif self._setext(line):
            pass
        elif _RULE.fullmatch(line):
            self._add(Block("rule", number, []))
        elif match := _HEADING.fullmatch(line):
            self._add(Block("heading", number, [_unfenced(match[2])], level=len(match[1])))
        else:
            return self._item(number, line)
        return True

    def _setext(self, line: str) -> bool:
        """Take the underline of a heading; a rule under an entry is none."""
        match = _SETEXT.fullmatch(line)
        block = self._open
        if not match or self._blank or block is None or block.kind != "paragraph" or len(block.lines) != 1:
            return False
        if match[1][0] == "-" and "](" in block.lines[0]:
            return False
        block.kind, block.level = "heading", 1 if match[1][0] == "=" else 2
        self._open = None
        return True

    def _item(self, number: int, line: str) -> bool:
        if tag := _LIST_ITEM_TAG.match(line):
            pieces = re.split(r"(?i)<li\b[^<>]*>", line[tag.end() :])
            column = len(line) - len(line.lstrip())
            for piece in pieces:
                self._add(Block("item", number, [piece.strip()], level=column))
            return True
        match = _ITEM.fullmatch(line)
        if not match or (line.lstrip().startswith("*[") and line.rstrip().endswith("*")):
            return False
        content = match[2]
        for _ in range(8):
            if not (bullet := _BULLET.match(content)):
                break
            content = content[bullet.end() :]
        content = _TASK.sub("", content, count=1) if _TASK.match(content) else content
        if heading := _HEADING.fullmatch(content) if content.startswith("#") else None:
            self._add(Block("heading", number, [_unfenced(heading[2])], level=len(heading[1])))
        else:
            self._add(Block("item", number, [content.rstrip("\n")], level=len(match[1])))
        return True

    def _table(self, number: int, line: str) -> bool:
        if not _PIPE.search(line):
            return False
        following = self._lines[self._at] if self._at < len(self._lines) else ""
        headed = "-" in following and _DELIMITER.fullmatch(following) and "|" in following
        if not headed and not line.lstrip().startswith("|"):
            return False
        rows = [line.rstrip("\r")]
        while self._at < len(self._lines):
            row = self._lines[self._at].rstrip("\r")
            if quote := _QUOTE.match(row):
                row = row[quote.end() :]
            if not row.strip() or not _PIPE.search(row) or (not headed and not row.lstrip().startswith("|")):
                break
            rows.append(row)
            self._at += 1
        self._add(Block("table", number, rows))
        return True

    def _reference(self, line: str) -> bool:
        match = _REFERENCE.fullmatch(line)
        if not match or (self._open is not None and not self._blank and self._open.kind == "paragraph"):
            return False
        self.found.references.setdefault(reference_key(match[1]), match[2])
        self._open = None
        return True

    def _text(self, number: int, line: str, *, quoted: bool) -> None:
        block = self._open
        indent = len(line) - len(line.lstrip())
        if block is None or block.quoted != quoted or FOOTNOTE.match(line):
            continues = False
        elif block.kind == "item":
            glued = indent <= block.level and (_BOLD_LINE.fullmatch(line) or _stands_alone(line, block))
            continues = indent > block.level if self._blank else not glued
        else:
            continues = not self._blank
        if not continues or block is None:
            self._add(Block("paragraph", number, [line.lstrip()], quoted=quoted))
            return
        if self._blank and block.loose is None:
            block.loose = len(block.lines)
        block.lines += [""] * (number - block.line - len(block.lines)) + [line.lstrip()]

    def _html_heading(self, number: int, line: str, match: re.Match[str]) -> None:
        closing = f"</h{match[1]}"
        text = line[match.end() :]
        for _ in range(10):
            if closing in text.lower() or self._at >= len(self._lines):
                break
            text += " " + self._lines[self._at].strip()
            self._at += 1
        head, _, rest = re.sub(rf"(?i){closing}\s*>", "\0", text).partition("\0")
        self._add(Block("heading", number, [head.strip()], level=int(match[1])))
        if re.sub(r"<[^<>]*>", "", rest).strip():
            self._add(Block("paragraph", number, [rest.strip()]))

    def _summary(self, number: int, match: re.Match[str]) -> None:
        text, rest = match[1], match[2]
        if "</summary" not in match[0].lower():
            text += " " + " ".join(self._until("</summary"))
        self._add(Block("summary", number, [text.strip()]))
        if "</details" in rest.lower():
            self._add(Block("end", number, []))
        elif re.sub(r"<[^<>]*>", "", rest).strip():
            self._add(Block("paragraph", number, [rest.strip()]))

    def _until(self, closing: str) -> Iterator[str]:
        for _ in range(5):
            if self._at >= len(self._lines):
                return
            line = self._lines[self._at]
            self._at += 1
            if closing in line.lower():
                yield line[: line.lower().index(closing)]
                return
            yield line

    def _html_table(self, number: int, line: str) -> None:
        """Take an HTML table up to its end, or to the next heading where the end is missing."""
        rows = [line]
        while "</table" not in rows[-1].lower() and self._at < len(self._lines):
            following = self._lines[self._at]
            if re.match(r"#{1,6}\s", following):
                break
            rows.append(following.rstrip("\r"))
            self._at += 1
        self._add(Block("html-table", number, rows))
