"""The service beside others, on the same data, in the same run, on loopback.

Run with ``make benchmarks``. Requests a second are printed with their ratio to each peer; nothing is
asserted. Load comes from wrk where it is installed, else from a small client of our own, which is
slower and says so. Client and server share the machine's cores.

What else the machine does changes from second to second. So all are measured in turn, in rounds, each
round in the other order than the one before; a ratio is that of two rates of one round, and the median
of the rounds is printed, with the lowest and the highest. The processor time of a request, of all
processes of a server together, depends less on what else runs.
"""

from __future__ import annotations

import asyncio
import math
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import quote

import httpx
from tests.remote.servers import free_port
from tests.service.servers import running_server
from tests.service.siege import lay_siege

import healthfm
from healthfm.analysis.result_formats import format_result
from healthfm.vocabulary import PREFIXES

ROOT: Final = Path(__file__).parents[2]
TURTLE: Final = ROOT / "graph" / "dist" / "healthfm.ttl"
JSON: Final = "application/sparql-results+json"
#: Each server is measured for so long, in so many rounds; the median counts.
SECONDS: Final = 1
ROUNDS: Final = 5
SIEGE: Final = 30
QUERIES: Final = {
    "small lookup": """SELECT ?m ?name WHERE {
        ?m hfm:modality modality:image ; hfm:domain domain:healthcare ; rdfs:label ?name } LIMIT 10""",
    "aggregate": """SELECT ?modality (COUNT(?m) AS ?n) WHERE {
        ?m a hfm:Model ; hfm:modality ?modality } GROUP BY ?modality ORDER BY DESC(?n)""",
}


class Contestant(NamedTuple):
    """An endpoint, the process that answers, and whether it is asked not to answer from memory."""

    url: str
    process: int
    fresh: bool = True


class Measured(NamedTuple):
    """Requests a second, and milliseconds of processor time for one."""

    rate: float
    cost: float


def declared(query: str) -> str:
    """Return a query with all prefixes in its text, so that every server understands it."""
    used = [f"PREFIX {name}: <{iri}>" for name, iri in PREFIXES.items() if f"{name}:" in query]
    return " ".join([*used, *query.split()])


@contextmanager
def process(command: list[str], url: str) -> Iterator[Contestant]:
    """Run a server until it is no longer needed, and return it once it answers."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        try:
            for _ in range(600):
                try:
                    httpx.get(url, params={"query": "ASK { ?s ?p ?o }"}, headers={"Accept": JSON}, timeout=5)
                    break
                except httpx.TransportError:
                    time.sleep(0.05)
            yield Contestant(url, running.pid)
        finally:
            running.kill()


@contextmanager
def oxigraph(folder: Path) -> Iterator[Contestant]:
    """Run Oxigraph's own read-only server."""
    program = str(Path(sys.executable).with_name("oxigraph"))
    place = str(folder / "oxigraph")
    subprocess.run(
        [program, "load", "--location", place, "--file", str(TURTLE)], check=True, capture_output=True
    )
    address = f"127.0.0.1:{free_port()}"
    command = [program, "serve-read-only", "--location", place, "--bind", address]
    with process(command, f"http://{address}/query") as running:
        yield running


@contextmanager
def rdflib_endpoint() -> Iterator[Contestant]:
    """Run rdflib-endpoint, with rdflib's own store and engine."""
    program, port = str(Path(sys.executable).with_name("rdflib-endpoint")), str(free_port())
    command = [program, "serve", "--host", "127.0.0.1", "--port", port, str(TURTLE)]
    with process(command, f"http://127.0.0.1:{port}/") as running:
        yield running


def measure(who: Contestant, query: str, clients: int) -> Measured:
    """Ask a server one query for a while."""
    before = processor_seconds(who.process)
    rate = requests_a_second(who, query, clients)
    return Measured(rate, (processor_seconds(who.process) - before) / (rate * SECONDS) * 1000)


def processor_seconds(process: int) -> float:
    """Return the processor time of a process and of all that it started; not a number where not on Linux."""
    place = Path(f"/proc/{process}")
    if not place.exists():
        return math.nan
    fields = (place / "stat").read_text().rpartition(")")[2].split()
    taken = sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")  # its own, and its dead children's
    started = (place / f"task/{process}/children").read_text().split()
    return taken + sum(processor_seconds(int(child)) for child in started)


