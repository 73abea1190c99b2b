"""What a page holds beside its markup: data that no parser can leave, content compressed, scripts by hash.

References
----------
Content Security Policy Level 3, section 6.7.3.3 (hashes of scripts): https://www.w3.org/TR/CSP3/
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from collections.abc import Iterable
from typing import Any

from markupsafe import Markup


def packed(content: str | bytes) -> str:
    """Return content as gzip in base64, the same every time; no character of it means anything in HTML.

    Examples
    --------
    >>> gzip.decompress(base64.b64decode(packed("</script>")))
    b'</script>'
    """
    data = content.encode() if isinstance(content, str) else content
    return _base64(gzip.compress(data, mtime=0))


def packed_file(compressed: bytes) -> str:
    """Return a file that is gzip already as base64."""
    return _base64(compressed)


def packed_json(value: Any) -> str:
    """Return a value as JSON, packed."""
    return packed(_json(value))


def inert(value: Any) -> Markup:
    r"""Return JSON that no HTML parser can leave: every character with a meaning there is escaped.

    Examples
    --------
    >>> print(inert("</script><b>"))
    "\u003c/script\u003e\u003cb\u003e"
    """
    text = _json(value)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704  -- made inert above


def script_hashes(scripts: Iterable[str]) -> str:
    """Return the sources of a policy that let these scripts run and no other."""
    return " ".join(f"'sha256-{_base64(hashlib.sha256(script.encode()).digest())}'" for script in scripts)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")
