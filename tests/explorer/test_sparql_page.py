"""The page that answers SPARQL itself, in a real Chromium, offline."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from healthfm.errors import InputError
from healthfm.explorer import sparql_page
from healthfm.knowledge_graph import KnowledgeGraph
from tests.browsing import OfflinePage, accessibility_faults

pytestmark = pytest.mark.browser
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?a != ?l) }"


@pytest.fixture(scope="module")
def file(kg: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the page of the real graph beside its picture, where its program was built; CI builds it."""
    if not sparql_page.has_sparql_page():
        if os.environ.get("CI"):
            pytest.fail("the SPARQL page was not built, and CI may skip nothing")
        pytest.skip("the SPARQL page was not built: `make web` needs Node.js")
    kg.draw(tmp_path_factory.mktemp("pages") / "page.html", sparql=True)
    return tmp_path_factory.getbasetemp() / "pages0" / "sparql.html"


class Workbench(OfflinePage):
    """The page, and what one does in it."""

    def ask(self, query: str) -> None:
        """Type a query and run it with the keyboard alone; the answer may still be under way."""
        self.page.locator(".cm-content").focus()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(query)
        self.page.keyboard.press("Control+Enter")

    def wait_for(self, selector: str) -> Any:
        """Return what the page shows when it has answered."""
        self.page.wait_for_selector("#results[aria-busy=false]", state="attached", timeout=30_000)
        return self.page.locator(selector)

    def rows(self) -> list[list[str]]:
        """Return the texts of the result's cells."""
        self.wait_for("#results")
        cells = "rows => rows.map(row => [...row.cells].map(cell => cell.textContent))"
        found: list[list[str]] = self.page.eval_on_selector_all("#results tbody tr", cells)
        return found


@pytest.fixture
def bench(browser: Any, file: Path) -> Iterator[Workbench]:
    """Open the page."""
    opened = Workbench(browser, file)
    yield opened
    opened.context.close()


def test_it_answers_offline_as_python_does(bench: Workbench, kg: KnowledgeGraph) -> None:
    """The same rows as `query` in the same columns, prefixes undeclared, nothing fetched, no complaint."""
    query = "SELECT * { ?model hfm:memberOf family:bert ; rdfs:label ?name ; hfm:year ?year } ORDER BY ?model"
    bench.ask(query)
    expected = [[str(cell) for cell in row.values()] for row in kg.query(query).plain()]  # type: ignore[union-attr]
    assert bench.rows() == expected
    assert bench.page.locator("#results th").all_inner_texts() == ["model", "name", "year"]
    assert (bench.fetched(), bench.complaints) == ([], [])


def test_the_named_graphs_are_in_it(bench: Workbench, kg: KnowledgeGraph) -> None:
    """Asserted and inferred facts can be told apart, as at every other door."""
    query = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g"
    bench.ask(query)
    expected = [[str(row["g"]), str(row["n"])] for row in kg.query(query).plain()]  # type: ignore[union-attr]
    assert len(expected) == 2
    assert [row[1] for row in bench.rows()] == [row[1] for row in expected]


def test_every_named_question_is_an_example_and_answers(bench: Workbench, kg: KnowledgeGraph) -> None:
    """A click on an example asks it; it answers as many rows as in Python, or the cap with a word."""
    bench.page.click("#examples summary")
    assert bench.page.locator("a.example").count() == len(kg.questions)
    for name in kg.questions:
        bench.page.click(f"a.example[data-name='{name}']")
        rows = bench.rows()
        assert not bench.page.locator("#error").is_visible(), bench.page.inner_text("#error")
        assert len(rows) == min(len(kg.ask(name)), 1000)


def test_the_engine_starts_only_when_it_is_needed(browser: Any, file: Path) -> None:
    """Opening the page starts no worker; the first focus of the editor does."""
    opened = OfflinePage(browser, file)
    assert opened.page.workers == []
    with opened.page.expect_worker():
        opened.page.locator(".cm-content").focus()
    opened.context.close()


