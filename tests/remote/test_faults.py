"""Servers that die, hang, drip, cut, refuse, lie or lead elsewhere: an error, never a part for the whole."""

from __future__ import annotations

import json
import socket
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

import healthfm
from healthfm.errors import HealthfmError, LimitError, QueryError, RemoteError, UsageError
from healthfm.knowledge_graph import KnowledgeGraph
from healthfm.vocabulary import ASSERTED_GRAPH, INFERRED_GRAPH
from tests.remote.hostile import Behaviour, drips, hangs, hostile, reply, says
from tests.remote.servers import Server, oxigraph

JSON = "Content-Type: application/sparql-results+json"
NT = "Content-Type: application/n-triples"
NO = json.dumps({"head": {}, "boolean": False}).encode()
TRIPLES = b"<http://a/1> <http://a/p> <http://a/o> .\n<http://a/2> <http://a/p> <http://a/o> .\n"
SELECT = "SELECT ?s { ?s ?p ?o }"
CONSTRUCT = "CONSTRUCT WHERE { ?s ?p ?o }"


def rows(*names: str) -> bytes:
    """Return rows of one column as JSON."""
    bindings = [{"s": {"type": "uri", "value": f"http://a/{name}"}} for name in names]
    return json.dumps({"head": {"vars": ["s"]}, "results": {"bindings": bindings}}).encode()


def counted(number: int) -> bytes:
    """Return the answer to a query that counts."""
    cell = {"type": "literal", "value": str(number), "datatype": "http://www.w3.org/2001/XMLSchema#integer"}
    result = {"head": {"vars": ["healthfmRows"]}, "results": {"bindings": [{"healthfmRows": cell}]}}
    return json.dumps(result).encode()


def answering(main: bytes, count: int = 2) -> Behaviour:
    """Answer looks at the graphs with no, counts with a number, and all else with these bytes."""

    def behave(head: bytes, connection: socket.socket) -> None:
        if b"ASK" in head:
            connection.sendall(reply(NO, JSON))
        elif b"healthfmRows" in head:
            connection.sendall(reply(counted(count), JSON))
        elif b"SELECT+%2A" in head:  # whether all solutions of a CONSTRUCT come
            connection.sendall(reply(rows("1", "2"), JSON))
        else:
            connection.sendall(main)

    return behave


def test_the_detector_detects() -> None:
    """A server that behaves is answered from, so that the faults below are faults."""
    with hostile(answering(reply(rows("1", "2"), JSON))) as server:
        assert len(healthfm.connect(server.url).query(SELECT)) == 2  # type: ignore[arg-type]
    with hostile(answering(reply(TRIPLES, NT))) as server:
        assert len(healthfm.connect(server.url).query(CONSTRUCT)) == 2  # type: ignore[arg-type]


def without_length(body: bytes, header: str) -> bytes:
    """Return a reply that ends where the connection ends."""
    return f"HTTP/1.0 200 OK\r\n{header}\r\n\r\n".encode() + body


CUT = rows("1", "2")[:-20]
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: application/n-triples\r\n\r\n"


