"""The page in a real Chromium: it draws offline, is accessible, fits and runs nothing of others."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

import healthfm
from healthfm.explorer.scene import make_scene
from healthfm.knowledge_graph import KnowledgeGraph
from healthfm.vocabulary import Hfm, expand
from tests.browsing import OfflinePage, accessibility_faults
from tests.explorer.conftest import Explorer

pytestmark = pytest.mark.browser
VIEWS = ("lineage", "matrix", "table", "neighbourhood")

#: Each runs by itself where text is taken for markup, and leaves a mark of its own.
CANARIES = (
    "<script>canary(0)</script>",
    "</script><script>canary(1)</script>",
    "<img src=x onerror=canary(2)>",
    "<svg onload=canary(3)></svg>",
    '<iframe srcdoc="<script>parent.canary(4)</script>"></iframe>',
    "<details open ontoggle=canary(5)>href</details>",
    "<input autofocus onfocus=canary(6)>",
    "<video><source onerror=canary(7)></video>",
    "\"'><img src=x onerror=canary(8)>",
    "<style>@keyframes k{}</style><b style='animation:k 1s' onanimationstart=canary(9)>b</b>",
    "--></style></textarea></title><img src=x onerror=canary(10)>",
)
TRAP = "window.canary = (n) => document.documentElement.setAttribute(`data-canary-${n}`, '');"
CAUGHT = "document.documentElement.getAttributeNames().filter(name => name.startsWith('data-canary'))"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_draws_offline_without_a_request_or_complaint(
    visit: Callable[..., Explorer], kg: KnowledgeGraph, scheme: str
) -> None:
    """Nothing is fetched, nothing fails, every artifact and edge is drawn, and the canvas is not blank."""
    explorer = visit(color_scheme=scheme)
    scene = make_scene(kg.store)
    assert explorer.drawn() == {spot.id for spot in scene.spots}
    assert explorer.edges_drawn() == {(edge.parent, edge.child) for edge in scene.edges}
    colours = explorer.page.evaluate(
        """() => { const c = document.querySelector('#mynetwork canvas');
        const data = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
        const seen = new Set();
        for (let i = 0; i < data.length; i += 4) seen.add(data.slice(i, i + 3).join());
        return seen.size; }"""
    )
    assert colours > 50
    assert explorer.fetched() == []
    assert explorer.complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1400, 390])
def test_every_view_keeps_the_rules_of_accessibility(
    visit: Callable[..., Explorer], scheme: str, width: int
) -> None:
    """With filters and details open, axe-core finds no violation in any view."""
    explorer = visit(
        "#n=model:biobert&only=impact&year=2019,2020",
        color_scheme=scheme,
        viewport={"width": width, "height": 850},
        bypass_csp=True,
    )
    explorer.page.click("#filters-toggle")
    faults = {}
    for view in VIEWS:
        explorer.page.click(f"#tab-{view}")
        faults[view] = accessibility_faults(explorer.page)
    assert faults == {view: [] for view in VIEWS}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_narrow_screen_does_not_scroll_sideways(visit: Callable[..., Explorer], scheme: str) -> None:
    """At 390 pixels every view fits, with details open or not."""
    explorer = visit(viewport={"width": 390, "height": 800}, color_scheme=scheme)
    for select in ("", "BioBERT"):
        if select:
            explorer.find(select)
        for view in VIEWS:
            explorer.page.click(f"#tab-{view}")
            assert explorer.page.evaluate("document.documentElement.scrollWidth") <= 390, view
    assert explorer.complaints == []


def test_names_lie_apart_whatever_the_window(visit: Callable[..., Explorer]) -> None:
    """No name is within another but for the last pixel of a letter; at a desk most things have theirs."""
    for width, height in ((1400, 850), (390, 800)):
        explorer = visit(viewport={"width": width, "height": height})
        names = explorer.page.evaluate(
            """() => {
              const network = networks[0];
              const pen = network.canvas.frame.canvas.getContext('2d');
              const found = [];
              const own = pen.fillText;
              pen.fillText = function (text, x, y) {
                const ink = pen.measureText(text);
                if (pen.textAlign === 'start' && !pen.font.includes('600'))
                  found.push([text, x - ink.actualBoundingBoxLeft, x + ink.actualBoundingBoxRight,
                    y - ink.actualBoundingBoxAscent, y + ink.actualBoundingBoxDescent]);
                own.call(pen, text, x, y);
              };
              network.redraw();
              return found;
            }"""
        )
        assert len(names) > (180 if width > 1000 else 15)
        for index, (text, left, right, top, bottom) in enumerate(names):
            for other, *box in names[index + 1 :]:
                apart = right <= box[0] or box[1] <= left or bottom <= box[2] + 1 or box[3] <= top + 1
                assert apart, (text, other)


def hostile(toy: Path) -> KnowledgeGraph:
    """Return the toy world with a canary at the end of every text, and a script for a link."""
    store = healthfm.build(toy).dataset.store()
    poisoned = Store()
    for number, quad in enumerate(sorted(store, key=str)):
        value = quad.object
        if isinstance(value, Literal) and value.datatype.value.endswith(("#string", "#langString")):
            canary = CANARIES[number % len(CANARIES)]
            value = Literal(value.value + canary, language=value.language)
        # What says of a claim that it holds is read by the program, not by people.
        kept = quad.predicate.value in {Hfm.CLAIM_STATUS, Hfm.CONFIDENCE}
        poisoned.add(quad if kept else Quad(quad.subject, quad.predicate, value, quad.graph_name))
    script = NamedNode("javascript:canary(11)")
    for name in (Hfm.WEIGHTS, Hfm.CODE, Hfm.PROJECT):
        poisoned.add(Quad(NamedNode(expand("model:biobert")), NamedNode(name), script))
    return KnowledgeGraph(poisoned)


def walk(explorer: Explorer) -> None:
    """Show everything there is: each thing in each view, the filters, the dialogs and the files."""
    page = explorer.page
    page.click("#filters-toggle")
    page.evaluate("document.querySelectorAll('#facets details').forEach(it => { it.open = true; })")
    for name in ("BERT", "BioBERT", "Transformer", "Language", "Text"):
        explorer.find(name)
        for view in VIEWS:
            page.click(f"#tab-{view}")
        page.click("#details >> text=Neighbourhood")
        page.click("#details >> text=As SPARQL")
        page.keyboard.press("Escape")
    page.click("#take > summary")
    page.click("text=Cite this")
    page.keyboard.press("Escape")


@pytest.mark.parametrize("policy", ["with its policy", "without any policy"])
def test_hostile_texts_do_not_run(browser: Any, toy: Path, tmp_path: Path, policy: str) -> None:
    """No canary runs, with the page's policy or without; text stays text, and no link is a script."""
    kg = hostile(toy)
    opened = Explorer(
        browser, kg.draw(tmp_path / "page.html"), before=TRAP, bypass_csp=policy == "without any policy"
    )
    walk(opened)
    assert opened.page.evaluate(CAUGHT) == []
    explorer_text = opened.page.content()
    assert "canary(" in explorer_text
    links = opened.page.eval_on_selector_all("a[href]", "all => all.map(link => link.protocol)")
    assert all(protocol in {"http:", "https:"} for protocol in links)
    assert opened.fetched() == []
    opened.context.close()


def test_the_canaries_run_where_nothing_stops_them(browser: Any, tmp_path: Path) -> None:
    """The detector works: in a page without defence every canary leaves its mark."""
    control = tmp_path / "control.html"
    control.write_text("<!doctype html>" + "".join(f"<p>{text}</p>" for text in CANARIES), encoding="utf-8")
    opened = OfflinePage(browser, control, before=TRAP)
    for number in range(len(CANARIES)):
        opened.page.wait_for_selector(f"html[data-canary-{number}]", state="attached", timeout=10_000)
    opened.context.close()
