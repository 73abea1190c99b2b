"""Titles as they are compared: folded, and split into the short name in front and what it stands for.

Folding keeps the letters of every script. Folding down to ASCII would make four Chinese titles meet in
the empty string.

References
----------
Unicode Standard Annex 15 (NFKC), https://www.unicode.org/reports/tr15/.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

#: A short name stands before a colon and has few words; a longer run of words is a title of its own.
_NAMED: Final = re.compile("\\s*([^:\uff1a]{1,60}?)\\s*[:\uff1a]\\s*(\\S.*)", re.DOTALL)
_MAX_WORDS: Final = 4


def folded_title(title: str) -> str:
    """Return a title as titles are compared: case, punctuation and white space do not count.

    Letters, marks and digits of every script count, and ``+`` does: ChatCAD+ is not ChatCAD.

    Notes
    -----
    Idempotent. Empty for a title without letters and digits; nothing may be matched by that.

    Examples
    --------
    >>> folded_title("BioELECTRA:Pretrained  Encoder") == folded_title("bioelectra: pretrained encoder")
    True
    >>> folded_title("医学大模型 · 综述")
    '医学大模型 综述'
    """
    # Case folding can leave what NFKC composes again, and the other way round: fold between two passes.
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", title).casefold())
    return " ".join("".join(c if _counts(c) else " " for c in plain).split())


def _counts(character: str) -> bool:
    return character == "+" or unicodedata.category(character)[0] in "LMN"


def split_name(title: str) -> tuple[str, str]:
    """Return the folded short name before a colon and the folded rest; no name gives ``("", title)``.

    Examples
    --------
    >>> split_name("ChatCAD+: Towards a universal system")
    ('chatcad+', 'towards a universal system')
    >>> split_name("Attention is all you need")
    ('', 'attention is all you need')
    """
    match = _NAMED.fullmatch(title)
    if match and len(match[1].split()) <= _MAX_WORDS:
        name, rest = folded_title(match[1]), folded_title(match[2])
        if name and rest:
            return name, rest
    return "", folded_title(title)


def name_in_front(title: str) -> str | None:
    """Return the short name that a title begins with, as written, if it looks like a name.

    Notes
    -----
    One word, or words with a digit, a plus or a capital inside, before a colon.

    Examples
    --------
    >>> name_in_front("Med-PaLM 2: Towards Expert-Level Medical Question Answering")
    'Med-PaLM 2'
    >>> name_in_front("Foundation models: the future of surgery") is None
    True
    """
    match = _NAMED.fullmatch(title)
    if not match or not split_name(title)[0]:
        return None
    name = " ".join(match[1].split())
    looks_like_one = " " not in name or re.search(r"[\d+]|\w[A-Z]", name)
    return name if looks_like_one else None