def requests_a_second(who: Contestant, query: str, clients: int) -> float:
    """Return how many times in a second a server answers a query, rightly each time."""
    target = f"{who.url}?query={quote(declared(query))}"
    headers = {"Accept": JSON} | ({"Cache-Control": "no-cache"} if who.fresh else {})
    assert httpx.get(target, headers=headers).json()["results"]["bindings"]
    if shutil.which("wrk") is None:
        return asyncio.run(ask_for_a_while(target, headers, clients))
    fields = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    command = ["wrk", "-t1", f"-c{clients}", f"-d{SECONDS}s", *fields, target]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in said or "Socket errors" in said:
        raise RuntimeError(f"{who.url}: not every request was answered:\n{said}")
    (found,) = re.findall(r"Requests/sec:\s+([\d.]+)", said)
    return float(found)


async def ask_for_a_while(target: str, headers: dict[str, str], clients: int) -> float:
    """Stand in for wrk."""
    until, answered = time.perf_counter() + SECONDS, 0
    async with httpx.AsyncClient(headers=headers) as client:

        async def go_on() -> None:
            nonlocal answered
            while time.perf_counter() < until:
                (await client.get(target)).raise_for_status()
                answered += 1

        await asyncio.gather(*(go_on() for _ in range(clients)))
    return answered / SECONDS


def main() -> None:
    """Print every comparison."""
    if shutil.which("wrk") is None:
        print("wrk is not here: all numbers are those of a slower client, and ratios are understated")
    with (
        tempfile.TemporaryDirectory() as name,
        running_server(Path(name)) as ours,
        oxigraph(Path(name)) as oxigraphs,
        rdflib_endpoint() as rdflibs,
    ):
        us = Contestant(ours.endpoint, ours.process.pid)
        contestants = {
            "uncached": us,
            "rdflib-endpoint": rdflibs,
            "oxigraph": oxigraphs,
            "cached": us._replace(fresh=False),
        }
        for title, query in QUERIES.items():
            for clients in (1, 16):
                rounds = measured_in_turn(contestants, query, clients)
                print_rounds(f"{title}, {clients} client{'s' if clients > 1 else ''}", rounds)
                if clients == 1:
                    print_isolation(query, rounds)
    with tempfile.TemporaryDirectory() as name, running_server(Path(name), "--timeout", "2") as ours:
        print(f"three bombers, {SIEGE} s: {lay_siege(ours, bombers=3, seconds=SIEGE).text()}")


def measured_in_turn(
    contestants: dict[str, Contestant], query: str, clients: int
) -> list[dict[str, Measured]]:
    """Return what each did in each round; every other round begins with the last."""
    orders = [list(contestants), list(contestants)[::-1]]
    return [
        {name: measure(contestants[name], query, clients) for name in orders[number % 2]}
        for number in range(ROUNDS)
    ]


def print_rounds(title: str, rounds: list[dict[str, Measured]]) -> None:
    """Print what the service did, and how many times a peer's rate that is."""
    for mode in ("uncached", "cached"):
        rate, cost = rate_of(mode, rounds), cost_of(mode, rounds)
        print(f"{title}, {mode}: {rate:,.0f} requests a second, {cost:.2f} ms of processor each")
        for peer in ("oxigraph", "rdflib-endpoint"):
            ratios = sorted(one[mode].rate / one[peer].rate for one in rounds)
            print(
                f"  {statistics.median(ratios):.2f} x {peer} ({ratios[0]:.2f} to {ratios[-1]:.2f}), "
                f"which has {rate_of(peer, rounds):,.0f}, {cost_of(peer, rounds):.2f} ms each"
            )


def rate_of(name: str, rounds: list[dict[str, Measured]]) -> float:
    """Return the median of requests a second."""
    return statistics.median(one[name].rate for one in rounds)


def cost_of(name: str, rounds: list[dict[str, Measured]]) -> float:
    """Return the median of the processor time of a request."""
    return statistics.median(one[name].cost for one in rounds)


def print_isolation(query: str, rounds: list[dict[str, Measured]]) -> None:
    """Print what it costs that a query is evaluated in a process that can be killed."""
    kg, runs = healthfm.load(TURTLE), 200
    start = time.process_time()
    for _ in range(runs):
        format_result(kg.query(query), "json")
    evaluated = (time.process_time() - start) / runs * 1000
    whole, http = cost_of("uncached", rounds), cost_of("cached", rounds)
    print(
        f"  of these {whole:.2f} ms, HTTP takes {http:.2f} (as in a cached answer), evaluating and writing "
        f"{evaluated:.2f} (as in process), isolation the other {whole - http - evaluated:.2f}"
    )


if __name__ == "__main__":
    main()
