"""A list from the web: over http or https only, within limits of size and time."""

from __future__ import annotations

import http.client
import time
import urllib.error
import urllib.request
from typing import IO, Final
from urllib.parse import urlsplit

from healthfm.errors import InputError, LimitError

TIMEOUT_SECONDS: Final = 20.0
_MAX_REDIRECTS: Final = 5
_CHUNK: Final = 65_536


def is_address(source: str) -> bool:
    """Whether a source is written as an address and not as a file's name."""
    return "://" in source


def download(url: str, *, max_bytes: int, timeout: float = TIMEOUT_SECONDS) -> bytes:
    """Return what an address holds.

    Parameters
    ----------
    max_bytes
        Refused as soon as more than this has come.
    timeout
        Seconds for the whole transfer, redirects included.

    Raises
    ------
    InputError
        If it is, or redirects to, anything but http or https; if https redirects to http; if it
        cannot be fetched, or is a web page instead of a Markdown file.
    LimitError
        If it is too large or takes too long.
    """
    _check(url, url)
    deadline = time.monotonic() + timeout
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        _Redirects(),
    ):
        opener.add_handler(handler)
    request = urllib.request.Request(url, headers={"User-Agent": "healthfm", "Accept": "text/plain, */*"})  # noqa: S310 (checked above)
    try:
        with opener.open(request, timeout=timeout) as response:
            if response.headers.get_content_type() == "text/html":
                raise InputError(f"{url}: is a web page; name the address of the Markdown file itself")
            return _read(response, url, max_bytes=max_bytes, deadline=deadline)
    except TimeoutError as error:
        raise LimitError(
            f"{url}: no answer within {timeout:g} s; try again or save the file first"
        ) from error
    except (urllib.error.URLError, http.client.HTTPException, OSError) as error:
        reason = getattr(error, "reason", error)
        if isinstance(reason, TimeoutError):
            raise LimitError(
                f"{url}: no answer within {timeout:g} s; try again or save the file first"
            ) from error
        raise InputError(f"{url}: cannot be fetched: {reason}; check the address") from error


def _read(response: IO[bytes], url: str, *, max_bytes: int, deadline: float) -> bytes:
    content = bytearray()
    while chunk := response.read1(_CHUNK):  # type: ignore[attr-defined]
        content += chunk
        if len(content) > max_bytes:
            raise LimitError(f"{url}: more than {max_bytes:,} bytes; split the list")
        if time.monotonic() > deadline:
            raise LimitError(f"{url}: not complete in time; try again or save the file first")
    return bytes(content)


def _check(url: str, source: str) -> None:
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError as error:
        raise InputError(f"{source}: is no usable address: {error}; correct it") from error
    if parts.scheme not in {"http", "https"} or not host:
        raise InputError(f"{source}: only http and https addresses are read; '{parts.scheme}' is neither")


class _Redirects(urllib.request.HTTPRedirectHandler):
    max_redirections = _MAX_REDIRECTS

    def redirect_request(  # noqa: PLR0917 (the signature is urllib's)
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        _check(newurl, f"{req.full_url}: redirects to {newurl}")
        if req.type == "https" and urlsplit(newurl).scheme == "http":
            raise InputError(f"{req.full_url}: redirects from https to http; name the address it leads to")
        return super().redirect_request(req, fp, code, msg, headers, newurl)
