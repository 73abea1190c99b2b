"""The site of the documentation: it builds without a warning, its links hold, and it needs no server."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zlib
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag

import griffe
import pytest

import healthfm
from tests.browsing import OfflinePage
from tests.conftest import ROOT

#: What IPython calls, and nobody else.
HOOKS = {"healthfm.load_ipython_extension"}
GUIDES = sorted((ROOT / "docs").rglob("*.md"))


class Page(HTMLParser):
    """The anchors of a page, where its links lead, and what it loads."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take note of one tag."""
        values = {name: value or "" for name, value in attrs}
        self.anchors |= {values[name] for name in ("id", "name") if name in values}
        if tag == "a" and "href" in values:
            self.links.append(values["href"])
        elif tag == "link" and values.get("rel") in {"stylesheet", "icon", "preload"}:
            self.loaded.append(values["href"])
        elif "src" in values:
            self.loaded.append(values["src"])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site, warnings being errors."""
    folder = tmp_path_factory.mktemp("docs") / "site"
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )
    assert done.returncode == 0, done.stderr
    assert "WARNING -" not in done.stderr
    return folder


def test_every_guide_notebook_and_verb_has_its_place(site: Path) -> None:
    """What there is, is on the site; the figures of a notebook are in its page."""
    pages = {path.relative_to(site).with_suffix("").as_posix() for path in site.rglob("*.html")}
    assert {path.relative_to(ROOT / "docs").with_suffix("").as_posix() for path in GUIDES} <= pages
    assert {f"notebooks/{path.stem}" for path in (ROOT / "notebooks").glob("*.ipynb")} <= pages
    assert "healthfm lineage" in (site / "reference" / "command-line.html").read_text()
    assert "data:image/svg+xml;base64," in (site / "notebooks" / "02-shared-lineage.html").read_text()


def functions(described: griffe.Object | griffe.Alias) -> Iterator[griffe.Function]:
    """Yield the public functions of what a page of the reference describes."""
    thing = described.final_target if isinstance(described, griffe.Alias) else described
    if isinstance(thing, griffe.Function):
        yield thing
    elif not thing.name.endswith("Error"):
        own = [name for name, member in thing.members.items() if name[0] != "_" and not member.is_alias]
        for name in getattr(thing, "exports", None) or own:
            member = thing.members[str(name)]
            if not member.is_attribute and not member.is_module:
                yield from functions(member)


def described_in_the_reference() -> list[griffe.Object | griffe.Alias]:
    """Return whatever the pages name."""
    package = griffe.load("healthfm", search_paths=[ROOT / "src"], docstring_parser="numpy")
    pages = [*(ROOT / "docs" / "reference").glob("*.md"), *(ROOT / "docs" / "hooks").glob("*.py")]
    found = [name for page in pages for name in re.findall(r"::: healthfm\.([\w.]+)", page.read_text())]
    return [package[name] for name in found]


def sections(thing: griffe.Object, kind: str) -> list[Any]:
    """Return the items of a section of a docstring."""
    parsed = thing.docstring.parsed if thing.docstring else []
    return [item for section in parsed if section.kind.value == kind for item in section.value]


def test_the_reference_explains_every_parameter_and_what_comes_back() -> None:
    """Functions: each parameter has its meaning, and a result is named. Classes: each field has."""
    missing = []
    for described in described_in_the_reference():
        for function in functions(described):
            said = {parameter.name for parameter in sections(function, "parameters")}
            names = {p.name.lstrip("*") for p in function.parameters} - {"self", "cls"}
            missing += [f"{function.path}: {name}" for name in sorted(names - said)]
            says_what = sections(function, "returns") or function.docstring.value.startswith("Return")  # type: ignore[union-attr]
            if str(function.returns) != "None" and not says_what:
                missing.append(f"{function.path}: what it returns")
        thing = described.final_target if isinstance(described, griffe.Alias) else described
        if isinstance(thing, griffe.Class):
            said = {parameter.name for parameter in sections(thing, "parameters")}
            names = {parameter.name for parameter in thing.parameters} - {"self"}
            missing += [f"{thing.path}: {name}" for name in sorted(names - said)]
    assert missing == []


def test_whatever_the_graph_gives_back_is_in_the_reference(site: Path) -> None:
    """The classes of ours that a signature of `KnowledgeGraph` names as its result have an entry."""
    inventory = zlib.decompress((site / "objects.inv").read_bytes().split(b"zlib.\n", 1)[1]).decode()
    known = {line.split(" ", 1)[0] for line in inventory.splitlines()}
    module = griffe.load("healthfm", search_paths=[ROOT / "src"])["knowledge_graph"]
    named = {
        name
        for function in functions(module["KnowledgeGraph"])
        for name in re.findall(r"\b[A-Z]\w+", str(function.returns))
    }
    imported = {name: member.target_path for name, member in module.members.items() if member.is_alias}
    # `Result` is a union: rows, triples or a truth value.
    ours = {imported[name] for name in named & imported.keys() - {"Result"}}
    ours = {path for path in ours if path.startswith("healthfm.")}
    assert len(ours) > 8
    assert ours - known == set()
    assert {f"healthfm.{name}" for name in healthfm.__all__ if name[0] != "_"} - known <= HOOKS


def test_every_link_leads_somewhere(site: Path) -> None:
    """Pages, files and anchors that a link names are there, in the reference and in notebooks too."""
    pages = {path.resolve(): Page(path) for path in site.rglob("*.html") if path.name != "404.html"}
    for path, page in pages.items():
        for link in [*page.links, *page.loaded]:
            target, anchor = urldefrag(link)
            if re.match(r"[a-z]+:", link):
                continue
            found = (path.parent / unquote(target)).resolve() if target else path
            assert found.exists(), f"{path.name}: {link}"
            if anchor and found in pages:
                assert unquote(anchor) in pages[found].anchors, f"{path.name}: {link}"


def test_nothing_is_loaded_from_a_server(site: Path) -> None:
    """Scripts, styles, fonts and pictures are files of the site or stand in the page."""
    for path in site.rglob("*.html"):
        loaded = [link for link in Page(path).loaded if not link.startswith("data:")]
        assert not [link for link in loaded if re.match(r"(https?:)?//", link)], path.name
    for path in site.rglob("*.css"):
        assert not re.search(r"url\([\"']?(https?:)?//", path.read_text(encoding="utf-8")), path.name


@pytest.mark.browser
def test_it_can_be_searched_from_a_file(site: Path, browser: Any) -> None:
    """In a real browser, offline, and without one request to a server."""
    opened = OfflinePage(browser, site / "index.html")
    opened.page.keyboard.press("f")
    opened.page.locator(".md-search__input").press_sequentially("betweenness")
    opened.page.wait_for_selector(".md-search-result__link")
    assert "Network analysis" in opened.page.locator(".md-search-result__list").inner_text()
    assert opened.fetched() == []
    assert opened.complaints == []


@pytest.mark.browser
def test_every_page_fits_a_phone_and_stays_offline(site: Path, browser: Any) -> None:
    """Wide tables and code scroll inside the page; by day and by night nothing is asked of a server."""
    paths = [path for path in site.rglob("*.html") if path.name != "404.html"]
    opened = OfflinePage(browser, paths[0], viewport={"width": 390, "height": 800}, color_scheme="dark")
    for path in paths:
        opened.page.goto(path.as_uri())
        wide = opened.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 390, f"{path.name} is {wide} pixels wide"
    assert opened.fetched() == []
    assert opened.complaints == []
