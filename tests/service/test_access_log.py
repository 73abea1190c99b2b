"""The log has one line of JSON for each request, as long as there is somewhere to write it."""

from __future__ import annotations

import errno
import io
import json
import os
from typing import Any

from healthfm.service.access_log import AccessLog
from healthfm.service.request import Request


class Disk(io.RawIOBase):
    """A file on a disk that may be full, or a pipe that nobody reads."""

    def __init__(self) -> None:
        self.content = b""
        self.fault = 0

    def writable(self) -> bool:
        """Say so."""
        return True

    def write(self, data: Any, /) -> int:
        """Take it all, unless there is a fault."""
        if self.fault:
            raise OSError(self.fault, os.strerror(self.fault))
        self.content += bytes(data)
        return len(data)


def logged(disk: Disk, faults: list[int]) -> list[str]:
    """Log one request per entry, each with its fault, and return the paths of the lines that are there."""
    log = AccessLog(io.TextIOWrapper(io.BufferedWriter(disk)))
    for number, fault in enumerate(faults):
        disk.fault = fault
        # Longer than what is kept until there is room again.
        request = Request("GET", f"/{number}" + '\r\n{"' * 3_000, b"", {})
        log.write(request, status=200, size=1, seconds=0.1, cached=False, query='"}\n\x00\u2028\ud800')
    return [json.loads(line)["path"].partition("\r")[0] for line in disk.content.splitlines()]


def test_a_disk_that_was_full_is_written_on_again() -> None:
    """Some lines are lost, the later ones are there, and each line is whole."""
    paths = logged(Disk(), [0, errno.ENOSPC, errno.ENOSPC, errno.ENOSPC, 0, 0])
    assert paths[0] == "/0"
    assert paths[-1] == "/5"


def test_a_pipe_that_nobody_reads_is_left_alone() -> None:
    """For good, and nothing is raised."""
    assert logged(Disk(), [0, errno.EPIPE, 0, 0]) == ["/0"]
