"""The W3C's tests of the SPARQL 1.1 Protocol: queries pass, updates are refused and change nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, serialize

from tests.service.servers import Answer, Server, running_server
from tests.service.w3c import BASE, MF, SUITE, objects_of, read_list, read_rdf, require_suite

HT: Final = "http://www.w3.org/2011/http#"
CNT: Final = "http://www.w3.org/2011/content#"
FOLDER: Final = f"{BASE}sparql11/protocol/"
DATA: Final = "http://kasei.us/2009/09/sparql/data/data{}.rdf"
FORMATS: Final = {
    "boolean": {"application/sparql-results+json", "application/sparql-results+xml"},
    "tabular": {"application/sparql-results+json", "application/sparql-results+xml", "text/csv"},
    "RDF": {"text/turtle", "application/n-triples", "application/rdf+xml"},
}


@dataclass(frozen=True, slots=True)
class Request:
    """A request of a test, and what the suite says of its answer."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes | None
    statuses: frozenset[str]
    boolean: bool | None
    format: str | None


def tests_of_the_suite() -> dict[str, list[Request]]:
    """Return the requests of each test, by its name."""
    manifest = f"{FOLDER}manifest.ttl"
    store = Store()
    store.extend(read_rdf(manifest))
    (entries,) = objects_of(store, NamedNode(manifest), MF + "entries")
    found = {}
    for entry in read_list(store, entries):
        (action,) = objects_of(store, entry, MF + "action")
        (requests,) = objects_of(store, action, HT + "requests")
        found[entry.value.rpartition("#")[2]] = [
            read_request(store, node) for node in read_list(store, requests)
        ]
    return found


def read_request(store: Store, node: NamedNode) -> Request:
    """Return a request as it is to be sent."""

    def one(subject: NamedNode, name: str) -> NamedNode | None:
        return next(objects_of(store, subject, name), None)

    headers = {}
    for given in objects_of(store, node, HT + "headers"):
        for header in read_list(store, given):
            name, value = one(header, HT + "fieldName"), one(header, HT + "fieldValue")
            assert name
            assert value
            headers[name.value] = value.value
    (response,) = objects_of(store, node, HT + "resp")
    method, path, body = one(node, HT + "methodName"), one(node, HT + "absolutePath"), one(node, HT + "body")
    assert method
    assert path
    content = None
    if body:
        text, encoding = one(body, CNT + "chars"), one(body, CNT + "characterEncoding")
        assert text
        assert encoding
        content = text.value.encode(encoding.value)
    boolean, kind = one(response, MF + "expectedBoolean"), one(response, MF + "expectedFormat")
    return Request(
        method.value,
        path.value.replace("/sparql/", "/sparql", 1),
        headers,
        content,
        frozenset(status.value[-3:] for status in objects_of(store, response, MF + "expectedStatus")),
        boolean.value == "true" if boolean else None,
        kind.value if kind else None,
    )


TESTS = tests_of_the_suite() if SUITE.is_dir() else {}
UPDATES = [name for name in TESTS if "update" in name]


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a server that holds the suite's three graphs under the names its requests give them."""
    require_suite()
    folder = tmp_path_factory.mktemp("protocol")
    data = folder / "data.nq"
    quads = [
        Quad(quad.subject, quad.predicate, quad.object, NamedNode(DATA.format(number)))
        for number in (1, 2, 3)
        for quad in read_rdf(f"{FOLDER}data{number}.nt")
    ]
    data.write_bytes(serialize(quads, format=RdfFormat.N_QUADS) or b"")
    with running_server(folder, str(data)) as server:
        yield server


def send(server: Server, request: Request) -> Answer:
    """Send a request just as the suite writes it."""
    return server.ask(request.path, method=request.method, body=request.body, headers=request.headers)


def test_the_suite_is_whole() -> None:
    """34 tests: 20 on queries, 14 on updates."""
    require_suite()
    assert len(TESTS) == 34
    assert len(UPDATES) == 14


@pytest.mark.parametrize("name", [name for name in TESTS if name not in UPDATES])
def test_query(suite: Server, name: str) -> None:
    """Status, format and answer are those of the suite."""
    for request in TESTS[name]:
        answer = send(suite, request)
        assert f"{answer.status // 100}xx" in request.statuses, answer.text
        kind = answer.headers["content-type"].partition(";")[0]
        assert request.format is None or kind in FORMATS[request.format]
        if request.boolean is not None:
            word = str(request.boolean).lower()
            assert f'"boolean": {word}' in answer.text or f"<boolean>{word}</boolean>" in answer.text


@pytest.mark.parametrize("name", UPDATES)
def test_update(suite: Server, name: str) -> None:
    """Refused with a reason, whether right or wrong, and the data are what they were."""
    before = dump(suite)
    for request in TESTS[name]:
        is_update = "sparql-update" in str(request.headers) or b"update=" in (request.body or b"")
        if is_update or "update=" in request.path:
            answer = send(suite, request)
            assert 400 <= answer.status < 500
            assert answer.text.strip()
    assert dump(suite) == before
    assert len(before) == 3


def dump(server: Server) -> set[str]:
    """Return all triples with their graphs."""
    query = "SELECT%20*%20%7BGRAPH%20%3Fg%20%7B%3Fs%20%3Fp%20%3Fo%7D%7D"
    answer = server.ask(f"/sparql?query={query}", headers={"Accept": "text/csv", "Cache-Control": "no-cache"})
    return set(answer.text.splitlines()[1:])
