"""Clients that send rubbish or too much; and three bombers beside a good one."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from healthfm.service.limits import MAX_CONNECTIONS, MAX_UNTAKEN
from tests.service.servers import Server, eventually, running_server
from tests.service.siege import is_well, lay_siege


@pytest.fixture(autouse=True)
def _sound(target: Server) -> Iterator[None]:
    """After each of these tests, the server lives and answers rightly within three seconds."""
    yield
    assert target.process.poll() is None
    assert is_well(target, timeout=3)


def talk(server: Server, sent: bytes) -> bytes:
    """Send bytes, and return all that comes back until the server hangs up, or after some seconds."""
    received = bytearray()
    address = ("127.0.0.1", server.port)
    with socket.create_connection(address, timeout=15) as connection, contextlib.suppress(OSError):
        connection.sendall(sent)
        while data := connection.recv(65_536):
            received += data
    return bytes(received)


def status(reply: bytes) -> int:
    """Return the status of a reply as it came, 0 if the server only hung up."""
    return int(reply.split(b" ", 2)[1]) if reply.startswith(b"HTTP/1.1 ") else 0


FORM = "application/x-www-form-urlencoded"
CLOSE = b"Host: x\r\nConnection: close\r\n"
POST = b"POST /sparql HTTP/1.1\r\n" + CLOSE
DIRECT = POST + b"Content-Type: application/sparql-query"


@pytest.mark.parametrize(
    ("sent", "statuses"),
    [
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", {0, 400}),
        (b"HELLO\r\n\r\n", {0, 400}),
        (b"GET\r\n\r\n", {0, 400}),
        (b"GET / HTTP/9.9\r\n" + CLOSE + b"\r\n", {0, 400, 505}),
        (b"GET /sparql?query=ASK{} HTTP/1.1\r\nBad Header\r\n\r\n", {0, 400}),
        (b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nX: a\r\n b\r\n" + CLOSE + b"\r\n", {0, 200, 400}),
        (b"GET /\x00 HTTP/1.1\r\n" + CLOSE + b"\r\n", {0, 400, 404}),
        (b"GET /sparql?query=ASK%7B%7D%00 HTTP/1.1\r\n" + CLOSE + b"\r\n", {400}),
        (b"GET /sparql?query=%ff%fe HTTP/1.1\r\n" + CLOSE + b"\r\n", {400}),
        (b"GET /sparql?query=%zz HTTP/1.1\r\n" + CLOSE + b"\r\n", {400}),
        (b"GET /%0d%0aSet-Cookie:%20a=b HTTP/1.1\r\n" + CLOSE + b"\r\n", {404}),
        (b"TRACE /sparql HTTP/1.1\r\n" + CLOSE + b"\r\n", {405}),
        (b"CONNECT x:80 HTTP/1.1\r\n" + CLOSE + b"\r\n", {0, 400, 404, 405}),
        (b"FROBNICATE /sparql HTTP/1.1\r\n" + CLOSE + b"\r\n", {0, 400, 405}),
        (b"PUT /sparql HTTP/1.1\r\n" + CLOSE + b"Content-Length: 0\r\n\r\n", {405}),
        (b"DELETE /sparql HTTP/1.1\r\n" + CLOSE + b"\r\n", {405}),
        (b"PATCH /sparql HTTP/1.1\r\n" + CLOSE + b"Content-Length: 0\r\n\r\n", {405}),
        (b"GET /../../etc/passwd HTTP/1.1\r\n" + CLOSE + b"\r\n", {404}),
        (b"GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\n" + CLOSE + b"\r\n", {404}),
        (b"GET /assets/..%2f..%2fserver.py HTTP/1.1\r\n" + CLOSE + b"\r\n", {404}),
        (POST + b"Content-Length: 6\r\n\r\nASK {}", {400, 415}),
        (POST + b"Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}", {415}),
        (POST + b"Content-Length: -1\r\n\r\n", {0, 400}),
        (POST + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n", {0, 400}),
        (POST + b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", {0, 400}),
        (POST + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n", {0, 400}),
        (POST + b"Transfer-Encoding: gzip\r\n\r\n", {0, 400, 415, 501}),
        (b"GET / HTTP/1.1\r\nHost: a\r\n" + CLOSE + b"\r\n", {400}),
        (b"GET / HTTP/1.1\r\nHost: <a>\r\nConnection: close\r\n\r\n", {400}),
        (DIRECT + b"\r\nContent-Length: 14\r\n\r\n" + "ASK {}".encode("utf-16"), {400}),
        (DIRECT + b"; charset=UTF-16\r\nContent-Length: 14\r\n\r\n" + "ASK {}".encode("utf-16"), {415}),
        (DIRECT + b"\r\nContent-Length: 4\r\n\r\n\xff\xfe\xfd\xfc", {400}),
    ],
)  # fmt: skip
def test_rubbish_is_refused_or_hung_up_on(target: Server, sent: bytes, statuses: set[int]) -> None:
    """Each has its status, or the line is cut; nothing of it comes back as a header or as markup."""
    reply = talk(target, sent)
    assert status(reply) in statuses, reply[:300]
    assert b"set-cookie" not in reply.partition(b"\r\n\r\n")[0].lower()
    if status(reply) >= 400:
        assert b"text/plain" in reply


def test_what_is_too_long_is_refused(target: Server) -> None:
    """A body of 20 MB, an address of 100 kB, a header of 200 kB and ten thousand headers."""
    kind = {"Content-Type": "application/sparql-query"}
    assert target.ask("/sparql", method="POST", body=b" " * 20_000_000, headers=kind).status == 413
    address = b"GET /sparql?query=" + b"a" * 100_000 + b" HTTP/1.1\r\n" + CLOSE + b"\r\n"
    assert status(talk(target, address)) == 414
    header = b"GET / HTTP/1.1\r\n" + CLOSE + b"X-Long: " + b"a" * 200_000 + b"\r\n\r\n"
    assert status(talk(target, header)) in {0, 400, 431}
    many = b"GET / HTTP/1.1\r\n" + CLOSE + b"X: a\r\n" * 30_000 + b"\r\n"
    assert status(talk(target, many)) in {0, 400, 431}


@pytest.mark.parametrize(
    ("path", "headers", "body", "refused"),
    [
        ("/sparql", {"Content-Type": FORM}, b"query=ASK{}" + b"&a=" * 300_000, 400),
        ("/sparql", {"Content-Type": FORM}, b"query=ASK{}" + b"&default-graph-uri=x:y" * 40_000, 400),
        ("/sparql?query=ASK{}" + "&a" * 30_000, {}, None, 400),
        ("/sparql?query=ASK{}", {"Accept": "a/b," * 20_000}, None, 431),
        ("/model/bert", {"Accept": "a/b," * 20_000}, None, 431),
        ("/sparql", {"Content-Type": FORM}, b"query=ASK{}&format=" + b"a/b," * 200_000, 431),
    ],
)
def test_what_takes_long_to_read_is_not_read(
    target: Server, path: str, headers: dict[str, str], body: bytes | None, refused: int
) -> None:
    """The process that talks to everybody has no time for a hundred thousand parameters or formats."""
    answer = target.ask(path, method="GET" if body is None else "POST", headers=headers, body=body)
    assert (answer.status, answer.text.count("\n")) == (refused, 1)


def test_a_connection_has_few_requests_waiting(target: Server) -> None:
    """Ten or so behind a slow one are answered in order; ten thousand are refused at once, and forgotten."""
    query = urlencode({"query": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"})
    slow, quick = (f"GET {path} HTTP/1.1\r\nHost: x\r\n".encode() for path in (f"/sparql?{query}", "/health"))
    last = quick + b"Connection: close\r\n\r\n"
    few = talk(target, slow + b"\r\n" + (quick + b"\r\n") * 10 + last)
    assert [int(part[:3]) for part in few.split(b"HTTP/1.1 ")[1:]] == [503] + [200] * 11
    many = talk(target, slow + b"\r\n" + (quick + b"\r\n") * 10_000)
    assert status(many) == 429
    assert many.count(b"HTTP/1.1 200") == 0


def test_answers_that_nobody_takes_do_not_add_up(target: Server) -> None:
    """Seventy clients that do not read 7 MB each: those that do so for longest are cut off."""
    query = urlencode({"query": "SELECT * { ?s ?p ?o . ?s ?q ?r } LIMIT 20000", "timeout": "30"})
    whole = len(target.ask(f"/sparql?{query}").body)
    assert 70 * (whole - 2_000_000) > MAX_UNTAKEN, "what the system itself keeps of each is left out"
    with contextlib.ExitStack() as stack:
        sleepers = [stack.enter_context(socket.socket()) for _ in range(70)]
        for sleeper in sleepers:
            sleeper.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
            sleeper.settimeout(15)
            sleeper.connect(("127.0.0.1", target.port))
            sleeper.sendall(f"GET /sparql?{query} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            assert sleeper.recv(12) == b"HTTP/1.1 200"
        assert [taken(sleeper, whole) >= whole for sleeper in (sleepers[0], sleepers[-1])] == [False, True]


def test_a_connection_too_many_is_told(target: Server) -> None:
    """Those that are there keep theirs; once they have left, everybody is answered again."""
    with contextlib.ExitStack() as stack:
        address = ("127.0.0.1", target.port)
        idle = [stack.enter_context(socket.create_connection(address, 15)) for _ in range(MAX_CONNECTIONS)]
        assert status(talk(target, b"GET /health HTTP/1.1\r\n" + CLOSE + b"\r\n")) == 503
        idle[0].sendall(b"GET /health HTTP/1.1\r\n" + CLOSE + b"\r\n")
        assert idle[0].recv(12) == b"HTTP/1.1 200"
    eventually(lambda: target.ask("/health").status == 200)


def taken(connection: socket.socket, size: int) -> int:
    """Read so many bytes of a connection, or as many as there are, and return how many."""
    number = 0
    with contextlib.suppress(OSError):
        while number < size and (data := connection.recv(1 << 20)):
            number += len(data)
    return number


def test_a_client_that_leaves_is_no_fault_of_ours(tmp_path: Path) -> None:
    """Neither one with requests waiting nor garbage makes the server talk on stderr."""
    with running_server(tmp_path, "--timeout", "0.5") as server:
        query = urlencode({"query": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"})
        request = f"GET /sparql?{query} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
        with socket.create_connection(("127.0.0.1", server.port)) as leaving:
            leaving.sendall(request * 3)
        assert status(talk(server, b"nonsense\r\n\r\n")) == 400
        assert is_well(server)
        # With its worker freed by the one who left; and the last answer out, the server ends.
        eventually(lambda: server.log.read_text().count("sparql") >= 2)
        server.process.terminate()
        assert server.process.wait(30) == 0
        assert server.process.stderr is not None
        assert server.process.stderr.read() == b"healthfm: stopped\n"


def test_markup_is_never_markup(target: Server) -> None:
    """What a query says comes back as plain text that no browser guesses otherwise."""
    query = urlencode({"query": "<script>alert(1)</script>"})
    for accept in ("text/html", "*/*", "<script>"):
        answer = target.ask(f"/sparql?{query}", headers={"Accept": accept})
        assert answer.status in {400, 406}
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert b"<script>alert(1)" not in answer.body or answer.headers["content-type"].startswith(
            "text/plain"
        )


def test_three_bombers_beside_a_good_client(target: Server) -> None:
    """While they go on, not one of the good client's queries fails; `make benchmarks` goes on for longer."""
    siege = lay_siege(target, bombers=3, seconds=5)
    assert len(siege.times) > 10
    assert siege.failed == 0, siege.text()
