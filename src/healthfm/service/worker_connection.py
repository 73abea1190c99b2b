"""The web process's end of the line to one worker."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from collections.abc import Callable
from typing import cast

from healthfm.service.messages import Reply, unpack_reply


class WorkerConnection(asyncio.Protocol):
    """The connection to one worker: one job at a time.

    Parameters
    ----------
    process
        The worker.
    lost
        Is told when the worker has died.
    """

    def __init__(self, process: int, lost: Callable[[WorkerConnection], None]) -> None:
        self._process = process
        self.retiring = False
        self._lost = lost
        self._received = bytearray()
        self._reply: asyncio.Future[Reply | None] | None = None
        self._transport: asyncio.WriteTransport | None = None

    @property
    def usable(self) -> bool:
        """Whether it can take a job."""
        return self._transport is not None and not self.retiring

    def begin(self, job: bytes) -> asyncio.Future[Reply | None]:
        """Send a job; the future gets the reply, or `None` if the worker dies of it."""
        assert self._transport is not None
        self._reply = asyncio.get_running_loop().create_future()
        self._transport.write(job)
        return self._reply

    def kill(self) -> None:
        """End it in its job; while its connection lives, so does it, and the number is its own."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._process, signal.SIGKILL)

    def close(self) -> None:
        """Let it go: it ends when the other end of its connection does."""
        if self._transport is not None:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way to write."""
        self._transport = cast("asyncio.WriteTransport", transport)  # uvloop's are no subclasses

    def data_received(self, data: bytes) -> None:
        """Collect a reply until it is whole."""
        self._received += data
        whole = unpack_reply(self._received)
        if whole is None:
            return
        self._received.clear()
        reply, self.retiring = whole
        self._settle(reply)

    def connection_lost(self, error: Exception | None) -> None:
        """Tell whoever waits, and the pool."""
        self._transport = None
        self._settle(None)
        self._lost(self)

    def _settle(self, reply: Reply | None) -> None:
        waiting, self._reply = self._reply, None
        if waiting is not None and not waiting.done():
            waiting.set_result(reply)
