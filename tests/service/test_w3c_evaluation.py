"""The W3C's tests of SPARQL 1.0 and 1.1 queries, sent to the endpoint as any client would."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
import yaml
from pyoxigraph import QueryResultsFormat, RdfFormat, parse, serialize

from tests.service.servers import Answer, Server, running_server
from tests.service.w3c import (
    BASE,
    SUITE,
    Case,
    Manifests,
    alike,
    as_named_graphs,
    expected,
    from_clauses,
    local,
    require_suite,
    results,
    triples_as_rows,
)

EXCLUSIONS: dict[str, str] = yaml.safe_load(
    (Path(__file__).parent / "w3c-exclusions.yaml").read_text(encoding="utf-8")
)
MANIFESTS = (
    Manifests(
        "sparql10/manifest.ttl",
        "sparql11/manifest-sparql11-query.ttl",
        "sparql11/manifest-sparql11-results.ttl",
    )
    if SUITE.is_dir()
    else None
)
CASES = {case.id: case for case in MANIFESTS.cases} if MANIFESTS else {}
FORMS = {"csv": "text/csv", "tsv": "text/tab-separated-values"}
NOTHING = BASE + "nothing.ttl"


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a server that holds the data of all tests as named graphs."""
    require_suite()
    assert MANIFESTS is not None
    folder = tmp_path_factory.mktemp("w3c")
    data = folder / "suite.nq"
    data.write_bytes(serialize(as_named_graphs(MANIFESTS.graphs()), format=RdfFormat.N_QUADS) or b"")
    with running_server(folder, str(data)) as server:
        yield server


def ask(server: Server, case: Case, accept: str) -> Answer:
    """Send a test's query, its dataset in the request as far as the query names none itself."""
    text = local(case.query).read_text(encoding="utf-8")
    parameters = [("query", f"BASE <{case.query}>\n{text}")]
    if not from_clauses(case):
        parameters += [("default-graph-uri", iri) for iri in case.default_graphs or (NOTHING,)]
        parameters += [("named-graph-uri", iri) for iri in case.named_graphs]
    headers = {"Accept": accept, "Content-Type": "application/x-www-form-urlencoded"}
    return server.ask("/sparql", method="POST", body=urlencode(parameters).encode(), headers=headers)


def test_the_suite_is_whole() -> None:
    """All tests of the suite are run, none is lost on the way, and each exclusion excludes one."""
    require_suite()
    assert len(CASES) >= 820
    assert set(EXCLUSIONS) <= set(CASES)
    assert len(CASES) - len(EXCLUSIONS) >= 780


@pytest.mark.parametrize("name", CASES)
def test_query(suite: Server, name: str, request: pytest.FixtureRequest) -> None:
    """A right query gives what the suite says, a wrong one is refused; what is excluded does fail."""
    if name in EXCLUSIONS:
        request.applymarker(pytest.mark.xfail(strict=True, reason=EXCLUSIONS[name]))
    case = CASES[name]
    if case.kind.startswith("NegativeSyntax"):
        assert ask(suite, case, "*/*").status == 400
        return
    ending = (case.result or "").rpartition(".")[2]
    accept = FORMS.get(ending, "application/sparql-results+json, application/n-triples;q=0.9")
    answer = ask(suite, case, accept)
    assert answer.status == 200, answer.text
    if case.result is not None:
        compare(case.result, ending, answer)


def csv_rows(content: bytes) -> list[str]:
    """Return the header and the rows in an order; the names of blank nodes mean nothing."""
    header, *rows = re.sub(r"_:\w+", "_:b", content.decode()).splitlines()
    return [header, *sorted(rows)]


def compare(wanted_file: str, ending: str, answer: Answer) -> None:
    """Fail unless an answer is what a file of the suite says."""
    if ending == "csv":
        assert csv_rows(answer.body) == csv_rows(local(wanted_file).read_bytes())
        return
    wanted = expected(wanted_file)
    kind = answer.headers["content-type"]
    if "json" in kind:
        found = results(answer.body, QueryResultsFormat.JSON)
    elif "tab-separated" in kind:
        found = results(answer.body, QueryResultsFormat.TSV)
    else:
        found = triples_as_rows(quad.triple for quad in parse(answer.body, format=RdfFormat.N_TRIPLES))
    if isinstance(wanted, bool) or isinstance(found, bool):
        assert found == wanted
    else:
        in_order = "/sort/" in wanted_file
        assert alike(found, wanted, in_order=in_order), f"{found}\n\nwanted:\n\n{wanted}"