def test_triples_and_truths_are_shown_too(bench: Workbench) -> None:
    """CONSTRUCT gives a table of triples with links, ASK a word."""
    bench.ask("CONSTRUCT { ?m a hfm:Found } WHERE { ?m hfm:memberOf family:bert }")
    rows = bench.rows()
    assert ["model:biobert", "rdf:type", "hfm:Found"] in rows
    link = bench.page.locator("#results a", has_text="model:biobert")
    assert link.get_attribute("href") == "https://w3id.org/healthfm/model/biobert"
    assert link.get_attribute("rel") == "noopener noreferrer"
    bench.ask("ASK { model:biobert a hfm:Paper }")
    assert bench.wait_for("#results").inner_text() == "no"


def test_what_is_not_shown_is_said_and_can_be_downloaded(bench: Workbench) -> None:
    """More rows than the table takes are counted in words; the file has them all."""
    bench.ask("SELECT ?s ?p { ?s ?p ?o }")
    assert len(bench.rows()) == 1000
    note = bench.page.inner_text("#results .note")
    total = int(note.split()[0].replace(",", ""))
    assert total > 1000
    assert "only the first 1,000 are shown" in note
    with bench.page.expect_download() as download:
        bench.page.click("#downloads button:has-text('CSV')")
    lines = Path(download.value.path()).read_text(encoding="utf-8").splitlines()
    assert lines[0] == "s,p"
    assert len(lines) == total + 1
    with bench.page.expect_download() as download:
        bench.page.click("#downloads button:has-text('JSON')")
    found = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    assert len(found["results"]["bindings"]) == total


def test_a_fault_is_told_in_words_and_marked_in_the_text(bench: Workbench) -> None:
    """An unknown prefix is named with its place, underlined, and the cursor stands there."""
    bench.ask("SELECT ?m {\n  ?m nope:thing ?x }")
    said = bench.wait_for("#error").inner_text()
    assert said.startswith("not a SPARQL 1.1 query: line 2, column 6: the prefix of 'nope:thing'")
    assert bench.page.inner_text(".cm-lintRange-error") == "nope:thing"
    assert bench.page.locator("#results").inner_text() == ""
    bench.ask("SELECT ?m { ?m a hfm:Model } LIMIT 1")
    assert len(bench.rows()) == 1
    assert not bench.page.locator("#error").is_visible()
    assert bench.page.locator(".cm-lintRange-error").count() == 0


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("DELETE WHERE { ?s ?p ?o }", "updates are refused"),
        ("SELECT * { SERVICE <https://example.org/sparql> { ?s ?p ?o } }", "is not supported"),
        ("ASK " + "{" * 20_000 + "}" * 20_000, "nested too deeply"),
    ],
    ids=["update", "service", "nesting"],
)
def test_what_it_will_not_do_it_says(bench: Workbench, query: str, words: str) -> None:
    """Nothing is changed, fetched or broken: the next query is answered."""
    bench.ask(query)
    assert words in bench.wait_for("#error").inner_text()
    bench.ask("SELECT (COUNT(*) AS ?n) { ?s a hfm:Model }")
    assert int(bench.rows()[0][0]) > 100
    assert bench.fetched() == []


def test_a_query_without_end_can_be_cancelled(bench: Workbench) -> None:
    """Cancel ends the worker; the page stays usable and the next query is answered."""
    bench.ask(ENDLESS)
    bench.page.click("#cancel")
    assert bench.wait_for("#error").inner_text() == "cancelled"
    assert bench.page.locator("#cancel").is_hidden()
    bench.ask("SELECT ?m { ?m a hfm:Model } LIMIT 2")
    assert len(bench.rows()) == 2


