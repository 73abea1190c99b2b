"""Properties of the list reader: lists written in any dialect read back, and no link is ever lost."""

from __future__ import annotations

import os
import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from healthfm.errors import LimitError
from healthfm.sources.markdown.reader import read_list
from healthfm.sources.reading import ListReading
from healthfm.sources.tags import is_label
from tests.conftest import ROOT
from tests.recorded_lists import read_record

#: `make fuzz` runs the whole number; the suite a share of it.
MUTANTS = int(os.environ.get("HEALTHFM_FUZZ", "600"))

WORDS = st.sampled_from(
    "Towards Generalist Foundation Models for Medical Imaging with Chest X-ray Reports and Self-Supervised "
    "Pathology Language 3D Segmentation of Protein Sequences 医学 模型 Überblick GPT-4 ChatCAD+".split()
)
TITLES = (
    st.lists(WORDS, min_size=4, max_size=9)
    .map(" ".join)
    .filter(lambda title: title[0].isupper() and not title.endswith((" and", " for", " of", " with")))
    .filter(lambda title: not is_label(title))  # "Models 模型" is what a link may be called
)
ENTRIES = st.lists(
    st.tuples(TITLES, st.integers(10_000, 99_999), st.booleans()),
    min_size=1,
    max_size=8,
    unique_by=(lambda entry: entry[0], lambda entry: entry[1]),
)


def paper(number: int) -> str:
    return f"https://arxiv.org/abs/2301.{number}"


def links(number: int, code: bool, form: str = "[[{}]]({})") -> str:
    written = [form.format("Paper", paper(number))]
    return " ".join([*written, *([form.format("Code", f"https://github.com/a/r{number}")] if code else [])])


SHAPES = (
    "{}",
    "**{}**",
    "[arXiv] {}",
    "**[Nature, 2024]** {}",
    "“{}”, Jane Doe, Li Wei.",
    "*{}*, Jane Doe et al.",
)
FORMS = ("[[{}]]({})", "[[{}]({})]", "[{}]({})", "[![{}](https://b.org/b.svg)]({})", '<a href="{1}">{0}</a>')


@given(
    ENTRIES, st.sampled_from(("*", "-", "+", "1.", "  -")), st.sampled_from(FORMS), st.sampled_from(SHAPES)
)
def test_items_read_back(entries: list[tuple[str, int, bool]], bullet: str, form: str, shape: str) -> None:
    """Items of every bullet, form of link and shape of title give the entries they were written from."""
    rows = [f"{bullet} {shape.format(title)} {links(number, code, form)}" for title, number, code in entries]
    assert_reads_back("# L\n## S\n" + "\n".join(rows), entries)


@given(ENTRIES, st.booleans())
def test_tables_read_back(entries: list[tuple[str, int, bool]], outer: bool) -> None:
    """Pipe tables with and without outer pipes give the entries they were written from."""
    rows = [f"2024 | {title} | {links(number, code)}" for title, number, code in entries]
    lines = ["Year | Title | Links", "--- | --- | ---", *rows]
    assert_reads_back("# L\n## S\n" + "\n".join(f"| {line} |" if outer else line for line in lines), entries)


@given(ENTRIES)
def test_html_tables_read_back(entries: list[tuple[str, int, bool]]) -> None:
    """HTML tables, with ends of rows and without, give the entries they were written from."""
    rows = [
        f"<tr><td>{title}<td>{links(number, code, FORMS[4])}</td>{'</tr>' * (number % 2)}"
        for title, number, code in entries
    ]
    table = ["<table>", "<tr><th>Title</th><th>Links</th></tr>", *rows, "</table>"]
    assert_reads_back("# L\n## S\n" + "\n".join(table), entries)


@given(ENTRIES, st.sampled_from(("<br>\n", "  \n", " <br> ")), st.sampled_from(("\n\n", "<br>\n<br>\n")))
def test_paragraphs_read_back(entries: list[tuple[str, int, bool]], end: str, between: str) -> None:
    """Bold paragraphs with authors, venue and links, apart or strung together, give their entries."""
    rows = [
        f"**{title}**{end}*Jane Doe, Li Wei*{end}[arXiv, 2023]{end}{links(number, code, FORMS[1])}"
        for title, number, code in entries
    ]
    assert_reads_back("# L\n## S\n" + between.join(rows), entries)


def assert_reads_back(text: str, entries: list[tuple[str, int, bool]]) -> None:
    reading = read_list(text, source="written")
    assert [entry.title for entry in reading.entries] == [title for title, _, _ in entries]
    assert [[link.url for link in entry.links] for entry in reading.entries] == [
        [paper(number), *([f"https://github.com/a/r{number}"] if code else [])] for _, number, code in entries
    ]
    assert reading.skipped == ()


# ---- a second opinion on the number of links


def counted(reading: ListReading) -> int:
    """Return how many links the reader accounts for."""
    return sum(len(entry.links) for entry in reading.entries) + sum(place.links for place in reading.skipped)


def by_commonmark(text: str) -> int:
    """Return how many links a CommonMark parser finds."""

    def count(tokens: list[Token]) -> int:
        return sum((token.type == "link_open") + count(token.children or []) for token in tokens)

    return count(MarkdownIt("commonmark").enable("table").parse(text))


