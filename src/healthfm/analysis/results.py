"""What a query gives back: rows, triples, or yes and no, for programs and for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode, RdfFormat, Triple

from healthfm.analysis.values import Node, kinds_of, plain_value, shown
from healthfm.errors import UsageError

if TYPE_CHECKING:
    import pandas
    import rdflib
    from rdflib.query import ResultRow


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
        return to_frame(self.variables, self.cells)

    def _repr_html_(self) -> str:
        from healthfm.analysis.html import table

        numbers = [
            index
            for index in range(len(self.variables))
            if kinds_of(row[index] for row in self.cells) <= {"integer", "real"}
        ]
        return table(
            self.variables, [[_html_cell(cell) for cell in row] for row in self.cells], numbers=numbers
        )

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        from healthfm.analysis.html import DISPLAYED_ROWS, row_count
        from healthfm.analysis.text_table import text_table

        first = text_table(self.variables, self.cells[:DISPLAYED_ROWS])
        printer.text(repr(self) if cycle else first + row_count(len(self)))


class Triples:
    """The triples of a CONSTRUCT or DESCRIBE.

    Parameters
    ----------
    triples
        In an order that does not change between runs.
    """

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
        """Return the triples in an RDF format, the same bytes each time.

        Parameters
        ----------
        rdf_format
            One of `pyoxigraph.RdfFormat`.
        """
        from healthfm.rdf.serialization import stable_bytes

        return stable_bytes(self.triples, rdf_format)

    def _repr_html_(self) -> str:
        from healthfm.analysis.html import preformatted

        return preformatted(self.serialize(RdfFormat.TURTLE).decode())


def _html_cell(cell: Node | None) -> str:
    from healthfm.analysis.html import link, text

    return link(cell.value, shown(cell)) if isinstance(cell, NamedNode) else text(shown(cell))
