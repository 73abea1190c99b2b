"""Rows as pandas frames whose columns have the types of their values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import pandas

from healthfm.analysis.values import Node, kinds_of, plain_value

#: The one kind of value in a column → the type of pandas that holds it, missing values included.
_TYPES: Final = {
    frozenset({"integer"}): "Int64",
    frozenset({"real"}): "Float64",
    frozenset({"integer", "real"}): "Float64",
    frozenset({"boolean"}): "boolean",
    frozenset({"date"}): "datetime64[s]",
}
_INT64: Final = range(-(2**63), 2**63)


def to_frame(variables: Sequence[str], cells: Sequence[Sequence[Node | None]]) -> pandas.DataFrame:
    """Return cells, row by row, as a frame; `healthfm.analysis.results.Rows.to_pandas` says its types."""
    if not variables:
        return pandas.DataFrame(index=range(len(cells)))
    columns = list(zip(*cells, strict=True)) or [()] * len(variables)
    frame = pandas.concat([_column(column) for column in columns], axis=1)
    frame.columns = list(variables)
    return frame


def _column(cells: Sequence[Node | None]) -> pandas.Series:
    values: list[Any] = [plain_value(cell) for cell in cells]
    wanted = _TYPES.get(kinds_of(cells), "string")
    if wanted == "Int64" and not all(value is None or value in _INT64 for value in values):
        wanted = "string"
    if wanted == "string":
        values = [value if value is None else str(value) for value in values]
    return pandas.Series(values, dtype=object).astype(wanted)
