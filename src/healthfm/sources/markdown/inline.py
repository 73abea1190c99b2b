"""The inside of a line: text, links, pictures and emphasis, as its author meant them.

A renderer follows CommonMark and shows what is not well formed as text. A reader of lists must not:
a link with a space in its address, without a scheme or glued to the next one is still a link that
somebody wrote down. So this scanner takes every form of link that authors use, reports each address
as it stands, and is linear in its input.

References
----------
CommonMark 0.31.2, section 6, https://spec.commonmark.org/0.31.2/#inlines.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from healthfm.sources.markdown.badges import badge_label

PieceKind = Literal["text", "link", "image", "wrap", "break"]


@dataclass(slots=True)
class Piece:
    """A run of text, a link, a picture, or the end of a line (`wrap` where the text runs on).

    Parameters
    ----------
    text
        What is shown; for a link its label, without emphasis.
    url
        The address of a link or picture, as written.
    line
        How many lines below the first it begins.
    inner
        The pieces of a link's label.
    """

    kind: PieceKind
    text: str
    url: str = ""
    line: int = 0
    strong: bool = False
    em: bool = False
    code: bool = False
    inner: tuple[Piece, ...] = field(default=(), repr=False)


_TOKEN: Final = re.compile(
    r"""
    (?P<escape>\\[!-/:-@\[-`{-~])
    |(?P<code>`+)
    |(?P<autolink><(?:https?://|mailto:|www\.)[^<>\s]*>)
    |(?P<tag></?[A-Za-z][^<>]*>)
    |(?P<image>!\[)
    |(?P<open>\[)
    |(?P<close>\])
    |(?P<delimiter>\*+|_+|~~)
    |(?P<end>(?:(?<![ ])[ ]{2,}+|\\)?\n)
    |(?P<bare>https?://[^\s<>"`|\[\]（）【】《》「」，。；、]+|(?<![\w/.@-])www\.[\w-]+\.[^\s<>"`|\[\]]+)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ANGLED: Final = re.compile(r"\(\s*<([^<>\n]*)>[^()\n]{0,300}\)")
_PLAIN: Final = re.compile(r"\(\s*([^()\s]*+)\s*\)")
_BALANCED: Final = re.compile(
    r"\(((?:[^()\n]++|\((?:[^()\n]++|\((?:[^()\n]++|\([^()\n]*+\))*+\))*+\))*+)\s*\)"
)
_UNCLOSED: Final = re.compile(r"\(\s*(https?://[^\s()\[\]<>]+)")
_APART: Final = re.compile(r"[ ](?=\(https?://)")
_REFERENCE: Final = re.compile(r"\[([^\[\]\n]{0,200})\]")
_TITLED: Final = re.compile(r"(\S+)\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\))")
_NO_ADDRESS: Final = re.compile(r"(?!https?\s*:|www\.|[#./<]|[\w-]+(?:\.[\w-]+)+/)\S+\s", re.IGNORECASE)
_ATTRIBUTE: Final = r"\b{}\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))"
_HREF: Final = re.compile(_ATTRIBUTE.format("href"), re.IGNORECASE)
_SRC: Final = re.compile(_ATTRIBUTE.format("src"), re.IGNORECASE)
_ALT: Final = re.compile(_ATTRIBUTE.format("alt"), re.IGNORECASE)
_BREAKING: Final = frozenset("br p div tr td th li ul ol hr center h1 h2 h3 h4 h5 h6 dd dt summary".split())
#: Tags of emphasis → what says the same in Markdown; a key cap is set like code.
_MARKS: Final = {"b": "**", "strong": "**", "i": "*", "em": "*", "kbd": "`", "code": "`"}
_LABEL_PIECES: Final = 50
_LABEL_LIMIT: Final = 1_000


def scan(text: str, references: Mapping[str, str] | None = None) -> list[Piece]:
    """Return the pieces of a text.

    Parameters
    ----------
    text
        One or more lines.
    references
        Label, folded by `reference_key`, → address, for links such as ``[Paper][1]``.

    Examples
    --------
    >>> [(piece.text, piece.url) for piece in scan("**A** [[Paper]](u)[[Code](v)]") if piece.kind == "link"]
    [('Paper', 'u'), ('Code', 'v')]
    """
    return _Scanner(text, references or {}).run()


def reference_key(label: str) -> str:
    """Return a reference's label as references are compared."""
    return " ".join(label.split()).casefold()


class _Scanner:
    def __init__(self, text: str, references: Mapping[str, str]) -> None:
        self._text = text
        self._references = references
        self._out: list[Piece] = []
        self._line = 0
        # Where in the output something began that may still be closed.
        self._brackets: list[tuple[int, bool]] = []
        self._anchors: list[tuple[int, str]] = []
        self._emphasis: dict[str, int] = {}
        self._ticks: dict[int, list[int]] | None = None

    def run(self) -> list[Piece]:
        text, position = self._text, 0
        while match := _TOKEN.search(text, position):
            if match.start() > position:
                self._add(text[position : match.start()])
            kind = match.lastgroup or ""
            position = getattr(self, f"_{kind}")(match) or match.end()
        self._add(text[position:])
        return [piece for piece in self._out if piece.text or piece.kind != "text"]

    def _add(self, text: str, kind: PieceKind = "text", *, code: bool = False) -> Piece:
        shown = text if code or "&" not in text else html.unescape(text)
        piece = Piece(kind, shown, line=self._line, code=code)
        self._out.append(piece)
        return piece

    def _escape(self, match: re.Match[str]) -> None:
        self._add(match[0][1])

    def _code(self, match: re.Match[str]) -> int | None:
        if self._ticks is None:
            self._ticks = {}
            for run in reversed(list(re.finditer(r"`+", self._text))):
                self._ticks.setdefault(len(run[0]), []).append(run.start())
        size = len(match[0])
        starts = self._ticks[size]
        while starts and starts[-1] < match.end():
            starts.pop()
        if not starts:
            self._add(match[0])
            return None
        content = self._text[match.end() : starts[-1]]
        self._add(" ".join(content.split()), code=True)
        self._line += content.count("\n")
        return starts[-1] + size

    def _autolink(self, match: re.Match[str]) -> None:
        self._link_here(match[0][1:-1])

    def _bare(self, match: re.Match[str]) -> int:
        url = match[0].rstrip(".,;:!?*_'~")
        while url.endswith(")") and url.count(")") > url.count("("):
            url = url[:-1].rstrip(".,;:!?*_'~")
        self._link_here(url)
        return match.start() + len(url)

    def _link_here(self, url: str) -> None:
        self._out.append(Piece("link", url, url, self._line))

    def _end(self, match: re.Match[str]) -> None:
        hard = len(match[0]) > 1
        self._add("\n" if hard else " ", "break" if hard else "wrap")
        self._line += 1

    def _image(self, _: re.Match[str]) -> None:
        self._brackets.append((len(self._out), True))
        self._add("![")

    def _open(self, _: re.Match[str]) -> None:
        self._brackets.append((len(self._out), False))
        self._add("[")

    def _close(self, match: re.Match[str]) -> int | None:
        start, picture = self._brackets.pop() if self._brackets else (None, False)
        found = self._destination(match.end(), start)
        if found is None:
            said = "".join(piece.text for piece in self._out[start : start + 2]) if start is not None else ""
            # The mark of a footnote; within brackets of others it is more likely an isotope or an exponent.
            if start is not None and said.startswith("[^") and not self._brackets:
                self._collapse(start, Piece("text", ""))
            else:
                self._add("]")
            return None
        url, end = found
        if start is None:
            start = self._text_start()
        if picture:
            alt = "".join(piece.text for piece in self._out[start + 1 :])
            self._collapse(start, Piece("image", badge_label(alt, url), url, self._line))
        else:
            self._make_link(start, url)
        self._line += self._text.count("\n", match.end(), end)
        return end

    def _text_start(self) -> int:
        """Return where the label of a link begins that lacks its opening bracket."""
        index = len(self._out)
        while index and self._out[index - 1].kind == "text" and len(self._out) - index < _LABEL_PIECES:
            index -= 1
        return index

    def _destination(self, position: int, start: int | None) -> tuple[str, int] | None:
        """Return the address that follows a closing bracket, and where it ends."""
        text = self._text
        if apart := _APART.match(text, position):
            position = apart.end()
        if text.startswith("(", position):
            for form in (_ANGLED, _PLAIN, _BALANCED, _UNCLOSED):
                if (match := form.match(text, position)) and not _NO_ADDRESS.match(match[1].strip()):
                    return _address(match[1]), match.end()
            return None
        if start is None or not self._references or text.startswith("](", position):
            return None
        if any(piece.kind == "link" for piece in self._out[start + 1 : start + _LABEL_PIECES]):
            return None
        label = "".join(piece.text for piece in self._out[start + 1 : start + _LABEL_PIECES])
        match = _REFERENCE.match(text, position)
        key = reference_key(match[1] or label) if match else reference_key(label)
        if key in self._references:
            return self._references[key], match.end() if match else position
        return None

    def _make_link(self, start: int, url: str) -> None:
        first = start + self._is_bracket(start)
        inner = self._out[first : first + _LABEL_PIECES]
        for piece in inner:
            if piece.kind == "link" and piece.text == piece.url:
                piece.kind = "text"  # an address as the label of a link is text
        link = Piece("link", _label(inner), url, inner[0].line if inner else self._line, inner=tuple(inner))
        link.strong = any(piece.strong for piece in inner if piece.text.strip())
        link.em = any(piece.em for piece in inner if piece.text.strip())
        if any(piece.kind == "link" for piece in inner):
            # A link in the label of another: both were written down.
            self._out[start].text = "" if first > start else self._out[start].text
            self._out.append(link)
        else:
            self._collapse(start, link)

    def _is_bracket(self, start: int) -> bool:
        return start < len(self._out) and self._out[start].text == "["

    def _collapse(self, start: int, piece: Piece) -> None:
        self._out[start:] = [piece]
        last = len(self._out) - 1
        self._emphasis = {mark: min(index, last) for mark, index in self._emphasis.items()}
        while self._anchors and self._anchors[-1][0] >= start:
            self._anchors.pop()

    def _delimiter(self, match: re.Match[str]) -> None:
        run, before, after = match[0], self._text[: match.start()][-1:], self._text[match.end() :][:1]
        if len(run) > 3 or (run[0] == "_" and before.isalnum() and after.isalnum()):
            self._add(run)
            return
        marks = {1: ("*",), 2: ("**",), 3: ("**", "*")}[len(run)] if run[0] != "~" else ("~~",)
        for mark in marks:
            opens, closes = bool(after.strip()), bool(before.strip())
            if closes and mark in self._emphasis:
                self._emphasize(mark)
            elif opens and mark not in self._emphasis:
                self._emphasis[mark] = len(self._out)
                self._add(mark)
            else:
                self._add(mark if run[0] != "_" else "_" * len(mark))

    def _emphasize(self, mark: str) -> None:
        start = self._emphasis.pop(mark)
        if self._out[start].text == mark:
            self._out[start].text = ""
        for piece in self._out[start:]:
            piece.strong |= mark == "**"
            piece.em |= mark == "*"
            piece.code |= mark == "`"

    def _tag(self, match: re.Match[str]) -> None:
        tag = match[0]
        name = re.match(r"</?(\w+)", tag)
        known = name[1].lower() if name else ""
        closing = tag.startswith("</")
        if known == "a":
            self._anchor(tag, closing=closing)
        elif known == "img":
            source = _value(_SRC, tag)
            self._add(badge_label(_value(_ALT, tag), source), "image").url = source
        elif mark := _MARKS.get(known):
            if closing and mark in self._emphasis:
                self._emphasize(mark)
            elif not closing and mark not in self._emphasis:
                self._emphasis[mark] = len(self._out)
                self._add("")
        elif known in _BREAKING:
            self._add("\n", "break")
        self._line += tag.count("\n")

    def _anchor(self, tag: str, *, closing: bool) -> None:
        if closing and self._anchors:
            start, url = self._anchors.pop()
            self._make_link(start, url)
        elif not closing and (href := _value(_HREF, tag)):
            self._anchors.append((len(self._out), _address(href)))
            self._add("[")


def _label(inner: list[Piece]) -> str:
    label = "".join(_shown(piece) for piece in inner)[:_LABEL_LIMIT]
    if not label.strip(" []"):
        label = " ".join(piece.text for piece in inner if piece.kind == "image")
    label = label.strip()
    while label.startswith("[") and label.endswith("]"):
        label = label[1:-1].strip()
    return " ".join(label.split())


def _shown(piece: Piece) -> str:
    if piece.kind == "image":
        return ""
    return " " if piece.kind in {"wrap", "break"} else piece.text


def _value(attribute: re.Pattern[str], tag: str) -> str:
    match = attribute.search(tag)
    return next((group for group in match.groups() if group is not None), "") if match else ""


def _address(written: str) -> str:
    """Return what is meant by an address in parentheses: without its title, or a link pasted into it."""
    address = written.strip()
    if match := _TITLED.fullmatch(address):
        address = match[1]
    if "](" in address:
        address = address.rpartition("](")[2].rstrip(")")
    address = address.strip("[]<> ")
    address = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", address)
    return html.unescape(address)
