"""RDF terms from plain values; the gate that every IRI and literal of the graph passes.

References
----------
RDF 1.1 Concepts, https://www.w3.org/TR/rdf11-concepts/ (section 3).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache
from urllib.parse import urlsplit

from pyoxigraph import Literal, NamedNode, Triple

from healthfm.errors import CatalogueError
from healthfm.vocabulary import Term


@cache
def node(iri: str) -> NamedNode:
    """Return the node of an IRI that the project itself mints or has checked."""
    return NamedNode(iri)


def page(url: str) -> NamedNode:
    """Return the node of a web page that somebody wrote into a file.

    Raises
    ------
    CatalogueError
        If the address is not http or https, carries a user name, or has invisible characters:
        such an IRI would break some format of the graph or mislead a reader.
    """
    try:
        parts = urlsplit(url)
        port_is_valid = parts.port is None or parts.port <= 65535
        written = NamedNode(url)
    except ValueError as error:
        raise CatalogueError(
            [f"'{url}' is no usable address: {error}; percent-encode or correct it"]
        ) from error
    invisible = any(unicodedata.category(character) in {"Cf", "Cc"} for character in url)
    if (
        parts.scheme not in {"http", "https"}
        or not parts.hostname
        or parts.username
        or invisible
        or not port_is_valid
    ):
        raise CatalogueError([f"'{url}' is no plain http or https address; correct it"])
    return written


def text(value: str) -> Literal:
    """Return a plain string literal in NFC."""
    return Literal(unicodedata.normalize("NFC", value))


def integer(value: int) -> Literal:
    """Return an ``xsd:integer``."""
    return Literal(str(value), datatype=node(Term.XSD_INTEGER))


def iso_date(value: str | int) -> Literal:
    """Return a date with the precision it is written in: a year, a month or a day."""
    written = str(value)
    datatype = {4: Term.XSD_GYEAR, 7: Term.XSD_GYEARMONTH, 10: Term.XSD_DATE}[len(written)]
    return Literal(written, datatype=node(datatype))


def triples(subject: NamedNode, predicate: str, objects: Iterable[NamedNode | Literal]) -> Iterable[Triple]:
    """Yield one triple for each object."""
    for value in objects:
        yield Triple(subject, node(predicate), value)
