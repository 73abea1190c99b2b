"""Read a Markdown list into entries; account for every link that is in none.

The reader walks the token stream of a CommonMark parser, which knows nesting, wrapped lines and
reference links. What it adds is small: headings and bold paragraphs are the section path, a list
item with a link to somewhere is an entry, and each other place with links is reported as skipped.

References
----------
CommonMark 0.31.2, https://spec.commonmark.org/0.31.2/.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

from healthfm.errors import InputError, LimitError
from healthfm.sources.identifiers import canonical
from healthfm.sources.link_kinds import LinkKind, link_kind
from healthfm.sources.titles import folded_title

MAX_CHARACTERS: Final = 5_000_000
#: Lists nested deeper than this are read as text; no real list comes near.
MAX_NESTING: Final = 40


@dataclass(frozen=True, slots=True)
class Link:
    """A link of an entry: label and address as written, its kind, and what it identifies."""

    label: str
    url: str
    kind: LinkKind
    id: str
    version: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One work as a list has it.

    Parameters
    ----------
    line
        Where it begins, from 1.
    title
        Without tags, quotes, authors and emphasis.
    section
        The headings above it, the outermost first.
    name
        The short name that the list marks, if it marks one.
    tag
        Venue, date or both, as the list writes them.
    """

    line: int
    title: str
    section: tuple[str, ...]
    links: tuple[Link, ...]
    name: str | None = None
    tag: str | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """A place with links that is no entry, why not, and how many links it has."""

    line: int
    reason: str
    links: int


