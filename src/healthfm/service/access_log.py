"""One line of JSON for each request."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Final, TextIO

from healthfm.service.request import Request

#: Longer queries are cut in the log.
_QUERY_CHARACTERS: Final = 2_000


class AccessLog:
    """Where requests are written down.

    Parameters
    ----------
    stream
        Once nobody reads it any more, nothing is written; while its disk is full, lines are lost.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream: TextIO | None = stream

    def write(
        self, request: Request, *, status: int, size: int, seconds: float, cached: bool, query: str | None
    ) -> None:
        """Write one line; whatever a client sent stays inside of its JSON strings."""
        if self._stream is None:
            return
        line = {
            "time": datetime.now(tz=UTC).isoformat(timespec="milliseconds"),
            "client": request.client,
            "method": request.method,
            "path": request.path,
            "status": status,
            "bytes": size,
            "ms": round(seconds * 1000, 2),
            "cached": cached,
        }
        if query is not None:
            line["query"] = query[:_QUERY_CHARACTERS]
        try:
            self._stream.write(json.dumps(line) + "\n")
            self._stream.flush()
        except (BrokenPipeError, ValueError):
            self._stream = None
        except OSError:
            pass  # there may be room for the next one
