"""Every address under the root answers, to people with a page and to programs with triples."""

from __future__ import annotations

import random
import re
from html.parser import HTMLParser

import pytest
import rdflib
from pyoxigraph import NamedNode
from rdflib import RDF, URIRef

from healthfm.knowledge_graph import KnowledgeGraph
from healthfm.vocabulary import ROOT
from tests.service.servers import Server

PARSERS = {"ttl": "turtle", "nt": "nt", "jsonld": "json-ld", "xml": "xml"}
TYPES = {
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "html": "text/html",
}
SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
VOID = rdflib.Namespace("http://rdfs.org/ns/void#")
HIGHEST_PER_KIND = 12


class Links(HTMLParser):
    """The links of a page that stay on the server, and what would run or be fetched from elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.local: set[str] = set()
        self.fetched: list[str] = []

    def handle_starttag(  # noqa: D102  -- html.parser's
        self, tag: str, attrs: list[tuple[str, str | None]]
    ) -> None:
        given = dict(attrs)
        if tag == "a" and (given.get("href") or "").startswith("/"):
            self.local.add(given["href"] or "")
        self.fetched += [given[name] or "" for name in ("src", "srcset", "action") if name in given]
        self.fetched += [given["href"] or ""] if tag == "link" else []


def links(page: str) -> Links:
    found = Links()
    found.feed(page)
    return found


def addresses(kg: KnowledgeGraph) -> list[str]:
    """Return some addresses of each kind that the graph mentions, at random but the same each time."""
    kinds: dict[str, set[str]] = {}
    for quad in kg.store.quads_for_pattern(None, None, None, None):
        for term in (quad.subject, quad.predicate, quad.object, quad.graph_name):
            if isinstance(term, NamedNode) and term.value.startswith(ROOT):
                path = term.value.removeprefix(ROOT)
                kinds.setdefault(path.partition("/")[0], set()).add(path)
    choice = random.Random(0)
    return [
        path
        for paths in kinds.values()
        for path in choice.sample(sorted(paths), min(HIGHEST_PER_KIND, len(paths)))
    ]


def test_every_address_answers_people_and_programs(server: Server, kg: KnowledgeGraph) -> None:
    """By a redirect to a document, or, for the addresses of documents, by the document itself."""
    for path in addresses(kg):
        for name in ("html", "ttl"):
            answer = server.ask(f"/{path}", headers={"Accept": TYPES[name]})
            if path == "ontology" or path.startswith("graph/"):
                assert answer.headers["content-location"] == f"/{path}.{name}"
            else:
                assert (answer.status, answer.headers["location"]) == (303, f"/{path}.{name}"), path
                answer = server.ask(answer.headers["location"])
            assert answer.status == 200, path
            assert answer.headers["content-type"].startswith(TYPES[name])


@pytest.mark.parametrize("suffix", PARSERS)
def test_a_document_says_what_the_graph_says(server: Server, kg: KnowledgeGraph, suffix: str) -> None:
    """All triples in which the thing is the subject or the object, read by another parser."""
    told = rdflib.Graph().parse(data=server.ask(f"/model/bert.{suffix}").body, format=PARSERS[suffix])
    bert = NamedNode(ROOT + "model/bert")
    expected = {quad.triple for quad in kg.store.quads_for_pattern(bert, None, None)}
    expected |= {quad.triple for quad in kg.store.quads_for_pattern(None, None, bert)}
    assert len(told) == len(expected)
    assert {str(o) for o in told.objects(URIRef(bert.value))} == {
        getattr(triple.object, "value", "") for triple in expected if triple.subject == bert
    }


def test_pages_lead_on_and_fetch_nothing(server: Server) -> None:
    """Every link to this server works; nothing comes from another; the policy forbids it anyway."""
    seen: set[str] = set()
    for path in ("/", "/model/biobert.html", "/paper/bert.html", "/ontology.html", "/sparql"):
        answer = server.ask(path, headers={"Accept": "text/html"})
        found = links(answer.text)
        assert all(target.startswith(("/", "data:")) for target in found.fetched), path
        assert "script-src 'self'" in answer.headers["content-security-policy"]
        seen |= found.local
    assert len(seen) > 100
    for link in sorted(seen):
        assert server.ask(link).status in {200, 303}, link


def test_nothing_of_the_graph_runs_in_a_page(server: Server) -> None:
    """A query's text is shown, not obeyed."""
    page = server.ask(
        "/sparql?query=ASK%7B%7D%23%3C/textarea%3E%3Cscript%3Ealert(1)%3C/script%3E",
        headers={"Accept": "text/html"},
    ).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_format_that_is_not_there_is_no_matter_where_nothing_is(server: Server) -> None:
    """404 comes before 406: what does not exist is there in no format."""
    for path in ("/model/biobert", "/ontology"):
        answer = server.ask(path, headers={"Accept": "application/sparql-results+json"})
        assert (answer.status, "there are text/html, text/turtle" in answer.text) == (406, True)
    answer = server.ask("/model/biobrt", headers={"Accept": "application/sparql-results+json"})
    assert (answer.status, "model:biobert" in answer.text) == (404, True)


