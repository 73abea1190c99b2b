"""Queries made to bring the server down or to make it call out: each is answered in time, nothing changes."""

from __future__ import annotations

import itertools
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

import httpx
import pytest

from tests.service import attacks
from tests.service.attacks import UPDATES, Attack
from tests.service.servers import Answer, Server
from tests.service.siege import FRESH, is_well

#: That of the server, in seconds.
DEADLINE: Final = 1
GRACE: Final = 0.5
FORM: Final = {"Content-Type": "application/x-www-form-urlencoded"}
QUERY: Final = {"Content-Type": "application/sparql-query"}
SECRET: Final = "only-in-the-secret-file"


@dataclass
class Trap:
    """A place that must not be called."""

    url: str
    calls: list[bytes] = field(default_factory=list)


@pytest.fixture(scope="module")
def trap() -> Iterator[Trap]:
    """Return a server on loopback that notes whoever connects."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        found = Trap(f"http://127.0.0.1:{listener.getsockname()[1]}/data")

        def note() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = listener.accept()
                    with connection:
                        found.calls.append(connection.recv(1_000))

        threading.Thread(target=note, daemon=True).start()
        yield found
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)


@pytest.fixture(scope="module")
def secret(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file of RDF that must not be read."""
    file = tmp_path_factory.mktemp("secret") / "secret.ttl"
    file.write_text(f'<http://x/a> <http://x/b> "{SECRET}" .', encoding="utf-8")
    return file


def send(server: Server, query: str, number: int) -> Answer:
    """Send a query: by GET where it fits, else in a form or as it is, in turn."""
    encoded = urlencode({"query": query})
    if number % 3 == 0 and len(encoded) < 60_000:
        return server.ask(f"/sparql?{encoded}")
    if number % 3 == 1 and len(encoded) < 900_000:
        return server.ask("/sparql", method="POST", body=encoded.encode(), headers=FORM)
    return server.ask("/sparql", method="POST", body=query.encode(), headers=QUERY)


def within_deadline(server: Server, query: str, number: int) -> Answer:
    """Return the answer; it comes in time, or at the second asking if the machine was busy elsewhere."""
    for _ in range(2):
        start = time.monotonic()
        answer = send(server, query, number)
        if time.monotonic() - start <= DEADLINE + GRACE:
            return answer
    pytest.fail(f"no answer within {DEADLINE + GRACE} s, twice")


def require_sound(server: Server, trap: Trap) -> None:
    """Fail unless the server lives, answers an ordinary query rightly and has called nobody."""
    assert server.process.poll() is None
    assert is_well(server)
    assert trap.calls == []


def survives(server: Server, trap: Trap, attack: Attack, number: int) -> None:
    """Fail unless an attack comes to what it must come to."""
    answer = within_deadline(server, attack.query, number)
    assert answer.status in attack.statuses, f"{answer.status} {answer.body[:200]!r}"
    assert SECRET.encode() not in answer.body
    if answer.status != 200:
        assert answer.headers["content-type"].startswith("text/plain")
        assert answer.text.count("\n") == 1
    require_sound(server, trap)


OWN_ATTACKS: Final = {
    attack.name: (number, attack)
    for number, attack in enumerate(
        itertools.chain(
            attacks.nestings(),
            attacks.chains(),
            attacks.served_nestings(),
            attacks.costly(),
            attacks.harmless(),
        )
    )
}


@pytest.mark.parametrize("name", OWN_ATTACKS)
def test_nothing_kills_or_delays_the_server(target: Server, trap: Trap, name: str) -> None:
    """Beyond the engine's stack, without end, without measure, or odd: a status and one line in time."""
    number, attack = OWN_ATTACKS[name]
    survives(target, trap, attack, number)


def test_no_server_is_called(target: Server, trap: Trap, secret: Path) -> None:
    """SERVICE in every spelling and place is refused, in GET, form and direct POST."""
    for attack in attacks.federated(trap.url, str(secret)):
        for way in range(3):
            survives(target, trap, attack, way)


def test_nothing_is_fetched(target: Server, trap: Trap, secret: Path) -> None:
    """Graphs that are not loaded are empty, whether the query or the request names them."""
    for attack in attacks.graphs(trap.url, str(secret)):
        for way in range(3):
            survives(target, trap, attack, way)
            answer = send(target, attack.query, way)
            assert b"example" not in answer.body
    for name, iri in itertools.product(
        ("default-graph-uri", "named-graph-uri"), (trap.url, secret.as_uri(), "data:text/turtle,x")
    ):
        query = "SELECT ?o { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
        answer = target.ask(f"/sparql?{urlencode({'query': query, name: iri})}", headers=FRESH)
        assert answer.text.split() == ["o"]
        require_sound(target, trap)


def count(server: Server) -> str:
    """Return how many triples there are, in all graphs."""
    query = "SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
    return server.ask(f"/sparql?{urlencode({'query': query})}", headers=FRESH).text


@pytest.mark.parametrize("update", UPDATES)
def test_nothing_is_changed(target: Server, trap: Trap, secret: Path, update: str) -> None:
    """An update is refused in every way that a query or an update can be sent."""
    text = update.replace("{trap}", trap.url).replace("{secret}", str(secret))
    before = count(target)
    as_update, as_query = urlencode({"update": text}), urlencode({"query": text})
    both = urlencode({"query": "ASK {}", "update": text})
    ways = [
        ("GET", f"/sparql?{as_query}", None, {}),
        ("GET", f"/sparql?{as_update}", None, {}),
        ("GET", f"/sparql?{both}", None, {}),
        ("POST", "/sparql", as_query, FORM),
        ("POST", "/sparql", as_update, FORM),
        ("POST", "/sparql", both, FORM),
        ("POST", "/sparql", text, QUERY),
        ("POST", "/sparql", text, {"Content-Type": "application/sparql-update"}),
        ("POST", f"/sparql?{as_update}", "", FORM),
        ("PUT", "/sparql?default", text, {"Content-Type": "text/turtle"}),
        ("DELETE", "/sparql?default", None, {}),
        ("PATCH", "/sparql", text, {"Content-Type": "application/sparql-update"}),
    ]
    for method, path, body, headers in ways:
        answer = target.ask(
            path, method=method, body=None if body is None else body.encode(), headers=headers
        )
        assert 400 <= answer.status < 500, f"{method} {path} {headers}: {answer.text}"
        assert trap.calls == []
    assert count(target) == before


@pytest.mark.parametrize(
    "words",
    ['" } UNION { ?s ?p ?o } #', "' . } ; DROP ALL", "<script>alert(1)</script>", "}\n{", "\\u0022", "%00"],
)
def test_words_are_words(target: Server, words: str) -> None:
    """What is typed as a name or into a search box is bound as it is: nothing is called or found so."""
    encoded = urlencode({"": words})[1:]
    for path in ("show?name=", "ask?question=family-members&family=", "lineage?name=", "impact?name="):
        answer = target.ask(f"/api/{path}{encoded}")
        assert answer.status == 404
        assert answer.text.startswith("nothing here is called")
    assert target.ask(f"/api/search?words={encoded}").text == "[]\n"


def test_the_trap_is_a_trap(trap: Trap, secret: Path) -> None:
    """Whoever calls is noted, and who reads the file finds the secret: else the tests above show nothing."""
    with suppress(httpx.TransportError):
        httpx.get(trap.url)  # the trap hangs up without an answer
    assert len(trap.calls) == 1
    trap.calls.clear()
    assert SECRET in secret.read_text(encoding="utf-8")
