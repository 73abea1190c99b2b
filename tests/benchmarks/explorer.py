"""The page against what pyvis makes of the same data by itself, in the same browser and run.

Run with ``make benchmarks``. Pages are opened offline and in turn. pyvis's own page is ready when its
simulation has stabilised (before that it shows a progress bar), ours when it has painted its first
picture. The heap is what is in use at that moment, and what of it is left after a collection. Nothing
is asserted; ratios are printed.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from tests.browsing import CHROMIUM, start_chromium
from tests.synthetic import synthetic_store

from healthfm.explorer.page import make_network
from healthfm.explorer.scene import Scene, make_scene
from healthfm.knowledge_graph import KnowledgeGraph
from healthfm.opening import load

ROUNDS = 3
#: Seconds that pyvis's page may take to stabilise: 10 to 20 s were seen, on a quiet machine.
PATIENCE = 240
# pyvis keeps its network in a global that its script assigns; whoever assigns it tells us.
STABILISED = """
Object.defineProperty(window, "network", {
  configurable: true,
  get() { return this.theNetwork; },
  set(network) {
    this.theNetwork = network;
    network.once("stabilizationIterationsDone", () => requestAnimationFrame(() =>
      requestAnimationFrame(() => document.body.setAttribute("data-ready", "true"))));
  },
});
"""


class Opened(NamedTuple):
    """How long a page took to its first picture, in seconds, and its heap then, in megabytes."""

    ready: float
    heap: float
    kept: float


def open_page(browser: Any, file: Path, before: str = "") -> Opened:
    """Open a page offline until it has its first picture."""
    context = browser.new_context(viewport={"width": 1400, "height": 850})
    context.set_offline(True)
    if before:
        context.add_init_script(before)
    page = context.new_page()
    inspector = context.new_cdp_session(page)
    page.goto(file.as_uri(), wait_until="commit")
    ready = wait_until_ready(inspector)
    heap = used_megabytes(inspector)
    inspector.send("HeapProfiler.collectGarbage")
    kept = used_megabytes(inspector)
    context.close()
    return Opened(ready, heap, kept)


def used_megabytes(inspector: Any) -> float:
    """Return how much of the script's heap is in use."""
    return float(inspector.send("Runtime.getHeapUsage")["usedSize"]) / 1e6


def wait_until_ready(inspector: Any) -> float:
    """Return the seconds from the start of the navigation to the first picture.

    Notes
    -----
    The browser's own protocol asks: what playwright puts into a page to do so is 1.5 MB of heap.
    """
    patience = time.monotonic() + PATIENCE
    question = "document.body?.hasAttribute('data-ready') ? performance.now() : null"
    while time.monotonic() < patience:
        answer = inspector.send("Runtime.evaluate", {"expression": question})["result"]
        if "value" in answer and answer["value"] is not None:
            return float(answer["value"]) / 1000
        time.sleep(0.02)
    message = f"no picture after {PATIENCE} s"
    raise TimeoutError(message)


def stock_network(scene: Scene) -> Any:
    """Return the scene as pyvis's manual makes a network."""
    from pyvis.network import Network

    network = Network(directed=True, cdn_resources="in_line")
    for spot in scene.spots:
        network.add_node(spot.id, label=spot.name, title=spot.name)
    for edge in scene.edges:
        network.add_edge(edge.parent, edge.child, title=edge.relation)
    return network


def median(values: list[float]) -> float:
    """Return the middle value."""
    return statistics.median(values)


def seconds(action: Callable[[], object]) -> float:
    """Return how long an action takes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def against_pyvis(browser: Any, folder: Path) -> None:
    """Compare first picture, heap and file at 167 nodes and 600 edges."""
    store = synthetic_store(167, 600)
    ours, stock = folder / "ours.html", folder / "stock.html"
    KnowledgeGraph(store).draw(ours)
    stock.write_text(stock_network(make_scene(store)).generate_html(), encoding="utf-8")
    pairs = [(open_page(browser, ours), open_page(browser, stock, STABILISED)) for _ in range(ROUNDS)]
    mine, theirs = (
        Opened(*(median(list(values)) for values in zip(*column, strict=True)))
        for column in zip(*pairs, strict=True)
    )
    size = (ours.stat().st_size, stock.stat().st_size)
    print(f"167 nodes, 600 edges, against stock pyvis ({ROUNDS} pairs):")
    print(
        f"  first picture {mine.ready:.2f} s against {theirs.ready:.1f} s, 1/{theirs.ready / mine.ready:.0f}"
    )
    print(f"  heap then {mine.heap:.1f} MB against {theirs.heap:.1f} MB, {mine.heap / theirs.heap:.2f}")
    print(f"  heap kept {mine.kept:.1f} MB against {theirs.kept:.1f} MB, {mine.kept / theirs.kept:.2f}")
    print(f"  file {size[0] / 1e6:.2f} MB against {size[1] / 1e6:.2f} MB, {size[0] / size[1]:.2f}")


def alone(browser: Any, title: str, file: Path) -> None:
    """Print how long a page takes to its first picture, and how large it is."""
    opened = [open_page(browser, file) for _ in range(ROUNDS)]
    ready, heap, _ = (median(list(column)) for column in zip(*opened, strict=True))
    print(
        f"{title}: first picture {ready:.2f} s, heap {heap:.0f} MB, "
        f"file {file.stat().st_size / 1e6:.2f} MB ({ROUNDS} times)"
    )


def python_side(scene: Scene) -> None:
    """Compare filling a network at 10,000 nodes and 40,000 edges."""
    mine = median([seconds(lambda: make_network(scene)) for _ in range(ROUNDS)])
    theirs = seconds(lambda: stock_network(scene))
    print(
        f"10,000 nodes, 40,000 edges, filling the network: {mine * 1000:.0f} ms against {theirs:.1f} s with "
        f"add_node and add_edge, 1/{theirs / mine:.0f}"
    )


def main() -> None:
    """Print every comparison."""
    if CHROMIUM is None:
        print("no Chromium here: the page is not measured; install it to have these benchmarks")
        sys.exit(0)
    large = synthetic_store(10_000, 40_000)
    python_side(make_scene(large))
    with tempfile.TemporaryDirectory() as name, start_chromium() as browser:
        folder = Path(name)
        against_pyvis(browser, folder)
        alone(browser, "the real graph", load().draw(folder / "real.html"))
        alone(browser, "10,000 nodes, 40,000 edges", KnowledgeGraph(large).draw(folder / "large.html"))


if __name__ == "__main__":
    main()
