"""A title or heading without what only decorates it: emoji, quotes, punctuation around it."""

from __future__ import annotations

import re
from typing import Final

_EMOJI: Final = (
    r"[\U0001F000-\U0001FAFF\u2190-\u21FF\u2300-\u27BF\u2B00-\u2BFF\uFE0F\u200D\u20E3]|:[a-z0-9_+-]{2,30}:"
)
LEADING_NOISE: Final = re.compile(rf"(?:\s|{_EMOJI}|[-–—:|,.;•·*>~\\：，。；、])+", re.IGNORECASE)
_TRAILING_NOISE: Final = re.compile(rf"(?:\s|{_EMOJI}|[\[(（【:|,;–—*~\\：，。；、-])+$", re.IGNORECASE)
#: Whatever may begin or end a quoted title.
QUOTES: Final = '"“”„‟″«»『「《》'


def clean_title(text: str) -> str:
    """Return a title without emoji, quotes and punctuation around it, and without a full stop at its end."""
    title = " ".join(text.split())
    while True:
        before = title
        title = _TRAILING_NOISE.sub("", LEADING_NOISE.sub("", title, count=1) if _noise(title) else title)
        title = title.rstrip(".") if re.search(r"[^.]\.$", title) else title
        if len(title) > 1 and title[0] in QUOTES and title[-1] in QUOTES + "'":
            title = title[1:-1]
        title = _without_stray_quote(title)
        if title == before:
            return title


def clean_heading(text: str) -> str:
    """Return a heading without emoji and punctuation around it.

    Examples
    --------
    >>> clean_heading("🔥 Papers (2024) :fire:")
    'Papers (2024)'
    """
    heading = LEADING_NOISE.sub("", " ".join(text.split()), count=1) if LEADING_NOISE.match(text) else text
    return " ".join(_TRAILING_NOISE.sub("", heading).split())


def _noise(title: str) -> bool:
    return bool(LEADING_NOISE.match(title)) and not re.match(r"\.\w|:\w", title)


def _without_stray_quote(title: str) -> str:
    quotes = sum(title.count(quote) for quote in '"“”')
    if quotes == 1 and title[:1] in '"“':
        return title[1:]
    return title[:-1] if quotes == 1 and title[-1:] in '"”' else title
