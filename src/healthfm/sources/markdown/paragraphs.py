"""Which paragraphs are entries, in what style, and where one entry ends in a paragraph of several."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, Literal

from healthfm.sources.markdown.authors import are_authors, begins_with_people
from healthfm.sources.markdown.flat import Flat, flatten
from healthfm.sources.markdown.inline import Piece
from healthfm.sources.markdown.naming import naming
from healthfm.sources.markdown.title_text import clean_heading
from healthfm.sources.tags import is_label, is_tag

EntryStyle = Literal["strong", "quote", "link", "plain"]

_LEAD: Final = re.compile(r"(?:[^\w\[(\"“”«「*]|\[[^\[\]]{0,60}\]\s*)*")
_PROSE: Final = re.compile(
    r"\b(?:we|our|ours|us|you|your|please|this (?:list|repo\w*|section|page|table|paper|survey)|thanks|"
    r"feel free|"
    r"if you|refer to|for more|see also|here is|here are|check out|welcome)\b",
    re.IGNORECASE,
)


#: Labels that stand in running text as well.
_SAYS_NOTHING: Final = re.compile(r"links?|here|this|page|website|site|home|\W*|\d+", re.IGNORECASE)


def bold_only(pieces: Sequence[Piece]) -> str | None:
    """Return the text of a paragraph that is all bold, a colon and emoji aside; None if it is not.

    Examples
    --------
    >>> from healthfm.sources.markdown.inline import scan
    >>> bold_only(scan("🔥 **Vision Transformers**:")), bold_only(scan("**A** b"))
    ('Vision Transformers', None)
    """
    flat = flatten(pieces)
    if not flat.strong or flat.links or len(flat.text) > 200:
        return None
    outside = flat.text[: flat.strong[0][0]] + flat.text[flat.strong[-1][1] :]
    between = "".join(
        flat.text[before[1] : after[0]] for before, after in zip(flat.strong, flat.strong[1:], strict=False)
    )
    if any(character.isalnum() for character in outside + between):
        return None
    return clean_heading(flat.text) or None


def is_title_with_authors(pieces: Sequence[Piece]) -> bool:
    """Whether a paragraph is a bold title with its authors in the lines below it, and nothing else."""
    flat = flatten(pieces)
    run = flat.run_at("strong", 0)
    return run is not None and begins_with_people(flat.text[run[1] :].lstrip(" \n:.,"))


def quoted_group(pieces: Sequence[Piece]) -> str | None:
    """Return the bold text that begins a quoted line and heads what follows, links beside it aside."""
    flat = flatten(pieces)
    runs = [run for run in flat.strong if not flat.link_at(run[0])]
    if not runs or "\n" in flat.text.strip() or any(c.isalnum() for c in flat.text[: runs[0][0]]):
        return None
    behind = flat.text[runs[0][1] :]
    for span in flat.links:
        behind = behind.replace(span.piece.text, "", 1)
    return None if any(c.isalnum() for c in behind) else clean_heading(flat.text[runs[0][0] : runs[0][1]])


def is_links_only(pieces: Sequence[Piece]) -> bool:
    """Whether a paragraph holds links such as [Paper] and nothing else but tags."""
    flat = flatten(pieces)
    if not flat.links or not all(is_label(span.piece.text) for span in flat.links):
        return False
    rest = flat.text
    for span in flat.links:
        rest = rest.replace(span.piece.text, ",", 1)
    words = [part.strip(" ,.[]()|") for part in re.split(r"[,\n|\[\]]", rest)]
    return all(not any(c.isalnum() for c in part) or is_tag(part) or is_label(part) for part in words)


def entry_style(pieces: Sequence[Piece]) -> EntryStyle | None:
    """Return how a paragraph shows its title if it is an entry; None if it is prose with links in it."""
    flat = flatten(pieces)
    lead = _LEAD.match(flat.text)
    start = lead.end() if lead else 0
    style = _style_at(flat, start)
    if style == "strong" or (style == "quote" and naming(pieces).title):
        return style
    head = flat.text.split("\n", 1)[0]
    if style == "link":
        span = next((span for span in flat.links if span.end > start), None)
        rest = head[span.end :] if span and span.end <= len(head) else ""
        words = len(span.piece.text.split()) if span else 0
        return "link" if words >= 3 or re.match(r"\s*(?:$|[-–—:|,.(\[]|\W*[A-Z])", rest) else None
    labels = [span for span in flat.links if is_label(span.piece.text)]
    telling = any(not _SAYS_NOTHING.fullmatch(span.piece.text.strip(" []()")) for span in labels)
    if not telling or len(labels) < len(flat.links) - 1 or _PROSE.search(head):
        return None
    behind = flat.text[labels[-1].end :].strip(" .,;|[]()*\n")
    before = flat.text[: labels[0].start].strip(" [(:")
    fits = 2 <= len(before.split()) <= 80 or any(ord(character) > 0x2E80 for character in before)
    described = not behind or is_tag(behind) or len(behind.split()) <= 60
    begins = not before[:1].islower() or not before[:1].isascii() or ":" in before or "-" in before.split()[0]
    return "plain" if fits and described and begins else None


def _style_at(flat: Flat, start: int) -> EntryStyle | None:
    link = flat.link_at(start) or (
        flat.link_at(start + 1) if flat.text[start : start + 1] in {"[", "("} else None
    )
    run = flat.run_at("strong", start)
    if run:
        inside = [span for span in flat.links if run[0] <= span.start < run[1]]
        return (
            None if inside and is_label(inside[0].piece.text) and inside[0].start <= run[0] + 1 else "strong"
        )
    if link and not is_label(link.piece.text) and not link.piece.url.startswith("#"):
        return "link"
    return "quote" if flat.text[start : start + 1] in {'"', "“", "”", "«", "「"} else None


def parts_of(pieces: Sequence[Piece], style: EntryStyle) -> list[list[Piece]]:
    """Return the entries of a paragraph that strings several together, one a line or group of lines."""
    lines: list[list[Piece]] = [[]]
    for piece in pieces:
        lines[-1].append(piece)
        if piece.kind in {"wrap", "break"}:
            lines.append([])
    parts: list[list[Piece]] = []
    for line in lines:
        if not parts or (_begins(line, style) and any(piece.kind == "link" for piece in parts[-1])):
            parts.append(line)
        else:
            parts[-1] += line
    whole = [part for part in parts if any(piece.kind == "link" for piece in part)]
    return [_trimmed(part) for part in whole] if len(whole) == len(parts) else [_trimmed(list(pieces))]


def _begins(line: Sequence[Piece], style: EntryStyle) -> bool:
    flat = flatten(line)
    if not flat.text.strip() or (style != "strong" and are_authors(flat.text)):
        return False
    lead = _LEAD.match(flat.text)
    start = lead.end() if lead else 0
    if style == "plain":
        return bool(flat.links) and entry_style(line) == "plain"
    if _style_at(flat, start) != style:
        return False
    if style == "strong":
        run = flat.run_at("strong", start)
        return run is not None and not is_tag(flat.text[run[0] : run[1]])
    return style == "quote" or not re.match(r"\s*,", flat.text[flat.links[0].end :])


def _trimmed(part: list[Piece]) -> list[Piece]:
    first = next((i for i, piece in enumerate(part) if piece.text.strip() or piece.kind == "link"), 0)
    return part[first:]
