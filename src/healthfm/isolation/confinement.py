"""Taking from a process, for good, what a query has no business with.

References
----------
POSIX.1-2017, ``setrlimit``, https://pubs.opengroup.org/onlinepubs/9699919799/functions/getrlimit.html
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Final

#: Megabytes that a confined process may take on top of what it had, unless told otherwise.
MEMORY: Final = 1024
_MEGABYTE: Final = 1_000_000
#: Shorter than any deadline that makes sense; zero would switch the alarm off.
_SHORTEST: Final = 0.001


def confine(memory: int, *, network: bool = False) -> None:
    """Leave this process nothing but its processor, its open files and some memory.

    Parameters
    ----------
    memory
        Megabytes of address space that it may take on top of what it has. macOS does not hold to it.
    network
        Let it open sockets, and with them files.
    """
    import resource  # Windows has no such module, and who only wants to say so must get that far

    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    # What the engine says as it dies is noise; the one who waits for the answer says what counts.
    silence = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(silence, stream)
    limits = {resource.RLIMIT_FSIZE: 0, resource.RLIMIT_CORE: 0, resource.RLIMIT_NPROC: 0}
    if sys.platform != "darwin":
        limits[resource.RLIMIT_AS] = _address_space() + memory * _MEGABYTE
    if not network:
        limits[resource.RLIMIT_NOFILE] = 0  # no new file and no new socket: SERVICE reaches nobody
    for kind, wanted in limits.items():
        _, hard = resource.getrlimit(kind)
        value = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(kind, (value, value))


def end_after(seconds: float | None) -> None:
    """Have the system end this process after `seconds`, or not at all for `None`.

    The alarm keeps its default action, which needs nothing of Python: it works in the middle of the
    engine's own code, which knows no interrupt.
    """
    signal.setitimer(signal.ITIMER_REAL, 0 if seconds is None else max(seconds, _SHORTEST))


def _address_space() -> int:
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")
