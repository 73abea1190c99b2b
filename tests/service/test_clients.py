"""Clients that people use get their answers."""

from __future__ import annotations

import json
import subprocess
from typing import Any
from urllib.parse import urlencode

import pandas
import pytest
import rdflib
import SPARQLWrapper
from rdflib.plugins.stores.sparqlstore import SPARQLStore

import healthfm
from healthfm.knowledge_graph import KnowledgeGraph
from tests.service.servers import Server, eventually

FAMILY = "SELECT ?m ?name WHERE { ?m hfm:memberOf family:alphafold ; rdfs:label ?name } ORDER BY ?name"


@pytest.fixture
def names(kg: KnowledgeGraph) -> list[str]:
    """Return what the query should give."""
    rows: Any = kg.query(FAMILY)
    return [str(row["name"]) for row in rows]


def curl(*arguments: str) -> str:
    return subprocess.run(
        ["curl", "--silent", "--show-error", "--fail", *arguments], capture_output=True, check=True, text=True
    ).stdout


def test_curl(server: Server, names: list[str]) -> None:
    """GET, form, direct body from a pipe of its own making, compressed."""
    asked = curl(server.endpoint, "-G", "--data-urlencode", f"query={FAMILY}", "-H", "Accept: text/csv")
    assert [line.partition(",")[2] for line in asked.splitlines()[1:]] == names
    assert curl(server.endpoint, "--data-urlencode", f"query={FAMILY}", "-H", "Accept: text/csv") == asked
    typed = ["-H", "Content-Type: application/sparql-query", "-H", "Accept: text/csv"]
    assert curl(server.endpoint, "--data-binary", FAMILY, *typed, "--compressed") == asked
    assert "BERT" in curl("--location", f"{server.url}/model/bert", "-H", "Accept: text/turtle")


def test_sparqlwrapper(server: Server, names: list[str]) -> None:
    """SELECT, ASK and CONSTRUCT, by GET and by both kinds of POST."""
    for method, encoding in (("GET", "urlencoded"), ("POST", "urlencoded"), ("POST", "postdirectly")):
        client = SPARQLWrapper.SPARQLWrapper(server.endpoint)
        client.setMethod(method)
        client.setRequestMethod(encoding)
        client.setReturnFormat(SPARQLWrapper.JSON)
        client.setQuery(FAMILY)
        found: Any = client.queryAndConvert()
        assert [row["name"]["value"] for row in found["results"]["bindings"]] == names
        client.setQuery("ASK { model:bert a hfm:Model }")
        found = client.queryAndConvert()
        assert found["boolean"] is True
        client.setQuery("CONSTRUCT WHERE { model:bert rdfs:label ?name }")
        client.setReturnFormat(SPARQLWrapper.TURTLE)
        found = client.queryAndConvert()
        graph = rdflib.Graph().parse(data=found, format="turtle")
        assert [str(name) for name in graph.objects()] == ["BERT"]


def test_rdflib_store(server: Server, names: list[str]) -> None:
    """A graph of rdflib's that lives on the server."""
    for method in ("GET", "POST", "POST_FORM"):
        graph = rdflib.Graph(SPARQLStore(server.endpoint, method=method))
        rows: Any = graph.query(FAMILY)
        assert [str(row["name"]) for row in rows] == names
        bert = rdflib.URIRef("https://w3id.org/healthfm/model/bert")
        assert str(graph.value(bert, rdflib.RDFS.label)) == "BERT"
        assert (bert, rdflib.RDF.type, None) in graph


def test_pandas(server: Server, names: list[str]) -> None:
    """A table from a link, as one would type it."""
    link = f"{server.endpoint}?{urlencode({'query': FAMILY, 'format': 'csv'})}"
    assert list(pandas.read_csv(link)["name"]) == names


def test_the_log_has_one_line_of_json_for_each_request(server: Server) -> None:
    """Also for a query with line breaks and for one that is refused."""
    before = len(server.log.read_text().splitlines())
    server.ask("/sparql?" + urlencode({"query": 'ASK {}\n# "two"\r\n{"time": 1}'}))
    server.ask("/nothing", headers={"Accept": "text/plain;q=0"})
    eventually(lambda: len(server.log.read_text().splitlines()) >= before + 2)
    lines = [json.loads(line) for line in server.log.read_text().splitlines()[before:]]
    assert [(line["path"], line["status"]) for line in lines] == [("/sparql", 400), ("/nothing", 404)]
    assert lines[0]["query"].endswith('\r\n{"time": 1}')
    assert set(lines[1]) == {"time", "client", "method", "path", "status", "bytes", "ms", "cached"}


def test_connect(server: Server, kg: KnowledgeGraph) -> None:
    """Our own client: every named question, and the whole graph, as they are here."""
    remote = healthfm.connect(server.endpoint)
    for name in kg.questions:
        assert remote.ask(name).plain() == kg.ask(name).plain(), name
    assert remote.export("trig") == kg.export("trig")
