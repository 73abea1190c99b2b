"""A process that does one job after another and can be killed at any moment.

It is forked with the graph already in memory, and confined (`healthfm.isolation`): it can open
neither file nor socket, its memory is limited, and an alarm ends it at the deadline of a job.
"""

from __future__ import annotations

import gzip
import json
import resource
import socket
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from healthfm.errors import ComplexityError, HealthfmError, LimitError, UnknownNameError
from healthfm.isolation.confinement import end_after
from healthfm.service.messages import JOB_HEAD, Reply, pack_reply
from healthfm.service.refusal import RefusalError

#: Smaller answers are sent as they are.
_GZIP_FROM: Final = 1_400
#: Compressing harder costs more time than the saved bytes are worth.
_GZIP_LEVEL: Final = 4
#: Share of its memory that a worker may keep between jobs; above it, it makes room for a fresh one.
_KEPT: Final = 0.25


class Answer(NamedTuple):
    """What a handler makes of a job."""

    body: str
    media_type: str
    status: int = 200
    repeatable: bool = True


Handler = Callable[[Mapping[str, Any]], Answer]


def work(connection: socket.socket, handlers: Mapping[str, Handler], *, memory: int, size: int) -> None:
    """Do jobs until the other end closes.

    Parameters
    ----------
    handlers
        What does a job, by its ``kind``.
    memory
        Megabytes this process may take; it retires once it has kept a good part of them.
    size
        Bytes that an answer may have.
    """
    at_start = _peak_memory()
    received = connection.makefile("rb")
    while len(head := received.read(JOB_HEAD.size)) == JOB_HEAD.size:
        length, seconds = JOB_HEAD.unpack(head)
        data = received.read(length)
        end_after(seconds)
        try:
            reply = answer(json.loads(data), handlers, size=size)
        except Exception as error:  # noqa: BLE001  -- the outermost frame of this process
            reply = Reply(500, f"a fault of ours ({type(error).__name__}); please report it\n".encode())
        end_after(None)
        retiring = _peak_memory() - at_start > memory * 1000 * _KEPT
        connection.sendall(pack_reply(reply, retiring=retiring))
        if retiring:
            return


def _peak_memory() -> int:
    """Return the most that this process ever had, in kilobytes (macOS: bytes; it retires earlier there)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def answer(job: Mapping[str, Any], handlers: Mapping[str, Handler], *, size: int) -> Reply:
    """Return the reply to one job; every expected fault has its status and one line of reason."""
    try:
        found = handlers[job["kind"]](job)
        body = found.body.encode()
    except MemoryError:
        return Reply(503, b"the answer does not fit into the memory of a worker; ask for less\n")
    except HealthfmError as error:
        return Reply(status_of(error), " ".join(str(error).split()).encode() + b"\n", repeatable=True)
    if len(body) > size:
        reason = f"the answer has {len(body):,} bytes, the limit is {size:,}; ask for less\n"
        return Reply(413, reason.encode(), repeatable=True)
    gzipped = bool(job.get("gzip")) and len(body) >= _GZIP_FROM
    if gzipped:
        body = gzip.compress(body, _GZIP_LEVEL, mtime=0)
    return Reply(found.status, body, found.media_type, gzipped, found.repeatable)


def status_of(error: HealthfmError) -> int:
    """Return the HTTP status that says whose fault an error is."""
    if isinstance(error, RefusalError):
        return error.status
    if isinstance(error, UnknownNameError):
        return 404
    # What the engine could not bear is the query's fault; what would be too much to send is not.
    return 413 if isinstance(error, LimitError) and not isinstance(error, ComplexityError) else 400
