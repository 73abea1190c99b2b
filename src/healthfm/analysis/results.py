"""What a query gives back: rows, triples, or yes and no, for programs and for people."""

from __future__ import annotations

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

#: Rows that a notebook shows before it says how many are left out.
DISPLAYED_ROWS = 50

_INTEGER_TYPES = {
    PREFIXES["xsd"] + name for name in ("integer", "int", "long", "short", "nonNegativeInteger", "gYear")
}
_REAL_TYPES = {PREFIXES["xsd"] + name for name in ("decimal", "double", "float")}


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
        """Return the rows as a data frame: integers as ``Int64``, reals as ``Float64``, the rest as text.

        Raises
        ------
        UsageError
            If pandas is not installed.
        """
        try:
            import pandas
        except ImportError as error:
            raise UsageError("to_pandas() needs pandas; install healthfm[pandas]") from error
        frame = pandas.DataFrame(self.plain(), columns=list(self.variables), dtype=object)
        for index, name in enumerate(self.variables):
            kinds = {_kind(row[index]) for row in self.cells if row[index] is not None}
            wanted = {frozenset({"integer"}): "Int64", frozenset({"boolean"}): "boolean"}.get(
                frozenset(kinds)
            )
            if kinds and kinds <= {"integer", "real"}:
                wanted = wanted or "Float64"
            frame[name] = frame[name].astype(wanted or "string")
        return frame

    def _repr_html_(self) -> str:
        import html

        head = "".join(f"<th>{html.escape(name)}</th>" for name in self.variables)
        body = "".join(
            "<tr>" + "".join(f"<td>{_html_cell(cell)}</td>" for cell in row) + "</tr>"
            for row in self.cells[:DISPLAYED_ROWS]
        )
        hidden = len(self) - DISPLAYED_ROWS
        note = f"{len(self)} rows" + (f", {hidden} not shown" if hidden > 0 else "")
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table><p>{note}</p>"


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
        import html

        return f"<pre>{html.escape(self.serialize(RdfFormat.TURTLE).decode())}</pre>"


def _kind(cell: Node | None) -> str:
    if isinstance(cell, Literal):
        datatype = cell.datatype.value
        if datatype in _INTEGER_TYPES:
            return "integer"
        if datatype in _REAL_TYPES:
            return "real"
        if datatype == PREFIXES["xsd"] + "boolean":
            return "boolean"
    return "text"


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
    kind = _kind(cell)
    if kind == "integer":
        return int(cell.value)  # type: ignore[union-attr]
    if kind == "real":
        return float(cell.value)  # type: ignore[union-attr]
    if kind == "boolean":
        return cell.value == "true"  # type: ignore[union-attr]
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
    import html

    label = html.escape(shown(cell))
    if isinstance(cell, NamedNode) and cell.value.startswith(("http://", "https://")):
        return f'<a href="{html.escape(cell.value)}" rel="noopener noreferrer">{label}</a>'
    return label
