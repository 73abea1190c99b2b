"""BibTeX: papers with their identifiers, read into entries; what is broken is reported with its line.

The parser is bibtexparser (the extra ``bibtex``), which goes on behind a broken block.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Final

from healthfm.errors import LimitError, UsageError
from healthfm.sources.identifiers import to_url
from healthfm.sources.imported import FactValue, Imported, Item, Oddity, as_link
from healthfm.sources.known_hosts import DOI
from healthfm.sources.reading import Entry, Link

MAX_CHARACTERS: Final = 5_000_000
_VENUES: Final = ("journal", "booktitle", "howpublished", "publisher", "institution")
#: How Google Scholar names the journal of a preprint: ``arXiv preprint arXiv:2303.11568``.
_ARXIV: Final = re.compile(r"arxiv:\s*(\d{4}\.\d{4,5}(?:v\d+)?)", re.IGNORECASE)
_PAGE: Final = re.compile(r"https?://[^\s{}]+")
# The parser warns of each broken block; they are reported here, with more.
logging.getLogger("bibtexparser").addHandler(logging.NullHandler())


def read_bibtex(text: str, *, source: str) -> Iterator[Item]:
    """Yield what each entry of a bibliography says.

    Raises
    ------
    LimitError
        If the text is longer than five million characters.
    UsageError
        If the extra ``bibtex`` is not installed.
    """
    if len(text) > MAX_CHARACTERS:
        raise LimitError(f"{source}: {len(text):,} characters, the limit is {MAX_CHARACTERS:,}; split it")
    try:
        from bibtexparser.entrypoint import parse_string
        from bibtexparser.middlewares import LatexDecodingMiddleware, SeparateCoAuthors
    except ImportError as error:
        raise UsageError("BibTeX needs an extra; run: pip install 'healthfm[bibtex]'") from error
    library = parse_string(text, append_middleware=[LatexDecodingMiddleware(), SeparateCoAuthors()])
    for block in library.failed_blocks:
        what = type(block).__name__.removesuffix("Block")
        words = {
            "DuplicateBlockKey": "a key that two entries have",
            "DuplicateFieldKey": "a field that stands twice",
        }
        yield Oddity(
            f"{source}:{(block.start_line or 0) + 1}", words.get(what, "a block that cannot be read")
        )
    for entry in library.entries:
        place = f"{source}:{(entry.start_line or 0) + 1}"
        fields = {field.key.lower(): field.value for field in entry.fields}
        yield from _entry_items(entry.entry_type, fields, place)


def _entry_items(kind: str, fields: dict[str, FactValue | list[str]], place: str) -> Iterator[Item]:
    title = " ".join(str(fields.get("title", "")).split())
    if not title:
        yield Oddity(place, "an entry without a title", kind)
        return
    links: list[Link] = []
    for label, url in _addresses(fields):
        if link := as_link(label, url):
            links.append(link)
        else:
            yield Oddity(place, "an address that cannot be used", url[:80])
    if not links:
        yield Oddity(place, "an entry without an identifier", title)
    venue = next((str(fields[key]) for key in _VENUES if key in fields), "")
    tag = " ".join(filter(None, (venue, str(fields.get("year", "")))))
    facts: dict[str, FactValue] = {
        key: tuple(map(str, value)) if isinstance(value, list) else str(value)
        for key, value in fields.items()
        if key != "title"
    }
    line = int(place.rpartition(":")[2])
    yield Imported(
        place, Entry(line, title, (), tuple(links), tag=tag or None), {"entry type": kind, **facts}
    )


def _addresses(fields: dict[str, FactValue | list[str]]) -> Iterator[tuple[str, str]]:
    if doi := DOI.search(str(fields.get("doi", ""))):
        yield "DOI", to_url(f"doi:{doi[0]}")
    is_arxiv = str(fields.get("archiveprefix", fields.get("eprinttype", "arxiv"))).lower() == "arxiv"
    if "eprint" in fields and is_arxiv:
        yield "arXiv", to_url("arxiv:" + str(fields["eprint"]).strip().removeprefix("arXiv:"))
    elif preprint := _ARXIV.search(" ".join(str(fields.get(key, "")) for key in _VENUES)):
        yield "arXiv", to_url(f"arxiv:{preprint[1]}")
    if "url" in fields:
        yield "URL", str(fields["url"])
    elif page := _PAGE.search(str(fields.get("howpublished", ""))):
        yield "URL", page[0]
