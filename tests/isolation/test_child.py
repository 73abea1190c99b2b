"""What runs in a process of its own gives its value or a clean error, and can reach nothing."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from healthfm.errors import LimitError, QueryError, UsageError
from healthfm.isolation.child import run_isolated
from healthfm.knowledge_graph import KnowledgeGraph

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
SORTED = "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f LIMIT 1"
DOUBLING = "".join(
    [
        'SELECT * { BIND("0123456789" AS ?x0)',
        *(f" BIND(CONCAT(?x{i}, ?x{i}) AS ?x{i + 1})" for i in range(40)),
        " }",
    ]
)


def test_a_timeout_changes_no_answer(kg: KnowledgeGraph) -> None:
    """Rows, triples and yes or no are the same as in this process."""
    rows = "SELECT ?name ?year { ?m hfm:memberOf family:bert ; rdfs:label ?name ; hfm:year ?year }"
    here, there = kg.query(rows), kg.query(rows, timeout=30)
    assert (here.variables, here.cells) == (there.variables, there.cells)  # type: ignore[union-attr]
    described = "DESCRIBE model:bert"
    assert kg.query(described).triples == kg.query(described, timeout=30).triples  # type: ignore[union-attr]
    assert kg.query("ASK { model:bert a hfm:Model }", timeout=30) is True
    bound = kg.query("SELECT ?name { ?m rdfs:label ?name }", timeout=30, m="model:bert")
    assert [str(row.name) for row in bound] == ["BERT"]  # type: ignore[union-attr]


@pytest.mark.parametrize("query", [ENDLESS, SORTED], ids=["endless", "sorted"])
def test_a_query_without_end_is_a_limit_error(kg: KnowledgeGraph, query: str) -> None:
    """Also inside of a sort, where the engine looks at no clock; this process stays as it was."""
    with pytest.raises(LimitError, match=r"within 0\.3 seconds"):
        kg.query(query, timeout=0.3)
    assert kg.query("ASK { model:bert a hfm:Model }") is True


def test_a_query_without_measure_is_a_limit_error(kg: KnowledgeGraph) -> None:
    """The child dies of its memory, this process does not."""
    with pytest.raises(LimitError, match="MB of memory"):
        kg.query(DOUBLING, timeout=60)


def test_an_error_of_the_query_is_the_same_error(kg: KnowledgeGraph) -> None:
    """Not a word about processes."""
    with pytest.raises(QueryError, match="line 1, column 12"):
        kg.query("SELECT ?x {", timeout=30)


@pytest.mark.parametrize("seconds", [0, -1, float("nan")])
def test_no_time_is_a_usage_error(kg: KnowledgeGraph, seconds: float) -> None:
    """Rather than no limit, which is what the system's alarm makes of zero."""
    with pytest.raises(UsageError, match="more than 0"):
        kg.query("ASK {}", timeout=seconds)


@pytest.mark.parametrize(("arguments", "code"), [(["--timeout", "1"], 2), ([], 0)])
def test_a_system_that_cannot_fork_says_so(arguments: list[str], code: int) -> None:
    """And without a timeout the query is answered there too."""
    lacking = "import os, sys; del os.fork; sys.modules['resource'] = None; from healthfm.cli import main"
    program = f"{lacking}; sys.exit(main(['query', 'ASK {{}}', *sys.argv[1:]]))"
    command = [sys.executable, "-c", program, *arguments]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == code
    assert ("leave it out" in ran.stderr) == bool(code)


def _refused(action: Callable[[], Any]) -> bool:
    try:
        action()
    except OSError:
        return True
    return False


def test_nothing_can_be_opened(tmp_path: Path) -> None:
    """No file to read, no file to write, no socket; with the network allowed there are."""
    actions: list[Callable[[], Any]] = [Path(__file__).read_bytes, (tmp_path / "x").touch, socket.socket]
    assert run_isolated(lambda: [_refused(action) for action in actions], timeout=30) == [True] * 3
    assert run_isolated(lambda: _refused(socket.socket), timeout=30, network=True) is False


def test_no_child_is_left(kg: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is ended and buried, however it ended."""
    children: list[int] = []

    def fork() -> int:
        children.append(real_fork())
        return children[-1]

    real_fork = os.fork
    monkeypatch.setattr(os, "fork", fork)
    for query in ("ASK {}", ENDLESS, "nonsense"):
        with contextlib.suppress(LimitError, QueryError):
            kg.query(query, timeout=0.2)
    assert len(children) == 3
    for child in children:
        with pytest.raises(ProcessLookupError):
            os.kill(child, 0)


def test_service_is_called_only_where_it_is_allowed(kg: KnowledgeGraph) -> None:
    """Refused with and without a timeout; allowed, the server named is really asked."""
    with socket.create_server(("127.0.0.1", 0)) as trap:
        trap.settimeout(5)
        query = f"SELECT * {{ SERVICE SILENT <http://127.0.0.1:{trap.getsockname()[1]}/> {{ ?s ?p ?o }} }}"
        for timeout in (None, 5):
            with pytest.raises(QueryError, match="SERVICE"):
                kg.query(query, timeout=timeout)
        with pytest.raises(LimitError):  # the trap takes the call and says nothing
            kg.query(query, timeout=0.5, allow_service=True)
        caller, _ = trap.accept()
        with caller:
            assert caller.recv(4) == b"POST"
        trap.settimeout(0)
        with pytest.raises(BlockingIOError):
            trap.accept()
