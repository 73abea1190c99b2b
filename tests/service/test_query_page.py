"""The query page of a real server in a real Chromium, with its script."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from healthfm.knowledge_graph import KnowledgeGraph
from healthfm.service.static_files import asset_names
from tests.browsing import accessibility_faults
from tests.service.servers import Server

pytestmark = pytest.mark.browser
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?a != ?l) }"


class Visit:
    """The page, with everything it complained of or asked of others."""

    def __init__(self, browser: Any, server: Server, path: str = "/sparql", **context: Any) -> None:
        if "query.js" not in asset_names():
            if os.environ.get("CI"):
                pytest.fail("the editor was not built, and CI may skip nothing")
            pytest.skip("the editor was not built: `make web` needs Node.js")
        self.server = server
        self.context = browser.new_context(**{"viewport": {"width": 1280, "height": 850}, **context})
        self.page = self.context.new_page()
        self.complaints: list[str] = []
        self.elsewhere: list[str] = []
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._note)
        self.page.goto(server.url + path)
        self.page.wait_for_selector(".cm-content")

    def _note(self, request: Any) -> None:
        if not request.url.startswith((self.server.url, "blob:", "data:")):
            self.elsewhere.append(request.url)

    def ask(self, query: str) -> None:
        """Type a query and run it with the keyboard."""
        self.page.locator(".cm-content").focus()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(query)
        self.page.keyboard.press("Control+Enter")

    def answered(self) -> Any:
        """Return the result once it is there."""
        self.page.wait_for_selector("#results[aria-busy=false]", state="attached", timeout=30_000)
        return self.page.locator("#results")


@pytest.fixture
def visit(browser: Any, server: Server) -> Iterator[Visit]:
    """Open the page."""
    opened = Visit(browser, server)
    yield opened
    opened.context.close()


def test_an_answer_comes_without_loading_the_page_anew(visit: Visit, kg: KnowledgeGraph) -> None:
    """Rows as in Python, nothing asked of another host, no complaint, the address is the permalink."""
    query = "SELECT * { ?model hfm:memberOf family:bert ; rdfs:label ?name } ORDER BY ?model"
    visit.page.evaluate("window.same = true")
    assert visit.page.locator("textarea").is_hidden()
    visit.ask(query)
    cells = visit.answered().locator("tbody td").all_inner_texts()
    assert cells == [str(cell) for row in kg.query(query).plain() for cell in row.values()]  # type: ignore[union-attr]
    assert visit.page.evaluate("window.same") is True
    assert visit.page.url == f"{visit.server.url}/sparql?{urlencode({'query': query}, safe='*')}"
    assert (visit.elsewhere, visit.complaints) == ([], [])


def test_our_own_things_lead_to_this_server(visit: Visit) -> None:
    """A link to a model opens its page here; a link to others leads to the web."""
    visit.ask("SELECT ?m ?page { VALUES ?m { model:bert } ?m hfm:code|hfm:officialCode ?page } LIMIT 1")
    links = visit.answered().locator("td a")
    assert links.nth(0).get_attribute("href") == "/model/bert"
    assert (links.nth(1).get_attribute("href") or "").startswith("https://")


def test_the_permalink_opens_the_page_with_the_answer(browser: Any, visit: Visit) -> None:
    """Whoever gets the address sees query and result."""
    visit.ask("SELECT ?name { model:bert rdfs:label ?name }")
    visit.answered()
    address = visit.page.locator("#permalink").get_attribute("href")
    opened = Visit(browser, visit.server, address)
    assert "BERT" in opened.page.inner_text("#results td")
    assert "model:bert rdfs:label" in opened.page.inner_text(".cm-content")
    opened.context.close()


def test_examples_are_asked_with_a_click(visit: Visit, kg: KnowledgeGraph) -> None:
    """A named question fills the editor and is answered."""
    visit.page.click("a.example[data-name='bert-variants']")
    assert visit.answered().locator("tbody tr").count() == len(kg.ask("bert-variants"))
    assert "SELECT" in visit.page.inner_text(".cm-content")


def test_an_answer_can_be_downloaded(visit: Visit) -> None:
    """The link gives a file from the server."""
    visit.ask("SELECT ?m { ?m hfm:memberOf family:bert } ORDER BY ?m")
    rows = visit.answered().locator("tbody tr").count()
    with visit.page.expect_download() as download:
        visit.page.click("#downloads a:has-text('CSV')")
    assert len(Path(download.value.path()).read_text(encoding="utf-8").splitlines()) == rows + 1


def test_triples_come_as_a_table(visit: Visit) -> None:
    """CONSTRUCT shows subject, predicate and object, and offers the formats of graphs."""
    visit.ask("CONSTRUCT { ?m a hfm:Found } WHERE { ?m hfm:memberOf family:bert }")
    assert visit.answered().locator("th").all_inner_texts() == ["subject", "predicate", "object"]
    assert "TTL" in visit.page.inner_text("#downloads")
    visit.ask("ASK { model:bert a hfm:Model }")
    assert visit.answered().inner_text() == "yes"


def test_a_fault_is_told_and_its_place_marked(visit: Visit) -> None:
    """The server's own line is shown, and the place that it names is underlined."""
    visit.ask("SELECT ?m {\n  ?m ??? }")
    visit.answered()
    assert "line 2, column" in visit.page.inner_text("#error")
    assert visit.page.locator(".cm-lintRange-error").count() == 1
    assert visit.complaints[-1:] == [] or "400" in visit.complaints[-1]


def test_a_slow_query_can_be_cancelled_and_else_ends_at_the_deadline(visit: Visit) -> None:
    """Cancel comes at once; without it the server says when it gave up; the next query is answered."""
    visit.ask(SLOW)
    visit.page.click("#cancel")
    visit.answered()
    assert visit.page.inner_text("#error") == "cancelled"
    visit.ask(SLOW)
    visit.answered()
    assert "2 s" in visit.page.inner_text("#error")
    visit.ask("ASK { model:bert a hfm:Model }")
    assert visit.answered().inner_text() == "yes"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_use_it(browser: Any, server: Server, scheme: str) -> None:
    """No rule of accessibility is broken, with and without a result; at 390 pixels all fits."""
    opened = Visit(
        browser, server, viewport={"width": 390, "height": 800}, color_scheme=scheme, bypass_csp=True
    )
    assert accessibility_faults(opened.page) == []
    opened.ask("SELECT * { ?model hfm:memberOf family:bert ; hfm:year ?year ; rdfs:label ?label }")
    opened.answered()
    assert accessibility_faults(opened.page) == []
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= 390
    opened.context.close()
