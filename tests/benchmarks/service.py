"""The service beside others, on the same data, in the same run, on loopback.

Run with ``make benchmarks``. Requests a second are printed with their ratio to each peer; nothing is
asserted. Load comes from wrk where it is installed, else from a small client of our own, which is
slower and says so. Client and server share the machine's cores.
"""

from __future__ import annotations

import asyncio
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
from typing import Final
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
ROUNDS: Final = 3
SIEGE: Final = 30
QUERIES: Final = {
    "small lookup": """SELECT ?m ?name WHERE {
        ?m hfm:modality modality:image ; hfm:domain domain:healthcare ; rdfs:label ?name } LIMIT 10""",
    "aggregate": """SELECT ?modality (COUNT(?m) AS ?n) WHERE {
        ?m a hfm:Model ; hfm:modality ?modality } GROUP BY ?modality ORDER BY DESC(?n)""",
}


def declared(query: str) -> str:
    """Return a query with all prefixes in its text, so that every server understands it."""
    used = [f"PREFIX {name}: <{iri}>" for name, iri in PREFIXES.items() if f"{name}:" in query]
    return " ".join([*used, *query.split()])


@contextmanager
def process(command: list[str], url: str) -> Iterator[str]:
    """Run a server until it is no longer needed, and return its endpoint once it answers."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        try:
            for _ in range(600):
                try:
                    httpx.get(url, params={"query": "ASK { ?s ?p ?o }"}, headers={"Accept": JSON}, timeout=5)
                    break
                except httpx.TransportError:
                    time.sleep(0.05)
            yield url
        finally:
            running.kill()


@contextmanager
def oxigraph(folder: Path) -> Iterator[str]:
    """Run Oxigraph's own read-only server."""
    program = str(Path(sys.executable).with_name("oxigraph"))
    place = str(folder / "oxigraph")
    subprocess.run(
        [program, "load", "--location", place, "--file", str(TURTLE)], check=True, capture_output=True
    )
    address = f"127.0.0.1:{free_port()}"
    command = [program, "serve-read-only", "--location", place, "--bind", address]
    with process(command, f"http://{address}/query") as url:
        yield url


@contextmanager
def rdflib_endpoint() -> Iterator[str]:
    """Run rdflib-endpoint, with rdflib's own store and engine."""
    program, port = str(Path(sys.executable).with_name("rdflib-endpoint")), str(free_port())
    command = [program, "serve", "--host", "127.0.0.1", "--port", port, str(TURTLE)]
    with process(command, f"http://127.0.0.1:{port}/") as url:
        yield url


def requests_a_second(url: str, query: str, *, clients: int, fresh: bool) -> float:
    """Return how many times in a second a server answers a query, rightly each time."""
    target = f"{url}?query={quote(declared(query))}"
    headers = {"Accept": JSON} | ({"Cache-Control": "no-cache"} if fresh else {})
    assert httpx.get(target, headers=headers).json()["results"]["bindings"]
    if shutil.which("wrk") is None:
        return asyncio.run(ask_for_a_while(target, headers, clients))
    fields = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    command = ["wrk", "-t1", f"-c{clients}", f"-d{SECONDS}s", *fields, target]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in said or "Socket errors" in said:
        raise RuntimeError(f"{url}: not every request was answered:\n{said}")
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
        oxigraph(Path(name)) as oxigraph_url,
        rdflib_endpoint() as rdflib_url,
    ):
        for title, query in QUERIES.items():
            for clients in (1, 16):
                measure = {
                    "uncached": (ours.endpoint, True),
                    "cached": (ours.endpoint, False),
                    "oxigraph": (oxigraph_url, True),
                    "rdflib-endpoint": (rdflib_url, True),
                }
                rounds = [
                    {
                        who: requests_a_second(url, query, clients=clients, fresh=fresh)
                        for who, (url, fresh) in measure.items()
                    }
                    for _ in range(ROUNDS)
                ]
                rates = {who: statistics.median(one[who] for one in rounds) for who in measure}
                print_rates(f"{title}, {clients} client{'s' if clients > 1 else ''}", rates)
                if clients == 1:
                    print_isolation(query, rates)
    with tempfile.TemporaryDirectory() as name, running_server(Path(name), "--timeout", "2") as ours:
        print(f"three bombers, {SIEGE} s: {lay_siege(ours, bombers=3, seconds=SIEGE).text()}")


def print_rates(title: str, rates: dict[str, float]) -> None:
    """Print what the service did, and how many times a peer's rate that is."""
    for mode in ("uncached", "cached"):
        against = [
            f"{rates[mode] / rates[peer]:.2f} x {peer} ({rates[peer]:,.0f})"
            for peer in ("oxigraph", "rdflib-endpoint")
        ]
        print(f"{title}, {mode}: {rates[mode]:,.0f} requests a second = {', '.join(against)}")


def print_isolation(query: str, rates: dict[str, float]) -> None:
    """Print what it costs that a query is evaluated in a process that can be killed."""
    kg, runs = healthfm.load(TURTLE), 50
    start = time.perf_counter()
    for _ in range(runs):
        format_result(kg.query(query), "json")
    evaluated = (time.perf_counter() - start) / runs * 1000
    whole, http = 1000 / rates["uncached"], 1000 / rates["cached"]
    print(
        f"  a request takes {whole:.2f} ms: HTTP {http:.2f} (as in a cached answer), evaluating and writing "
        f"{evaluated:.2f} (as in process), isolation the other {whole - http - evaluated:.2f}"
    )


if __name__ == "__main__":
    main()
