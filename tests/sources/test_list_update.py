"""Versions of a list: which row is which, what changed, and what never changes."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from healthfm.sources.list_update import ListChanges, update_rows
from healthfm.sources.markdown.reader import read_list
from healthfm.sources.reading import Entry
from healthfm.sources.rows import ListRecord, Version, content_id
from tests.conftest import ROOT
from tests.recorded_lists import read_record
from tests.sources.written_lists import write_back

RECORD = read_record(ROOT / "graph" / "lists" / "awesome-healthcare-foundation-models.yaml")
EMPTY = ListRecord(id="l", name="L", url="https://example.org/l", prefix="l", minted=0, rows=())

OLD = """# L
## Vision
* First: a work of vision [[Paper]](https://arxiv.org/abs/2001.00001)
* Second: a work in two places [[Paper]](https://arxiv.org/abs/2001.00002)
## Imaging and Vision
* Second: a work in two places [[Paper]](https://arxiv.org/abs/2001.00002)
* Third: a work of imaging [[Paper]](https://arxiv.org/abs/2001.00003)
## Text
* Fourth: a work of text [[Paper]](https://arxiv.org/abs/2001.00004)
"""


def read(text: str, previous: ListRecord = EMPTY) -> ListChanges:
    """Record a version."""
    return update_rows(read_list(text, source="test").entries, previous, Version(content_id=content_id(text)))


def ids(record: ListRecord) -> dict[str, str]:
    """Return the ids with the titles, by place."""
    return {row.id: f"{row.section[-1]}: {row.title}" for row in record.rows}


FIRST = read(OLD).record


def nothing_changed(changes: ListChanges) -> bool:
    """Return whether no row and no section changed."""
    return not any(
        (changes.new, changes.gone, changes.returned, changes.retitled, changes.moved, changes.relinked,
         changes.renamed, changes.settled)
    )  # fmt: skip


def test_the_original_list_is_the_first_version(seed: str) -> None:
    """The record knows the content of the original list and each of its 171 rows, of 136 works."""
    assert RECORD.versions[0].content_id == content_id(seed)
    original = [row for row in (*RECORD.rows, *RECORD.gone) if row.since == 1]
    assert len(original) == 171
    assert len({row.about for row in original}) == 136


def test_the_same_version_again_changes_nothing() -> None:
    """Reading the newest version again gives the record, byte for byte, and no new version."""
    again = read(OLD, FIRST)
    assert nothing_changed(again)
    assert again.record.to_yaml() == FIRST.to_yaml()


def test_bullets_and_spacing_change_no_row() -> None:
    """Another bullet, a loose list and other headings' marks leave every row as it is, but for its line."""
    other = OLD.replace("* ", "\n- ").replace("## Text", "\nText\n----")
    changes = read(other, FIRST)
    assert nothing_changed(changes)
    assert ids(changes.record) == ids(FIRST)
    assert len(changes.record.versions) == 2


def test_a_renamed_section_changes_no_row() -> None:
    """Rows keep their ids and are not called moved, though the work stands in two sections."""
    changes = read(OLD.replace("## Imaging and Vision", "## Imaging"), FIRST)
    assert changes.renamed == ((("Imaging and Vision",), ("Imaging",)),)
    assert not changes.moved
    assert {row.id: row.title for row in changes.record.rows} == {row.id: row.title for row in FIRST.rows}


def test_each_change_is_told_apart() -> None:
    """New, gone, retitled, moved and relinked rows, each as what it is, under its old id."""
    new = """# L
## Vision
* A fresh work [[Paper]](https://arxiv.org/abs/2001.00009)
* First: A Work of Vision and more [[Paper]](https://arxiv.org/abs/2001.00001)
## Imaging and Vision
* Second: a work in two places [[Paper]](https://arxiv.org/abs/2001.00002) [[Code]](https://github.com/a/b)
## Text
* Third: a work of imaging [[Paper]](https://arxiv.org/abs/2001.00003)
* Fourth: a work of text [[Paper]](https://arxiv.org/abs/2001.00004)
"""
    changes = read(new, FIRST)
    assert [(row.id, row.since) for row in changes.new] == [("l-0006", 2)]
    assert [(row.id, row.until) for row in changes.gone] == [("l-0002", 1)]
    assert [change.after.id for change in changes.retitled] == ["l-0001"]
    assert [change.after.id for change in changes.moved] == ["l-0004"]
    assert [change.after.id for change in changes.relinked] == ["l-0003"]
    assert changes.record.gone[0].title == "Second: a work in two places"


def test_a_row_that_comes_back_has_its_old_id() -> None:
    """What was gone is found again with its approval; no number is used twice."""
    approved = replace(FIRST, rows=tuple(replace(row, about="some-work") for row in FIRST.rows))
    without = read("\n".join(line for line in OLD.splitlines() if "Fourth" not in line), approved).record
    assert [(row.id, row.about) for row in without.gone] == [("l-0005", "some-work")]
    changes = read(OLD + "* Fifth: another [[Paper]](https://arxiv.org/abs/2001.00005)\n", without)
    assert [(row.id, row.about, row.until) for row in changes.returned] == [("l-0005", "some-work", None)]
    assert [row.id for row in changes.new] == ["l-0006"]
    assert changes.record.gone == ()


def test_a_wrong_link_does_not_take_another_works_row() -> None:
    """A new entry with the link of a work that left the section is new, unless the titles agree."""
    wrong = OLD.replace("Fourth: a work of text", "Wholly unrelated words, mislinked")
    changes = read(wrong, FIRST)
    assert [row.title for row in changes.new] == ["Wholly unrelated words, mislinked"]
    assert [row.id for row in changes.gone] == ["l-0005"]


def test_a_row_that_keeps_only_its_name_is_decided_anew() -> None:
    """A preprint's row that becomes its journal's keeps the id; what it is about is asked again."""
    approved = replace(FIRST, rows=tuple(replace(row, about="some-work") for row in FIRST.rows))
    new = OLD.replace(
        "Fourth: a work of text [[Paper]](https://arxiv.org/abs/2001.00004)",
        "Fourth: what the journal calls it [[Paper]](https://doi.org/10.1000/fourth)",
    )
    changes = read(new, approved)
    assert not changes.new
    assert not changes.gone
    assert [(change.after.id, change.after.about) for change in changes.retitled] == [("l-0005", None)]
    assert {row.about for row in changes.record.rows if row.id != "l-0005"} == {"some-work"}


def test_a_dispute_ends_when_its_link_does() -> None:
    """The real record: mending a disputed link upstream settles the dispute, and only that."""
    disputed = [row for row in (*RECORD.rows, *RECORD.gone) if row.disputed]
    text = write_back(RECORD)
    for row in disputed:
        for dispute in row.disputed:
            text = text.replace(dispute.url, dispute.correct)
    changes = update_rows(read_list(text, source="mended").entries, RECORD, Version())
    assert {row.id for row, _ in changes.settled} == {row.id for row in disputed}


# ---- properties over random lists


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Draw a list: works under sections, some in several of them."""
    lines = ["# L"]
    for section in draw(st.lists(st.sampled_from("ABCD"), unique=True, min_size=1)):
        lines.append(f"## {section}")
        for number in draw(st.lists(st.integers(0, 8), max_size=5)):
            link = draw(st.integers(0, 8)) if draw(st.booleans()) else number
            lines.append(f"* Title of work {number} [[Paper]](https://arxiv.org/abs/2001.{link:05d})")
    return "\n".join(lines) + "\n"


@given(st.lists(texts(), min_size=1, max_size=4))
def test_any_history_keeps_ids_and_loses_nothing(history: Sequence[str]) -> None:
    """Ids are unique and never reused, and any version read twice changes nothing."""
    record = EMPTY
    seen: set[str] = set()
    for text in history:
        changes = read(text, record)
        everything = [row.id for row in (*changes.record.rows, *changes.record.gone)]
        assert len(everything) == len(set(everything)) == changes.record.minted
        assert seen <= set(everything)
        assert not seen & {row.id for row in changes.new}
        entries = read_list(text, source="test").entries
        assert [(row.title, row.line) for row in changes.record.rows] == [(e.title, e.line) for e in entries]
        again = read(text, changes.record)
        assert nothing_changed(again)
        assert again.record == changes.record
        record, seen = changes.record, set(everything)


@given(texts(), st.randoms(use_true_random=False))
def test_the_order_of_rows_says_nothing(text: str, chance: random.Random) -> None:
    """Rows in another order within the file keep their ids as long as they are told apart by more."""
    entries: list[Entry] = list(
        {(e.title, e.section): e for e in read_list(text, source="t").entries}.values()
    )
    first = update_rows(entries, EMPTY, Version(content_id="a")).record
    chance.shuffle(entries)
    second = update_rows(entries, first, Version(content_id="b"))
    assert nothing_changed(second)
    assert ids(second.record) == ids(first)
