"""The JSON API for programs that do not speak SPARQL: the verbs of every other door, by their names.

References
----------
OpenAPI 3.1, https://spec.openapis.org/oas/v3.1.0
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from healthfm.service.refusal import RefusalError
from healthfm.service.sparql_protocol import Parameters


class Parameter(NamedTuple):
    """What a verb takes: the name it has at every door, and what it means."""

    name: str
    meaning: str
    required: bool = False
    integer: bool = False
    choices: tuple[str, ...] = ()


class Verb(NamedTuple):
    """A verb of the API.

    Parameters
    ----------
    answers
        JSON Schema of an answer.
    open
        It takes further parameters, those of the question.
    """

    summary: str
    parameters: tuple[Parameter, ...]
    answers: Mapping[str, Any]
    open: bool = False


_NAME: Final = Parameter("name", "a name, id, CURIE, DOI, arXiv id, HuggingFace id or link", required=True)
_ARTIFACT: Final = Parameter("name", "a model, system, method or library", required=True)

_TEXT: Final = {"type": "string"}
_TEXTS: Final = {"type": "array", "items": _TEXT}


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties)}


_HITS: Final = {
    "type": "array",
    "items": _object(id=_TEXT, name=_TEXT, matched=_TEXT, score={"type": "number"}),
}
_EDGES: Final = {
    "type": "array",
    "items": _object(
        relation=_TEXT,
        group=_TEXT,
        child=_TEXT,
        parent=_TEXT,
        statement=_TEXT,
        source=_TEXT,
        basis=_TEXT,
        confidence=_TEXT,
    ),
}
_DESCRIPTION: Final = _object(
    id=_TEXT,
    iri=_TEXT,
    name=_TEXT,
    types=_TEXTS,
    facts={"type": "object"},
    builtOn=_EDGES,
    builtUponBy=_EDGES,
    rows=_TEXTS,
)
_ROWS: Final = _object(
    head=_object(vars=_TEXTS), results=_object(bindings={"type": "array", "items": {"type": "object"}})
)

VERBS: Final[Mapping[str, Verb]] = MappingProxyType(
    {
        "search": Verb(
            "Find by name, other name, title word, DOI, arXiv id, HuggingFace id or link.",
            (
                Parameter("words", "what to look for; typing mistakes are tolerated", required=True),
                Parameter("limit", "how many hits; 10 if not given", integer=True),
            ),
            _HITS,
        ),
        "show": Verb("All that is known of one thing, with sources.", (_NAME,), _DESCRIPTION),
        "lineage": Verb(
            "What an artifact was built on and what was built on it, or how two are related.",
            (
                _ARTIFACT,
                Parameter("direction", "'both' if not given", choices=("up", "down", "both")),
                Parameter("depth", "how many steps to go; all if not given", integer=True),
                Parameter("to", "another artifact: how the two are related, instead"),
            ),
            {"type": "object"},
        ),
        "impact": Verb(
            "Everything affected if an artifact is withdrawn, relicensed or found faulty.",
            (
                _ARTIFACT,
                Parameter("through", "'any' if not given", choices=("weights", "behaviour", "method", "any")),
            ),
            {"type": "object"},
        ),
        "ask": Verb(
            "The answer to a named question, in SPARQL's JSON; without one, the list of all questions.",
            (Parameter("question", "the question's name; its own parameters may follow"),),
            {"oneOf": [_ROWS, {"type": "array", "items": _object(name=_TEXT, question=_TEXT, text=_TEXT)}]},
            open=True,
        ),
    }
)


def read_arguments(name: str, parameters: Parameters) -> dict[str, str | int]:
    """Return the arguments of a call of a verb.

    Raises
    ------
    RefusalError
        404 for a verb that does not exist, 400 for arguments that do not fit.
    """
    verb = VERBS.get(name)
    if verb is None:
        raise RefusalError(404, f"the API has no '{name}'; it has {', '.join(VERBS)}")
    known = {parameter.name: parameter for parameter in verb.parameters}
    given: dict[str, str | int] = {}
    for key, value in parameters:
        if key not in known and not verb.open:
            raise RefusalError(400, f"'{name}' has no parameter '{key}'; it has {', '.join(known)}")
        if key in given:
            raise RefusalError(400, f"'{key}' is given twice; give it once")
        given[key] = _value(known.get(key, Parameter(key, "")), value)
    for parameter in verb.parameters:
        if parameter.required and parameter.name not in given:
            raise RefusalError(400, f"'{name}' needs the parameter '{parameter.name}': {parameter.meaning}")
    return given


def _value(parameter: Parameter, value: str) -> str | int:
    if parameter.choices and value not in parameter.choices:
        raise RefusalError(400, f"'{parameter.name}' is one of {', '.join(parameter.choices)}, not '{value}'")
    if not parameter.integer:
        return value
    if not (value.isascii() and value.isdigit() and len(value) < 10):
        raise RefusalError(400, f"'{parameter.name}' is a whole number, not '{value}'")
    return int(value)


def openapi(version: str) -> dict[str, Any]:
    """Return the description of the API, in OpenAPI 3.1."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "healthfm",
            "version": version,
            "summary": "The knowledge graph of healthcare foundation models",
            "description": "Reads only. Each verb is the function and the command of the same name. "
            "The SPARQL endpoint is at /sparql and described by itself.",
            "license": {"name": "CC0 1.0", "identifier": "CC0-1.0"},
        },
        "paths": {f"/api/{name}": {"get": _operation(name, verb)} for name, verb in VERBS.items()},
    }


def _operation(name: str, verb: Verb) -> dict[str, Any]:
    faults = {
        "400": "A parameter does not fit.",
        "404": "There is no such thing; the nearest names follow.",
        "503": "No answer in time.",
    }
    parameters = [_described(parameter) for parameter in verb.parameters]
    if verb.open:
        further = {"type": "object", "additionalProperties": _TEXT}
        parameters.append(
            {
                "name": "parameters",
                "in": "query",
                "description": "the question's own parameters, each by its name",
                "schema": further,
                "style": "form",
                "explode": True,
            }
        )
    return {
        "operationId": name,
        "summary": verb.summary,
        "parameters": parameters,
        "responses": {
            "200": {"description": "The answer.", "content": {"application/json": {"schema": verb.answers}}},
            **{
                status: {"description": meaning, "content": {"text/plain": {"schema": _TEXT}}}
                for status, meaning in faults.items()
            },
        },
    }


def _described(parameter: Parameter) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "integer", "minimum": 1} if parameter.integer else {"type": "string"}
    if parameter.choices:
        schema["enum"] = list(parameter.choices)
    return {
        "name": parameter.name,
        "in": "query",
        "required": parameter.required,
        "description": parameter.meaning,
        "schema": schema,
    }
