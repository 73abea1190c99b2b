"""Bombers beside a good client: what becomes of its queries."""

from __future__ import annotations

import contextlib
import http.client
import itertools
import statistics
import threading
import time
from typing import Final, NamedTuple
from urllib.parse import urlencode

from tests.service import attacks
from tests.service.servers import Server

GOOD: Final = f"/sparql?{urlencode({'query': 'SELECT ?y { model:bert hfm:year ?y }'})}"
#: As CSV, so that the answer is easily told, and evaluated anew.
FRESH: Final = {"Accept": "text/csv", "Cache-Control": "no-cache"}
_BOMBS: Final = ("cartesian count", "doubling", "cartesian order", "nested parens x 18944")
_BODY: Final = {"Content-Type": "application/sparql-query"}


class Siege(NamedTuple):
    """How long each of the good queries took, in seconds, and how many were not answered rightly."""

    times: list[float]
    failed: int

    def text(self) -> str:
        """Return it in one line."""
        times = sorted(self.times)
        p50, p95 = statistics.median(times), times[int(len(times) * 0.95)]
        return (
            f"{len(times):,} good queries, {self.failed} failed; "
            f"p50 {p50 * 1000:.0f} ms, p95 {p95 * 1000:.0f} ms, max {times[-1] * 1000:.0f} ms"
        )


def is_well(server: Server, timeout: float = 60) -> bool:
    """Say whether a server answers an ordinary query rightly."""
    answer = server.ask(GOOD, headers=FRESH, timeout=timeout)
    return (answer.status, answer.text.split()) == (200, ["y", "2018"])


def lay_siege(server: Server, *, bombers: int, seconds: float) -> Siege:
    """Let bombers send what others die of, one query after the other, while a good client asks."""
    ended = threading.Event()
    by_name = {attack.name: attack.query for attack in (*attacks.costly(), *attacks.nestings())}
    bombs = [by_name[name] for name in _BOMBS]

    def bomb(turn: int) -> None:
        for query in itertools.cycle(bombs[turn:] + bombs[:turn]):
            if ended.is_set():
                return
            with contextlib.suppress(OSError, http.client.HTTPException):
                server.ask("/sparql", method="POST", body=query.encode(), headers=_BODY)

    threads = [threading.Thread(target=bomb, args=(turn,), daemon=True) for turn in range(bombers)]
    for thread in threads:
        thread.start()
    times, failed = [], 0
    until = time.monotonic() + seconds
    while (start := time.monotonic()) < until:
        failed += not is_well(server)
        times.append(time.monotonic() - start)
    ended.set()
    for thread in threads:
        thread.join()
    return Siege(times, failed)
