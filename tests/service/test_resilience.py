"""Whatever happens to workers, clients and connections, the next query is answered."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

from healthfm.errors import InputError
from healthfm.service.handlers import _rehearsal
from healthfm.service.limits import Limits
from healthfm.service.messages import Reply, encode_job
from healthfm.service.negotiation import DUMP_TYPES
from healthfm.service.pool import Pool
from healthfm.service.refusal import RefusalError
from tests.conftest import ROOT
from tests.service.servers import Server, eventually, running_server

NAME = "/sparql?query=" + quote("SELECT ?name { model:bert rdfs:label ?name }")
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
FRESH = {"Cache-Control": "no-cache"}
LINUX = pytest.mark.skipif(not Path("/proc").exists(), reason="reads /proc")


@pytest.fixture(scope="module")
def sturdy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a server of our own, to be maltreated, with two workers."""
    folder = tmp_path_factory.mktemp("sturdy")
    with running_server(folder, "--workers", "2", "--timeout", "20", "--memory", "512") as running:
        yield running


def children(process: int) -> list[int]:
    """Return the processes that a process has started and that live."""
    found = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [int(child) for child in found if " Z " not in Path(f"/proc/{child}/stat").read_text()]


def has_others(zygote: int, killed: list[int]) -> bool:
    return len(set(children(zygote)) - set(killed)) == 2


def busy(server: Server) -> int:
    return int(json.loads(server.ask("/health").body)["busy"])


@LINUX
def test_a_dead_worker_is_replaced(sturdy: Server) -> None:
    """And nobody notices who did not ask just then."""
    (zygote,) = children(sturdy.process.pid)
    eventually(lambda: len(children(zygote)) == 2)
    for _ in range(3):
        before = children(zygote)
        for worker in before:
            os.kill(worker, signal.SIGKILL)
        eventually(functools.partial(has_others, zygote, before))
        assert sturdy.ask(NAME, headers=FRESH).status == 200
    assert len(children(zygote)) == 2


@LINUX
def test_the_parent_of_the_workers_is_replaced(sturdy: Server) -> None:
    """The workers that are left go on meanwhile."""
    (zygote,) = children(sturdy.process.pid)
    eventually(lambda: len(children(zygote)) == 2)
    workers = children(zygote)
    os.kill(zygote, signal.SIGKILL)
    assert sturdy.ask(NAME, headers=FRESH).status == 200
    eventually(lambda: children(sturdy.process.pid) not in ([], [zygote]))
    (another,) = children(sturdy.process.pid)
    for worker in workers:
        os.kill(worker, signal.SIGKILL)
    eventually(lambda: len(children(another)) == 2)
    assert sturdy.ask(NAME, headers=FRESH).status == 200


def test_a_client_that_leaves_frees_its_worker(sturdy: Server) -> None:
    """Nobody works for it until the deadline."""
    eventually(lambda: busy(sturdy) == 0)
    leaving = [socket.create_connection(("127.0.0.1", sturdy.port)) for _ in range(2)]
    for connection in leaving:
        path = "/sparql?" + urlencode({"query": ENDLESS})
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    eventually(lambda: busy(sturdy) == 2)
    for connection in leaving:
        connection.close()
    started = time.monotonic()
    assert sturdy.ask(NAME, headers=FRESH).status == 200
    assert time.monotonic() - started < 20, "the deadline of those who left"
    eventually(lambda: busy(sturdy) == 0, seconds=15)


def test_half_a_request_keeps_nobody_waiting(sturdy: Server) -> None:
    """Sixty clients that never finish, in the head or in the body; each is turned away."""
    post = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
    halves = [
        b"GET /sparql HT",
        post + b"Content-Length: 9\r\n\r\nASK",
        post + b"Transfer-Encoding: chunked\r\n",
    ]
    with contextlib.ExitStack() as stack:
        connections = [
            stack.enter_context(socket.create_connection(("127.0.0.1", sturdy.port), timeout=40))
            for _ in range(60)
        ]
        for number, connection in enumerate(connections):
            connection.sendall(halves[number % len(halves)])
        assert sturdy.ask(NAME, headers=FRESH).status == 200
        for connection in connections[:3]:
            told = b"".join(iter(functools.partial(connection.recv, 10_000), b""))
            assert b"HTTP/1.1 408 " in told
            assert b"not there within 10 seconds" in told


