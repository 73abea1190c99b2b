"""Which job an address means, and in which format: everything that is decided before a worker is asked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final, NamedTuple
from urllib.parse import quote

from healthfm.service.api import read_arguments
from healthfm.service.limits import Limits
from healthfm.service.negotiation import (
    DUMP_TYPES,
    GRAPH_TYPES,
    PAGE_TYPES,
    ROW_TYPES,
    THING_TYPES,
    choose,
    not_acceptable,
)
from healthfm.service.refusal import RefusalError
from healthfm.service.request import Request
from healthfm.service.sparql_protocol import query_parameters, read_request
from healthfm.vocabulary import ASSERTED_GRAPH, INFERRED_GRAPH, ONTOLOGY, ROOT

#: Addresses that are documents themselves: they are sent as they are, not by way of another address.
_DOCUMENTS: Final = frozenset(iri.removeprefix(ROOT) for iri in (ONTOLOGY, ASSERTED_GRAPH, INFERRED_GRAPH))
_ENDPOINT_TYPES: Final = {**ROW_TYPES, **PAGE_TYPES}
_DESCRIPTION_TYPES: Final = {**GRAPH_TYPES, **PAGE_TYPES}
_DUMP: Final = re.compile(r"/catalogue/file/healthfm\.(\w+)")
_READING: Final = "GET, HEAD, OPTIONS"
_ASKING: Final = "GET, HEAD, POST, OPTIONS"


class Plan(NamedTuple):
    """What is to be done for a request.

    Parameters
    ----------
    job
        For a worker.
    seconds
        It may take.
    headers
        Of the answer, on top of the usual ones.
    """

    job: dict[str, Any]
    seconds: float
    headers: Mapping[str, str] = {}


def allowed_methods(path: str) -> str:
    """Return the methods of an address, as the ``Allow`` header has them."""
    return _ASKING if path in {"/sparql", "/sparql/"} else _READING


def make_plan(request: Request, body: bytes, limits: Limits) -> Plan:
    """Return what is to be done for a request.

    Raises
    ------
    RefusalError
        If the request does not fit.
    """
    path = request.path
    if path == "/sparql":
        return _sparql(request, body, limits)
    if path == "/sparql/":
        query = request.query_string.decode("latin-1")
        place = {"Location": "/sparql" + f"?{query}" * bool(query)}
        raise RefusalError(308, "the endpoint is /sparql, without a slash at its end", place)
    fixed = {"/": "home", "/explorer": "explorer"}.get(path)
    if fixed:
        return Plan({"kind": fixed}, limits.timeout)
    if path.startswith("/api/"):
        name = path.removeprefix("/api/")
        arguments = read_arguments(name, query_parameters(request.query_string))
        return Plan({"kind": name, "arguments": arguments}, limits.timeout)
    dump = _DUMP.fullmatch(path)
    if dump:
        return _dump(dump[1], limits)
    if path in {"/catalogue", "/.well-known/void"} or path.startswith("/catalogue/class/"):
        return _description(request, limits, page={"kind": "home"})
    return _thing(request, limits)


def _sparql(request: Request, body: bytes, limits: Limits) -> Plan:
    if request.method != "POST" and not request.query_string:
        scope: dict[str, Any] = {"default_graphs": (), "named_graphs": ()}
        return _description(request, limits, page={"kind": "query page", "query": None, **scope})
    asked = read_request(request, body)
    scope = {"default_graphs": asked.default_graphs, "named_graphs": asked.named_graphs}
    seconds = _seconds(asked.timeout, limits)
    accept = asked.format if "/" in asked.format else request.header("accept")
    rows, triples = _endpoint_formats(accept)
    # Clients send names of their own as well; those that we do not know say nothing.
    rows = _named(asked.format, ROW_TYPES) or rows
    triples = _named(asked.format, GRAPH_TYPES) or triples
    if rows is not None and rows[0] == "html":
        return Plan({"kind": "query page", "query": asked.query, **scope}, seconds)
    job = {"kind": "query", "query": asked.query, **scope, "rows": rows, "triples": triples}
    is_link = asked.format in ROW_TYPES or asked.format in GRAPH_TYPES
    return Plan(job, seconds, _attachment(asked.format) if is_link else {})


@lru_cache(maxsize=256)
def _endpoint_formats(accept: str) -> tuple[tuple[str, str] | None, tuple[str, str] | None]:
    """Return the formats that fit best for rows and for triples."""
    return choose(accept, _ENDPOINT_TYPES), choose(accept, GRAPH_TYPES)


def _named(name: str, types: Mapping[str, tuple[str, ...]]) -> tuple[str, str] | None:
    return (name, types[name][0]) if name in types else None


def _attachment(ending: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="healthfm.{ending}"'}


def _seconds(text: str, limits: Limits) -> float:
    if not text:
        return limits.timeout
    if not re.fullmatch(r"\d{1,6}(\.\d{1,6})?", text) or not 0 < float(text) <= limits.longest:
        raise RefusalError(400, f"timeout={text} is no number of seconds up to {limits.longest:g}")
    return float(text)


def _description(request: Request, limits: Limits, *, page: dict[str, Any]) -> Plan:
    """Answer with what the service is: to programs in RDF, to people with a page."""
    name, _ = _chosen(request, _DESCRIPTION_TYPES)
    if name == "html":
        return Plan(page, limits.timeout)
    return Plan({"kind": "description", "format": name, "base": _base(request)}, limits.timeout)


def _base(request: Request) -> str:
    host = request.header("host")
    if not host:
        raise RefusalError(400, "the description has addresses in it; send a Host header")
    secure = request.scheme in {"https", "wss"}
    return f"http{'s' * secure}://{host}/"


def _dump(name: str, limits: Limits) -> Plan:
    if name not in DUMP_TYPES:
        raise RefusalError(404, f"the graph is not there as '{name}'; there are {', '.join(DUMP_TYPES)}")
    return Plan({"kind": "dump", "format": name}, limits.longest, _attachment(name))


def _thing(request: Request, limits: Limits) -> Plan:
    """Send who asks for a thing to a document about it, in the format that fits: a thing is no document."""
    local = request.path.removeprefix("/")
    if local.startswith("/"):  # where it leads to would be read as the name of another host
        raise RefusalError(404, "nothing here is called that; addresses have one slash at their start")
    people = "text/html" in request.header("accept")
    stem, _, suffix = local.rpartition(".")
    if suffix in THING_TYPES:
        job = {"kind": "document", "iri": ROOT + stem, "format": suffix, "people": people}
        return Plan(job, limits.timeout)
    chosen = choose(request.header("accept"), THING_TYPES)
    if chosen is None:  # which is no matter where there is nothing
        job = {"kind": "locate", "iri": ROOT + local, "location": None, "people": people}
        return Plan(job, limits.timeout)
    name, _ = chosen
    location = f"/{quote(local)}.{name}"
    if local in _DOCUMENTS:
        job = {"kind": "document", "iri": ROOT + local, "format": name, "people": people}
        return Plan(job, limits.timeout, {"Content-Location": location})
    job = {"kind": "locate", "iri": ROOT + local, "location": location, "people": people}
    return Plan(job, limits.timeout, {"Location": location})


def _chosen(request: Request, offered: Mapping[str, tuple[str, ...]]) -> tuple[str, str]:
    chosen = choose(request.header("accept"), offered)
    if chosen is None:
        raise not_acceptable(offered)
    return chosen
