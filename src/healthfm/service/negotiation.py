"""Which format an answer takes: from the ``Accept`` header to one of ours.

References
----------
RFC 9110, sections 12.4.2 and 12.5.1; the media types are those of SPARQL 1.1 and RDF 1.1.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from healthfm.service.limits import MAX_ACCEPT
from healthfm.service.refusal import RefusalError

#: Format → its media types; the first is its own, the others are what clients also ask for.
ROW_TYPES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "json": ("application/sparql-results+json", "application/json"),
        "xml": ("application/sparql-results+xml", "application/xml", "text/xml"),
        "csv": ("text/csv",),
        "tsv": ("text/tab-separated-values",),
    }
)
GRAPH_TYPES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "ttl": ("text/turtle", "application/x-turtle"),
        "nt": ("application/n-triples", "text/plain"),
        "jsonld": ("application/ld+json", "application/json"),
        "xml": ("application/rdf+xml", "application/xml", "text/xml"),
    }
)
PAGE_TYPES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {"html": ("text/html", "application/xhtml+xml")}
)
#: What is behind the name of a thing.
THING_TYPES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({**PAGE_TYPES, **GRAPH_TYPES})
#: Format → media type of a whole graph as a file.
DUMP_TYPES: Final[Mapping[str, str]] = MappingProxyType(
    {name: types[0] for name, types in GRAPH_TYPES.items()}
    | {"trig": "application/trig", "nq": "application/n-quads", "graphml": "application/graphml+xml"}
)


def _ranges(header: str) -> list[tuple[str, float]]:
    """Return the ranges of an Accept header with their weights; malformed parts weigh nothing."""
    if len(header) > MAX_ACCEPT:
        raise RefusalError(431, f"Accept has over {MAX_ACCEPT:,} characters; name fewer formats")
    found = []
    for part in header.split(","):
        kind, *parameters = (piece.strip().lower() for piece in part.split(";"))
        weight = 1.0
        for parameter in parameters:
            name, _, value = parameter.partition("=")
            if name.strip() == "q":
                weight = _weight(value.strip())
        if kind == "*":  # as some clients write it
            kind = "*/*"
        if "/" in kind:
            found.append((kind, weight))
    return found


def _weight(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        return 0.0
    return value if 0.0 <= value <= 1.0 else 0.0


def _quality(kind: str, ranges: list[tuple[str, float]]) -> float:
    # The most specific range that fits decides, not the heaviest.
    wildcard = kind.partition("/")[0] + "/*"
    for wanted in (kind, wildcard, "*/*"):
        weights = [weight for name, weight in ranges if name == wanted]
        if weights:
            return max(weights)
    return 0.0


def choose(accept: str, offered: Mapping[str, tuple[str, ...]]) -> tuple[str, str] | None:
    """Return the format that fits best and the media type to name, or `None` where none fits.

    Parameters
    ----------
    accept
        The header; empty means anything.
    offered
        Format → media types, best first: at equal weight the earlier one is taken.

    Raises
    ------
    RefusalError
        431, if the header is too long to be read in no time.

    Examples
    --------
    >>> choose("text/csv;q=0.5, application/json", ROW_TYPES)
    ('json', 'application/json')
    >>> choose("", GRAPH_TYPES)
    ('ttl', 'text/turtle')
    >>> choose("image/png", ROW_TYPES) is None
    True
    """
    ranges = _ranges(accept or "*/*")
    best, chosen = 0.0, None
    for position in (0, 1, 2):
        for name, types in offered.items():
            if position < len(types) and (quality := _quality(types[position], ranges)) > best:
                best, chosen = quality, (name, types[position])
    return chosen


def not_acceptable(*offered: Mapping[str, tuple[str, ...]]) -> RefusalError:
    """Return the refusal of a request whose formats are none of those offered."""
    kinds = ", ".join(types[0] for formats in offered for types in formats.values())
    return RefusalError(406, f"none of the formats asked for fits; there are {kinds}")
