"""Rows as pandas frames whose columns have the types of their values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas

if TYPE_CHECKING:
    from healthfm.analysis.results import Rows

#: The one kind of value in a column → the type of pandas that holds it, missing values included.
_TYPES: Final = {
    frozenset({"integer"}): "Int64",
    frozenset({"real"}): "Float64",
    frozenset({"integer", "real"}): "Float64",
    frozenset({"boolean"}): "boolean",
    frozenset({"date"}): "datetime64[s]",
}
_INT64: Final = range(-(2**63), 2**63)


def to_frame(rows: Rows) -> pandas.DataFrame:
    """Return rows as a frame; `healthfm.analysis.results.Rows.to_pandas` says which types it has."""
    columns = zip(*(row.values() for row in rows.plain()), strict=True)
    typed = [_column(list(values), rows.kinds(index)) for index, values in enumerate(columns)]
    empty = [pandas.Series([], dtype="string") for _ in rows.variables]
    frame = (
        pandas.concat(typed or empty, axis=1) if rows.variables else pandas.DataFrame(index=range(len(rows)))
    )
    frame.columns = list(rows.variables)
    return frame


def _column(values: list[Any], kinds: frozenset[str]) -> pandas.Series:
    wanted = _TYPES.get(kinds, "string")
    if wanted == "Int64" and not all(value is None or value in _INT64 for value in values):
        wanted = "string"
    if wanted == "string":
        values = [value if value is None else str(value) for value in values]
    return pandas.Series(values, dtype=object).astype(wanted)
