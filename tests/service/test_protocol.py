"""The endpoint does what the SPARQL 1.1 Protocol says, and refuses the rest with the right status."""

from __future__ import annotations

import csv
import io
import json
from urllib.parse import quote, urlencode
from xml.etree import ElementTree as ET

import pytest
import rdflib

from healthfm.vocabulary import ASSERTED_GRAPH, INFERRED_GRAPH
from tests.service.servers import Server

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
NAME = "SELECT ?name WHERE { model:bert rdfs:label ?name }"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}


def get(query: str, **parameters: str) -> str:
    return "/sparql?" + urlencode({"query": query} | parameters)


def count(body: bytes) -> int:
    return int(json.loads(body)["results"]["bindings"][0]["n"]["value"])


def test_the_three_ways_to_ask_have_the_same_answer(server: Server) -> None:
    """GET, a form and a direct body are one protocol."""
    ways = [
        server.ask(get(NAME)),
        server.ask("/sparql", method="POST", body=urlencode({"query": NAME}).encode(), headers=FORM),
        server.ask("/sparql", method="POST", body=NAME.encode(), headers=DIRECT),
    ]
    assert [way.status for way in ways] == [200] * 3
    assert len({way.body for way in ways}) == 1
    assert json.loads(ways[0].body)["results"]["bindings"][0]["name"]["value"] == "BERT"


def test_named_graphs_partition_the_default_graph(server: Server) -> None:
    """By parameter and by FROM, in GET, form and direct POST; nothing is fetched for other names."""
    everything = count(server.ask(get(COUNT)).body)
    parts = []
    for graph in (ASSERTED_GRAPH, INFERRED_GRAPH):
        by_parameter = count(server.ask(get(COUNT, **{"default-graph-uri": graph})).body)
        by_from = count(server.ask(get(COUNT.replace("WHERE", f"FROM <{graph}> WHERE"))).body)
        path = "/sparql?default-graph-uri=" + quote(graph, safe="")
        direct = count(server.ask(path, method="POST", body=COUNT.encode(), headers=DIRECT).body)
        assert by_parameter == by_from == direct > 0
        parts.append(by_parameter)
    assert sum(parts) == everything
    elsewhere = server.ask(get(COUNT, **{"default-graph-uri": f"{server.url}/model/bert.ttl"}))
    assert count(elsewhere.body) == 0
    assert count(server.ask(get(COUNT, **{"named-graph-uri": ASSERTED_GRAPH})).body) == 0


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("application/json", "application/json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv;q=0.4, text/tab-separated-values;q=0.9", "text/tab-separated-values; charset=utf-8"),
        ("text/*", "text/csv; charset=utf-8"),
        ("*, text/csv;q=0.5", "application/sparql-results+json"),
        ("application/sparql-results+json;q=0, */*", "application/sparql-results+xml"),
        ("text/turtle, application/sparql-results+xml;q=0.1", "application/sparql-results+xml"),
        ("image/png, application/sparql-results+xml;q=0.01", "application/sparql-results+xml"),
    ],
)
def test_rows_come_in_the_format_asked_for(server: Server, accept: str, media_type: str) -> None:
    """q-values decide, then the order of our own preference."""
    answer = server.ask(get(NAME), headers={"Accept": accept})
    assert (answer.status, answer.headers["content-type"]) == (200, media_type)
    assert "BERT" in answer.text


def test_every_format_says_the_same(server: Server) -> None:
    """JSON, XML, CSV and TSV of a SELECT and an ASK."""
    formats = {name: server.ask(get(NAME, format=name)).text for name in ("json", "xml", "csv", "tsv")}
    assert json.loads(formats["json"])["results"]["bindings"][0]["name"]["value"] == "BERT"
    assert [e.text for e in ET.fromstring(formats["xml"]).iter() if e.tag.endswith("literal")] == ["BERT"]
    assert list(csv.reader(io.StringIO(formats["csv"]))) == [["name"], ["BERT"]]
    assert formats["tsv"] == '?name\n"BERT"\n'
    truths = [server.ask(get("ASK {}", format=name)).text for name in ("json", "xml", "csv", "tsv")]
    assert all("true" in truth for truth in truths)


