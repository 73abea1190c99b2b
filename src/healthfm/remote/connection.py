"""One request, one whole answer, or an error that says why not.

A server may die, hang, drip, cut its answer short, refuse, or send us elsewhere. An answer counts
only if all of it came within the deadline; where we are sent is looked at first
(`healthfm.remote.redirects`). Everything we ask of a server can be asked again without harm, so what
failed on the way is.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Final, NamedTuple
from urllib.parse import urlencode

import httpx

from healthfm.errors import LimitError, QueryError, RemoteError
from healthfm.isolation.deadline import require_deadline
from healthfm.remote.credentials import PASSWORD_VARIABLE, TOKEN_VARIABLE, USER_VARIABLE, credentials
from healthfm.remote.redirects import MAX_REDIRECTS, REDIRECTS, Hop, next_hop, require_http
from healthfm.remote.watchdog import Watchdog

MAX_BYTES: Final = 512 * 1024 * 1024
_ATTEMPTS: Final = 3
#: Seconds that a server may let us wait before we ask again.
_MAX_WAIT: Final = 10.0
#: Characters of a server's own words that an error repeats.
_TOLD: Final = 200
_TRY_LATER: Final = frozenset({429, 500, 502, 503, 504})
_ADVICE: Final[Mapping[int, str]] = {
    401: f"set, or correct, {USER_VARIABLE} and {PASSWORD_VARIABLE}, or {TOKEN_VARIABLE}, in the environment",
    403: "these credentials may not do that; ask who runs the server",
    404: "nothing is there; check the path of the URL",
    405: "the URL takes no such request; check that it is the right one",
    406: "the server offers none of the formats of SPARQL 1.1 that we read",
    415: "the server does not take this format; check that it is the right URL",
}


class Reply(NamedTuple):
    """A whole answer."""

    status: int
    media_type: str
    body: bytes
    is_framed: bool
    """Whether the server said where the body ends; else a cut cannot be told from the end."""
    is_part: bool
    """Whether the server says that there was no time for more (Virtuoso: a header, with status 200)."""
    location: str
    retry_after: str


class Request(NamedTuple):
    """What is sent.

    Parameters
    ----------
    parameters
        Names and values that go behind the URL; errors show the URL without them.
    is_change
        Whether it changes the store; then it is sent again also after a timeout, since half of it
        may have been done.
    """

    method: str
    url: str
    headers: Mapping[str, str]
    parameters: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    is_change: bool = False

    @property
    def full_url(self) -> str:
        """Return the URL with the parameters."""
        if not self.parameters:
            return self.url
        return f"{self.url}{'&' if '?' in self.url else '?'}{urlencode(self.parameters)}"


class Connection:
    """Sends requests to one server.

    Parameters
    ----------
    timeout
        Seconds that one answer may take, from the first byte sent to the last byte read.
    """

    def __init__(self, *, timeout: float) -> None:
        require_deadline(timeout)
        self._timeout = timeout
        self._auth = credentials()
        # A connection per request: the watchdog then knows which socket it may have to cut.
        self._client = httpx.Client(
            timeout=timeout, limits=httpx.Limits(max_keepalive_connections=0), follow_redirects=False
        )

    def send(self, request: Request) -> Reply:
        """Send a request until it is answered.

        Raises
        ------
        RemoteError
            If the server refuses, fails, cuts its answer short or leads elsewhere.
        QueryError
            If the server calls the query malformed.
        LimitError
            If it takes too long, or too much is sent or answered.
        """
        for attempt in range(1, _ATTEMPTS + 1):
            last = attempt == _ATTEMPTS
            try:
                reply = self._follow(request)
            except BrokenOffError:
                if last:
                    raise
            except TimeoutExceededError:
                if last or not request.is_change:
                    raise
            else:
                if last or not _is_worth_repeating(request, reply):
                    return _checked(request, reply)
                wait = reply.retry_after
                time.sleep(min(float(wait), _MAX_WAIT) if wait.isdecimal() else 0.2 * attempt)
        raise AssertionError("the last attempt returns or raises")

    def _follow(self, request: Request) -> Reply:
        deadline = time.monotonic() + self._timeout
        named = target = require_http(request.full_url)
        hop = Hop(target, is_named=True)
        for _ in range(MAX_REDIRECTS + 1):
            reply = self._exchange(request, hop, seconds=deadline - time.monotonic())
            if reply.status not in REDIRECTS or not reply.location:
                return reply
            if request.method != "GET" and reply.status not in {307, 308}:
                raise RemoteError(f"{request.url}: leads to {reply.location!r}; use that URL itself")
            target = target.join(reply.location)
            hop = next_hop(named, target)
        raise RemoteError(f"{request.url}: leads in circles; check the URL")

    def _exchange(self, request: Request, hop: Hop, *, seconds: float) -> Reply:
        with Watchdog(seconds) as watchdog:
            try:
                with self._client.stream(
                    request.method,
                    hop.url,
                    headers={**request.headers, **hop.headers, "Accept-Encoding": "identity"},
                    content=request.body or None,
                    auth=self._auth if hop.is_named else None,
                    extensions={"trace": watchdog.trace, **hop.extensions},
                ) as response:
                    return _read(request, response)
            except (httpx.TransportError, OSError) as error:
                if watchdog.has_bitten or isinstance(error, httpx.TimeoutException):
                    raise TimeoutExceededError(
                        f"{request.url}: no whole answer within {self._timeout:g} s; "
                        "ask for less, or give it more time"
                    ) from error
                raise BrokenOffError(f"{request.url}: {_reason(error)}; try again") from error


class BrokenOffError(RemoteError):
    """The server could not be reached, or died before its answer was whole."""


class TimeoutExceededError(LimitError):
    """The server did not answer in time."""


def _read(request: Request, response: httpx.Response) -> Reply:
    """Read a body to its end; httpx raises where it is shorter than the server said."""
    if response.headers.get("content-encoding", "identity") != "identity":
        raise RemoteError(f"{request.url}: compresses its answer unasked; use a URL without that proxy")
    body = bytearray()
    for part in response.iter_raw():
        body += part
        if len(body) > MAX_BYTES:
            raise LimitError(f"{request.url}: answers more than {MAX_BYTES:,} bytes; ask for less")
    headers = response.headers
    return Reply(
        status=response.status_code,
        media_type=headers.get("content-type", "").partition(";")[0].strip().lower(),
        body=bytes(body),
        is_framed="content-length" in headers or "transfer-encoding" in headers,
        is_part=response.status_code == 206 or "x-sql-state" in headers,
        location=headers.get("location", ""),
        retry_after=headers.get("retry-after", ""),
    )


def _is_worth_repeating(request: Request, reply: Reply) -> bool:
    # A server that says when to come back means it; one that cannot answer a query will not either next time.
    return reply.status in _TRY_LATER and (request.is_change or bool(reply.retry_after))


def _checked(request: Request, reply: Reply) -> Reply:
    """Return a reply that is a success; raise for any other."""
    if reply.status in {200, 201, 202, 204, 206}:
        if reply.is_part:
            raise RemoteError(f"{request.url}: answers with a part only; ask for less")
        return reply
    told = first_line(reply)
    if reply.status == 400 and not request.is_change:
        raise QueryError(f"{request.url}: refuses the query: {told}; correct it")
    if reply.status == 413:
        raise TooLargeError(f"{request.url}: takes no body of {len(request.body):,} bytes; send less")
    advice = _ADVICE.get(reply.status, "look into the server's log, or try later")
    raise RefusedError(f"{request.url}: answers {reply.status} ({told}); {advice}", reply.status)


class TooLargeError(LimitError):
    """The server takes no body of that size."""


class RefusedError(RemoteError):
    """The server answered with an error of its own."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


def first_line(reply: Reply) -> str:
    """Return what a server says of an error, short and on one line."""
    if reply.media_type == "text/html":
        return "a page for people"
    words = "".join(c if c.isprintable() else " " for c in reply.body[:2_000].decode("utf-8", "replace"))
    text = " ".join(words.split())
    return text[:_TOLD] + "…" if len(text) > _TOLD else text or "no reason"


def _reason(error: Exception) -> str:
    """Say what went wrong on the way, in the words of whoever found it."""
    if isinstance(error, httpx.ConnectError):
        return f"cannot be reached ({error})"
    return f"broke off before the answer was whole ({error})"
