"""A request to the endpoint, taken apart as the protocol says.

References
----------
SPARQL 1.1 Protocol, https://www.w3.org/TR/sparql11-protocol/ (sections 2.1 and 2.2).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple
from urllib.parse import parse_qsl

from healthfm.service.limits import MAX_PARAMETERS
from healthfm.service.refusal import RefusalError
from healthfm.service.request import Request

FORM: Final = "application/x-www-form-urlencoded"
QUERY: Final = "application/sparql-query"
UPDATE: Final = "application/sparql-update"
_READ_ONLY: Final = "this endpoint is only read; the graph is built from its catalogue"

Parameters = tuple[tuple[str, str], ...]


class SparqlRequest(NamedTuple):
    """What a client asks of the endpoint.

    Parameters
    ----------
    query
        Its text.
    default_graphs, named_graphs
        The dataset, in place of any ``FROM`` of the text.
    format
        ``format=``, for links: the name of a format or a media type, which wins over ``Accept``.
    timeout
        ``timeout=``, our own addition: seconds, as written.
    """

    query: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    format: str = ""
    timeout: str = ""


def read_request(request: Request, body: bytes) -> SparqlRequest:
    """Return what is asked.

    Raises
    ------
    RefusalError
        400, 403 or 415, with the reason.
    """
    parameters = query_parameters(request.query_string)
    if request.method != "POST":
        return _from_parameters(parameters)
    kind = _content_type(request)
    if kind == FORM:
        return _from_parameters(parameters + _parameters(body))
    if kind == QUERY:
        if any(name == "query" for name, _ in parameters):
            raise RefusalError(400, "the query stands in the body and in the address; send one of them")
        return _from_parameters((*parameters, ("query", _decode(body))))
    if kind == UPDATE:
        raise RefusalError(403, _READ_ONLY)
    raise RefusalError(415, f"a body of type '{kind or 'none'}' is no query; send {FORM} or {QUERY}")


def _content_type(request: Request) -> str:
    if request.header("content-encoding") not in {"", "identity"}:
        raise RefusalError(415, "a compressed body is not read; send it as it is")
    kind, *parameters = (part.strip().lower() for part in request.header("content-type").split(";"))
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name == "charset" and value.strip('"') not in {"utf-8", "utf8"}:
            raise RefusalError(415, f"a body in {value} is not read; send UTF-8")
    return kind


def _decode(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise RefusalError(400, f"byte {error.start} of the body is not UTF-8; send UTF-8") from error


@lru_cache(maxsize=256)
def query_parameters(query_string: bytes) -> Parameters:
    """Return the pairs of the query string of an address; those of late are kept.

    Raises
    ------
    RefusalError
        If it is not UTF-8, or has too many.
    """
    return _parameters(query_string)


def _parameters(encoded: bytes) -> Parameters:
    try:
        text = encoded.decode()
        pairs = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=MAX_PARAMETERS)
    except UnicodeDecodeError as error:
        raise RefusalError(400, "the parameters are not UTF-8, percent-encoded; send UTF-8") from error
    except ValueError as error:
        raise RefusalError(400, f"there are over {MAX_PARAMETERS:,} parameters; send fewer") from error
    return tuple(pairs)


def _from_parameters(parameters: Parameters) -> SparqlRequest:
    def all_of(name: str) -> tuple[str, ...]:
        return tuple(value for key, value in parameters if key == name)

    if all_of("update") or all_of("using-graph-uri") or all_of("using-named-graph-uri"):
        raise RefusalError(403, _READ_ONLY)
    queries = all_of("query")
    if len(queries) != 1:
        raise RefusalError(400, f"a request has one 'query' parameter, this one has {len(queries) or 'none'}")
    return SparqlRequest(
        queries[0],
        all_of("default-graph-uri"),
        all_of("named-graph-uri"),
        (*all_of("format"), "")[0],
        (*all_of("timeout"), "")[0],
    )