@pytest.mark.parametrize(
    ("query", "behaviour", "error", "message"),
    [
        (SELECT, answering(reply(rows("1", "2"), JSON), count=3), LimitError, "gave 2 of 3 rows"),
        (SELECT, answering(reply(rows("1", "2"), JSON, length=9_999)), RemoteError, "broke off"),
        (SELECT, answering(reply(CUT, JSON)), RemoteError, "cut short or malformed"),
        (SELECT, answering(without_length(CUT, JSON)), RemoteError, "cut short or malformed"),
        (SELECT, answering(reply(rows("1"), JSON, status="206 Partial Content")), RemoteError, "a part only"),
        (SELECT, answering(reply(rows("1"), JSON, "X-SQL-State: S1TAT")), RemoteError, "a part only"),
        (SELECT, answering(reply(b"<p>", "Content-Type: text/html")), RemoteError, "not with a SPARQL"),
        (SELECT, answering(reply(NO, JSON)), RemoteError, "no SPARQL 1.1 server"),
        (SELECT, answering(reply(rows("1"), JSON, "Content-Encoding: gzip")), RemoteError, "compresses"),
        (SELECT, answering(reply(b"line 1:\n bad\x07", status="400 Bad")), QueryError, "line 1: bad;"),
        (SELECT, answering(reply(b"", status="503 Busy")), RemoteError, "answers 503"),
        (SELECT, answering(reply(b"", status="413 Large")), LimitError, "takes no body"),
        (SELECT, answering(b""), RemoteError, "broke off"),
        (SELECT, answering(b"\x00\xff garbage\r\n\r\n"), RemoteError, "broke off"),
        (SELECT, says(reply(rows("1"), JSON)), RemoteError, "yes or no with rows"),
        (CONSTRUCT, answering(reply(TRIPLES[:-5], NT)), RemoteError, "cut short or malformed"),
        (CONSTRUCT, answering(reply(TRIPLES[:41], NT, length=len(TRIPLES))), RemoteError, "broke off"),
        (CONSTRUCT, answering(CHUNKED + b"29\r\n" + TRIPLES[:41] + b"\r\n"), RemoteError, "broke off"),
        (CONSTRUCT, answering(without_length(TRIPLES[:41], NT)), RemoteError, "may be a part"),
        (CONSTRUCT, answering(reply(TRIPLES, NT), count=3), LimitError, "gave 2 of 3 rows"),
        (CONSTRUCT, answering(reply(TRIPLES, NT), count=0), None, ""),
    ],
)  # fmt: skip
def test_a_part_is_never_given_for_the_whole(
    query: str, behaviour: Behaviour, error: type[HealthfmError] | None, message: str
) -> None:
    """Each way to answer in part, or not as SPARQL 1.1 says, is an error of one line that says what."""
    with hostile(behaviour) as server:
        remote = healthfm.connect(server.url, timeout=5)
        if error is None:
            assert len(remote.query(query)) == 2  # type: ignore[arg-type]
            return
        with pytest.raises(error, match=message) as caught:
            remote.query(query)
        assert str(caught.value).startswith(server.url)
        assert "\n" not in str(caught.value)


@pytest.mark.parametrize("behaviour", [hangs, drips])
def test_a_server_that_does_not_come_to_an_end_is_left(behaviour: Behaviour) -> None:
    """Whether it says nothing or a byte at a time: the deadline holds for the whole answer."""
    with hostile(behaviour) as server, pytest.raises(LimitError, match=r"no whole answer within 0.3 s"):
        healthfm.connect(server.url, timeout=0.3).query(SELECT)


def test_what_broke_on_the_way_is_asked_again() -> None:
    """A server that dies in the middle and comes back has cost nothing; one that says when, is waited for."""
    answers = answering(reply(rows("1", "2"), JSON))
    seen: Counter[bytes] = Counter()

    def flaky(head: bytes, connection: socket.socket) -> None:
        seen[head] += 1
        if seen[head] == 1:
            connection.sendall(reply(rows("1"), JSON, length=500))
        elif seen[head] == 2:
            connection.sendall(reply(b"", "Retry-After: 0", status="503 Busy"))
        else:
            answers(head, connection)

    with hostile(flaky) as server:
        assert len(healthfm.connect(server.url).query(SELECT)) == 2  # type: ignore[arg-type]


def test_credentials_stay_with_the_host_that_was_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """A redirect elsewhere takes no token along; and loopback is no place to be led to."""
    monkeypatch.setenv("HEALTHFM_TOKEN", "s3cret")
    with hostile(answering(reply(rows("1", "2"), JSON))) as trap:
        lead = reply(b"", f"Location: {trap.url}?query=ASK", status="302 Found")
        with hostile(says(lead)) as server:
            with pytest.raises(RemoteError, match=r"leads to 127.0.0.1, which is no public address"):
                healthfm.connect(server.url).query(SELECT)
            assert b"Bearer s3cret" in server.requests[0]
            assert trap.requests == []
            monkeypatch.setenv("HEALTHFM_ALLOW_NETWORKS", "127.0.0.0/8")
            with pytest.raises(HealthfmError):
                healthfm.connect(server.url).query(SELECT)
            assert trap.requests
            assert b"s3cret" not in b"".join(trap.requests)


