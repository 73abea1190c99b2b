"""A new version of a list against the recorded one: which row is which, and what changed.

A row is found again by its title, its section and its leading link, the surest combination first;
its line and its bullet say nothing. A section that was renamed is recognised by the rows in it, so
that renaming one changes no row.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from healthfm.sources.link_kinds import LinkKind
from healthfm.sources.reading import Entry, Link
from healthfm.sources.rows import Dispute, ListRecord, Row, Version
from healthfm.sources.same_work import Mention, compare
from healthfm.sources.sections import row_kind
from healthfm.sources.titles import folded_title, name_in_front

Section = tuple[str, ...]

#: A section is one renamed if at least this share of its rows stands in the new one.
_SHARED_ROWS: Final = 0.5


@dataclass(frozen=True, slots=True)
class Change:
    """A row as it was and as it is."""

    before: Row
    after: Row


@dataclass(frozen=True, slots=True)
class ListChanges:
    """What a version of a list changes, and the record of it.

    Parameters
    ----------
    record
        The record with the new version: known rows under their ids, new ones under new ids.
    new, gone, returned
        Rows; `returned` were gone in the version before.
    retitled, moved, relinked
        Rows found again; `moved` does without those whose section was only renamed.
    renamed
        Sections: the old path and the new one.
    settled
        Disputes whose link is no longer there.
    """

    previous: ListRecord
    record: ListRecord
    new: tuple[Row, ...] = ()
    returned: tuple[Row, ...] = ()
    gone: tuple[Row, ...] = ()
    retitled: tuple[Change, ...] = ()
    moved: tuple[Change, ...] = ()
    relinked: tuple[Change, ...] = ()
    renamed: tuple[tuple[Section, Section], ...] = ()
    settled: tuple[tuple[Row, Dispute], ...] = ()


def update_rows(entries: Sequence[Entry], previous: ListRecord, version: Version) -> ListChanges:
    """Return what a new version changes; the same version again changes nothing.

    Parameters
    ----------
    entries
        What the new version says, in the order of the file.
    version
        Which one it is; the same content as the newest recorded one is no new version.
    """
    renamed = _renamed_sections(entries, previous.rows)
    record = _next_record(entries, previous, version, renamed)
    known = {row.id for row in (*previous.rows, *previous.gone)}
    already_gone = {row.id for row in previous.gone}
    pairs = _pairs(previous, record)
    return ListChanges(
        previous,
        record,
        new=tuple(row for row in record.rows if row.id not in known),
        returned=tuple(pair.after for pair in pairs if pair.before.until is not None),
        gone=tuple(row for row in record.gone if row.id not in already_gone),
        retitled=tuple(pair for pair in pairs if pair.before.title != pair.after.title),
        moved=tuple(pair for pair in pairs if _moved(pair, renamed)),
        relinked=tuple(pair for pair in pairs if _urls(pair.before) != _urls(pair.after)),
        renamed=tuple(sorted(renamed.items())),
        settled=tuple(
            (pair.after, dispute)
            for pair in pairs
            for dispute in pair.before.disputed
            if dispute not in pair.after.disputed
        ),
    )


def _next_record(
    entries: Sequence[Entry], previous: ListRecord, version: Version, renamed: Mapping[Section, Section]
) -> ListRecord:
    versions = _with_version(previous.versions, version)
    current = [replace(row, section=renamed.get(row.section, row.section)) for row in previous.rows]
    found = _match(entries, current)
    found |= _match(entries, previous.gone, found)
    minted, rows = previous.minted, []
    for index, entry in enumerate(entries):
        row = found.get(index)
        if row is None:
            minted += 1
            kind = row_kind(entry.section)
            row = Row(f"{previous.prefix}-{minted:04d}", 0, (), "", (), kind=kind, since=len(versions))
        rows.append(_updated(row, entry))
    kept = {row.id for row in rows}
    gone = (
        *(row for row in previous.gone if row.id not in kept),
        *(replace(row, until=len(previous.versions)) for row in previous.rows if row.id not in kept),
    )
    return replace(previous, versions=versions, minted=minted, rows=tuple(rows), gone=gone)


def _pairs(previous: ListRecord, record: ListRecord) -> list[Change]:
    before = {row.id: row for row in (*previous.rows, *previous.gone)}
    return [Change(before[row.id], row) for row in record.rows if row.id in before]


def _with_version(versions: tuple[Version, ...], version: Version) -> tuple[Version, ...]:
    if not versions or versions[-1].content_id != version.content_id:
        return (*versions, version)
    newest = versions[-1]
    return (
        *versions[:-1],
        replace(newest, date=version.date or newest.date, commit=version.commit or newest.commit),
    )


def _updated(row: Row, entry: Entry) -> Row:
    written = {link.url for link in entry.links}
    return replace(
        row,
        line=entry.line,
        section=entry.section,
        title=entry.title,
        links=entry.links,
        name=entry.name,
        tag=entry.tag,
        disputed=tuple(dispute for dispute in row.disputed if dispute.url in written),
        until=None,
    )


def _moved(pair: Change, renamed: Mapping[Section, Section]) -> bool:
    return renamed.get(pair.before.section, pair.before.section) != pair.after.section


def _urls(row: Row) -> set[str]:
    return {link.url for link in row.links}


# ---- sections


def _renamed_sections(entries: Iterable[Entry], rows: Iterable[Row]) -> dict[Section, Section]:
    """Return old section → new section for those that are gone and stand under another name."""
    new, old = _titles_by_section(entries), _titles_by_section(rows)
    pairs = []
    for before in old.keys() - new.keys():
        for after in new.keys() - old.keys():
            share = (old[before] & new[after]).total() / old[before].total()
            if share >= _SHARED_ROWS:
                pairs.append((-share, before, after))
    renamed: dict[Section, Section] = {}
    for _, before, after in sorted(pairs):
        if before not in renamed and after not in renamed.values():
            renamed[before] = after
    return renamed


def _titles_by_section(items: Iterable[Entry | Row]) -> dict[Section, Counter[str]]:
    titles: dict[Section, Counter[str]] = defaultdict(Counter)
    for item in items:
        titles[item.section][folded_title(item.title)] += 1
    return titles


# ---- rows


def leading_id(links: Sequence[Link]) -> str | None:
    """Return what identifies an entry among its links: the first paper, else the first link."""
    papers = [link for link in links if link.kind is LinkKind.PAPER]
    return next((link.id for link in (*papers, *links)), None)


def _title(item: Entry | Row) -> str:
    return folded_title(item.title) or item.title


def _named_in_section(item: Entry | Row) -> Hashable:
    name = item.name or name_in_front(item.title)
    return name and (folded_title(name), item.section)


@dataclass(frozen=True, slots=True)
class _Way:
    """A way to find a row again: what must be equal, and how far that can be trusted.

    Parameters
    ----------
    key
        What must be equal; `None` finds nothing.
    one_work
        Whether the titles, too, must speak for one work.
    decided
        Whether the row stays about what it was about; else that is decided anew.
    """

    key: Callable[[Entry | Row], Hashable]
    one_work: bool = False
    decided: bool = True


#: The surest way first.
_WAYS: Final = (
    _Way(lambda item: (item.title, item.section, tuple(link.url for link in item.links))),
    _Way(lambda item: (_title(item), item.section, leading_id(item.links))),
    _Way(lambda item: (_title(item), item.section)),
    _Way(lambda item: (_title(item), leading_id(item.links))),
    _Way(_title),
    _Way(lambda item: leading_id(item.links) and (leading_id(item.links), item.section), one_work=True),
    _Way(lambda item: leading_id(item.links), one_work=True),
    _Way(_named_in_section, decided=False),
)


def _match(entries: Sequence[Entry], rows: Sequence[Row], done: Collection[int] = ()) -> dict[int, Row]:
    """Return index of entry → row; no row is given to two entries."""
    found: dict[int, Row] = {}
    left = list(rows)
    for way in _WAYS:
        by_key: dict[Hashable, list[Row]] = defaultdict(list)
        for row in left:
            by_key[way.key(row)].append(row)
        for index, entry in enumerate(entries):
            key = way.key(entry)
            if key is None or index in done or index in found:
                continue
            candidates = by_key.get(key, [])
            for row in candidates:
                if not way.one_work or _one_work(entry, row):
                    candidates.remove(row)
                    found[index] = row if way.decided else replace(row, about=None, disputed=())
                    break
        taken = {row.id for row in found.values()}
        left = [row for row in left if row.id not in taken]
    return found


def _one_work(entry: Entry, row: Row) -> bool:
    match = compare(_mention(entry), _mention(row))
    return match is not None and match.sure


def _mention(item: Entry | Row) -> Mention:
    return Mention((item.title,), frozenset(filter(None, [leading_id(item.links)])))
