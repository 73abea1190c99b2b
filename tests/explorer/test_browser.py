"""The page in a real Chromium, offline: it draws, finds, tells and lets nothing out."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import healthfm
from healthfm.knowledge_graph import KnowledgeGraph
from tests.explorer.test_page import HOSTILE

pytestmark = pytest.mark.browser

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Start a browser, or say that there is none; CI must have one."""
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium, and CI may skip nothing")
        pytest.skip("no Chromium on this machine; the page is only tested as text")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


class Visit:
    """One page opened offline, with everything it complained of or asked for."""

    def __init__(self, browser: Any, path: Path, **context: Any) -> None:
        self.context = browser.new_context(**{"viewport": {"width": 1400, "height": 850}, **context})
        self.context.set_offline(True)
        self.page = self.context.new_page()
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(path.as_uri())
        self.page.wait_for_selector("body[data-ready]", timeout=30_000)

    def details(self) -> str:
        """Return the text of the details panel."""
        return str(self.page.inner_text("#details"))


@pytest.fixture
def visit(browser: Any, kg: KnowledgeGraph, tmp_path: Path) -> Iterator[Visit]:
    """Open the real graph's page."""
    opened = Visit(browser, kg.draw(tmp_path / "page.html"))
    yield opened
    opened.context.close()


def test_it_draws_offline_without_a_request_or_complaint(visit: Visit) -> None:
    """Nothing is fetched, nothing fails, and the canvas is not blank."""
    assert [url for url in visit.requests if not url.startswith("file:")] == []
    assert visit.complaints == []
    colours = visit.page.evaluate(
        """() => { const c = document.querySelector('#mynetwork canvas');
        const data = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
        const seen = new Set();
        for (let i = 0; i < data.length; i += 4) seen.add(data.slice(i, i + 3).join());
        return seen.size; }"""
    )
    assert colours > 20


def test_search_with_the_keyboard_opens_details_with_evidence_and_links(visit: Visit) -> None:
    """`/`, a name, Enter: the panel tells lineage, statement, basis, and links out safely."""
    visit.page.keyboard.press("/")
    visit.page.keyboard.type("BioBERT")
    visit.page.keyboard.press("Enter")
    text = visit.details()
    assert "BioBERT" in text
    assert "continues pretraining of" in text
    assert "confidence" in text
    links = visit.page.eval_on_selector_all("#details a", "all => all.map(a => [a.href, a.rel])")
    assert links
    assert all(href.startswith(("http:", "https:")) and rel == "noopener noreferrer" for href, rel in links)
    assert visit.page.evaluate("decodeURIComponent(location.hash)") == "#n=model:biobert"


def test_arrows_walk_the_lineage_and_escape_clears(visit: Visit) -> None:
    """Left goes to a parent, right to a child, Escape back to the whole."""
    visit.page.keyboard.press("/")
    visit.page.keyboard.type("BioBERT")
    visit.page.keyboard.press("Enter")
    visit.page.focus("#mynetwork")
    visit.page.keyboard.press("ArrowLeft")
    assert visit.page.inner_text("#details h2") == "BERT"
    visit.page.keyboard.press("ArrowRight")
    assert visit.page.inner_text("#details h2") != "BERT"
    visit.page.keyboard.press("Escape")
    assert visit.page.is_hidden("#details")


def test_a_permalink_opens_on_its_thing(browser: Any, kg: KnowledgeGraph, tmp_path: Path) -> None:
    """`#n=` in the address selects on load."""
    path = kg.draw(tmp_path / "page.html")
    opened = Visit(browser, path)
    opened.page.goto(path.as_uri() + "#n=model:alphafold2")
    opened.page.reload()
    opened.page.wait_for_selector("#details h2")
    assert opened.page.inner_text("#details h2") == "AlphaFold2"
    opened.context.close()


def test_legend_switches_relations(visit: Visit) -> None:
    """A relation that is switched off is drawn no more."""
    before = visit.page.evaluate("document.querySelector('#mynetwork canvas').toDataURL()")
    visit.page.locator("#legend label", has_text="method").first.click()
    visit.page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert visit.page.evaluate("document.querySelector('#mynetwork canvas').toDataURL()") != before


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_narrow_screen_does_not_scroll_sideways(
    browser: Any, kg: KnowledgeGraph, tmp_path: Path, scheme: str
) -> None:
    """At 390 pixels everything fits, in light and in dark."""
    path = kg.draw(tmp_path / "page.html")
    opened = Visit(browser, path, viewport={"width": 390, "height": 800}, color_scheme=scheme)
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert opened.complaints == []
    opened.context.close()


def test_hostile_labels_do_not_run(browser: Any, toy: Path, tmp_path: Path) -> None:
    """Markup in a name runs nowhere, while the same markup in a page without defence does."""
    path = toy / "models" / "bert.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("name: BERT", f"name: '{HOSTILE.replace(chr(39), chr(39) * 2)}'"), encoding="utf-8"
    )
    kg = KnowledgeGraph(healthfm.build(toy).dataset.store())
    opened = Visit(browser, kg.draw(tmp_path / "page.html"))
    opened.page.goto((tmp_path / "page.html").as_uri() + "#n=model:bert")
    opened.page.reload()
    opened.page.wait_for_selector("#details h2")
    assert opened.page.inner_text("#details h2") == HOSTILE
    assert opened.page.evaluate("document.documentElement.dataset.pwned ?? null") is None
    control = tmp_path / "control.html"
    control.write_text(f"<!doctype html><p>{HOSTILE}</p>", encoding="utf-8")
    opened.page.goto(control.as_uri())
    assert opened.page.evaluate("document.documentElement.dataset.pwned ?? null") == "1"
    opened.context.close()
