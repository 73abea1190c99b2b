"""The page of the real graph, and what a person does in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from healthfm.analysis.results import Rows
from healthfm.knowledge_graph import KnowledgeGraph
from tests.browsing import OfflinePage

#: Keeps the networks that the page makes and the outlines that it paints, so that a test can see what is
#: drawn and click on it.
_RECORD = """
window.networks = [];
window.painted = [];
window.Path2D = class extends Path2D {
  constructor(outline) { super(outline); window.painted.push(outline); }
};
window.vis = {};
Object.defineProperty(window.vis, 'Network', {
  get: () => window.recorded,
  set: (own) => {
    window.recorded = class extends own {
      constructor(...given) { super(...given); window.networks.push(this); }
    };
  },
});
"""


class Explorer(OfflinePage):
    """The explorer, opened and ready."""

    def __init__(self, browser: Any, path: Path, *, before: str = "", **context: Any) -> None:
        super().__init__(browser, path, before=_RECORD + before, **context)
        self.page.wait_for_selector("body[data-ready]", timeout=60_000)

    def find(self, name: str) -> None:
        """Search with the keyboard and take the first thing found."""
        self.page.keyboard.press("/")
        self.page.keyboard.type(name)
        self.page.keyboard.press("Enter")

    def drawn(self, view: int = 0) -> set[str]:
        """Return the ids of the nodes of a picture: lineage (0) or neighbourhood (1)."""
        return set(self.page.evaluate(f"networks[{view}].body.data.nodes.getIds()"))

    def edges_drawn(self) -> set[tuple[str, str]]:
        """Return parent and child of each edge of the lineage view that is painted, by where its ends are."""
        pairs = self.page.evaluate(
            """() => {
              const network = networks[0];
              const near = (x, y) => network.body.data.nodes.getIds().find((id) => {
                const at = network.canvasToDOM(network.body.nodes[id]);
                return Math.hypot(at.x - x, at.y - y) < 0.2;
              });
              painted.length = 0;
              network.redraw();
              return painted.filter((outline) => /^M[^A-Za-z]+C[^A-Za-z]+$/.test(outline)).map((outline) => {
                const [x1, y1, , , , , x2, y2] = outline.match(/-?[0-9.]+/g).map(Number);
                return [near(x1, y1), near(x2, y2)];
              });
            }"""
        )
        return {(parent, child) for parent, child in pairs}

    def click_node(self, name: str, view: int = 0) -> None:
        """Click on the mark of a thing."""
        where = self.page.evaluate(
            """([view, id]) => {
              const network = networks[view];
              const { x, y } = network.canvasToDOM(network.getPosition(id));
              const box = network.canvas.frame.getBoundingClientRect();
              return [x + box.x, y + box.y];
            }""",
            [view, name],
        )
        self.page.mouse.click(*where)

    def rows(self) -> list[str]:
        """Open the table and return the ids of its rows."""
        self.page.click("#tab-table")
        return list(self.page.eval_on_selector_all("#table tbody tr", "rows => rows.map(r => r.dataset.id)"))

    def heading(self) -> str:
        """Return what the details panel is about."""
        return str(self.page.inner_text("#details h2"))

    def fragment(self) -> str:
        """Return the part of the address after ``#``, as people read it."""
        return str(self.page.evaluate("decodeURIComponent(location.hash)"))


@pytest.fixture(scope="session")
def page_file(kg: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Draw the real graph once."""
    return kg.draw(tmp_path_factory.mktemp("explorer") / "page.html")


@pytest.fixture(scope="session")
def as_of(kg: KnowledgeGraph) -> str:
    """Return the date of the list, as every file taken away tells it."""
    dates = kg.query("SELECT ?date { ?list a hfm:List ; dcterms:date ?date }")
    assert isinstance(dates, Rows)
    return str(dates.plain()[0]["date"])


@pytest.fixture
def visit(browser: Any, page_file: Path) -> Iterator[Callable[..., Explorer]]:
    """Open the page of the real graph: at a fragment, in a context of one's own."""
    opened: list[Explorer] = []

    def open_page(fragment: str = "", **context: Any) -> Explorer:
        opened.append(Explorer(browser, page_file, fragment=fragment, **context))
        return opened[-1]

    yield open_page
    for explorer in opened:
        explorer.context.close()


@pytest.fixture
def explorer(visit: Callable[..., Explorer]) -> Explorer:
    """Open the page of the real graph as it opens for everybody."""
    return visit()
