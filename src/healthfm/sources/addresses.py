"""Addresses as lists write them, made usable or refused with the reason."""

from __future__ import annotations

import re
import unicodedata
from typing import Final
from urllib.parse import urlsplit

from healthfm.errors import InputError

_SCHEME: Final = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_HOST: Final = re.compile(r"(?:[\w-]+\.)+([a-z]{2,})(?::\d+)?(?=[/?#]|$)", re.IGNORECASE)
_FILES: Final = frozenset(
    "md html htm pdf png jpg jpeg gif svg txt bib csv json yaml yml zip py ipynb rst".split()
)
#: What is written until there is an address: TBD, N/A, -.
_PLACEHOLDER: Final = re.compile(r"tb[acd]|todo|n/?a|none|null|xx+|-+|_+|\.+|\?+|coming.?soon", re.IGNORECASE)
#: The scheme of an address, however its slashes are written, or one scheme in front of another.
_HTTP: Final = re.compile(r"(?:https?\s*+:\s*+/*+\s*+)*(https?)\s*+:\s*+/*+\s*+", re.IGNORECASE)
_UNSAFE: Final = re.compile(r"[\s<>\"{}|\\^`]")


def usable(written: str) -> str:
    """Return an http or https address for what a list wrote.

    A missing scheme is added, and characters that no address may have are percent-encoded.

    Raises
    ------
    InputError
        If it is empty, leads into the list itself or to a file beside it, is of another scheme
        (``javascript:``), carries a user name, or hides characters.

    Examples
    --------
    >>> usable("github.com/google/gemma"), usable("https://example.org/a b")
    ('https://github.com/google/gemma', 'https://example.org/a%20b')
    """
    # Browsers drop these characters, so that "java\\nscript:" would run.
    url = re.sub(r"[\t\r\n]", "", written).strip()
    if http := _HTTP.match(url):
        url = f"{http[1]}://{url[http.end() :]}"
    if not url:
        raise InputError("empty address")
    if url.startswith("#"):
        raise InputError("leads into the list itself" if len(url) > 1 else "leads nowhere")
    if url.startswith("//"):
        url = f"https:{url}"
    match = _HOST.match(url)
    if match and (match[1].lower() not in _FILES or url[match.end() : match.end() + 1] == "/"):
        url = f"https://{url}"
    scheme = _SCHEME.match(url)
    if not scheme:
        raise InputError(
            "leads nowhere" if _PLACEHOLDER.fullmatch(url) else "leads to a file beside the list"
        )
    if scheme[1].lower() not in {"http", "https"}:
        raise InputError(f"'{scheme[1].lower()}:' is no http or https address")
    if any(unicodedata.category(character) in {"Cc", "Cf", "Cs"} for character in url):
        raise InputError("has invisible characters")
    return _checked(_UNSAFE.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), url))


def _checked(url: str) -> str:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise InputError(f"is no usable address: {error}") from error
    if not parts.hostname or port == 0:
        raise InputError("has no host")
    if parts.username is not None:
        raise InputError("carries a user name")
    return url
