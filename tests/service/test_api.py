"""The JSON API has the verbs and parameters of the other doors, and gives the same answers."""

from __future__ import annotations

import inspect
import json
from dataclasses import asdict
from typing import Any

import jsonschema
import pytest
from openapi_spec_validator import validate

from healthfm.knowledge_graph import KnowledgeGraph
from healthfm.service.api import VERBS
from tests.service.servers import Server


@pytest.fixture(scope="module")
def description(server: Server) -> Any:
    """Return the API's description of itself."""
    return json.loads(server.ask("/openapi.json").body)


def test_the_description_is_openapi(description: Any) -> None:
    """Checked against the standard's own schema."""
    validate(description)
    assert set(description["paths"]) == {f"/api/{name}" for name in VERBS}


@pytest.mark.parametrize("name", VERBS)
def test_a_verb_takes_what_the_function_takes(name: str) -> None:
    """Same names, same defaults left out, same required ones."""
    signature = inspect.signature(getattr(KnowledgeGraph, name)).parameters.values()
    named = [p for p in signature if p.name != "self" and p.kind is not p.VAR_KEYWORD]
    assert [p.name for p in VERBS[name].parameters] == [p.name for p in named]
    if name != "ask":  # without a question it lists them, like the command
        required = [p.name for p in VERBS[name].parameters if p.required]
        assert required == [p.name for p in named if p.default is p.empty]


def test_answers_are_those_of_the_functions(server: Server, kg: KnowledgeGraph, description: Any) -> None:
    """And have the shape that the description says."""
    expected = {
        "/api/search?words=clinical+bert&limit=3": [asdict(h) for h in kg.search("clinical bert", limit=3)],
        "/api/show?name=biobert": kg.show("biobert").to_dict(),
        "/api/lineage?name=biobert&direction=up&depth=1": kg.lineage(
            "biobert", direction="up", depth=1
        ).to_dict(),
        "/api/lineage?name=biobert&to=gpt-2": kg.lineage("biobert", to="gpt-2").to_dict(),
        "/api/impact?name=llama&through=weights": kg.impact("llama", through="weights").to_dict(),
    }
    for path, value in expected.items():
        answer = server.ask(path)
        told = json.loads(answer.body)
        assert (answer.status, answer.headers["content-type"]) == (200, "application/json")
        assert told == json.loads(json.dumps(value)), path
        operation = description["paths"][path.partition("?")[0]]["get"]
        jsonschema.validate(told, operation["responses"]["200"]["content"]["application/json"]["schema"])


def test_the_least_that_is_described_is_taken(server: Server, description: Any) -> None:
    """A number that the description allows is not refused."""
    for path, given in (("/api/search", "words=bert&limit"), ("/api/lineage", "name=bert&depth")):
        schemas = {p["name"]: p["schema"] for p in description["paths"][path]["get"]["parameters"]}
        least = schemas[given.rpartition("&")[2]]["minimum"]
        assert server.ask(f"{path}?{given}={least}").status == 200


def test_questions_are_listed_and_answered(server: Server, kg: KnowledgeGraph, description: Any) -> None:
    """With their own parameters."""
    schema = description["paths"]["/api/ask"]["get"]["responses"]["200"]["content"]["application/json"]
    listed = json.loads(server.ask("/api/ask").body)
    assert [question["name"] for question in listed] == list(kg.questions)
    jsonschema.validate(listed, schema["schema"])
    told = json.loads(server.ask("/api/ask?question=family-members&family=family:alphafold").body)
    jsonschema.validate(told, schema["schema"])
    assert len(told["results"]["bindings"]) == len(kg.ask("family-members", family="family:alphafold"))


@pytest.mark.parametrize(
    ("path", "status", "reason"),
    [
        ("/api/shw?name=bert", 404, "it has search, show"),
        ("/api/show", 400, "needs the parameter 'name'"),
        ("/api/show?nam=bert", 400, "no parameter 'nam'"),
        ("/api/show?name=bert&name=gpt", 400, "given twice"),
        ("/api/show?name=qqqq+zzzz", 404, "nothing here is called"),
        ("/api/lineage?name=bert&direction=left", 400, "one of up, down, both"),
        ("/api/lineage?name=bert&depth=-1", 400, "whole number"),
        ("/api/lineage?name=family:bert", 400, "has no lineage"),
        ("/api/search?words=bert&limit=0", 400, "shows nothing"),
        ("/api/ask?question=bert-variant", 404, "nearest: 'bert-variants'"),
        ("/api/ask?question=family-members&famly=x", 400, "it has: family"),
    ],
)
def test_what_does_not_fit_is_refused_in_one_line(
    server: Server, path: str, status: int, reason: str
) -> None:
    """With what there is instead."""
    answer = server.ask(path)
    assert (answer.status, answer.text.count("\n")) == (status, 1)
    assert reason in answer.text