@dataclass(frozen=True, slots=True)
class ListReading:
    """What was read of a list: every link of the file is in an entry or in something skipped."""

    source: str
    name: str
    entries: tuple[Entry, ...]
    skipped: tuple[Skipped, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the reading as plain values, for JSON; a link without a version has no such key."""
        return {
            "source": self.source,
            "entries": [entry_mapping(entry) for entry in self.entries],
            "skipped": [
                {"line": skipped.line, "reason": skipped.reason, "links": skipped.links}
                for skipped in self.skipped
            ],
        }

    def summary(self) -> str:
        """Say in one line what was read."""
        links = sum(len(entry.links) for entry in self.entries)
        titles = len({folded_title(entry.title) for entry in self.entries})
        left = sum(skipped.links for skipped in self.skipped)
        return f"{len(self.entries)} rows, {links} links, {titles} titles; {left} links elsewhere"


def entry_mapping(entry: Entry) -> dict[str, Any]:
    """Return an entry as plain values; name and tag only where the list gives them."""
    marked = {"name": entry.name, "tag": entry.tag}
    return {
        "line": entry.line,
        "title": entry.title,
        **{key: value for key, value in marked.items() if value},
        "section": list(entry.section),
        "links": [link_mapping(link) for link in entry.links],
    }


def link_mapping(link: Link) -> dict[str, str]:
    """Return a link as plain values."""
    values = {"label": link.label, "url": link.url, "kind": str(link.kind), "id": link.id}
    return values | ({"version": link.version} if link.version else {})


def read_list(text: str, *, source: str) -> ListReading:
    """Read a list.

    Parameters
    ----------
    text
        Markdown.
    source
        Where it comes from; kept as it is.

    Raises
    ------
    LimitError
        If the text is longer than five million characters.
    """
    if len(text) > MAX_CHARACTERS:
        raise LimitError(
            f"{source}: {len(text):,} characters, the limit is {MAX_CHARACTERS:,}; split the list"
        )
    reader = _Reader()
    for token in MarkdownIt("commonmark", {"maxNesting": MAX_NESTING}).parse(text):
        reader.take(token)
    return ListReading(source, reader.name, tuple(reader.entries), tuple(reader.skipped))


class _Reader:
    """The state of a walk over the tokens: headings so far, the bold group, how deep in lists."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.skipped: list[Skipped] = []
        self.name = ""
        self._headings: list[tuple[int, str]] = []
        self._group: str | None = None
        self._depth = 0
        self._heading_level = 0

    def take(self, token: Token) -> None:
        if token.type == "heading_open":
            self._heading_level = int(token.tag[1])
        elif token.type == "heading_close":
            self._heading_level = 0
        elif token.type == "list_item_open":
            self._depth += 1
        elif token.type == "list_item_close":
            self._depth -= 1
        elif token.type == "inline":
            self._inline(token)

    def _inline(self, token: Token) -> None:
        line = (token.map or [0])[0] + 1
        children = token.children or []
        pieces = _pieces(children)
        if self._heading_level:
            self._enter(_plain(pieces))
            self._skip(line, "heading", pieces)
        elif self._depth:
            self._item(line, pieces)
        elif group := _bold_group(children):
            self._group = group
            self._skip(line, "bold heading", pieces)
        else:
            self._skip(line, "text outside a list item", pieces)

    def _enter(self, heading: str) -> None:
        level = self._heading_level
        self._headings = [(own, text) for own, text in self._headings if own < level]
        self._group = None
        if level == 1 and not self.name:
            self.name = heading
        elif heading:
            self._headings.append((level, heading))

    def _skip(self, line: int, reason: str, pieces: Sequence[_Piece]) -> None:
        links = sum(piece.url is not None for piece in pieces)
        if links:
            self.skipped.append(Skipped(line, reason, links))

    def _item(self, line: int, pieces: Sequence[_Piece]) -> None:
        linked = [piece for piece in pieces if piece.url is not None]
        if not linked:
            return
        if all(piece.url.startswith("#") for piece in linked if piece.url is not None):
            self._skip(line, "table of contents", pieces)
            return
        try:
            links = tuple(_link(piece) for piece in linked)
        except InputError as error:
            self._skip(line, str(error), pieces)
            return
        title = _title(pieces)
        if not title:
            self._skip(line, "links without a title", pieces)
            return
        section = [text for _, text in self._headings] + ([self._group] if self._group else [])
        self.entries.append(Entry(line, title, tuple(section), links))


@dataclass(frozen=True, slots=True)
class _Piece:
    """A run of text, or a link with its label."""

    text: str
    url: str | None = None


def _pieces(children: Sequence[Token]) -> list[_Piece]:
    pieces: list[_Piece] = []
    url: str | None = None
    label = ""
    for child in children:
        if child.type == "link_open":
            url, label = str(child.attrs.get("href", "")), ""
        elif child.type == "link_close":
            pieces.append(_Piece(label.strip().strip("[]").strip(), url))
            url = None
        else:
            text = " " if child.type in {"softbreak", "hardbreak"} else child.content
            if url is not None:
                label += text
            elif text and child.type != "html_inline":
                pieces.append(_Piece(text))
    return pieces


def _plain(pieces: Sequence[_Piece]) -> str:
    return " ".join("".join(piece.text for piece in pieces).split()).strip(" :")


def _bold_group(children: Sequence[Token]) -> str | None:
    """Return the text of a paragraph that is one bold run, a colon behind it or not."""
    shown = [child for child in children if child.content.strip() or child.type.startswith("strong")]
    if len(shown) < 3 or shown[0].type != "strong_open":
        return None
    closing = next((i for i, child in enumerate(shown) if child.type == "strong_close"), len(shown))
    behind = "".join(child.content for child in shown[closing + 1 :]).strip()
    inside = shown[1:closing]
    if behind not in {"", ":"} or any(child.type != "text" for child in inside):
        return None
    return "".join(child.content for child in inside).strip(" :")


def _title(pieces: Sequence[_Piece]) -> str:
    """Return the text before the first link, or that link's label where nothing stands before it."""
    before = ""
    for piece in pieces:
        if piece.url is not None:
            return " ".join(before.split()).rstrip(" [(:-|") or piece.text
        before += piece.text
    return ""


def _link(piece: _Piece) -> Link:
    url = piece.url or ""
    identifier = canonical(url)
    return Link(piece.text, url, link_kind(piece.text, url, identifier.id), identifier.id, identifier.version)