@pytest.mark.parametrize(
    ("name", "media_type", "parser"),
    [
        ("ttl", "text/turtle; charset=utf-8", "turtle"),
        ("nt", "application/n-triples", "nt"),
        ("xml", "application/rdf+xml", "xml"),
        ("jsonld", "application/ld+json", "json-ld"),
    ],
)
def test_graphs_come_in_the_format_asked_for(server: Server, name: str, media_type: str, parser: str) -> None:
    """CONSTRUCT and DESCRIBE, by Accept and by link, read by another parser."""
    for query in ("CONSTRUCT WHERE { model:bert ?p ?o }", "DESCRIBE model:bert"):
        answer = server.ask(get(query), headers={"Accept": media_type.partition(";")[0]})
        assert (answer.status, answer.headers["content-type"]) == (200, media_type)
        assert server.ask(get(query, format=name)).body == answer.body
        assert len(rdflib.Graph().parse(data=answer.text, format=parser)) > 20


def test_a_link_may_name_the_format(server: Server) -> None:
    """By our name or by media type; a name that some client has for it is left to its Accept header."""
    accept = {"Accept": "text/tab-separated-values"}
    for name, media_type in (("csv", "text/csv"), ("text/csv", "text/csv"), ("turtle", accept["Accept"])):
        answer = server.ask(get(NAME, format=name), headers=accept)
        assert answer.headers["content-type"].startswith(media_type)


def test_a_slash_too_many_leads_to_the_endpoint(server: Server) -> None:
    """With the query, and with the method as it was."""
    for method in ("GET", "POST"):
        answer = server.ask("/sparql/?query=ASK%7B%7D", method=method)
        assert (answer.status, answer.headers["location"]) == (308, "/sparql?query=ASK%7B%7D")
    assert "model:bert" in server.ask("/model/bert/").text


def test_columns_of_a_star_stand_in_the_order_of_the_text(server: Server) -> None:
    """Not in the order of the alphabet."""
    answer = server.ask(get("SELECT * { ?z rdfs:label ?b ; hfm:year ?a } LIMIT 1", format="csv"))
    assert answer.text.startswith("z,b,a\r\n")


@pytest.mark.parametrize(
    ("method", "path", "headers", "body", "status", "reason"),
    [
        ("GET", "/sparql?nothing=1", {}, None, 400, "one 'query' parameter"),
        ("GET", get(NAME) + "&query=ASK{}", {}, None, 400, "this one has 2"),
        ("GET", get("SELECT ?x {"), {}, None, 400, "line 1, column 12"),
        ("GET", get("SELECT * { SERVICE <http://127.0.0.1:1/> {} }"), {}, None, 400, "SERVICE"),
        ("GET", get("SELECT * {" + "{" * 3000), {}, None, 400, "nested deeper"),
        ("GET", get("INSERT DATA { model:bert a 1 }"), {}, None, 400, "is an update"),
        ("GET", get(NAME, timeout="61"), {}, None, 400, "seconds up to 60"),
        ("GET", get(NAME, **{"default-graph-uri": "no iri"}), {}, None, 400, "no iri"),
        ("GET", "/sparql?query=%FF", {}, None, 400, "not UTF-8"),
        ("GET", "/sparql?update=CLEAR%20ALL", {}, None, 403, "only read"),
        ("POST", "/sparql", FORM, b"update=CLEAR%20ALL", 403, "only read"),
        ("POST", "/sparql", {"Content-Type": "application/sparql-update"}, b"CLEAR ALL", 403, "only read"),
        ("GET", get(NAME), {"Accept": "image/png"}, None, 406, "text/turtle"),
        ("GET", get("DESCRIBE model:bert"), {"Accept": "text/csv"}, None, 406, "text/turtle"),
        ("PUT", "/sparql", {}, b"x", 405, "GET, HEAD, POST, OPTIONS"),
        ("POST", "/model/bert", {}, b"x", 405, "GET, HEAD, OPTIONS"),
        ("POST", "/sparql", {}, NAME.encode(), 415, "type 'none'"),
        ("POST", "/sparql", {"Content-Type": "text/plain"}, NAME.encode(), 415, "type 'text/plain'"),
        ("POST", "/sparql", {"Content-Type": "application/sparql-query; charset=utf-16"}, b"", 415, "UTF-8"),
        ("POST", "/sparql", {**DIRECT, "Content-Encoding": "gzip"}, b"x", 415, "compressed"),
        ("POST", "/sparql", DIRECT, b"SELECT \xff", 400, "byte 7"),
        ("POST", get(NAME), DIRECT, NAME.encode(), 400, "send one of them"),
        ("POST", "/sparql", FORM, b"query=" + b"x" * 20_000_000, 413, "1,000,000 bytes"),
        ("GET", get("x" * 70_000), {}, None, 414, "64,000 bytes"),
        ("GET", "/sparql", {"X-Long": "x" * 200_000}, None, 431, "headers are longer"),
        ("GET", "/nothing/like/it", {}, None, 404, "nothing here is called"),
        ("GET", "/model/bertt", {}, None, 404, "nearest"),
    ],
)
def test_what_does_not_fit_is_refused_in_one_line(
    server: Server,
    method: str,
    path: str,
    headers: dict[str, str],
    body: bytes | None,
    status: int,
    reason: str,
) -> None:
    """The status says whose fault it is, the plain text says what to do."""
    answer = server.ask(path, method=method, headers=headers, body=body)
    assert (answer.status, answer.text.count("\n")) == (status, 1)
    assert reason in answer.text
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["x-content-type-options"] == "nosniff"
    if status == 405:
        assert answer.headers["allow"] in reason