def test_every_link_is_accounted_for(seed: str) -> None:
    """On the original list, reader, CommonMark parser and a pattern count the same links."""
    reading = read_list(seed, source="seed")
    assert len(reading.entries) == 171
    assert sum(len(entry.links) for entry in reading.entries) == 230
    images = len(re.findall(r"!\[[^\]]*\]\(", seed))
    assert counted(reading) == by_commonmark(seed) == len(re.findall(r"\]\(", seed)) - images


PIECES = (
    *"[]()*_`|<>!#\\\n-+\"'&~:.",
    "](", "[[", "]]", "**", "```\n", "<!--", "-->", "<br>", "<table>", "</td>", "<tr>", "<details>", "<summary>",
    "\n\n", "\n---\n", "|---|\n", "> ", "# ", "* ", "  ", "\t", "[x](https://a.org)", "[x]: https://a.org\n",
    "<a href='https://a.org'>", "</a>", "https://a.org", "javascript:", "\u202e", "医", "\r\n", "![", "~~~", "<li>",
)  # fmt: skip


def dialects() -> list[str]:
    """Return small lists in every dialect, made of recorded rows."""
    recorded = read_record(ROOT / "graph" / "lists" / "awesome-healthcare-foundation-models.yaml")
    rows = [(row.title, row.links[0].url) for row in recorded.rows[:8]]
    return [
        "# L\n\n## A\n" + "\n".join(f"* {title} [[Paper]]({url})" for title, url in rows),
        "# L\n\n## B\n" + "\n\n".join(f"**{title}**<br>\n*Jane Doe, Li Wei*<br>\n[[Paper]({url})]" for title, url in rows),
        "# L\n\n## C\n| Title | Paper |\n|--|--|\n" + "\n".join(f"| {title} | [Paper]({url}) |" for title, url in rows),
        "# L\n\n## D\n<table><tr><th>Title</th></tr>\n"
        + "\n".join(f"<tr><td><a href='{url}'>{title}</a></td></tr>" for title, url in rows)
        + "</table>",
    ]  # fmt: skip


def test_mutants_are_read_or_reported() -> None:
    """However a list is broken, it is read without a crash, and each link that is left is accounted for.

    A link that a pattern finds in the open (no bracket, code or tag beside it) is in an entry or reported.
    """
    chance = random.Random(20_261_127)
    texts = dialects()
    for number in range(MUTANTS):
        text = chance.choice(texts)
        for _ in range(chance.randint(1, 12)):
            at = chance.randrange(len(text))
            what = chance.random()
            if what < 0.6:
                text = text[:at] + chance.choice(PIECES) + text[at:]
            elif what < 0.8:
                text = text[:at] + text[at + chance.randint(1, 30) :]
            else:
                other = chance.randrange(len(text))
                text = text[:at] + text[other : other + 60] + text[at:]
        reading = read_list(text, source=f"mutant {number}")
        again = read_list(text, source=f"mutant {number}")
        assert reading == again
        assert counted(reading) >= plain_links(text), text


def plain_links(text: str) -> int:
    """Return how many links of the simplest form are left: ``[word](https://…)`` with nothing odd around.

    Text in which comments, code, tags or backslashes play a part is judged by the other tests.
    """
    if re.search(r"<!--|`|~~~|\\|<(?!br>)|!\[", text):
        return 0
    return len(re.findall(r"(?<![\w!\]])\[\w+\]\(https://[\w./-]+\)(?=[\s\]|]|$)", text))


def test_a_mutant_that_loses_a_link_is_noticed() -> None:
    """The count bites: a reader that drops an entry accounts for too few links."""
    text = dialects()[0]
    reading = read_list(text, source="t")
    lossy = ListReading(reading.source, reading.name, reading.entries[1:], reading.skipped)
    assert counted(reading) == plain_links(text.replace("[[", "[").replace("]]", "]"))
    assert counted(lossy) < counted(reading)


HOSTILE = [
    "[" * 100_000,
    "[a](" * 50_000,
    "[a](u)" * 50_000,
    "![a](b" * 30_000,
    "[" * 30_000 + "a" + "](https://a.org)" * 30_000,
    "* " * 2_000 + "x",
    "> " * 5_000,
    "`" * 50_000,
    "`a``" * 20_000,
    "*a _b " * 10_000,
    "<!--" * 20_000,
    "<table>" * 20_000,
    "<tr><td>" * 20_000,
    "<details>\n" * 20_000,
    "<a href=x>" * 20_000,
    "|" * 100_000,
    "&#" * 50_000,
    "(" * 100_000,
    "\\" * 100_000,
    " " * 100_000 + "x",
    "-" * 100_000,
    "\n".join(f"{' ' * depth}- a" for depth in range(1_000)),
    "- " + "A. " * 18_000 + "[Paper](https://a.org)",
    "- " + "(a) " * 14_000 + "[Paper](https://a.org)",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.timeout(20)
def test_hostile_markdown_is_read_or_skipped(text: str) -> None:
    """Pathological input ends, without a crash and without an entry; a quadratic reader would need minutes for it."""
    assert read_list(text, source="hostile").entries == ()


def test_a_huge_list_is_refused_at_once() -> None:
    """Size is checked before anything else."""
    with pytest.raises(LimitError, match="the limit is 5,000,000"):
        read_list("x" * 5_000_001, source="huge")


@settings(max_examples=50)
@given(st.text(max_size=400))
def test_any_text_is_read(text: str) -> None:
    """Whatever the text, reading it gives the same answer whether lines end in LF or CRLF."""
    clean = text.replace("\0", "").replace("\r", "")
    assert read_list(clean, source="t") == read_list(clean.replace("\n", "\r\n"), source="t")
