"""Speed as ratios against a peer measured in the same run: the machine's mood cancels out.

Run with ``make benchmarks``. Each line names the peer, both medians and the ratio; nothing is
asserted, because a time says as much about the machine as about the program.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[2]
TURTLE = ROOT / "graph" / "dist" / "healthfm.ttl"
QUERY = "SELECT ?m WHERE { ?m hfm:memberOf family:bert }"
RDFLIB = f"""
import rdflib
graph = rdflib.Graph().parse({str(TURTLE)!r}, format="turtle")
for row in graph.query({QUERY!r}):
    print(row.m)
"""
WARM = "SELECT ?a (COUNT(?d) AS ?n) WHERE { ?d hfm:hasAncestor ?a } GROUP BY ?a ORDER BY DESC(?n) LIMIT 20"


def seconds(action: Callable[[], object]) -> float:
    """Return how long an action takes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def compare(title: str, ours: Callable[[], object], peer: Callable[[], object], runs: int) -> None:
    """Run both in turn, once uncounted, and print the medians and the median of the paired ratios."""
    ours()
    peer()
    pairs = [(seconds(ours), seconds(peer)) for _ in range(runs)]
    mine, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(b / a for a, b in pairs)
    print(f"{title}: {mine * 1000:.1f} ms against {theirs * 1000:.1f} ms, 1/{ratio:.1f} ({runs} pairs)")


def run(*command: str) -> Callable[[], object]:
    """Return an action that runs a command as a process of its own."""
    return lambda: subprocess.run(command, check=True, capture_output=True)


def main() -> None:
    """Print every comparison."""
    healthfm_command = shutil.which("healthfm", path=str(Path(sys.executable).parent)) or "healthfm"
    compare(
        "cold query, whole process, against rdflib alone",
        run(healthfm_command, "query", QUERY),
        run(sys.executable, "-c", RDFLIB),
        7,
    )
    import healthfm

    kg = healthfm.load(ROOT / "graph" / "dist" / "healthfm.trig")
    graph = kg.to_rdflib()
    compare(
        "warm query (descendants of everything), against rdflib",
        lambda: kg.query(WARM),
        lambda: list(graph.query(WARM)),
        5,
    )
    compare(
        "loading the graph, against rdflib",
        healthfm.load,
        lambda: type(graph)().parse(TURTLE, format="turtle"),
        3,
    )


if __name__ == "__main__":
    main()
