"""What a query gives back: rows, triples, or yes and no, for programs and for people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple

from healthfm.errors import UsageError
from healthfm.vocabulary import PREFIXES, curie

if TYPE_CHECKING:
    import pandas
    import rdflib
    from rdflib.query import ResultRow

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


class Rows:
    """The rows of a SELECT.

    Iterating gives one `rdflib.query.ResultRow` per row, whose cells are rdflib terms and can be
    had by position, by name and as attribute. `None` stands where a variable is unbound.

    Parameters
    ----------
    variables
        Names of the columns without ``?``, in the order of the query's text.
    cells
        One tuple per row, in the order of `variables`.
    """

    # No dataclass: importing those costs a cold query as much as parsing a third of the graph.
    __slots__ = ("cells", "variables")

    def __init__(self, variables: tuple[str, ...], cells: tuple[tuple[Node | None, ...], ...]) -> None:
        self.variables = variables
        self.cells = cells

    def __len__(self) -> int:
        return len(self.cells)

    def __iter__(self) -> Iterator[ResultRow]:
        from rdflib import Variable  # slow, and not needed to print rows
        from rdflib.query import ResultRow

        from healthfm.rdf.rdflib_graph import to_term

        names = [Variable(name) for name in self.variables]
        for row in self.cells:
            bound = {name: to_term(cell) for name, cell in zip(names, row, strict=True) if cell is not None}
            yield ResultRow(bound, names)

    def __repr__(self) -> str:
        return f"<{len(self)} rows: {', '.join(self.variables)}>"

    def plain(self) -> list[dict[str, Any]]:
        """Return the rows as dictionaries of plain Python values; IRIs as CURIEs where a prefix fits."""
        return [
            {name: plain_value(cell) for name, cell in zip(self.variables, row, strict=True)}
            for row in self.cells
        ]

    def to_pandas(self) -> pandas.DataFrame:
        """Return the rows as a data frame with typed columns.

        Returns
        -------
        pandas.DataFrame
            Years and counts as ``Int64``, reals as ``Float64``, truth as ``boolean``, days as
            ``datetime64``, the rest as ``string`` with CURIEs for IRIs. A column that mixes types is
            text. Missing is NA everywhere.

        Raises
        ------
        UsageError
            If pandas is not installed.
        """
        try:
            from healthfm.analysis.frames import to_frame
        except ImportError as error:
            raise UsageError("to_pandas() needs pandas; install healthfm[pandas]") from error
        return to_frame(self)

    def kinds(self, index: int) -> frozenset[str]:
        """Return the kinds of value in a column, by its position: integer, real, boolean, date, text."""
        return frozenset(kind_of(row[index]) for row in self.cells if row[index] is not None)

    def _repr_html_(self) -> str:
        from healthfm.analysis.html import table

        numbers = [i for i in range(len(self.variables)) if self.kinds(i) <= {"integer", "real"}]
        return table(
            self.variables, [[_html_cell(cell) for cell in row] for row in self.cells], numbers=numbers
        )

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        from healthfm.analysis.html import DISPLAYED_ROWS, row_count
        from healthfm.analysis.result_formats import format_result

        first = Rows(self.variables, self.cells[:DISPLAYED_ROWS])
        printer.text(repr(self) if cycle else format_result(first, "table") + row_count(len(self)))


class Triples:
    """The triples of a CONSTRUCT or DESCRIBE, in an order that does not change between runs."""

    __slots__ = ("triples",)

    def __init__(self, triples: tuple[Triple, ...]) -> None:
        self.triples = triples

    def __len__(self) -> int:
        return len(self.triples)

    def __iter__(self) -> Iterator[Triple]:
        return iter(self.triples)

    def __repr__(self) -> str:
        return f"<{len(self)} triples>"

    def to_rdflib(self) -> rdflib.Graph:
        """Return the triples as an rdflib graph with our prefixes."""
        from healthfm.rdf.rdflib_graph import to_graph

        return to_graph(self.triples)

    def serialize(self, rdf_format: RdfFormat) -> bytes:
        """Return the triples in an RDF format."""
        from healthfm.rdf.writing import stable_bytes

        return stable_bytes(self.triples, rdf_format)

    def _repr_html_(self) -> str:
        from healthfm.analysis.html import preformatted

        return preformatted(self.serialize(RdfFormat.TURTLE).decode())


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


def _html_cell(cell: Node | None) -> str:
    from healthfm.analysis.html import link, text

    return link(cell.value, shown(cell)) if isinstance(cell, NamedNode) else text(shown(cell))
