"""What people take away from the page: links, pictures, tables, queries and a citation."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from healthfm.analysis.results import Rows
from healthfm.knowledge_graph import KnowledgeGraph
from tests.explorer.conftest import Explorer

pytestmark = pytest.mark.browser
SVG = "{http://www.w3.org/2000/svg}"

FRAGMENTS = (
    "#n=model:bert&hide=extends,calls&at=0.4,0.3,2",
    "#view=table&modality=modality:image,modality:volume&year=2021&sort=-year",
    "#view=matrix&family=family:bert&access=open",
    "#view=neighbourhood&n=organization:korea-university&around=model:biobert&hops=2&expanded=modality:text",
    "#n=model:clip&only=impact&through=method",
    "#n=model:biobert&to=model:pubmedbert",
)


def shown(explorer: Explorer) -> dict[str, Any]:
    """Return what can be seen of the state."""
    return {
        "details": explorer.page.inner_text("#details") if explorer.page.is_visible("#details") else None,
        "chips": explorer.page.inner_text("#chips"),
        "tab": explorer.page.get_attribute("[role=tab][aria-selected=true]", "data-view"),
        "summary": explorer.page.inner_text("#summary"),
        "lineage": explorer.drawn(),
        "neighbourhood": explorer.drawn(1),
        "edges": explorer.edges_drawn(),
        "zoom": round(explorer.page.evaluate("networks[0].getScale()"), 3),
        "fragment": explorer.fragment(),
    }


def take(explorer: Explorer, label: str, folder: Path) -> Path:
    """Take a file away from the page."""
    explorer.page.click("#take > summary")
    with explorer.page.expect_download() as download:
        explorer.page.click(f"#take-away >> text={label}")
    path: Path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


@pytest.mark.parametrize("fragment", FRAGMENTS)
def test_a_permalink_restores_the_whole_state(visit: Callable[..., Explorer], fragment: str) -> None:
    """The address that the page writes opens the same view with the same selection, filters and zoom."""
    first = visit(fragment)
    assert first.fragment() == fragment
    again = visit(first.page.evaluate("location.hash"))
    assert shown(again) == shown(first)


def test_what_one_does_is_in_the_address_and_back_undoes_it(explorer: Explorer) -> None:
    """Selecting and changing the view are steps back and forth."""
    explorer.find("BioBERT")
    explorer.page.click("#tab-table")
    assert explorer.fragment() == "#view=table&n=model:biobert"
    explorer.page.go_back()
    assert explorer.page.is_visible("#lineage")
    explorer.page.go_back()
    assert explorer.page.is_hidden("#details")


def test_csv_and_json_hold_the_current_view_with_date_and_version(
    visit: Callable[..., Explorer], as_of: str, tmp_path: Path
) -> None:
    """Rows are the rows shown; name and content say of which list and version they are."""
    explorer = visit("#family=family:bert")
    ids = explorer.drawn()
    table = take(explorer, "Data as CSV", tmp_path)
    assert table.name.startswith(f"healthfm-lineage-{as_of}-v")
    text = table.read_text(encoding="utf-8")
    assert f"as of {as_of}" in text.splitlines()[1]
    rows = list(csv.DictReader(line for line in io.StringIO(text) if not line.startswith("#")))
    assert {row["id"] for row in rows} == ids
    data = json.loads(take(explorer, "Data as JSON", tmp_path).read_text(encoding="utf-8"))
    assert {row["id"] for row in data["rows"]} == ids
    assert {(edge["parent"], edge["child"]) for edge in data["edges"]} == explorer.edges_drawn()
    assert data["filters"] == {"family": ["family:bert"]}
    assert data["lists"] == [f"Awesome-Healthcare-Foundation-Models as of {as_of}"]


def test_matrix_and_neighbourhood_are_taken_away_as_they_are(
    visit: Callable[..., Explorer], tmp_path: Path
) -> None:
    """Each view gives its own rows: a cell each, or a thing each with its distance."""
    matrix = take(visit("#view=matrix"), "Data as CSV", tmp_path).read_text(encoding="utf-8")
    assert "matrix,row,column,count" in matrix
    explorer = visit("#view=neighbourhood&around=model:biobert")
    path = take(explorer, "Data as CSV", tmp_path)
    assert "biobert" in path.name
    rows = list(csv.DictReader(line for line in path.open(encoding="utf-8") if not line.startswith("#")))
    assert {row["id"] for row in rows} == explorer.drawn(1)


@pytest.mark.parametrize("view", ["lineage", "matrix", "neighbourhood"])
def test_a_picture_is_svg_or_png_of_the_current_view(
    visit: Callable[..., Explorer], as_of: str, tmp_path: Path, view: str
) -> None:
    """The SVG is well-formed, names what is shown and of which list; the PNG is twice as fine."""
    explorer = visit(f"#view={view}&around=model:biobert")
    svg = ET.fromstring(take(explorer, "Picture as SVG", tmp_path).read_text(encoding="utf-8"))
    texts = {"".join(text.itertext()) for text in svg.iter(f"{SVG}text")}
    assert {"lineage": "BERT", "matrix": "Modality by application area", "neighbourhood": "BioBERT"}[
        view
    ] in texts
    assert any(f"as of {as_of}" in text for text in texts)
    assert len(list(svg.iter(f"{SVG}path"))) > 15
    png = take(explorer, "Picture as PNG", tmp_path)
    content = png.read_bytes()
    assert content.startswith(b"\x89PNG")
    assert int.from_bytes(content[16:20]) == 2 * round(float(svg.get("width", "0")))
    assert explorer.complaints == []


def test_a_table_is_no_picture(visit: Callable[..., Explorer]) -> None:
    """Pictures are not offered where there is none."""
    explorer = visit("#view=table")
    explorer.page.click("#take > summary")
    assert explorer.page.is_hidden("#take-away >> text=Picture as SVG")
    assert explorer.page.is_visible("#take-away >> text=Data as CSV")


def test_the_picture_of_a_path_names_both_ends(visit: Callable[..., Explorer], tmp_path: Path) -> None:
    """Where little room is, the names of the two that are asked about come first."""
    explorer = visit("#n=model:biobert&to=model:med-palm")
    svg = ET.fromstring(take(explorer, "Picture as SVG", tmp_path).read_text(encoding="utf-8"))
    bold = {text.text for text in svg.iter(f"{SVG}text") if text.get("font-weight") == "700"}
    assert {"BioBERT", "Med-PaLM"} <= bold


@pytest.mark.parametrize(
    "fragment",
    [
        "#modality=modality:image&area=area:medical-imaging",
        "#family=family:bert,none&year=2019",
        "#access=open,not reported",
        "#licence=none&listed=yes",
        "#relation=usesComponent,none&category=category:vision",
    ],
)
def test_as_sparql_means_the_same(visit: Callable[..., Explorer], kg: KnowledgeGraph, fragment: str) -> None:
    """The query that the page shows for its filters returns the rows of its table."""
    explorer = visit(fragment)
    explorer.page.click("#take > summary")
    explorer.page.click("text=These models as SPARQL")
    result = kg.query(explorer.page.input_value("dialog textarea"))
    assert isinstance(result, Rows)
    explorer.page.keyboard.press("Escape")
    assert {row["it"] for row in result.plain()} == set(explorer.rows())


def test_copying_iri_and_link_and_the_query_of_a_thing(
    visit: Callable[..., Explorer], kg: KnowledgeGraph
) -> None:
    """The clipboard gets the IRI and the address; the query of one thing answers."""
    explorer = visit("#n=model:biobert", permissions=["clipboard-read", "clipboard-write"])
    explorer.page.click("#details >> text=Copy IRI")
    explorer.page.wait_for_selector("#said:text('IRI copied')", state="attached")
    assert (
        explorer.page.evaluate("navigator.clipboard.readText()") == "https://w3id.org/healthfm/model/biobert"
    )
    explorer.page.click("#details >> text=Copy link")
    explorer.page.wait_for_selector("#said:text('Link copied')", state="attached")
    assert explorer.page.evaluate("navigator.clipboard.readText()").endswith("#n=model:biobert")
    explorer.page.click("#details >> text=As SPARQL")
    result = kg.query(explorer.page.input_value("dialog textarea"))
    assert isinstance(result, Rows)
    assert len(result) > 20


def test_cite_this_and_the_page_say_list_and_version(explorer: Explorer, as_of: str) -> None:
    """Date of the list and version stand on the page and in the citation, with what the list rests on."""
    footer = explorer.page.inner_text("footer")
    assert f"as of {as_of}" in footer
    explorer.page.click("#take > summary")
    explorer.page.click("text=Cite this")
    citation = explorer.page.input_value("dialog textarea")
    assert f"as of {as_of}" in citation
    assert "2303.11568" in citation
    assert "@software{" in citation