def test_a_query_is_ended_at_its_deadline(
    browser: Any, kg: KnowledgeGraph, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No query runs for ever, even if nobody looks."""
    monkeypatch.setattr(sparql_page, "TIMEOUT", 1)
    page = tmp_path / file.name
    page.write_text(kg.sparql_page(), encoding="utf-8")
    opened = Workbench(browser, page)
    opened.ask(ENDLESS)
    assert opened.wait_for("#error").inner_text() == "ended after 1 s; ask for less, with LIMIT or a filter"
    opened.context.close()


def test_the_address_holds_the_query(browser: Any, file: Path, bench: Workbench) -> None:
    """The permalink of an answered query asks it again in a fresh page."""
    query = "SELECT ?name { model:bert rdfs:label ?name } # café & 100 %"
    bench.ask(query)
    assert bench.rows() == [["BERT"]]
    assert bench.page.url == file.as_uri() + f"#query={quote(query, safe='!()*~')}".replace("'", "%27")
    opened = Workbench(browser, file, fragment=bench.page.url.removeprefix(file.as_uri()))
    assert opened.rows() == [["BERT"]]
    opened.context.close()


def test_the_picture_leads_to_it(browser: Any, file: Path) -> None:
    """The page beside it links to it, and hands over the query of what is selected."""
    opened = Workbench(browser, file.with_name("page.html"), fragment="#n=model:biobert")
    opened.page.wait_for_selector("body[data-ready]")
    assert opened.page.get_attribute("#sparql", "href") == "sparql.html"
    opened.page.click("#details button:has-text('As SPARQL')")
    opened.page.click("#run-query")
    assert ["rdfs:label", "BioBERT", ""] in opened.rows()
    assert opened.page.url.startswith(file.as_uri())
    opened.context.close()


def test_terms_are_completed(bench: Workbench) -> None:
    """A name typed in part is completed from what the graph holds; screen readers are told which."""
    bench.page.locator(".cm-content").focus()
    bench.page.keyboard.press("Control+a")
    bench.page.keyboard.type("SELECT ?m { ?m hfm:membe")
    best = bench.page.wait_for_selector(".cm-tooltip-autocomplete li[aria-selected]:has-text('hfm:memberOf')")
    named = bench.page.locator(".cm-content").get_attribute("aria-activedescendant")
    assert named == best.get_attribute("id")
    best.click()
    assert bench.page.inner_text(".cm-line") == "SELECT ?m { ?m hfm:memberOf"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_everybody_can_use_it(browser: Any, file: Path, scheme: str, width: int) -> None:
    """No rule of accessibility is broken, before and after an answer, and nothing scrolls sideways."""
    opened = Workbench(
        browser, file, viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True
    )
    opened.page.click("#examples summary")
    assert accessibility_faults(opened.page) == []
    opened.ask("SELECT * { ?model hfm:memberOf family:bert ; hfm:year ?year ; rdfs:label ?label }")
    assert opened.rows()
    assert accessibility_faults(opened.page) == []
    opened.ask("SELECT ???")
    opened.wait_for("#error:visible")
    assert accessibility_faults(opened.page) == []
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
    opened.context.close()


def test_it_is_small_inert_and_the_same_every_time(kg: KnowledgeGraph, file: Path) -> None:
    """At most 3.5 MB, a policy that names the one script, no unsafe evaluation, stable bytes."""
    page = file.read_text(encoding="utf-8")
    assert len(page.encode()) <= 3_500_000
    assert kg.sparql_page() == page
    policy = page.split('Content-Security-Policy" content="')[1].split('"')[0]
    assert "default-src &#39;none&#39;" in policy
    assert "&#39;unsafe-eval&#39;" not in policy
    assert page.count("</script>") == 5


def test_without_its_program_it_says_what_to_do(
    kg: KnowledgeGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nothing was built, the option is refused in one line, and nothing is written."""
    monkeypatch.setattr(sparql_page, "_ROOM", tmp_path)
    with pytest.raises(InputError, match=r"install Node\.js 20"):
        kg.draw(tmp_path / "page.html", sparql=True)
    assert list(tmp_path.iterdir()) == []
