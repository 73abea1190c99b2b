"""What a badge says, where the link behind it has no other label."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit

#: Texts that say that there is a picture, not what is in it.
_EMPTY_ALT: Final = re.compile(
    r"\s*(?:(?:static |dynamic |custom )?badge|img|image|icon|logo|alt(?: text)?|shield|picture|drawing)?\s*",
    re.IGNORECASE,
)


def badge_label(alt: str, address: str) -> str:
    """Return the text of a picture: its own, else the label in a badge's address, else its file's name.

    Examples
    --------
    >>> badge_label("", "https://img.shields.io/badge/arXiv-2302.07257-b31b1b.svg")
    'arXiv'
    >>> badge_label("", "https://img.shields.io/badge/CVPR-2024-blue")
    'CVPR 2024'
    >>> badge_label("Static Badge", "https://img.shields.io/badge/Project_Page-blue")
    'Project Page'
    >>> badge_label("", "https://img.shields.io/github/stars/google/gemma?style=social")
    'GitHub stars'
    """
    if not _EMPTY_ALT.fullmatch(alt):
        return " ".join(alt.split())
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    segments = [unquote(segment) for segment in parts.path.split("/") if segment]
    query = parse_qs(parts.query)
    if label := query.get("label"):
        return label[0]
    if "badge" in segments[:-1] and "shields" in parts.netloc:
        words = segments[segments.index("badge") + 1].replace("--", "\0").split("-")
        texts = [word.replace("\0", "-").replace("_", " ").strip() for word in words[:-1] or words]
        # CVPR-2024-blue says more by its year; arXiv-2302.07257-red says what the link says.
        dated = texts[0] and re.fullmatch(r"(?:19|20)\d\d", texts[-1])
        return " ".join(texts) if dated else next(filter(None, texts), "")
    if segments[:1] == ["github"]:
        return " ".join(["GitHub", *segments[1:2]])
    return re.sub(r"\.\w+$", "", segments[-1]) if segments else ""
