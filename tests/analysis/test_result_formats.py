"""Results in every format, read back by rdflib, which knows the standards on its own."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, Triple
from rdflib.query import Result as RdflibResult

from healthfm.analysis.result_formats import format_result
from healthfm.analysis.results import Rows, Triples
from healthfm.analysis.text_table import display_width
from healthfm.errors import UsageError

ROWS = Rows(
    ("iri", "text", "number", "unbound"),
    (
        (
            NamedNode("https://w3id.org/healthfm/model/bert"),
            Literal('a "quoted", <tag> & \\ back\nline\ttab'),
            Literal(340),
            None,
        ),
        (BlankNode("b1"), Literal("chinesische Zeichen 模型", language="de"), Literal(1.5), None),
    ),
)


@pytest.mark.parametrize("name", ["json", "xml", "tsv"])
def test_rdflib_reads_back_what_we_write(name: str) -> None:
    """Terms survive the way through each lossless format, unbound cells included."""
    text = format_result(ROWS, name)
    read = RdflibResult.parse(io.BytesIO(text.encode()), format=name)
    assert [str(v) for v in read.vars or []] == list(ROWS.variables)
    rows: list[Any] = list(read)
    assert len(rows) == 2
    assert rows[0]["iri"] == rdflib.URIRef("https://w3id.org/healthfm/model/bert")
    assert str(rows[0]["text"]) == 'a "quoted", <tag> & \\ back\nline\ttab'
    assert rows[0]["number"].toPython() == 340
    assert rows[0]["unbound"] is None
    assert rows[1]["text"].language == "de"


def test_csv_keeps_text_as_it_is() -> None:
    """CSV writes values, quoted where they need it."""
    lines = format_result(ROWS, "csv").split("\r\n")
    assert lines[0] == "iri,text,number,unbound"
    assert lines[1].startswith('https://w3id.org/healthfm/model/bert,"a ""quoted""')


def test_the_table_is_aligned_and_shortened() -> None:
    """A terminal sees CURIEs in straight columns, and no control character."""
    lines = format_result(ROWS, "table").splitlines()
    assert lines[2].startswith("model:bert")
    assert len(lines) == 4
    assert display_width("模型") == 4


def test_formats_that_do_not_fit_are_refused_with_those_that_do() -> None:
    """Rows are no graph and triples no table of values."""
    with pytest.raises(UsageError, match="rows cannot be written as 'ttl'; use table, json, csv, tsv, xml"):
        format_result(ROWS, "ttl")
    triple = Triple(NamedNode("http://a/s"), NamedNode("http://a/p"), Literal("o"))
    with pytest.raises(UsageError, match="triples cannot be written as 'csv'"):
        format_result(Triples((triple,)), "csv")
    assert "<http://a/s>" in format_result(Triples((triple,)), "nt")
    assert json.loads(format_result(True, "json")) == {"head": {}, "boolean": True}
