"""The HTTP layer's limits on what has not become a request yet, and on answers that nobody takes.

uvicorn parses with llhttp, which is strict, but waits for ever for the end of a request, takes headers
of any length and any number of requests at once, and keeps an answer for a client that does not read;
this adds the limits of `healthfm.service.limits`.
"""

from __future__ import annotations

import asyncio
from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from healthfm.service.limits import (
    ARRIVAL_SECONDS,
    MAX_CONNECTIONS,
    MAX_HEAD,
    MAX_PIPELINED,
    MAX_TARGET,
    MAX_UNTAKEN,
    MIN_TAKEN,
    TAKING_SECONDS,
)

#: Time for a client to read why it is turned away, before the line is cut.
_LINGER_SECONDS: Final = 2.0
_ENOUGH: Final = 100
_REASONS: Final = {
    408: f"Request Timeout\r\n\r\nthe request was not there within {ARRIVAL_SECONDS:g} seconds\n",
    414: f"URI Too Long\r\n\r\nthe address is longer than {MAX_TARGET:,} bytes; send the query by POST\n",
    429: f"Too Many Requests\r\n\r\nover {MAX_PIPELINED} requests wait on this connection; send fewer\n",
    431: f"Request Header Fields Too Large\r\n\r\nthe headers are longer than {MAX_HEAD:,} bytes\n",
    503: f"Service Unavailable\r\n\r\nthere are {MAX_CONNECTIONS} connections already; come back later\n",
}


class LimitedProtocol(HttpToolsProtocol):
    """A connection of uvicorn's whose client must send and take in good time, and within measure."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        #: The one at work; `cycle` is the last that came, which may wait still.
        self._answering: RequestResponseCycle | None = None
        self._arrival: asyncio.TimerHandle | None = None
        self._taking: asyncio.TimerHandle | None = None
        self._head = 0
        self._in_head = True  # between two requests as well
        self._whole = True
        self._turned_away = False
        #: Since when the client has an answer to take; 0 if it has none.
        self.untaken_since = 0.0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request."""
        super().connection_made(transport)
        if len(self.connections) > MAX_CONNECTIONS:
            self._turn_away(503)
            return
        self._expect_request()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop all waiting."""
        self._expect_nothing()
        self._expect_taken()
        super().connection_lost(exc)
        if self._answering is not None:
            self._answering.disconnected = True
            self._answering.message_event.set()

    def data_received(self, data: bytes) -> None:
        """Take data while the limits hold."""
        if self._turned_away:
            return
        if self._in_head:
            self._head += len(data)
        self._expect_request()
        super().data_received(data)
        if self._in_head and self._head > MAX_HEAD:
            self._turn_away(414 if len(getattr(self, "url", b"")) > MAX_TARGET else 431)
        elif self._whole and self.cycle is not None and not self.cycle.response_complete:
            self._expect_nothing()

    def on_message_begin(self) -> None:
        """Note that a request has begun."""
        super().on_message_begin()
        self._whole = False

    def on_headers_complete(self) -> None:
        """Count anew for the next request."""
        self._in_head, self._head = False, 0
        # Far longer ones cannot be taken apart; enough is left for the application to refuse it.
        self.url = self.url[: MAX_TARGET + _ENOUGH]
        if not self._turned_away:  # what is left of the data is still parsed then
            super().on_headers_complete()
        if len(self.pipeline) > MAX_PIPELINED:
            self._turn_away(429)

    def on_message_complete(self) -> None:
        """Note that a request is whole."""
        self._whole = self._in_head = True
        super().on_message_complete()

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        self._answering = cycle
        super()._start_asgi_task(cycle, app)

    def pause_writing(self) -> None:
        """Watch whether the client takes its answer."""
        super().pause_writing()
        self.untaken_since = self.loop.time()
        self._watch_taking(self.transport.get_write_buffer_size())
        self._make_room()

    def resume_writing(self) -> None:
        """Watch no longer."""
        self._expect_taken()
        super().resume_writing()

    def _make_room(self) -> None:
        """Cut the lines that have been slow for longest, while too much waits to be taken."""
        every = (other for other in self.connections if isinstance(other, LimitedProtocol))
        slow = sorted((o for o in every if o.untaken_since), key=lambda o: o.untaken_since)
        sizes = [other.transport.get_write_buffer_size() for other in slow]
        untaken = sum(sizes)
        for other, size in zip(slow, sizes, strict=True):
            if untaken <= MAX_UNTAKEN:
                return
            untaken -= size
            other.transport.abort()

    def _expect_request(self) -> None:
        """Give the client its time to send a request, counted from when it began to run."""
        if self._arrival is None:
            self._arrival = self.loop.call_later(ARRIVAL_SECONDS, self._turn_away, 408)

    def _expect_nothing(self) -> None:
        if self._arrival is not None:
            self._arrival.cancel()
            self._arrival = None

    def _expect_taken(self) -> None:
        self.untaken_since = 0.0
        if self._taking is not None:
            self._taking.cancel()
            self._taking = None

    def _watch_taking(self, left: int) -> None:
        self._taking = self.loop.call_later(TAKING_SECONDS, self._check_taking, left)

    def _check_taking(self, left: int) -> None:
        now = self.transport.get_write_buffer_size()
        if now > left - MIN_TAKEN:
            self.transport.abort()
        else:
            self._watch_taking(now)

    def _turn_away(self, status: int) -> None:
        """Say why, if nothing was answered yet, and close once the client had time to read it."""
        self._turned_away = True
        self.pipeline.clear()
        self._expect_nothing()
        if self.transport.is_closing():
            return
        at_work = self._answering
        if at_work is None or at_work.response_complete or not at_work.response_started:
            reason, _, body = _REASONS[status].partition("\r\n\r\n")
            head = [
                f"HTTP/1.1 {status} {reason}",
                "content-type: text/plain; charset=utf-8",
                f"content-length: {len(body)}",
                *(f"{name}: {value}" for name, value in self.config.headers),
                "connection: close",
            ]
            self.transport.write("\r\n".join([*head, "", body]).encode())
        self.loop.call_later(_LINGER_SECONDS, self.transport.abort)
