"""What a request may cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from healthfm.isolation.confinement import MEMORY

#: A request target longer than this is refused with 414.
MAX_TARGET: Final = 64_000
#: Request line and headers together; more is refused with 431.
MAX_HEAD: Final = 96_000
#: A body longer than this is refused with 413.
MAX_BODY: Final = 1_000_000
#: What of a refused body is still read, so that the client gets to read why; then the line is cut.
MAX_DRAINED: Final = 32_000_000
#: A request that has not arrived whole by then is dropped.
ARRIVAL_SECONDS: Final = 10.0
#: A client must take at least `MIN_TAKEN` bytes of an answer in this time.
TAKING_SECONDS: Final = 10.0
MIN_TAKEN: Final = 256_000
#: Bytes of answers that wait to be taken, of all clients together; beyond, the slowest are cut off.
MAX_UNTAKEN: Final = 256_000_000
#: Requests that may wait on one connection for the answer to an earlier one; more is refused with 429.
MAX_PIPELINED: Final = 32
#: Parameters of a request, and characters of its Accept header: what is beyond takes long to be read.
MAX_PARAMETERS: Final = 1_000
MAX_ACCEPT: Final = 4_000
#: Connections at the same time; one more is turned away.
MAX_CONNECTIONS: Final = 512
#: Requests that may wait for a worker; one more is turned away.
MAX_WAITING: Final = 256
#: Answers kept in memory, in bytes all together.
CACHE_BYTES: Final = 64_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may cost.

    Parameters
    ----------
    timeout
        Seconds until the answer must be there, where the request names none.
    longest
        Seconds that a request may ask for with ``timeout=``.
    memory
        Megabytes that a worker may take on top of what the graph needs.
    workers
        Queries evaluated at the same time.
    rows, size
        Rows (or triples) and bytes of an answer; more is an error, never cut.
    """

    timeout: float = 10.0
    longest: float = 60.0
    memory: int = MEMORY
    workers: int = 4
    rows: int = 100_000
    size: int = 32_000_000

    def __post_init__(self) -> None:
        object.__setattr__(self, "longest", max(self.longest, self.timeout))
