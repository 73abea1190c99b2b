"""The list reader: every entry with its section and links, every other link accounted for."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from healthfm.sources.link_kinds import LinkKind
from healthfm.sources.markdown.reader import read_list
from healthfm.sources.tags import is_tag
from healthfm.sources.titles import folded_title
from tests.conftest import ROOT
from tests.recorded_lists import read_record
from tests.sources.written_lists import write_back

RECORD = ROOT / "graph" / "lists" / "awesome-healthcare-foundation-models.yaml"

DIALECTS = """# A list

[![Awesome](https://example.org/badge.svg)](https://example.org) and [a survey](https://example.org/survey)

* [Contents](#contents)

## Large Language Models
### Healthcare Domain
* Star: a title with *emphasis* [[Paper]](https://arxiv.org/abs/1901.08746) [[Code]](https://github.com/a/b)
- Dash [Paper](https://arxiv.org/abs/1810.04805)
+ [A title that is itself the link](https://arxiv.org/abs/1706.03762)
1. Numbered [[HuggingFace]](https://huggingface.co/docs/x/y) [[HuggingFace]](https://huggingface.co/a/b)

## Large Vision Models
### General Domain
**CNNs**:

* Loose item [[paper]](https://openreview.net/forum?id=abc)

* Wrapped item that goes on
  in the next line [[paper]][ref]
    * Nested below it [[Blog]](https://example.org/post)
* No link at all
* Bad link [[Paper]](ftp://example.org/x)

[ref]: https://doi.org/10.1000/XYZ
"""


def test_the_common_dialects_are_read() -> None:
    """Bullets of every kind, title links, reference links, wrapped and nested items."""
    reading = read_list(DIALECTS, source="test")
    assert reading.name == "A list"
    assert [(entry.line, entry.title, entry.section[-1]) for entry in reading.entries] == [
        (9, "Star: a title with emphasis", "Healthcare Domain"),
        (10, "Dash", "Healthcare Domain"),
        (11, "A title that is itself the link", "Healthcare Domain"),
        (12, "Numbered", "Healthcare Domain"),
        (18, "Loose item", "CNNs"),
        (20, "Wrapped item that goes on in the next line", "CNNs"),
        (22, "Nested below it", "CNNs"),
        (23, "No link at all", "CNNs"),
        (24, "Bad link", "CNNs"),
    ]
    assert reading.entries[0].section == ("Large Language Models", "Healthcare Domain")
    assert [link.kind for link in reading.entries[3].links] == [LinkKind.DOCUMENTATION, LinkKind.WEIGHTS]
    assert reading.entries[5].links[0].id == "doi:10.1000/xyz"
    assert [(skipped.line, skipped.links) for skipped in reading.skipped] == [(3, 2), (5, 1), (24, 1)]


def test_the_original_list_is_read_whole(seed: str) -> None:
    """171 rows, 230 links, 137 titles; links in rows and elsewhere are all the links of the file."""
    reading = read_list(seed, source="seed")
    links = [link for entry in reading.entries for link in entry.links]
    assert len(reading.entries) == 171
    assert len(links) == 230
    assert len({folded_title(entry.title) for entry in reading.entries}) == 137
    independently = len(re.findall(r"(?<!!)\[(?:[^\[\]]|\[[^\]]*\](?:\([^)]*\))?)*\]\([^)]+\)", seed))
    assert len(links) + sum(skipped.links for skipped in reading.skipped) == independently
    assert LinkKind.OTHER not in {link.kind for link in links}
    lines = seed.splitlines()
    for entry in reading.entries:
        assert lines[entry.line - 1].lstrip("* ").startswith(entry.title)
        for link in entry.links:
            assert f"[{link.label}]]({link.url})" in lines[entry.line - 1]


def test_a_list_written_back_from_the_record_reads_the_same() -> None:
    """The reader is held against the recorded rows on any machine, with or without the original list."""
    whole = read_record(RECORD)
    recorded = replace(whole, rows=tuple(row for row in whole.rows if row.kind == "work"))
    reading = read_list(write_back(recorded), source="record")
    assert len(recorded.rows) >= 171
    for entry, row in zip(reading.entries, recorded.rows, strict=True):
        assert (entry.title, entry.section) == (row.title, row.section)
        assert [(link.label, link.url, link.kind, link.id) for link in entry.links] == [
            (link.label, link.url, link.kind, link.id) for link in row.links
        ]


titles = (
    st.text("abc XYZ0123456789-:é模", min_size=1, max_size=30)
    .map(str.strip)
    .filter(lambda t: re.match(r"\w", t) and t[-1] not in ":- " and not is_tag(t))
)


@given(st.lists(st.tuples(titles, st.integers(0, 9999)), min_size=1, max_size=20), st.sampled_from("*-+"))
def test_a_list_written_from_entries_gives_them_back(entries: list[tuple[str, int]], bullet: str) -> None:
    """Whatever the titles and the bullets, each entry comes back with its link; a date is no title."""
    text = "## S\n" + "\n".join(
        f"{bullet} {t} [[Paper]](https://arxiv.org/abs/2001.{n:05d})" for t, n in entries
    )
    reading = read_list(text, source="random")
    assert [(entry.title, entry.links[0].id) for entry in reading.entries] == [
        (" ".join(t.split()), f"arxiv:2001.{n:05d}") for t, n in entries
    ]