@pytest.mark.parametrize(
    ("location", "message"),
    [
        ("file:///etc/passwd", "no http or https URL"),
        ("gopher://127.0.0.1:70/", "no http or https URL"),
        ("http://user:pass@127.0.0.1/", "carries credentials"),
        ("http://[::1]:1/", "no public address"),
        ("http://169.254.169.254/latest/meta-data", "no public address"),
        ("http://[::ffff:10.0.0.1]/", "no public address"),
        ("http://localhost:1/", "no public address"),
        ("http://0/", "no public address"),
    ],
)
def test_where_a_redirect_may_not_lead(location: str, message: str) -> None:
    """Files, other schemes, credentials in a URL, and networks that are not public."""
    with (
        hostile(says(reply(b"", f"Location: {location}", status="302 Found"))) as server,
        pytest.raises(HealthfmError, match=message),
    ):
        healthfm.connect(server.url).query(SELECT)


def test_circles_end() -> None:
    """A server that leads to itself is left after a few rounds."""
    with (
        hostile(says(reply(b"", "Location: /query?again", status="307 Temporary Redirect"))) as server,
        pytest.raises(RemoteError, match="in circles"),
    ):
        healthfm.connect(server.url).query(SELECT)


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("ftp://example.org/", "no http or https URL"),
        ("example.org/sparql", "no http or https URL"),
        ("http://", "no http or https URL"),
        ("http://me:pw@example.org/sparql", "carries credentials"),
        ("http://exa mple.org:port/", "is no URL"),
    ],
)
def test_what_is_no_url_of_a_server(url: str, message: str) -> None:
    """Said before anything is sent, and without repeating a password."""
    with pytest.raises(UsageError, match=message) as caught:
        healthfm.connect(url)
    assert "pw" not in str(caught.value)


@pytest.fixture(scope="module")
def kg() -> KnowledgeGraph:
    """Return a graph of 1,300 triples: pushing it takes no time, and more than one piece where need be."""
    store = Store()
    for graph, numbers in ((ASSERTED_GRAPH, range(1_000)), (INFERRED_GRAPH, range(1_000, 1_300))):
        for number in numbers:
            triple = (NamedNode(f"http://a/{number}"), NamedNode("http://a/p"), Literal(number))
            store.add(Quad(*triple))
            store.add(Quad(*triple, NamedNode(graph)))
    return KnowledgeGraph(store)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Server]:
    """Return an Oxigraph of its own, empty."""
    with oxigraph(tmp_path / "store") as server:
        yield server


def relay(server: Server, fails: Callable[[int, bytes], bytes | None]) -> Behaviour:
    """Pass requests on to a real server, but for those of which `fails` says what to answer instead."""
    lock, number = threading.Lock(), iter(range(10_000))

    def behave(head: bytes, connection: socket.socket) -> None:
        lines = head.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
        method, target, _ = lines[0].split(" ", 2)
        headers = dict(line.split(": ", 1) for line in lines[1:])
        body = head.partition(b"\r\n\r\n")[2]
        while len(body) < int(headers.get("Content-Length", headers.get("content-length", 0))):
            body += connection.recv(1_000_000)
        with lock:
            answer = fails(next(number), body) if method in {"PUT", "POST"} else None
        if answer is not None:
            connection.sendall(answer)
            return
        wanted = {
            name: value for name, value in headers.items() if name.lower() in {"accept", "content-type"}
        }
        base = server.query.removesuffix("/query")
        passed = httpx.request(method, base + target, headers=wanted, content=body, timeout=30)
        kind = f"Content-Type: {passed.headers.get('content-type', '')}"
        connection.sendall(reply(passed.content, kind, status=f"{passed.status_code} Passed"))

    return behave


@pytest.mark.parametrize("update", [False, True])
def test_a_push_that_broke_off_is_noticed_and_goes_on(
    kg: KnowledgeGraph, store: Server, update: bool
) -> None:
    """Until the end nobody reads a part; the next push sends the rest; then all is there, once."""
    broken = reply(b"disk full", status="507 Insufficient Storage")
    with hostile(relay(store, lambda number, _: broken if number >= 4 else None)) as server:
        base = server.url.removesuffix("query")
        target = f"{base}{'update' if update else 'store'}"
        with pytest.raises(RemoteError, match=r"answers 507 \(disk full\)"):
            kg.push(target, update=update)
    with pytest.raises(RemoteError, match="a push to it has begun and not ended"):
        healthfm.connect(store.query).query(SELECT)
    pushed = kg.push(store.update if update else store.graph_store, update=update)
    assert pushed.resumed
    assert pushed.graphs["default graph"] == len(kg)
    assert len(healthfm.connect(store.query)) == len(kg)
    assert not kg.push(store.graph_store).resumed


