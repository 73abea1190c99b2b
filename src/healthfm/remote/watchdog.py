"""A deadline for a whole request."""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import Any


class Watchdog:
    """Cuts the connection at its deadline; a timeout for each read would let a server drip for ever."""

    def __init__(self, seconds: float) -> None:
        self.has_bitten = False
        self._socket: socket.socket | None = None
        self._timer = threading.Timer(max(seconds, 0), self._bite)
        self._timer.daemon = True

    def __enter__(self) -> Watchdog:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def trace(self, event: str, info: dict[str, Any]) -> None:
        """Take note of the socket, as httpx tells each step of a request."""
        if event in {"connection.connect_tcp.complete", "connection.start_tls.complete"}:
            self._socket = info["return_value"].get_extra_info("socket")
            if self.has_bitten:
                self._bite()

    def _bite(self) -> None:
        self.has_bitten = True
        if self._socket is not None:
            with contextlib.suppress(OSError):  # it is closed already
                # Not the method of a TLS socket, which would tear its state from under the reader.
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)
