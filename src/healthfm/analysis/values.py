"""The cells of a result as values: what kind each is, as plain Python, as people read it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from healthfm.vocabulary import PREFIXES, curie

Node = NamedNode | BlankNode | Literal | Triple

_TYPES = {
    "integer": ("integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "gYear"),
    "real": ("decimal", "double", "float"),
    "boolean": ("boolean",),
    "date": ("date",),
}
_KINDS = {PREFIXES["xsd"] + name: kind for kind, names in _TYPES.items() for name in names}
#: How a value of each kind must be written; with what is no value of its type Python's readers fail.
_FORMS = {
    "integer": re.compile(r"[+-]?[0-9]+"),
    "real": re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?|[+-]?INF|NaN", re.ASCII),
    "boolean": re.compile(r"true|false|1|0"),
    "date": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
}


def kinds_of(cells: Iterable[Node | None]) -> frozenset[str]:
    """Return the kinds of value among cells, the unbound left out."""
    return frozenset(kind_of(cell) for cell in cells if cell is not None)


def kind_of(cell: Node | None) -> str:
    """Return what kind of value a cell has: integer, real, boolean, date or text.

    A literal that is none of its datatype (``"soon"^^xsd:gYear``) is text.
    """
    if isinstance(cell, Literal):
        kind = _KINDS.get(cell.datatype.value)
        if kind and _FORMS[kind].fullmatch(cell.value) and (kind != "date" or _is_day(cell.value)):
            return kind
    return "text"


def _is_day(value: str) -> bool:
    from datetime import date

    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def plain_value(cell: Node | None) -> Any:
    """Return a cell as a plain Python value: int, float, bool, text, CURIE or None.

    Examples
    --------
    >>> plain_value(NamedNode("https://w3id.org/healthfm/model/bert"))
    'model:bert'
    >>> plain_value(Literal(2018))
    2018
    """
    if cell is None:
        return None
    kind = kind_of(cell)
    if kind == "integer":
        return int(cell.value)  # type: ignore[union-attr]
    if kind == "real":
        return float(cell.value)  # type: ignore[union-attr]
    if kind == "boolean":
        return cell.value in {"true", "1"}  # type: ignore[union-attr]
    return shown(cell)


def shown(cell: Node | None) -> str:
    """Return a cell as people read it: CURIEs for our IRIs, literals without quotes, nothing for unbound."""
    if cell is None:
        return ""
    if isinstance(cell, NamedNode):
        return curie(cell.value)
    if isinstance(cell, Literal):
        return cell.value
    return str(cell)
