"""Graphs too large to be drawn at once: counted right, and opened step by step in a real Chromium."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from healthfm.explorer import overview
from healthfm.explorer.overview import MOST_DRAWN, is_too_large, overview_data
from healthfm.explorer.script import join_modules
from healthfm.knowledge_graph import KnowledgeGraph
from tests.browsing import OfflinePage, accessibility_faults
from tests.synthetic import synthetic_store


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Draw a graph with more artifacts than a picture holds."""
    graph = KnowledgeGraph(synthetic_store(MOST_DRAWN + 500, 25_000))
    return graph.draw(tmp_path_factory.mktemp("large") / "large.html")


@pytest.fixture
def opened(browser: Any, large: Path) -> Iterator[OfflinePage]:
    """Open its page."""
    page = OfflinePage(browser, large, bypass_csp=True)
    page.page.wait_for_selector("body[data-ready]")
    yield page
    page.context.close()


def test_counts_are_those_of_sparql(kg: KnowledgeGraph) -> None:
    """Families by year, and kinds by kinds, as an independent query counts them."""
    tables = overview_data(kg.store)["tables"]
    shown = dict(zip(tables["families"]["rows"], tables["families"]["cells"], strict=True))
    rows = kg.query(
        "SELECT ?name ?year (COUNT(DISTINCT ?m) AS ?n) "
        "{ ?m hfm:memberOf ?f ; hfm:year ?year . ?f rdfs:label ?name } GROUP BY ?name ?year"
    ).plain()  # type: ignore[union-attr]
    for row in rows:
        if row["name"] in shown:
            column = tables["families"]["columns"].index(str(row["year"]))
            assert shown[str(row["name"])][column] == row["n"]
    claims = kg.query('SELECT (COUNT(*) AS ?n) { ?c hfm:parent ?p ; hfm:claimStatus "accepted" }')
    assert sum(map(sum, tables["kinds"]["cells"])) == claims.plain()[0]["n"]  # type: ignore[union-attr]


def test_every_edge_and_artifact_is_in_the_columns(kg: KnowledgeGraph) -> None:
    """The columns hold the lineage that networkx sees."""
    data = overview_data(kg.store)
    graph = kg.to_networkx()
    assert set(data["ids"]) >= set(graph.nodes)
    names = [data["relationNames"].index(name) for name in data["relationNames"]]
    assert names == list(range(len(names)))
    edges = {(data["ids"][p], data["ids"][c]) for p, c in zip(data["parents"], data["children"], strict=True)}
    assert edges == set(graph.edges())
    assert len(data["children"]) == graph.number_of_edges()


def test_only_what_is_too_large_opens_on_counts(kg: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    """The real graph is drawn; beyond the limit the counts come first, but a focus is drawn still."""
    assert not is_too_large(kg.store)
    assert 'id="matrices"' not in kg.page()
    monkeypatch.setattr(overview, "MOST_DRAWN", 100)
    assert 'id="matrices"' in kg.page()
    assert 'id="matrices"' not in kg.page(focus="biobert")
    assert kg.page() == kg.page()


def test_no_name_of_its_script_stands_for_two_things() -> None:
    """The joined modules declare each top-level name once."""
    declared = re.findall(
        r"^(?:export )?(?:async )?(?:const|let|function|class) (\w+)",
        join_modules("overview-main.js"),
        re.MULTILINE,
    )
    assert len(declared) == len(set(declared))


@pytest.mark.browser
def test_it_opens_on_counts_without_a_request(opened: OfflinePage) -> None:
    """Nothing is drawn yet, nothing fetched, nothing complained of, and the totals are said."""
    assert f"{MOST_DRAWN + 500:,} models" in opened.page.inner_text("#summary")
    assert opened.page.is_visible("#matrices table")
    assert opened.page.is_hidden("#mynetwork")
    assert (opened.fetched(), opened.complaints) == ([], [])


@pytest.mark.browser
def test_a_number_opens_its_list_and_a_thing_its_neighbourhood(opened: OfflinePage) -> None:
    """From a count to a thing to what is around it, further step by step, never too much."""
    cell = opened.page.locator("#matrices button").first
    number = int(cell.inner_text().replace(",", ""))
    cell.click()
    assert opened.page.locator("#details li").count() == min(number, 500)
    opened.page.locator("#details li button").first.click()
    drawn = "() => Number(document.querySelector('#said').textContent.split(' ')[0].replace(',', ''))"
    first = opened.page.evaluate(drawn)
    assert 1 < first <= 500
    opened.page.locator("#details li button").last.click()
    opened.page.click("#details button:has-text('Expand')")
    assert first <= opened.page.evaluate(drawn) <= 500
    opened.page.click("#details button:has-text('Only this')")
    assert opened.page.evaluate(drawn) <= 500
    assert opened.complaints == []


@pytest.mark.browser
def test_the_best_known_thing_is_not_drawn_with_everything(opened: OfflinePage) -> None:
    """What would make a thicket is cut at 500, and the page says what is left out."""
    opened.page.keyboard.press("/")
    opened.page.keyboard.type("Model 0")
    opened.page.keyboard.press("Enter")
    said = opened.page.inner_text("#said")
    assert said.startswith("500 things drawn")
    assert "500 are drawn at most" in said
    assert opened.page.inner_text("#details h2") == "Model 0"


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_everybody_can_use_it(browser: Any, large: Path, scheme: str, width: int) -> None:
    """No rule of accessibility is broken on the counts and in a neighbourhood; nothing scrolls sideways."""
    page = OfflinePage(
        browser, large, bypass_csp=True, color_scheme=scheme, viewport={"width": width, "height": 800}
    )
    page.page.wait_for_selector("body[data-ready]")
    assert accessibility_faults(page.page) == []
    page.page.fill("#find input", "Model 77")
    page.page.press("#find input", "Enter")
    page.page.wait_for_selector("#details h2")
    assert accessibility_faults(page.page) == []
    assert page.page.evaluate("document.documentElement.scrollWidth") <= width
    page.context.close()


@pytest.mark.browser
def test_a_crowd_of_edges_is_not_drawn_at_once(browser: Any, tmp_path: Path) -> None:
    """With 2,000 edges the page says what it draws, and fewer colours stand on it than after a choice."""
    page = OfflinePage(browser, KnowledgeGraph(synthetic_store(400, 2000)).draw(tmp_path / "crowd.html"))
    page.page.wait_for_selector("body[data-ready]")
    assert "(select to see)" in page.page.inner_text("#summary")
    colour = (
        "() => { const c = document.querySelector('#mynetwork canvas'); "
        "const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data; "
        "return new Set(new Uint32Array(d.buffer)).size }"
    )
    before = page.page.evaluate(colour)
    page.page.fill("#find input", "Model 399")
    page.page.press("#find input", "Enter")
    page.page.wait_for_selector("#details h2")
    assert page.page.evaluate(colour) > before
    page.context.close()