def test_a_push_survives_hiccups(kg: KnowledgeGraph, store: Server) -> None:
    """Each request that fails once, or whose answer is lost, is sent again and done once."""
    lost = b"HTTP/1.1 204 No Content\r\nX-Cut"
    busy = reply(b"", status="500 Oops")

    def fails(number: int, _body: bytes) -> bytes | None:
        return (busy, None, lost, None)[number % 4]

    with hostile(relay(store, fails)) as server:
        pushed = kg.push(server.url.removesuffix("query") + "store")
    assert pushed.graphs["default graph"] == len(kg)
    assert healthfm.connect(store.query).export("trig") == kg.export("trig")


def test_a_push_comes_in_pieces_where_the_server_takes_no_more(kg: KnowledgeGraph, store: Server) -> None:
    """A body that is too large is sent in smaller ones."""
    too_large = reply(b"", status="413 Content Too Large")
    with hostile(relay(store, lambda _, body: too_large if len(body) > 20_000 else None)) as server:
        pushed = kg.push(server.url.removesuffix("query") + "store")
        assert pushed.graphs["default graph"] == len(kg)
        assert len([head for head in server.requests if head.startswith(b"POST /store?")]) > 0
    assert healthfm.connect(store.query).export("trig") == kg.export("trig")


def test_a_server_that_loses_triples_is_found_out(kg: KnowledgeGraph, store: Server) -> None:
    """What was accepted and is not there in the end is an error, and the next push begins anew."""
    accepted = reply(b"", status="204 No Content")
    with (
        hostile(relay(store, lambda number, _: accepted if number == 3 else None)) as server,
        pytest.raises(RemoteError, match=r"holds 0 triples in .*inferred, 300 were sent"),
    ):
        kg.push(server.url.removesuffix("query") + "store")
    with pytest.raises(RemoteError, match="a push to it has begun"):
        healthfm.connect(store.query).query(SELECT)
    assert not kg.push(store.graph_store).resumed
    assert len(healthfm.connect(store.query)) == len(kg)


def test_a_graph_from_which_nothing_follows_is_pushed(store: Server) -> None:
    """No triple inferred: that graph is empty there as it is here, by either way."""
    source = Store()
    triple = (NamedNode("http://a/1"), NamedNode("http://a/p"), Literal(1))
    source.extend([Quad(*triple), Quad(*triple, NamedNode(ASSERTED_GRAPH))])
    for url, update in ((store.graph_store, False), (store.update, True)):
        pushed = KnowledgeGraph(source).push(url, update=update)
        assert list(pushed.graphs.values()) == [1, 0, 1]


def test_other_peoples_data_are_not_replaced(kg: KnowledgeGraph, store: Server) -> None:
    """A default graph that no push of ours filled stays as it is, and no note is left behind."""
    content = {"Content-Type": "application/n-triples"}
    httpx.put(f"{store.graph_store}?default", content=TRIPLES, headers=content).raise_for_status()
    with pytest.raises(UsageError, match="holds other data"):
        kg.push(store.graph_store)
    assert len(healthfm.connect(store.query)) == 2


def test_a_graph_without_its_parts_is_not_pushed(store: Server, tmp_path: Path) -> None:
    """What would not mean the same elsewhere is refused before anything is sent."""
    file = tmp_path / "some.nt"
    file.write_bytes(TRIPLES)
    with pytest.raises(UsageError, match="do not partition"):
        healthfm.load(file).push(store.graph_store)
    with pytest.raises(UsageError, match="--query-url"):
        healthfm.load(file).push("http://127.0.0.1:1/somewhere")
    assert len(healthfm.connect(store.query)) == 0


def test_a_killed_server_is_an_error_and_a_new_one_goes_on(kg: KnowledgeGraph, tmp_path: Path) -> None:
    """The process is gone in the middle of a push; started again, it gets the rest."""
    with oxigraph(tmp_path / "store") as first:

        def dies(number: int, _body: bytes) -> bytes | None:
            if number == 4:
                first.process.kill()
                first.process.wait()
            return None if number < 4 else b""

        with hostile(relay(first, dies)) as server, pytest.raises(RemoteError, match=r"broke off|reached"):
            kg.push(server.url.removesuffix("query") + "store")
    with oxigraph(tmp_path / "store") as second:
        assert kg.push(second.graph_store).resumed
        assert healthfm.connect(second.query).export("trig") == kg.export("trig")
