"""Text as Markdown that shows just that text."""

from __future__ import annotations

import re
from typing import Final

_MARKUP: Final = re.compile(r"([\\`*_\[\]<>|#~&]|^[+-])")


def escaped(text: str) -> str:
    r"""Return text with a backslash before every character that Markdown would read as markup.

    Examples
    --------
    >>> print(escaped("- T0_3B <b>"))
    \- T0\_3B \<b\>
    """
    return _MARKUP.sub(r"\\\1", text)
