"""What people see of a result in Jupyter and IPython, and the types pandas gets."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser
from typing import Any

import pandas
import pytest
from hypothesis import given
from hypothesis import strategies as st
from IPython.lib.pretty import pretty
from pyoxigraph import Literal, NamedNode

from healthfm.analysis.html import DISPLAYED_ROWS
from healthfm.analysis.results import Rows
from healthfm.knowledge_graph import KnowledgeGraph
from healthfm.vocabulary import PREFIXES

VOID = {"br", "hr", "img"}


class WellFormed(HTMLParser):
    """Reads HTML, and fails where a tag is not closed by its own."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember a tag and where it links to."""
        self.seen.add(tag)
        self.open.append(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost tag."""
        assert self.open.pop() == tag


def read(shown: str) -> WellFormed:
    """Return what was read of well-formed HTML."""
    reader = WellFormed()
    reader.feed(shown)
    assert reader.open == []
    return reader


def displays(kg: KnowledgeGraph) -> list[Any]:
    """Return one of each thing that a door of the graph gives."""
    return [
        kg,
        kg.query("SELECT * { ?s ?p ?o } LIMIT 3"),
        kg.query("CONSTRUCT WHERE { model:bert ?p ?o }"),
        kg.ask("families"),
        kg.show("biobert"),
        kg.show("family:bert"),
        kg.lineage("biobert", to="clinical-bert"),
        kg.impact("clip"),
        kg.gaps(),
        kg.coverage(),
        kg.licences(),
    ]


def test_every_answer_has_a_display(kg: KnowledgeGraph) -> None:
    """Each is well-formed HTML whose links open addresses, and one line of text without one."""
    for answer in displays(kg):
        shown = read(answer._repr_html_())
        assert all(link.startswith(("http://", "https://")) for link in shown.links)
        assert len(repr(answer)) < 200


def test_cells_are_links_with_short_names() -> None:
    """An IRI of ours is a link to it under its CURIE."""
    rows = Rows(("m",), ((NamedNode("https://w3id.org/healthfm/model/bert"),),))
    shown = rows._repr_html_()
    assert read(shown).links == ["https://w3id.org/healthfm/model/bert"]
    assert ">model:bert</a>" in shown


@given(st.text(min_size=1))
def test_no_text_becomes_markup(text: str) -> None:
    """Whatever a value holds, the page has the table's own tags and no others."""
    rows = Rows(("t", "u"), ((Literal(text), NamedNode("javascript:alert(1)")),))
    reader = read(rows._repr_html_())
    assert reader.seen <= {"table", "thead", "tbody", "tr", "th", "td", "p", "span"}
    assert reader.links == []


def test_long_tables_and_cells_are_cut_aloud() -> None:
    """The count of rows left out is said; a long text can be read in its tooltip."""
    many = Rows(("n",), tuple((Literal(n),) for n in range(DISPLAYED_ROWS + 7)))
    assert many._repr_html_().count("<td") == DISPLAYED_ROWS
    assert f"{DISPLAYED_ROWS + 7} rows, 7 not shown" in many._repr_html_()
    assert pretty(many).endswith("57 rows, 7 not shown")
    long = "word " * 200
    shown = Rows(("t",), ((Literal(long),),))._repr_html_()
    assert long in [html.unescape(title) for title in re.findall(r'title="([^"]*)"', shown)]


INTEGERS = st.integers().map(Literal)
YEARS = st.integers(1000, 2999).map(lambda y: Literal(str(y), datatype=NamedNode(PREFIXES["xsd"] + "gYear")))
REALS = st.floats().map(Literal)
TRUTHS = st.booleans().map(Literal)
DAYS = st.dates().map(lambda day: Literal(day.isoformat(), datatype=NamedNode(PREFIXES["xsd"] + "date")))
NONSENSE = st.builds(
    lambda text, name: Literal(text, datatype=NamedNode(PREFIXES["xsd"] + name)),
    st.text(),
    st.sampled_from(["integer", "double", "boolean", "date", "gYear"]),
)


@given(st.lists(st.none() | INTEGERS | YEARS | REALS | TRUTHS | DAYS | NONSENSE, max_size=5))
def test_any_column_becomes_a_frame(cells: list[Literal | None]) -> None:
    """Mixed, malformed and missing values included; what is bound is there, what is not is NA."""
    frame = Rows(("x",), tuple((cell,) for cell in cells)).to_pandas()
    assert len(frame) == len(cells)
    # Among numbers NaN is what pandas calls missing; among other things it is written out.
    missing = {Literal(float("nan"))} if frame["x"].dtype == "Float64" else set()
    assert frame["x"].isna().tolist() == [cell is None or cell in missing for cell in cells]


@pytest.mark.parametrize(
    ("cells", "dtype"),
    [
        ((Literal(2018), None), "Int64"),
        ((Literal("2018", datatype=NamedNode(PREFIXES["xsd"] + "gYear")),), "Int64"),
        ((Literal(10**30),), "string"),
        ((Literal(1.5), Literal(2)), "Float64"),
        ((Literal(True), None), "boolean"),
        ((Literal("2023-03-29", datatype=NamedNode(PREFIXES["xsd"] + "date")),), "datetime64[s]"),
        ((Literal("2023"), Literal(2023)), "string"),
        ((NamedNode(PREFIXES["model"] + "bert"),), "string"),
    ],
)
def test_a_column_has_the_type_of_its_values(cells: tuple[Any, ...], dtype: str) -> None:
    """Years and counts are integers with NA, days are dates, what is mixed is text."""
    frame = Rows(("x",), tuple((cell,) for cell in cells)).to_pandas()
    assert frame["x"].dtype == pandas.Series([], dtype=dtype).dtype


def test_frames_without_rows_keep_their_columns() -> None:
    assert list(Rows(("a", "b"), ()).to_pandas().columns) == ["a", "b"]
