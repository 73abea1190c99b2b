"""From the pieces of an entry to its links; what is no usable link is reported, not dropped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from healthfm.errors import InputError
from healthfm.sources.addresses import usable
from healthfm.sources.identifiers import canonical
from healthfm.sources.known_hosts import Identifier
from healthfm.sources.link_kinds import link_kind
from healthfm.sources.markdown.inline import Piece
from healthfm.sources.reading import Link, Skipped
from healthfm.sources.tags import is_label


@dataclass(slots=True)
class Links:
    """The links of an entry, and the refused ones with the reason of each."""

    links: list[Link] = field(default_factory=list)
    refused: list[Skipped] = field(default_factory=list)

    def add(self, pieces: Sequence[Piece], line: int, context: str = "") -> None:
        """Add the links among pieces that begin in a line; `context` is the head of a table's column."""
        before = ""
        for piece in pieces:
            if piece.kind == "link":
                said = _said_before(before)
                label = said or piece.text if piece.text == piece.url else piece.text
                self._add(piece, line + piece.line, label, said or context)
            before = piece.text if piece.kind == "text" else ""

    def _add(self, piece: Piece, line: int, label: str, context: str) -> None:
        try:
            url, identifier = _resolved(piece.url)
        except InputError as error:
            said = f"'{piece.url[:80]}': " if piece.url and not piece.url.startswith("#") else ""
            self.refused.append(Skipped(line, f"{said}{error}", 1))
            return
        kind = link_kind(label, url, identifier.id, context=context)
        self.links.append(Link(label, url, kind, identifier.id, identifier.version))


_BEFORE: Final = re.compile(r"([^\s,;|()\[\]][^,;|()\[\]\n]{0,30})\s*[:：]\s*$")


def _said_before(before: str) -> str:
    """Return the word that says what the next link is, as in ``Code: https://…``; empty if there is none."""
    match = _BEFORE.search(before[-60:])
    words = match[1].split()[-2:] if match else []
    return next((" ".join(words[i:]) for i in range(len(words)) if is_label(" ".join(words[i:]))), "")


@lru_cache(maxsize=4_096)
def _resolved(written: str) -> tuple[str, Identifier]:
    url = usable(written)
    return url, canonical(url)


def links_in(pieces: Iterable[Piece]) -> int:
    """Return how many links were written among pieces."""
    return sum(piece.kind == "link" for piece in pieces)
