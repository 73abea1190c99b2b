"""Join a new version of a list with the catalogue: which rows are of known works, which are new.

What is sure is decided, each decision with its reason; what is not is asked. A curator answers by
writing ``about`` into the row: the id of a paper, or of one to be written, for which the next run
writes the skeleton.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal

from healthfm.catalog.catalogue import Catalogue
from healthfm.catalog.checks import addresses
from healthfm.catalog.entries import Paper
from healthfm.catalog.list_files import record_of
from healthfm.catalog.reader import read_catalogue
from healthfm.catalog.skeleton import Draft, id_of, model_draft, paper_draft, write_draft
from healthfm.catalog.whole import with_packaged
from healthfm.errors import InputError, UsageError
from healthfm.sources.identifiers import canonical
from healthfm.sources.list_update import ListChanges, update_rows
from healthfm.sources.markdown.reader import read_list
from healthfm.sources.reading import Link
from healthfm.sources.rows import ListRecord, Row, Version, content_id
from healthfm.sources.same_work import KnownWorks, Mention
from healthfm.sources.sections import RowKind
from healthfm.sources.titles import folded_title, name_in_front

Answer = Literal["known", "new", "asked"]

#: An id made of a title has about this many characters.
_TITLE_ID: Final = 60


@dataclass(frozen=True, slots=True)
class Decision:
    """What a row that nobody had decided is about.

    Parameters
    ----------
    answer
        ``known``: `about` is in the catalogue; ``new``: `about` is to be written; ``asked``: a
        person must say.
    reason
        Why; for a question, every work that it may be, with what speaks for each.
    """

    row: Row
    answer: Answer
    about: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Update:
    """What a version of a list changes in the catalogue; nothing is written yet.

    Parameters
    ----------
    record
        The record with everything decided that is sure.
    drafts
        Skeletons of the works that are new.
    """

    changes: ListChanges
    record: ListRecord
    decisions: tuple[Decision, ...]
    drafts: tuple[Draft, ...]


def plan_update(
    graph: Path,
    text: str,
    *,
    source: str,
    list_id: str | None = None,
    url: str | None = None,
    date: str | None = None,
    commit: str | None = None,
) -> Update:
    """Compare a version of a list with its record, and join its new rows with the catalogue.

    Parameters
    ----------
    graph
        The catalogue; drafts in it are no obstacle.
    text
        The list, in Markdown.
    source
        Where it comes from, for messages.
    list_id, url
        See `healthfm.catalog.list_files.record_of`.
    date, commit
        Which version it is, as far as that is known.

    Raises
    ------
    CatalogueError
        If the catalogue cannot be read.
    UsageError
        If the list is not recorded and has no address, is a packaged one, shares no row with the record
        it is called by, or `date` is no day.
    InputError
        If it has no row.
    LimitError
        If the list is too large.
    """
    _require_day(date)
    own = read_catalogue(graph)
    catalogue = with_packaged(own, graph)
    reading = read_list(text, source=source)
    if not reading.entries:
        raise InputError(f"{source}: no row of a list is in it; name the file of the list")
    previous = record_of(reading, catalogue.lists, list_id=list_id, url=url)
    if previous.id in catalogue.lists and previous.id not in own.lists:
        raise UsageError(
            f"list '{previous.id}' is recorded in the packaged catalogue; "
            "record yours under another id with --list"
        )
    version = Version(date=date, commit=commit, content_id=content_id(text))
    changes = update_rows(reading.entries, previous, version)
    if previous.rows and len(changes.gone) == len(previous.rows):
        raise UsageError(f"{source}: has no row of list '{previous.id}'; name the right list with --list")
    decisions = tuple(_decide(changes.record, catalogue))
    about = {decision.row.id: decision.about for decision in decisions}
    rows = tuple(replace(row, about=about.get(row.id, row.about)) for row in changes.record.rows)
    record = replace(changes.record, rows=rows)
    return Update(changes, record, decisions, tuple(_drafts(record, catalogue)))


def _require_day(date: str | None) -> None:
    if not date:
        return
    try:
        datetime.date.fromisoformat(date)
    except ValueError as error:
        raise UsageError(f"'{date}' is no day; write it as YYYY-MM-DD") from error


def write_update(update: Update, graph: Path, write: Callable[[Path, bytes], None]) -> list[Path]:
    """Write the record and the skeletons that are not there; return the files that changed.

    Parameters
    ----------
    write
        Writes a file whole or not at all.
    """
    written = [write_draft(graph, draft) for draft in update.drafts]
    path = graph / "lists" / f"{update.record.id}.yaml"
    content = update.record.to_yaml().encode()
    if not path.exists() or path.read_bytes() != content:
        path.parent.mkdir(exist_ok=True)
        write(path, content)
        written.append(path)
    return written


# ---- decisions


def _decide(record: ListRecord, catalogue: Catalogue) -> Iterator[Decision]:
    known = KnownWorks(catalogue_mentions(catalogue))
    fresh = KnownWorks()
    taken = {*catalogue.papers, *(name for kind, name in catalogue.drafts if kind == "papers")}
    taken |= {row.about for row in record.rows if row.about is not None}
    for row in record.rows:
        if row.about is None and row.kind is RowKind.WORK:
            decision = _decide_work(row, known, fresh, taken)
            about = decision.about
            if about is not None:
                taken.add(about)
                if about in catalogue.papers:
                    decision = _with_missing_identifiers(decision, catalogue.papers[about])
                if decision.answer == "new":
                    fresh.add(about, row_mention(row))
            yield decision
        elif row.about is None and row.kind is RowKind.DATASET:
            yield from _decide_dataset(row, catalogue)


def _decide_work(row: Row, known: KnownWorks, fresh: KnownWorks, taken: Collection[str]) -> Decision:
    in_catalogue = known.matches(row_mention(row))
    matches = in_catalogue or fresh.matches(row_mention(row))
    sure = [name for name, match in matches.items() if match.sure]
    if len(sure) == 1:
        answer: Answer = "known" if in_catalogue else "new"
        return Decision(row, answer, sure[0], matches[sure[0]].reason)
    if matches:
        reasons = "; ".join(f"paper:{name}: {match.reason}" for name, match in matches.items())
        return Decision(row, "asked", None, reasons)
    return Decision(row, "new", _new_id(row, taken), "nothing in the catalogue is like it")


def _with_missing_identifiers(decision: Decision, paper: Paper) -> Decision:
    """Name what the row knows of the paper and its entry does not; a person adds it."""
    written = {link.id for link in decision.row.links if link.kind == "paper"}
    missing = ", ".join(sorted(written - addresses(paper)))
    return replace(decision, reason=f"{decision.reason}; its entry lacks {missing}") if missing else decision


def _decide_dataset(row: Row, catalogue: Catalogue) -> Iterator[Decision]:
    title, ids = folded_title(row.title), {link.id for link in row.links}
    for name, dataset in catalogue.datasets.items():
        if title in {folded_title(own) for own in (dataset.name, *dataset.other_names)}:
            yield Decision(row, "known", name, "a dataset of that name")
        elif dataset.homepage is not None and canonical(dataset.homepage).id in ids:
            yield Decision(row, "known", name, "a dataset with that homepage")


def catalogue_mentions(catalogue: Catalogue) -> Iterator[tuple[str, Mention]]:
    """Yield what is said of each work: by its paper, by the models it introduces, by rows of any list."""
    names: dict[str, list[str]] = {}
    for artifact in catalogue.artifacts.values():
        for introduction in artifact.introduced_by:
            names.setdefault(introduction, []).extend((artifact.name, *artifact.other_names))
    for name, paper in catalogue.papers.items():
        if paper.replaced_by is None:
            yield name, Mention((paper.title,), addresses(paper), tuple(names.get(name, ())))
    for record in catalogue.lists.values():
        for row in (*record.rows, *record.gone):
            if row.about is not None and row.kind is RowKind.WORK:
                yield row.about, row_mention(row)


def row_mention(row: Row) -> Mention:
    """Return how a row speaks of its work; a disputed link does not, the right one does."""
    disputed = {dispute.url: canonical(dispute.correct).id for dispute in row.disputed}
    ids = {kind: set[str]() for kind in ("paper", "page")}
    for link in row.links:
        kind = "paper" if link.kind == "paper" else "page" if link.kind in {"blog", "project"} else None
        if kind:
            ids[kind].add(disputed.get(link.url, link.id))
    return Mention((row.title,), frozenset(ids["paper"] or ids["page"]), (row.name,) if row.name else ())


# ---- skeletons


def _new_id(row: Row, taken: Collection[str]) -> str:
    words: list[str] = []
    for word in row.title.split():
        if len("-".join([*words, word])) > _TITLE_ID:
            break
        words.append(word)
    for name in (row.name or name_in_front(row.title) or "", " ".join(words), row.id):
        try:
            made = id_of(name)
        except UsageError:
            continue
        if made not in taken:
            return made
    return f"work-{row.id}"


def _drafts(record: ListRecord, catalogue: Catalogue) -> Iterator[Draft]:
    """Yield the skeletons of the works that rows are about and that no file describes."""
    for name, rows in _unwritten(record.rows, catalogue).items():
        yield paper_draft(name, rows[0].title, _links(rows))
        models: dict[str, Draft] = {}
        for marked, named in _by_name(rows).items():
            draft = model_draft(marked, paper=name, links=_links(named))
            models.setdefault(draft.path, draft)
        for path, draft in models.items():
            if not _is_there(catalogue, "artifacts", Path(path).stem):
                yield draft


def _links(rows: Iterable[Row]) -> list[Link]:
    return list({link.url: link for row in rows for link in row.links}.values())


def _by_name(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Return short name → the rows that call their work so; two models of one paper have two names."""
    named: dict[str, list[Row]] = {}
    for row in rows:
        if marked := row.name or name_in_front(row.title):
            named.setdefault(marked, []).append(row)
    return named


def _unwritten(rows: Iterable[Row], catalogue: Catalogue) -> Mapping[str, list[Row]]:
    works: dict[str, list[Row]] = {}
    for row in rows:
        is_work = row.kind is RowKind.WORK and row.about is not None
        if is_work and not _is_there(catalogue, "papers", str(row.about)):
            works.setdefault(str(row.about), []).append(row)
    return works


def _is_there(catalogue: Catalogue, kind: str, name: str) -> bool:
    return name in getattr(catalogue, kind) or (kind, name) in catalogue.drafts
