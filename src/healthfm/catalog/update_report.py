"""What an update changes, for people: as text for a terminal, as Markdown for a pull request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from healthfm.catalog.update import Decision, Update
from healthfm.sources.list_update import Change
from healthfm.sources.markdown_text import escaped
from healthfm.sources.rows import Row
from healthfm.sources.sections import RowKind


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of change: its heading, what is to be known of it, and a line for each change."""

    heading: str
    note: str
    lines: tuple[str, ...]


def report_text(update: Update) -> str:
    """Return the report for a terminal."""
    lines = [_summary(update)]
    for part in _parts(update):
        lines += ["", f"{part.heading} ({len(part.lines)})", *(f"  {line}" for line in part.lines)]
    return "\n".join(lines) + "\n"


def report_markdown(update: Update) -> str:
    """Return the report as Markdown, fit for a pull request; titles are other people's, so all is escaped."""
    lines = [f"# {escaped(update.record.name)}: {update.record.newest}", "", escaped(_summary(update))]
    for part in _parts(update):
        lines += ["", f"## {part.heading} ({len(part.lines)})", "", *([part.note, ""] if part.note else [])]
        lines += [f"- {escaped(line)}" for line in part.lines]
    return "\n".join(lines) + "\n"


def _summary(update: Update) -> str:
    previous, record = update.changes.previous, update.record
    works = {row.about for row in record.rows if row.kind is RowKind.WORK and row.about}
    against = f"against that of {previous.newest}" if previous.versions else "never recorded before"
    same = not _parts(update) and len(record.versions) == len(previous.versions)
    return (
        f"version of {record.newest} {against}: {len(record.rows)} rows, {len(works)} works; "
        + ("nothing changed" if same else f"{len(update.drafts)} skeletons to be curated")
    )  # fmt: skip


def _parts(update: Update) -> list[Part]:
    return [part for part in (*_decision_parts(update), *_change_parts(update)) if part.lines]


def _decision_parts(update: Update) -> Iterator[Part]:
    asked, new, known = (
        [decision for decision in update.decisions if decision.answer == answer]
        for answer in ("asked", "new", "known")
    )
    yield Part(
        "To be decided",
        "Write into the row, as `about`, the paper's id or one to be written; then run the update again.",
        tuple(f"{_row(decision.row)}: {decision.reason}?" for decision in asked),
    )
    yield Part(
        "New works",
        "Each has a skeleton in `graph/papers/`, and in `graph/models/` where the list names the model.",
        tuple(_new_works(new)),
    )
    yield Part(
        "New rows of known works",
        "The work is in the catalogue; why it is this one stands behind it.",
        tuple(_decided(decision) for decision in known if decision.row.kind is RowKind.WORK),
    )


def _change_parts(update: Update) -> Iterator[Part]:
    changes = update.changes
    datasets = {decision.row.id: f" dataset:{decision.about}" for decision in update.decisions}
    yield Part(
        "New rows that list no work",
        "A dataset that the catalogue knows is named.",
        tuple(
            f"{_row(row)}: {row.kind}{datasets.get(row.id, '')}"
            for row in changes.new
            if row.kind is not RowKind.WORK
        ),
    )
    yield Part("Back again", "", tuple(map(_row, changes.returned)))
    yield Part(
        "Gone",
        "The rows stay on record, with the version they were last seen in.",
        tuple(_gone(update)),
    )
    yield Part("Retitled", "", tuple(map(_retitled, changes.retitled)))
    yield Part("Moved to another section", "", tuple(map(_moved, changes.moved)))
    yield Part("Relinked", "", tuple(map(_relinked, changes.relinked)))
    yield Part(
        "Sections renamed",
        "",
        tuple(f"{_path(before)} is now {_path(after)}" for before, after in changes.renamed),
    )
    yield Part(
        "Disputes settled",
        "The list no longer has the disputed link.",
        tuple(f"{_row(row)}: {dispute.url}" for row, dispute in changes.settled),
    )


def _row(row: Row) -> str:
    return f"{row.id} (line {row.line}) {row.title}"


def _path(section: Sequence[str]) -> str:
    return " > ".join(section) or "the top"


def _new_works(decisions: Sequence[Decision]) -> Iterator[str]:
    """Yield a line for each work, with every place where the list has it."""
    works: dict[str | None, list[Row]] = {}
    for decision in decisions:
        works.setdefault(decision.about, []).append(decision.row)
    for about, rows in works.items():
        places = "; ".join(f"{row.id} (line {row.line}) under {_path(row.section)}" for row in rows)
        yield f"paper:{about} {rows[0].title}: {places}"


def _decided(decision: Decision) -> str:
    return f"{_row(decision.row)}: paper:{decision.about}, {decision.reason}"


def _gone(update: Update) -> Iterator[str]:
    places: dict[str, list[str]] = {}
    for row in update.record.rows:
        if row.about:
            places.setdefault(row.about, []).append(_path(row.section))
    for row in update.changes.gone:
        left = places.get(row.about or "", [])
        still = f"still under {'; '.join(left)}" if left else "the list no longer has this work"
        yield f"{row.id} {row.title}, from {_path(row.section)}: {still}"


def _retitled(change: Change) -> str:
    return f"{change.after.id} (line {change.after.line}) {change.before.title} → {change.after.title}"


def _moved(change: Change) -> str:
    return f"{_row(change.after)}: from {_path(change.before.section)} to {_path(change.after.section)}"


def _relinked(change: Change) -> str:
    before = {link.url for link in change.before.links}
    after = {link.url for link in change.after.links}
    marks = [*(f"-{url}" for url in sorted(before - after)), *(f"+{url}" for url in sorted(after - before))]
    return f"{_row(change.after)}: {' '.join(marks)}"
