"""Results as HTML for people in Jupyter: all text escaped, addresses clickable, long tables cut aloud."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from typing import Final

from healthfm.vocabulary import expand

#: Rows that a display shows before it says how many are left out.
DISPLAYED_ROWS: Final = 50
#: Characters of a cell before the rest goes into its tooltip.
DISPLAYED_CHARACTERS: Final = 300
#: A text longer than this is a sentence and needs some width.
SENTENCE: Final = 60


class Report:
    """Something with a `text()` for people, which Jupyter shows as it stands."""

    __slots__ = ()

    def __repr__(self) -> str:
        first, _, _ = self.text().partition("\n")
        return f"<{type(self).__name__.lower()}: {first}>"

    def text(self) -> str:
        """Return the report for a terminal."""
        raise NotImplementedError

    def _repr_html_(self) -> str:
        return preformatted(self.text())


def text(value: object) -> str:
    """Return a value as text of a cell; nothing for None.

    Examples
    --------
    >>> text("a < b")
    'a &lt; b'
    """
    shown = "" if value is None else str(value)
    if len(shown) <= SENTENCE:
        return html.escape(shown)
    whole = f' title="{html.escape(shown)}"' if len(shown) > DISPLAYED_CHARACTERS else ""
    rest = "…" if whole else ""
    # Without a width of its own a narrow page would give a sentence one word a line.
    return (
        f'<span style="display: inline-block; min-width: 18em"{whole}>'
        f"{html.escape(shown[:DISPLAYED_CHARACTERS])}{rest}</span>"
    )


def link(address: str, label: str | None = None) -> str:
    """Return a link to an IRI or CURIE of ours; plain text where nothing could be opened.

    Examples
    --------
    >>> print(link("model:bert", "BERT"))
    <a href="https://w3id.org/healthfm/model/bert" title="model:bert" target="_blank" rel="noopener">BERT</a>
    >>> link("javascript:alert(1)")
    'javascript:alert(1)'
    """
    iri = expand(address)
    if not iri.startswith(("http://", "https://")):
        return text(label or address)
    return (
        f'<a href="{html.escape(iri)}" title="{html.escape(address)}" target="_blank" rel="noopener">'
        f"{text(label or address)}</a>"
    )


def table(columns: Sequence[str], rows: Sequence[Sequence[str]], *, numbers: Iterable[int] = ()) -> str:
    """Return a table; beyond `DISPLAYED_ROWS` it says how many rows are left out.

    Parameters
    ----------
    rows
        Cells that are HTML already: from `text` and `link`.
    numbers
        Columns whose cells are set flush right, by position.
    """
    right = set(numbers)
    sides = ["right" if index in right else "left" for index in range(len(columns))]
    head = "".join(
        f'<th style="text-align: {side}">{html.escape(name)}</th>'
        for name, side in zip(columns, sides, strict=True)
    )
    body = "\n".join(
        "<tr>"
        + "".join(
            f'<td style="text-align: {side}">{cell}</td>' for cell, side in zip(row, sides, strict=True)
        )
        + "</tr>"
        for row in rows[:DISPLAYED_ROWS]
    )
    return (
        f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>\n"
        f"<p>{row_count(len(rows))}</p>"
    )


def pairs(lines: Iterable[tuple[str, str]]) -> str:
    """Return a table of names and values, both HTML already; a name that repeats stands once."""
    rows, above = [], None
    for name, value in lines:
        rows.append(
            f'<tr><td style="text-align: left; vertical-align: top">{"" if name == above else name}</td>'
            f'<td style="text-align: left">{value}</td></tr>'
        )
        above = name
    return "<table>\n<tbody>\n" + "\n".join(rows) + "\n</tbody>\n</table>"


def row_count(rows: int) -> str:
    """Say how many rows there are, and how many of them a display leaves out.

    Examples
    --------
    >>> row_count(1), row_count(60)
    ('1 row', '60 rows, 10 not shown')
    """
    hidden = rows - DISPLAYED_ROWS
    return f"{rows:,} row{'' if rows == 1 else 's'}" + (f", {hidden:,} not shown" if hidden > 0 else "")


def preformatted(content: str) -> str:
    """Return text for a terminal as it stands."""
    return f"<pre>{html.escape(content)}</pre>"
