"""Links that lead nowhere, or that only a lenient reader can follow."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from healthfm.doctor.examined import Examined
from healthfm.doctor.findings import Edit, Finding, Rule
from healthfm.sources.markdown.inline import scan
from healthfm.sources.reading import Entry, Link

#: Where a link that leads elsewhere in the list, or to a file of its repository, is no fault.
_NO_FAULT: Final = ("leads into the list itself", "leads to a file beside the list", "'mailto:'")
_REFUSED: Final = re.compile(
    r"(?:'.*': )?(?:empty address|leads nowhere|has no host|is no usable address.*|has invisible characters|"
    r"carries a user name|'[\w+.-]+:' is no http or https address)"
)
_NO_PAPER: Final = re.compile(
    r"https?://(?:www\.)?arxiv\.org/(?:abs|pdf)/(?!\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})",
    re.IGNORECASE,
)
_ADDRESS: Final = re.compile(r"\]\(\s*(\S[^\n]*?)\s*\)(?=[\s\]|,.;)]|$|\[)")
#: A longer run between parentheses is text, not an address somebody miswrote.
_LONGEST: Final = 600


def malformed_links(examined: Examined) -> Iterator[Finding]:
    """Find links with an empty or unusable address, and those that had to be mended to be followed."""
    for place in examined.reading.skipped:
        if _REFUSED.fullmatch(place.reason) and not any(reason in place.reason for reason in _NO_FAULT):
            placeholder = place.reason in {"empty address", "leads nowhere"}
            yield Finding(
                place.line,
                Rule.MALFORMED_LINK,
                "medium" if placeholder else "high",
                f"a link is of no use: {place.reason}",
                "fill in its address or take it out",
            )
    for entry in examined.entries:
        for link in entry.links:
            yield from _mended(examined, entry, link)


def _mended(examined: Examined, entry: Entry, link: Link) -> Iterator[Finding]:
    if _NO_PAPER.match(link.url):
        yield Finding(
            entry.line,
            Rule.MALFORMED_LINK,
            "high",
            f"{link.url} is no address of an arXiv paper",
            "write its number",
        )
        return
    if examined.line_with(entry, f"]([{link.url}") is not None:
        yield _finding(examined, entry, f"[{link.url}", link.url)
    elif examined.line_with(entry, link.url) is not None:
        if link.url.endswith((".", ",", ";")):
            yield _finding(examined, entry, link.url, link.url.rstrip(".,;"))
    elif (written := _written(examined, entry, link)) is not None:
        yield _finding(examined, entry, written, link.url)


def _written(examined: Examined, entry: Entry, link: Link) -> str | None:
    """Return how the address of a mended link stands in the list."""
    bare = re.sub(r"^https?://", "", link.url)
    for _, line in examined.lines_of(entry):
        for match in _ADDRESS.finditer(line):
            written = match[1]
            if bare in written.replace(" ", "%20") and written != link.url and len(written) < _LONGEST:
                links = [piece for piece in scan(f"[x]({written})") if piece.kind == "link"]
                if len(links) == 1:
                    return written
    return None


def _fault(written: str) -> str:
    if written.endswith((".", ",", ";")):
        return "ends in punctuation"
    if " " in written:
        return "has a space in it"
    if "[" in written or "<" in written:
        return "has another link in it"
    if not re.match(r"https?:", written):
        return "lacks its scheme"
    return "is not well formed"


def _finding(examined: Examined, entry: Entry, written: str, right: str) -> Finding:
    line = examined.line_with(entry, written) or entry.line
    return Finding(
        line,
        Rule.MALFORMED_LINK,
        "medium" if written.startswith(right) else "high",
        f"the address {written} {_fault(written)}",
        f"write {right}",
        (Edit(line, written, right),),
    )