def test_unknown_names_come_with_the_nearest(server: Server) -> None:
    """Whatever is asked for, in whatever format."""
    for path in ("/model/biobrt", "/model/biobrt.ttl", "/model/biobrt.html"):
        answer = server.ask(path)
        assert (answer.status, "model:biobert" in answer.text) == (404, True)
        page = server.ask(path, headers={"Accept": "text/html"})
        assert (page.status, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
        assert "/model/biobert" in links(page.text).local


@pytest.mark.parametrize("suffix", ["ttl", "nt", "xml", "jsonld", "trig", "nq"])
def test_the_whole_graph_can_be_taken_away(server: Server, kg: KnowledgeGraph, suffix: str) -> None:
    """In every format, with all triples."""
    answer = server.ask(f"/catalogue/file/healthfm.{suffix}", headers={"Accept-Encoding": "identity"})
    assert answer.status == 200
    assert "attachment" in answer.headers["content-disposition"]
    assert answer.body == next(iter(kg.export(suffix).values()))


def test_the_service_describes_itself(server: Server, kg: KnowledgeGraph) -> None:
    """What it is, what it serves (VoID) and which graphs there are, at its own address."""
    for path in ("/sparql", "/catalogue", "/.well-known/void"):
        answer = server.ask(path, headers={"Accept": "text/turtle"})
        told = rdflib.Graph().parse(data=answer.text, format="turtle")
        assert (URIRef(server.endpoint), RDF.type, SD.Service) in told
        assert (URIRef(server.endpoint), SD.endpoint, URIRef(server.endpoint)) in told
        dataset = told.value(URIRef(server.endpoint), SD.defaultDataset)
        assert int(str(told.value(dataset, VOID.triples))) == len(kg)
        names = {told.value(graph, SD.name) for graph in told.objects(dataset, SD.namedGraph)}
        assert names == {URIRef(ROOT + "graph/asserted"), URIRef(ROOT + "graph/inferred")}
        ours = {str(term) for triple in told for term in triple if str(term).startswith(ROOT + "catalogue")}
        assert len(ours) > 10
        for iri in sorted(ours):
            assert server.ask("/" + iri.removeprefix(ROOT), method="HEAD").status == 200, iri
        for dump in told.objects(dataset, VOID.dataDump):
            assert server.ask(str(dump).removeprefix(server.url), method="HEAD").status == 200


def test_a_host_of_any_name_is_answered_but_not_any_text(server: Server) -> None:
    """The name the client used is the name in the description; markup is no name."""
    named = server.ask("/sparql", headers={"Accept": "text/turtle", "Host": "graph.example.org"})
    assert "<http://graph.example.org/sparql>" in named.text
    proxied = {"Accept": "text/turtle", "Host": "graph.example.org", "X-Forwarded-Proto": "https"}
    assert "<https://graph.example.org/sparql>" in server.ask("/sparql", headers=proxied).text
    odd = {"Accept": "text/turtle", "Host": "graph.example.org", "X-Forwarded-Proto": "ws"}
    assert "<http://graph.example.org/sparql>" in server.ask("/sparql", headers=odd).text
    assert server.ask("/sparql", headers={"Accept": "text/turtle", "Host": "a>b"}).status == 400


def test_the_explorer_is_the_page_that_draw_writes(server: Server, kg: KnowledgeGraph) -> None:
    """Byte for byte."""
    answer = server.ask("/explorer")
    assert answer.text == kg.page(sparql="/sparql")
    assert "script-src" not in answer.headers["content-security-policy"]  # the page has its own


def test_the_query_page_works_without_a_script(server: Server) -> None:
    """A form, the named questions, and the answer as a table with links and downloads."""
    browser = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
    empty = server.ask("/sparql", headers=browser).text
    assert '<form id="query-form" action="/sparql" method="get">' in empty
    example = next(link for link in sorted(links(empty).local) if "bert" in link)
    answer = server.ask(example, headers=browser)
    assert answer.status == 200
    assert '<table class="results">' in answer.text
    downloads = [link for link in links(answer.text).local if "format=csv" in link]
    assert server.ask(downloads[0]).headers["content-type"] == "text/csv; charset=utf-8"
    wrong = server.ask("/sparql?query=SELECT+%3Fx+%7B", headers=browser)
    assert wrong.status == 400
    assert re.search(r'<p id="error" role="alert">.*line 1, column 12', wrong.text)
