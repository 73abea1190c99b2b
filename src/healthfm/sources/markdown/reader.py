"""Read a Markdown list into entries; account for every link that is in none.

What lists write differs in everything, so the reader goes from the lines up: hidden text is taken out
(`hidden`), lines become blocks (`blocks`), their insides become text and links (`inline`), and each
block becomes entries or is reported with the reason why it is none (`entries`).

References
----------
CommonMark 0.31.2, https://spec.commonmark.org/0.31.2/; GitHub Flavored Markdown 0.29 (tables).
"""

from __future__ import annotations

from typing import Final

from healthfm.errors import InputError, LimitError
from healthfm.sources.markdown.blocks import blocks_of
from healthfm.sources.markdown.entries import EntryReader
from healthfm.sources.markdown.hidden import shown_lines
from healthfm.sources.reading import ListReading, Skipped

MAX_CHARACTERS: Final = 5_000_000


def read_list(text: str, *, source: str) -> ListReading:
    r"""Read a list.

    Parameters
    ----------
    text
        Markdown.
    source
        Where it comes from; kept as it is.

    Raises
    ------
    InputError
        If it holds NUL characters: then it is no text.
    LimitError
        If it is larger than five million characters.

    Notes
    -----
    Linear in the size of the text.

    Examples
    --------
    >>> reading = read_list("## Vision\n* A model [[Paper]](https://arxiv.org/abs/2103.00020)", source="-")
    >>> reading.entries[0].title, reading.entries[0].section, reading.entries[0].links[0].id
    ('A model', ('Vision',), 'arxiv:2103.00020')
    """
    if len(text) > MAX_CHARACTERS:
        raise LimitError(
            f"{source}: {len(text):,} characters, the limit is {MAX_CHARACTERS:,}; split the list"
        )
    if "\0" in text:
        raise InputError(f"{source}: holds NUL characters, so it is no text; name a Markdown file")
    lines, hidden = shown_lines(text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))
    found = blocks_of(lines)
    reader = EntryReader(found)
    reader.run()
    if not reader.entries and reader.closed_sections:
        # In some lists everything stands under one heading of the kind that holds no entries elsewhere.
        reader = EntryReader(found, closed=False)
        reader.run()
    skipped = [*reader.skipped, *(Skipped(place.line, place.reason, place.links) for place in hidden)]
    return ListReading(
        source,
        reader.outline.name,
        tuple(sorted(reader.entries, key=lambda entry: entry.line)),
        tuple(sorted(skipped, key=lambda place: place.line)),
    )
