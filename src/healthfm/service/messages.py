"""What the web process, its workers and their parent say to each other, over sockets between them.

A job is JSON, since it carries text from outside; a reply is a fixed head and bytes, so that the web
process has nothing to parse that an evaluated query could have shaped.
"""

from __future__ import annotations

import json
import struct
from typing import Any, Final, NamedTuple

#: An order to the parent of the workers: one more.
FORK: Final = b"f"
#: What comes with the descriptor of a new worker: its process.
NEW: Final = struct.Struct("!i")
#: What comes back once: the graph is loaded, or else the reason why it is not.
READY: Final = b"ready\n"

#: Length of the job, and the seconds left for it.
JOB_HEAD: Final = struct.Struct("!Id")
#: HTTP status, flags, length of the media type, length of the body.
REPLY_HEAD: Final = struct.Struct("!HBBI")

#: The body is compressed.
_GZIPPED: Final = 1
#: The same job would get the same reply.
_REPEATABLE: Final = 2
#: The worker takes no more jobs after this one.
_RETIRING: Final = 4


class Reply(NamedTuple):
    """A worker's answer.

    Parameters
    ----------
    status
        Of HTTP.
    body
        Whole; compressed if `gzipped`.
    media_type
        Of the body.
    repeatable
        The same job would get the same reply, so that it may be kept.
    """

    status: int
    body: bytes
    media_type: str = "text/plain; charset=utf-8"
    gzipped: bool = False
    repeatable: bool = False


def encode_job(job: dict[str, Any]) -> bytes:
    """Return a job as bytes; the same job always gives the same."""
    return json.dumps(job).encode()


def pack_job(job: bytes, seconds: float) -> bytes:
    """Return what is sent for a job."""
    return JOB_HEAD.pack(len(job), seconds) + job


def pack_reply(reply: Reply, *, retiring: bool) -> bytes:
    """Return what is sent for a reply."""
    flags = _GZIPPED * reply.gzipped + _REPEATABLE * reply.repeatable + _RETIRING * retiring
    media_type = reply.media_type.encode()
    return REPLY_HEAD.pack(reply.status, flags, len(media_type), len(reply.body)) + media_type + reply.body


def unpack_reply(data: bytes | bytearray) -> tuple[Reply, bool] | None:
    """Return a reply and whether its worker retires, or `None` while it is not whole."""
    if len(data) < REPLY_HEAD.size:
        return None
    status, flags, type_length, length = REPLY_HEAD.unpack_from(data)
    start = REPLY_HEAD.size + type_length
    if len(data) < start + length:
        return None
    media_type = bytes(data[REPLY_HEAD.size : start]).decode()
    body = bytes(data[start : start + length])
    reply = Reply(status, body, media_type, bool(flags & _GZIPPED), bool(flags & _REPEATABLE))
    return reply, bool(flags & _RETIRING)