def test_head_has_the_headers_of_get(server: Server) -> None:
    """And no body."""
    for path in (get(NAME), "/", "/model/bert.ttl", "/health"):
        got, head = server.ask(path), server.ask(path, method="HEAD")
        assert (head.status, head.body) == (200, b"")
        assert head.headers["content-length"] == got.headers["content-length"]


def test_a_browser_elsewhere_may_ask(server: Server) -> None:
    """A preflight is answered, and every answer may be read by any page; no credentials are asked for."""
    preflight = server.ask("/sparql", method="OPTIONS", headers={"Origin": "http://example.org"})
    assert preflight.status == 204
    assert "POST" in preflight.headers["access-control-allow-methods"]
    assert "Content-Type" in preflight.headers["access-control-allow-headers"]
    for path in (get(NAME), get("nonsense"), "/api/show?name=bert"):
        headers = server.ask(path).headers
        assert headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in headers


def test_a_query_that_is_asked_again_is_answered_from_memory(server: Server) -> None:
    """A header says so; who wants it anew gets it anew; what differs each time is not kept."""
    path = get("SELECT ?year { model:bert hfm:year ?year } # again")
    first, again = server.ask(path), server.ask(path)
    assert "cache-status" not in first.headers
    assert again.headers["cache-status"] == "healthfm; hit"
    assert again.body == first.body
    assert "cache-status" not in server.ask(path, headers={"Cache-Control": "no-cache"}).headers
    tag = first.headers["etag"]
    for tags in (tag, tag.removeprefix("W/"), f'"other", {tag}'):
        known = server.ask(path, headers={"If-None-Match": tags})
        assert (known.status, known.body, known.headers["etag"]) == (304, b"", tag)
        assert known.headers["cache-control"] == first.headers["cache-control"]
    assert server.ask(path, headers={"If-None-Match": '"other"'}).status == 200
    volatile = [server.ask(get("SELECT (UUID() AS ?id) {}")) for _ in range(2)]
    assert volatile[0].body != volatile[1].body
    assert volatile[0].headers["cache-control"] == "no-store"
    assert "etag" not in volatile[0].headers


def test_long_answers_are_compressed_for_those_who_take_it(server: Server) -> None:
    """gzip, and the same bytes inside."""
    import gzip

    path = get("SELECT * { ?s rdfs:label ?name }")
    plain = server.ask(path)
    packed = server.ask(path, headers={"Accept-Encoding": "gzip, br"})
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert "content-encoding" not in server.ask(path, headers={"Accept-Encoding": "gzip;q=0"}).headers


def test_a_query_without_end_is_a_clean_error_in_time(server: Server) -> None:
    """503 at the deadline of the server, or at that of the request."""
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    answer = server.ask(get(endless))
    assert (answer.status, "within 2 seconds" in answer.text) == (503, True)
    assert answer.headers["retry-after"]
    assert "within 0.3 seconds" in server.ask(get(endless, timeout="0.3")).text
    assert server.ask(get(NAME)).status == 200


def test_a_query_without_measure_is_a_clean_error(server: Server) -> None:
    """A worker that needs too much memory dies alone."""
    doubling = " ".join(f"BIND(CONCAT(?x{i}, ?x{i}) AS ?x{i + 1})" for i in range(40))
    answer = server.ask(get(f'SELECT * {{ BIND("0123456789" AS ?x0) {doubling} }}'))
    assert answer.status == 503
    assert server.ask(get(NAME)).status == 200
