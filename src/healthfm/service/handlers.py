"""What a worker does: one function per kind of job, each from a plain dictionary to an `Answer`.

Everything here runs in a worker (`healthfm.service.worker`), never in the web process.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import cache
from typing import Any, Final

from pyoxigraph import NamedNode, Store

from healthfm.analysis.result_formats import GRAPH_FORMATS, as_json, format_result
from healthfm.analysis.results import Triples
from healthfm.analysis.sparql_text import is_repeatable
from healthfm.errors import HealthfmError, UnknownNameError
from healthfm.knowledge_graph import KnowledgeGraph
from healthfm.opening import load
from healthfm.service import resources
from healthfm.service.evaluation import Evaluation
from healthfm.service.limits import Limits
from healthfm.service.negotiation import DUMP_TYPES, GRAPH_TYPES, ROW_TYPES, THING_TYPES, not_acceptable
from healthfm.service.pages import Pages
from healthfm.service.worker import Answer, Handler, answer, status_of
from healthfm.vocabulary import curie

HTML: Final = "text/html"
JSON: Final = "application/json"
#: Names that are told to who asked for one that does not exist.
_NEAREST: Final = 3


def make_handlers(files: Sequence[str], limits: Limits) -> dict[str, Handler]:
    """Return what does each kind of job, over the packaged graph or the given files.

    Raises
    ------
    InputError
        If a file cannot be read.
    """
    kg = load(*files)
    evaluation = Evaluation(kg.store, max_rows=limits.rows)
    pages = Pages(kg, limits)
    explorer = cache(lambda: kg.page(sparql="/sparql"))
    description = resources.dataset_description(kg, packaged=not files)
    return {
        "query": lambda job: _query(evaluation, job),
        "query page": lambda job: _query_page(evaluation, pages, job),
        "ask": lambda job: _ask(kg, job),
        "search": lambda job: Answer(as_json([asdict(hit) for hit in kg.search(**job["arguments"])]), JSON),
        "show": lambda job: Answer(as_json(kg.show(**job["arguments"]).to_dict()), JSON),
        "lineage": lambda job: Answer(as_json(kg.lineage(**job["arguments"]).to_dict()), JSON),
        "impact": lambda job: Answer(as_json(kg.impact(**job["arguments"]).to_dict()), JSON),
        "locate": lambda job: _locate(kg, pages, job),
        "document": lambda job: _document(kg, pages, limits, job),
        "dump": lambda job: _dump(kg, job),
        "explorer": lambda _: Answer(explorer(), HTML),
        "home": lambda _: Answer(pages.home(), HTML),
        "description": lambda job: _triples(description + resources.service(kg, job["base"]), job["format"]),
    }


def _query(evaluation: Evaluation, job: Mapping[str, Any]) -> Answer:
    result = evaluation.evaluate(job)
    chosen = job["triples" if isinstance(result, Triples) else "rows"]
    if chosen is None:
        raise not_acceptable(ROW_TYPES, GRAPH_TYPES)
    name, media_type = chosen
    return Answer(format_result(result, name), media_type, repeatable=is_repeatable(job["query"]))


def _query_page(evaluation: Evaluation, pages: Pages, job: Mapping[str, Any]) -> Answer:
    if job["query"] is None:
        return Answer(pages.no_query(), HTML)
    try:
        result = evaluation.evaluate(job)
    except HealthfmError as error:
        return Answer(pages.error(job["query"], error), HTML, status=status_of(error))
    return Answer(pages.result(job["query"], result), HTML, repeatable=is_repeatable(job["query"]))


def _ask(kg: KnowledgeGraph, job: Mapping[str, Any]) -> Answer:
    arguments = dict(job["arguments"])
    if "question" not in arguments:
        return Answer(as_json([asdict(question) for question in kg.questions.values()]), JSON)
    return Answer(format_result(kg.ask(arguments.pop("question"), **arguments), "json"), JSON)


def _locate(kg: KnowledgeGraph, pages: Pages, job: Mapping[str, Any]) -> Answer:
    if _find(kg, job["iri"]) is None:
        return _missing(kg, pages, job)
    if job["location"] is None:
        raise not_acceptable(THING_TYPES)
    return Answer(f"see {job['location']}\n", "text/plain", status=303)


def _document(kg: KnowledgeGraph, pages: Pages, limits: Limits, job: Mapping[str, Any]) -> Answer:
    thing = _find(kg, job["iri"])
    if thing is None:
        return _missing(kg, pages, job)
    if job["format"] == "html":
        return Answer(pages.resource(thing), HTML)
    return _triples(resources.about(kg, thing, limit=limits.rows), job["format"])


def _find(kg: KnowledgeGraph, iri: str) -> NamedNode | None:
    """Return a node that the graph speaks of, or `None`."""
    thing = resources.node(iri)
    return thing if thing is not None and resources.is_known(kg, thing) else None


def _missing(kg: KnowledgeGraph, pages: Pages, job: Mapping[str, Any]) -> Answer:
    """Answer with the nearest names: to people with a page, to programs in one line."""
    name = curie(job["iri"])
    nearest = kg.search(name.rstrip("/").rpartition(":")[2].rpartition("/")[2], limit=_NEAREST)
    if job["people"]:
        return Answer(pages.missing(name, nearest), HTML, status=404)
    known = (
        f"nearest: {', '.join(hit.id for hit in nearest)}" if nearest else "search with /api/search?words="
    )
    raise UnknownNameError(f"nothing here is called '{name}'; {known}")


def _triples(triples: Sequence[Any], name: str) -> Answer:
    return Answer(Triples(tuple(triples)).serialize(GRAPH_FORMATS[name]).decode(), GRAPH_TYPES[name][0])


def _dump(kg: KnowledgeGraph, job: Mapping[str, Any]) -> Answer:
    (content,) = kg.export(job["format"]).values()
    return Answer(content.decode(), DUMP_TYPES[job["format"]])


def rehearse(handlers: Mapping[str, Handler], limits: Limits) -> None:
    """Do everything once: a worker can load no module any more, and indexes are shared when made now."""
    for job in _rehearsal():
        # A fault is no concern here: with other data than ours, nothing may be called BERT.
        answer({"arguments": {}, "gzip": True} | job, handlers, size=limits.size)
    nothing = KnowledgeGraph(Store())  # a dump of everything would take its time
    for name in DUMP_TYPES:
        nothing.export(name)


def _rehearsal() -> Iterator[dict[str, Any]]:
    bert = "https://w3id.org/healthfm/model/bert"
    for name in ROW_TYPES:
        yield from (_rehearsed(query, rows=name) for query in ("SELECT * { ?s ?p ?o } LIMIT 9", "ASK {}"))
    for name in GRAPH_TYPES:
        yield _rehearsed("CONSTRUCT WHERE { ?s ?p ?o } LIMIT 9", triples=name)
        yield {"kind": "description", "format": name, "base": "http://127.0.0.1/"}
    for query in ("SELECT * { ?s ?p ?o } LIMIT 9", "DESCRIBE <x:y>", "ASK {}", "ASK {{", None):
        yield _rehearsed(query) | {"kind": "query page"}
    for iri, name in itertools.product((bert, f"{bert}t"), ("html", *GRAPH_TYPES)):
        asked = {"iri": iri, "people": name == "html"}
        yield {"kind": "locate", "location": iri, **asked}
        yield {"kind": "document", "format": name, **asked}
    for kind, name in itertools.product(("show", "lineage", "impact"), ("bert", "nothing like it")):
        yield {"kind": kind, "arguments": {"name": name}}
    yield {"kind": "lineage", "arguments": {"name": "bert", "to": "gpt-2"}}
    yield from ({"kind": kind} for kind in ("home", "explorer"))
    yield {"kind": "search", "arguments": {"words": "clinical brt"}}
    yield {"kind": "ask"}
    yield {"kind": "ask", "arguments": {"question": "family-members", "family": "family:bert"}}
    yield {"kind": "ask", "arguments": {"question": "family-membrs"}}


def _rehearsed(query: str | None, *, rows: str = "json", triples: str = "ttl") -> dict[str, Any]:
    return {
        "kind": "query",
        "query": query,
        "default_graphs": [],
        "named_graphs": [],
        "rows": (rows, ROW_TYPES[rows][0]),
        "triples": (triples, GRAPH_TYPES[triples][0]),
    }
