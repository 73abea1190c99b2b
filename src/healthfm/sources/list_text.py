"""The text of a list, in a file or at an address; too large ones are refused before they are read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from healthfm.errors import InputError, LimitError
from healthfm.sources.download import download, is_address

#: Four bytes for each character that a list may have.
MAX_BYTES: Final = 20_000_000


def list_text(source: str) -> str:
    """Return the text of a list in a file or at an http or https address.

    Raises
    ------
    InputError
        If it cannot be read, or is not UTF-8.
    LimitError
        If it is larger than `MAX_BYTES`, or takes too long to come.
    """
    if is_address(source):
        return decoded(download(source, max_bytes=MAX_BYTES), source)
    try:
        with Path(source).open("rb") as file:
            return decoded(within_limit(file.read, source), source)
    except OSError as error:
        raise InputError(f"{source}: cannot be read: {error.strerror}; check the path") from error


def within_limit(read: Callable[[int], bytes], source: str) -> bytes:
    """Return all that `read` gives, and no more than may be.

    Raises
    ------
    LimitError
        If there is more than `MAX_BYTES`.
    """
    data = read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise LimitError(f"{source}: more than {MAX_BYTES:,} bytes; split the list")
    return data


def decoded(data: bytes, source: str) -> str:
    """Return bytes as text, without a byte order mark.

    Raises
    ------
    InputError
        If they are not UTF-8.
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{source}: byte {error.start} is not UTF-8; save the file as UTF-8") from error