@LINUX
def test_an_answer_that_nobody_reads_is_dropped(sturdy: Server) -> None:
    """The server keeps no megabytes for a client that is asleep."""
    descriptors = Path(f"/proc/{sturdy.process.pid}/fd")
    query = urlencode({"query": "SELECT * { ?s ?p ?o . ?s ?q ?r } LIMIT 30000"})
    with socket.create_connection(("127.0.0.1", sturdy.port), timeout=60) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.sendall(f"GET /sparql?{query} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        assert connection.recv(12) == b"HTTP/1.1 200"
        while_asleep = len(list(descriptors.iterdir()))
        eventually(lambda: len(list(descriptors.iterdir())) < while_asleep, seconds=40)


@pytest.mark.parametrize(
    "request_",
    [
        b"nonsense\r\n\r\n",
        b"GET /sparql HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"GET /sparql HTTP/1.1\r\nHost: x\r\nX: a\x00b\r\n\r\n",
        b"CONNECT example.org:80 HTTP/1.1\r\nHost: x\r\n\r\n",
    ],
    ids=["garbage", "no host", "two lengths of two kinds", "two lengths", "chunk", "NUL", "CONNECT"],
)
def test_what_is_no_http_is_refused(sturdy: Server, request_: bytes) -> None:
    """With 400 or 405, and the connection is of no use after garbage."""
    with socket.create_connection(("127.0.0.1", sturdy.port), timeout=30) as connection:
        connection.sendall(request_)
        assert connection.recv(12) in {b"HTTP/1.1 400", b"HTTP/1.1 405"}


def test_a_path_cannot_write_headers(sturdy: Server) -> None:
    """Line breaks in an address stay in it."""
    answer = sturdy.ask("/model/bert%0d%0aX-Evil:%20yes", headers={"Accept": "text/turtle"})
    assert answer.status == 404
    assert "x-evil" not in answer.headers


def test_health_says_how_it_is(sturdy: Server) -> None:
    """For whoever watches over the service."""
    eventually(lambda: busy(sturdy) == 0)
    answer = sturdy.ask("/health")
    state = json.loads(answer.body)
    assert (answer.status, state["status"], state["workers"]) == (200, "ok", 2)
    assert answer.headers["cache-control"] == "no-store"


def is_alive(process: int) -> bool:
    status = Path(f"/proc/{process}/stat")
    return status.exists() and " Z " not in status.read_text()


@LINUX
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_no_process_outlives_the_server(tmp_path: Path, number: signal.Signals) -> None:
    """However it ends, and though a worker has a query without end."""
    with running_server(tmp_path, "--timeout", "60") as server, contextlib.ExitStack() as stack:
        (zygote,) = children(server.process.pid)
        eventually(lambda: len(children(zygote)) == 4)
        processes = [zygote, *children(zygote)]
        connection = stack.enter_context(socket.create_connection(("127.0.0.1", server.port)))
        connection.sendall(f"GET /sparql?query={quote(ENDLESS)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        eventually(lambda: busy(server) == 1)
        server.process.send_signal(number)
        if number == signal.SIGTERM:
            connection.close()  # a client that waits would be waited for
        eventually(lambda: not any(map(is_alive, processes)))
        assert server.process.stderr is not None
        assert b"Traceback" not in server.process.stderr.read()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_stop_lets_the_last_answers_out(tmp_path: Path, number: signal.Signals) -> None:
    """A query that runs is answered, a new connection is not, the exit code is 0."""
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f } # one second or some"
    with running_server(tmp_path, "--timeout", "3") as server:
        answers = []
        asking = threading.Thread(
            target=lambda: answers.append(server.ask("/sparql?" + urlencode({"query": slow})))
        )
        asking.start()
        eventually(lambda: busy(server) == 1)
        server.process.send_signal(number)
        asking.join(30)
        assert answers[0].status in {200, 503}
        assert server.process.wait(30) == 0
        with pytest.raises(OSError, match="refused"):
            server.ask("/health")


def serve_failing(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "healthfm", "serve", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_what_cannot_be_served_is_said_in_one_line(tmp_path: Path, sturdy: Server) -> None:
    """A port in use, a file that is none, data that are none."""
    broken = tmp_path / "broken.ttl"
    broken.write_text("<a> <b> .")
    for arguments, code, reason in (
        (["--port", str(sturdy.port)], 2, "cannot listen at 127.0.0.1"),
        (["--port", "99999"], 2, "ports end at 65535"),
        (["--port", "0", str(tmp_path / "none.ttl")], 3, "cannot be read"),
        (["--workers", "100000"], 2, "is more than 256"),
        (["--memory", "99999999999999999999"], 2, "a terabyte"),
        (["--port", "0", str(broken)], 3, "broken.ttl:1: "),
        (["--workers", "0"], 2, "whole number above 0"),
        (["--timeout", "0"], 2, "no number of seconds"),
        (["--timeout", "nan"], 2, "no number of seconds"),
    ):
        failed = serve_failing(*arguments)
        assert (failed.returncode, failed.stdout) == (code, "")
        assert reason in failed.stderr
        assert "Traceback" not in failed.stderr


def test_what_is_not_installed_is_named() -> None:
    """And how it is."""
    program = "import sys; sys.modules['uvloop'] = None; from healthfm.cli import main; main(['serve'])"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert ran.stderr == "healthfm: serve needs 'uvloop'; install healthfm[serve], on Linux or macOS\n"


def test_a_graph_that_is_not_what_was_built_is_not_served(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One flipped bit, and the manifest says so."""
    from healthfm.service import server

    content = bytearray((ROOT / "graph/dist/healthfm.trig").read_bytes())
    content[5000] ^= 1
    (tmp_path / "healthfm.trig").write_bytes(content)
    (tmp_path / "manifest.json").write_bytes((ROOT / "graph/dist/manifest.json").read_bytes())
    monkeypatch.setattr("healthfm.resources.built_graph", lambda: str(tmp_path / "healthfm.trig"))
    with pytest.raises(InputError, match="is not what manifest"):
        server._fingerprint([])


def test_pages_of_other_data_are_shown_and_not_obeyed(tmp_path: Path) -> None:
    """Every kind of page; no label is markup, and no link leads astray."""
    label = "</script></textarea><script>alert(1)</script><img src=x onerror=alert(1)>"
    (tmp_path / "a.ttl").write_text(f"""
        BASE <https://w3id.org/healthfm/> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        <model/a> a <ns/Model> ; rdfs:label "{label}" ; <ns/code> <javascript:alert(1)> .
        <model/a> <ns/memberOf> <family/f> .
        <family/f> a <ns/Family> ; rdfs:label "{label}" .
        <ns/t> rdfs:label "{label}" ; rdfs:isDefinedBy <ontology> .
        <https://w3id.org/healthfm//example.org/x> rdfs:label "elsewhere" .""")
    with running_server(tmp_path, str(tmp_path / "a.ttl")) as server:
        pages = [
            "/",
            "/sparql",
            "/model/a.html",
            "/family/f.html",
            "/ns/t.html",
            "/ontology.html",
            "/explorer",
        ]
        for path in (*pages, "/sparql?" + urlencode({"query": "SELECT * { ?s ?p ?o }"})):
            answer = server.ask(path, headers={"Accept": "text/html"})
            assert answer.status == 200, path
            for markup in ("<script>alert", "<img src=x", '"javascript:'):
                assert markup not in answer.text, path
        astray = server.ask("//example.org/x", headers={"Accept": "text/turtle"})
        assert (astray.status, "location" in astray.headers) == (404, False)


def test_other_data_can_be_served(tmp_path: Path) -> None:
    """Turtle and N-Quads together; what is in a named graph is there too."""
    (tmp_path / "a.ttl").write_text("<http://example.org/a> <http://example.org/p> 1 .")
    (tmp_path / "b.nq").write_text(
        "<http://example.org/b> <http://example.org/p> <http://example.org/c> <http://example.org/g> .\n"
    )
    with running_server(tmp_path, str(tmp_path / "a.ttl"), str(tmp_path / "b.nq")) as server:
        for pattern, number in (("?s ?p ?o", 1), ("GRAPH ?g { ?s ?p ?o }", 1), ("model:bert ?p ?o", 0)):
            query = urlencode({"query": f"SELECT * {{ {pattern} }}"})
            assert len(json.loads(server.ask(f"/sparql?{query}").body)["results"]["bindings"]) == number
        for path in ("/", "/sparql", "/catalogue", "/catalogue/file/healthfm.nq"):
            assert server.ask(path, headers={"Accept": "text/html"}).status == 200
        assert "nothing to draw" in server.ask("/explorer").text
        assert server.ask("/model/bert").status == 404


async def _gone_never() -> None:
    await asyncio.Event().wait()


def _replies(limits: Limits, jobs: list[bytes], seconds: float = 60) -> list[Reply | RefusalError]:
    async def run() -> list[Reply | RefusalError]:
        pool = Pool([], limits)
        await pool.start()
        try:
            doing = (pool.do(job, seconds, _gone_never) for job in jobs)
            return await asyncio.gather(*doing, return_exceptions=True)  # type: ignore[return-value]
        finally:
            await pool.stop()

    return asyncio.run(run())


def test_a_worker_needs_nothing_that_it_cannot_open() -> None:
    """Every kind of job is done by one that can open no file, not even that of a module."""
    dumps = [{"kind": "dump", "format": name} for name in DUMP_TYPES]
    jobs = [encode_job({"arguments": {}, "gzip": True} | job) for job in [*_rehearsal(), *dumps]]
    replies = _replies(Limits(workers=2), jobs)
    assert {type(reply) for reply in replies} == {Reply}
    statuses = [reply.status for reply in replies if isinstance(reply, Reply)]
    assert set(statuses) <= {200, 303, 400, 404}
    assert statuses.count(200) > len(statuses) / 2


def _query(text: str) -> bytes:
    job = {"kind": "query", "query": text, "default_graphs": [], "named_graphs": [], "gzip": False}
    return encode_job({**job, "rows": ["json", "x/y"], "triples": ["nt", "x/y"]})


def test_limits_of_rows_and_bytes_are_errors() -> None:
    """One more is refused, with the limit; so many are whole."""
    rows, bytes_ = (_query(f"SELECT ?s {{ ?s ?p ?o }} LIMIT {number}") for number in (20, 21))
    whole, more = _replies(Limits(workers=1, rows=20), [rows, bytes_])
    assert isinstance(whole, Reply)
    assert isinstance(more, Reply)
    assert (whole.status, len(json.loads(whole.body)["results"]["bindings"])) == (200, 20)
    assert (more.status, b"more than 20 rows" in more.body) == (413, True)
    (large,) = _replies(Limits(workers=1, size=500), [rows])
    assert isinstance(large, Reply)
    assert (large.status, b"the limit is 500" in large.body) == (413, True)


def test_who_waits_too_long_is_told() -> None:
    """One worker, taken until the deadline: the second is refused then, not later."""
    first, second = _replies(Limits(workers=1), [_query(ENDLESS), _query("ASK {}")], seconds=0.5)
    assert "within 0.5 seconds" in str(first)
    assert isinstance(second, RefusalError)
    assert second.status == 503
