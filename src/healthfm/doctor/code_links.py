"""Code links that belong to another work, or to people who are not its authors."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from healthfm.doctor.examined import Examined, Placed, code_links, paper_links, related, title_mention
from healthfm.doctor.findings import Confidence, Finding, Rule
from healthfm.sources.identifiers import to_url
from healthfm.sources.reading import Entry, Link
from healthfm.sources.titles import folded_title

#: A repository under more works than this is a collection.
_COLLECTION: Final = 3
#: Accounts that are known for rebuilding the work of others.
_REBUILDERS: Final = frozenset({"lucidrains", "the-ai-summer", "labmlai", "rjrobben"})
_REBUILT: Final = re.compile(
    r"(?:^|[-_.])(?:py ?torch|torch|tensorflow|tf2?|keras|jax|paddle|unofficial|re-?implementation|replicate|"
    r"reproduc\w+)(?:$|[-_.])"
)


def repeated_code(examined: Examined) -> Iterator[Finding]:
    """Find repositories that stand under works that have nothing to do with each other."""
    for placed in examined.placed(code_links).values():
        works = _distinct(placed)
        if 1 < len(works) <= _COLLECTION:
            yield from _judge(examined, works)


def _distinct(placed: Sequence[Placed]) -> list[Placed]:
    works: list[Placed] = []
    for entry, link in placed:
        papers = {paper.id for paper in paper_links(entry)}
        if not any(
            papers & {paper.id for paper in paper_links(other)} or _kin(entry, other) for other, _ in works
        ):
            works.append((entry, link))
    return works


def _kin(one: Entry, other: Entry) -> bool:
    """Whether two works are of one line: ChatCAD and ChatCAD+ have one repository."""
    a, b = title_mention(one), title_mention(other)
    if related(a, b):
        return True
    names = [(x, y) for x in a.called for y in b.called]
    return any(x in y or y in x for x, y in names)


def _judge(examined: Examined, works: Sequence[Placed]) -> Iterator[Finding]:
    rightful = [(entry, link) for entry, link in works if _speaks_of(link, entry)]
    known = [
        (entry, link)
        for entry, link in works
        if (work := examined.known.by_title(entry)) and (work.name, link.id) in examined.known.official_code
    ]
    owner = next(iter(known or rightful), works[0])
    if len(known) == len(works):
        return
    for entry, link in works:
        if entry is owner[0] or (entry, link) in known or (not known and (entry, link) in rightful):
            continue
        confidence: Confidence = "medium" if known or rightful else "low"
        line = examined.line_of(entry, link)
        yield Finding(
            line,
            Rule.REPEATED_CODE,
            confidence,
            f"'{entry.title}' has the code of '{owner[0].title}' (line {owner[0].line}): {link.url}",
            _right_code(examined, entry, link),
        )


def _speaks_of(link: Link, entry: Entry) -> bool:
    repository = re.sub(r"[^a-z0-9]", "", link.id.rpartition("/")[2])
    title = folded_title(entry.title).replace(" ", "")
    words = re.findall(r"[a-z0-9]{4,}", link.id.rpartition("/")[2])
    return (len(repository) > 3 and repository in title) or any(word in title for word in words)


def _right_code(examined: Examined, entry: Entry, link: Link) -> str | None:
    work = examined.known.by_title(entry)
    if work is None:
        return None
    for (name, code), is_official in examined.known.official_code.items():
        if name == work.name and is_official and code != link.id:
            return f"link to {to_url(code)}"
    return None


def third_party_code(examined: Examined) -> Iterator[Finding]:
    """Find code links that are probably not by the authors of the work."""
    for entry in examined.works:
        for link in code_links(entry):
            if found := _third_party(examined, entry, link):
                confidence, reason = found
                line = examined.line_of(entry, link)
                yield Finding(
                    line,
                    Rule.THIRD_PARTY_CODE,
                    confidence,
                    f"'{entry.title}': {link.url} is probably not by its authors: {reason}",
                    _right_code(examined, entry, link) or "label it as third-party code",
                )


def _third_party(examined: Examined, entry: Entry, link: Link) -> tuple[Confidence, str] | None:
    if work := examined.known.by_title(entry):
        official = examined.known.official_code.get((work.name, link.id))
        if official is not None:
            return None if official else ("high", f"the catalogue says so (paper:{work.name})")
    owner, _, repository = link.id.removeprefix("github:").partition("/")
    if owner in _REBUILDERS:
        return "high", f"'{owner}' rebuilds the work of others"
    by_its_name = re.sub(r"[^a-z0-9]", "", owner) in folded_title(entry.title).replace(" ", "")
    if _REBUILT.search(repository.partition("/")[0]) and not by_its_name:
        return "low", f"'{repository}' is named like a rebuilding"
    return None
