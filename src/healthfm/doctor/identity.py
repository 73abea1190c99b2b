"""One identifier under two unrelated titles, and one work under two identifiers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from healthfm.doctor.examined import (
    Examined,
    KnownWork,
    Placed,
    paper_links,
    related,
    title_mention,
)
from healthfm.doctor.findings import Confidence, Edit, Finding, Rule
from healthfm.sources.identifiers import to_url
from healthfm.sources.reading import Entry, Link
from healthfm.sources.same_work import joined

#: An identifier that stands for a whole page of works is no identifier of one.
_MOST_TITLES: Final = 6


def shared_identifiers(examined: Examined) -> Iterator[Finding]:
    """Find identifiers that stand under unrelated titles, and say which of them they belong to."""
    for identifier, placed in examined.placed(paper_links).items():
        groups = _by_work(placed)
        owner = examined.known.owner(identifier)
        if owner is None and (len(groups) < 2 or len(groups) > _MOST_TITLES):
            continue
        yield from _judge(examined, identifier, groups, owner=owner)


def _by_work(placed: Sequence[Placed]) -> list[list[Placed]]:
    """Divide the entries of one identifier into those that may be of one work."""
    groups: list[list[Placed]] = []
    for one in placed:
        for group in groups:
            if any(_one_work(one[0], other[0]) for other in group):
                group.append(one)
                break
        else:
            groups.append([one])
    return groups


def _one_work(one: Entry, other: Entry) -> bool:
    """Whether two entries with one identifier may be of one work: two models of a paper share their code."""
    code = {link.id for link in one.links if link.kind in {"code", "project"}}
    shared = code & {link.id for link in other.links}
    return bool(shared) or related(title_mention(one), title_mention(other))


def _judge(
    examined: Examined, identifier: str, groups: Sequence[list[Placed]], *, owner: KnownWork | None
) -> Iterator[Finding]:
    if owner is not None:
        rightly = f"'{owner.title}' (paper:{owner.name})"
        for group in groups:
            if not _belongs(group, owner):
                yield from _wrong(examined, group, identifier, owner=rightly, confidence="high")
        return
    elsewhere = [_other_identifier(examined, group, identifier) for group in groups]
    if any(elsewhere) and not all(elsewhere):
        rightful = next(group for group, other in zip(groups, elsewhere, strict=True) if other is None)
        for group, other in zip(groups, elsewhere, strict=True):
            if other is not None:
                yield from _wrong(examined, group, identifier, owner=_named(rightful), confidence="high")
        return
    # Nothing says which is right; a row is more often copied from the one above than the other way round.
    first, *others = sorted(groups, key=lambda group: group[0][0].line)
    for group in others:
        close = abs(group[0][0].line - first[-1][0].line) <= 2
        confidence: Confidence = "medium" if close else "low"
        yield from _wrong(examined, group, identifier, owner=_named(first), confidence=confidence)


def _belongs(group: Sequence[Placed], owner: KnownWork) -> bool:
    return related(joined([title_mention(entry) for entry, _ in group]), owner.mention)


def _named(group: Sequence[Placed]) -> str:
    return f"'{group[0][0].title}' (line {group[0][0].line})"


def _other_identifier(examined: Examined, group: Sequence[Placed], identifier: str) -> Link | None:
    """Return the link to another paper that the same work has in another place of the list."""
    own = joined([title_mention(entry) for entry, _ in group])
    for entry in examined.works:
        links = paper_links(entry)
        if links and all(link.id != identifier for link in links) and own.rests & title_mention(entry).rests:
            return links[0]
    return None


def _wrong(
    examined: Examined, group: Sequence[Placed], identifier: str, *, owner: str, confidence: Confidence
) -> Iterator[Finding]:
    right = _right_address(examined, group, identifier)
    if right is None and confidence == "high":
        confidence = "medium"
    for entry, link in group:
        line = examined.line_of(entry, link)
        yield Finding(
            line,
            Rule.SHARED_IDENTIFIER,
            confidence,
            f"'{entry.title}' links to {identifier}, which belongs to {owner}",
            f"link to {right}" if right else None,
            (Edit(line, link.url, right),) if right else (),
        )


def _right_address(examined: Examined, group: Sequence[Placed], identifier: str) -> str | None:
    for entry, _ in group:
        work = examined.known.by_title(entry)
        if work is not None and identifier not in work.ids and work.ids:
            return to_url(work.ids[0])
    other = _other_identifier(examined, group, identifier)
    return other.url if other else None


def two_identifiers(examined: Examined) -> Iterator[Finding]:
    """Find works that have two preprints; a preprint and a journal version are one work."""
    by_title: dict[str, dict[str, Placed]] = defaultdict(dict)
    for entry in examined.works:
        mention = title_mention(entry)
        for link in paper_links(entry):
            if link.id.startswith("arxiv:"):
                for title in mention.folded:
                    by_title[title].setdefault(link.id, (entry, link))
    for title, placed in by_title.items():
        if len(placed) < 2 or len(title.encode()) < 12:
            continue
        work = next(
            (found for entry, _ in placed.values() if (found := examined.known.by_title(entry))), None
        )
        known = [identifier for identifier in placed if work is not None and identifier in work.ids]
        suspects = (
            [identifier for identifier in placed if identifier not in known] if known else list(placed)[1:]
        )
        for identifier in suspects:
            yield _second(examined, placed, identifier, known[0] if known else next(iter(placed)))


def _second(examined: Examined, placed: dict[str, Placed], identifier: str, kept: str) -> Finding:
    entry, link = placed[identifier]
    line = examined.line_of(entry, link)
    sure = examined.known.owner(kept) is not None
    right = placed[kept][1].url
    return Finding(
        line,
        Rule.TWO_IDENTIFIERS,
        "high" if sure else "medium",
        f"'{entry.title}' has two preprints: {identifier} here and {kept} in line {placed[kept][0].line}",
        f"link to {right}" if sure else None,
        (Edit(line, link.url, right),) if sure else (),
    )
