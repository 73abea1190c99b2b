"""Every way in which lists write their entries, one by one: what is read is what a person would note down."""

from __future__ import annotations

import pytest

from healthfm.sources.markdown.reader import read_list
from healthfm.sources.reading import Entry, ListReading


def read(text: str) -> ListReading:
    """Read a list that has a section, so that everything in it may be an entry."""
    return read_list(f"# L\n\n## S\n\n{text}\n", source="test")


def only(text: str) -> Entry:
    """Read a list of one entry."""
    entries = read(text).entries
    assert len(entries) == 1, [entry.title for entry in entries]
    return entries[0]


def urls(entry: Entry) -> list[str]:
    return [link.url for link in entry.links]


@pytest.mark.parametrize(
    "bullet", ["*", "-", "+", "1.", "2)", "3\\.", "•", "  *", " -", "      *", "- [ ]", "- -"]
)
def test_bullets(bullet: str) -> None:
    """Whatever stands before an item, at whatever indent, is no part of it."""
    reading = read(
        f"{bullet} First work [Paper](https://a.org/1)\n{bullet} Second work [Paper](https://a.org/2)"
    )
    assert [(entry.title, urls(entry)) for entry in reading.entries] == [
        ("First work", ["https://a.org/1"]),
        ("Second work", ["https://a.org/2"]),
    ]


def test_one_space_more_is_no_level() -> None:
    """Items whose indents differ by a space are all entries, whichever way they are nested."""
    reading = read(
        " - A one [P](https://a.org/1)\n- A two [P](https://a.org/2)\n  - A three [P](https://a.org/3)"
    )
    assert [entry.title for entry in reading.entries] == ["A one", "A two", "A three"]


def test_loose_and_wrapped_items() -> None:
    """Blank lines between items, and items over several lines, indented or not."""
    reading = read(
        "* A first\n  wrapped title\n  [Paper](https://a.org/1)\n\n* A second\nlazy title [Paper](https://a.org/2)\n\n"
        "* A third title\n\n  [Paper](https://a.org/3)"
    )
    assert [(entry.line, entry.title) for entry in reading.entries] == [
        (5, "A first wrapped title"),
        (9, "A second lazy title"),
        (12, "A third title"),
    ]


def test_nested_links_and_notes_belong_to_the_item_above() -> None:
    """Children that are links or notes are parts of one work; its venue among them is its tag."""
    entry = only(
        "* A work in pieces\n  * Jane Doe, Li Wei\n  * *NeurIPS 2023*\n  * [Paper](https://a.org/1)\n"
        "  * Code: https://github.com/a/b"
    )
    assert (entry.title, entry.tag) == ("A work in pieces", "NeurIPS 2023")
    assert [(link.label, str(link.kind)) for link in entry.links] == [("Paper", "paper"), ("Code", "code")]


def test_quoted_lines_in_an_item_are_its_own() -> None:
    """What an item quotes is a part of it, links included."""
    entry = only("1. **A fine title**\n   > Jane Doe, Li Wei\n   > [Paper](https://a.org/1)")
    assert (entry.title, urls(entry)) == ("A fine title", ["https://a.org/1"])


def test_venues_in_notes() -> None:
    """A note that says who published a work is its tag, without the word that says so."""
    entry = only("* **A fine title**\n  - **Publisher**: CVPR 2024\n  - **Links**: [Paper](https://a.org/1)")
    assert (entry.title, entry.tag) == ("A fine title", "CVPR 2024")


def test_nested_works_are_entries() -> None:
    """Children with titles of their own are entries; an item without links above them is their heading."""
    reading = read(
        "* Vision\n  * [A first work](https://a.org/1)\n  * [A second work](https://a.org/2)\n"
        "* [A suite of tools](https://a.org/3)\n  * [A tool of the suite](https://a.org/4)"
    )
    assert [(entry.title, entry.section) for entry in reading.entries] == [
        ("A first work", ("S", "Vision")),
        ("A second work", ("S", "Vision")),
        ("A suite of tools", ("S",)),
        ("A tool of the suite", ("S",)),
    ]


@pytest.mark.parametrize(
    ("written", "label", "url"),
    [
        ("[[Paper]](https://a.org/x)", "Paper", "https://a.org/x"),
        ("[[Paper](https://a.org/x)]", "Paper", "https://a.org/x"),
        ("[Paper](https://a.org/x)", "Paper", "https://a.org/x"),
        ("([Paper](https://a.org/x))", "Paper", "https://a.org/x"),
        ("[Paper](<https://a.org/x>)", "Paper", "https://a.org/x"),
        ("[Paper]( https://a.org/x )", "Paper", "https://a.org/x"),
        ('[Paper](https://a.org/x "its title")', "Paper", "https://a.org/x"),
        ("[Paper](https://a.org/x(24)00-7/full)", "Paper", "https://a.org/x(24)00-7/full"),
        ("[Paper](https://a.org/a_(b)_(c))", "Paper", "https://a.org/a_(b)_(c)"),
        ("[Paper](https://a.org/x y.pdf)", "Paper", "https://a.org/x%20y.pdf"),
        ("[Paper](a.org/x)", "Paper", "https://a.org/x"),
        ("[Paper](www.a.org)", "Paper", "https://www.a.org"),
        ("[Paper](https:/a.org/x)", "Paper", "https://a.org/x"),
        ("[Paper](https ://a.org/x)", "Paper", "https://a.org/x"),
        ("[Paper](https://https://a.org/x)", "Paper", "https://a.org/x"),
        ("[Paper](//a.org/x)", "Paper", "https://a.org/x"),
        ("[Paper] (https://a.org/x)", "Paper", "https://a.org/x"),
        ("[Paper]([https://a.org/x)", "Paper", "https://a.org/x"),
        ("[Paper]([https://b.org](https://a.org/x))", "Paper", "https://a.org/x"),
        ("[Paper][1]", "Paper", "https://a.org/ref"),
        ("[Paper][]", "Paper", "https://a.org/paper"),
        ("[**Paper**](https://a.org/x)", "Paper", "https://a.org/x"),
        ("**[Paper](https://a.org/x)**", "Paper", "https://a.org/x"),
        ("[`Paper`](https://a.org/x)", "Paper", "https://a.org/x"),
        ("[📄 Paper](https://a.org/x)", "📄 Paper", "https://a.org/x"),
        ("[![Paper](https://b.org/any.svg)](https://a.org/x)", "Paper", "https://a.org/x"),
        ("[![](https://img.shields.io/badge/Paper-arXiv-red)](https://a.org/x)", "Paper", "https://a.org/x"),
        ('<a href="https://a.org/x">Paper</a>', "Paper", "https://a.org/x"),
        (
            "<a href='https://a.org/x'><img src='https://img.shields.io/badge/Paper-red'/></a>",
            "Paper",
            "https://a.org/x",
        ),
        ("Paper: https://a.org/x.", "Paper", "https://a.org/x"),
        ("Paper: <https://a.org/x>", "Paper", "https://a.org/x"),
        ("[Paper](https://a.org/x?a=1&amp;b=2)", "Paper", "https://a.org/x?a=1&b=2"),
    ],
)
def test_links(written: str, label: str, url: str) -> None:
    """Each form of link gives its label and an address that can be followed."""
    entry = only(f"* A fine title {written}\n\n[1]: https://a.org/ref\n[paper]: <https://a.org/paper> 'x'")
    assert entry.title == "A fine title"
    assert [(link.label, link.url) for link in entry.links] == [(label, url)]


@pytest.mark.parametrize(
    "form", ["[Paper]{}", "[Paper]（{}）", "**[Paper]**({})", "(Paper)[{}]", "[Paper]: {}"]
)
def test_labels_beside_their_address(form: str) -> None:
    """A label that was not made a link is no part of the title, and the address beside it is one."""
    entry = only(f"* A fine title {form.format('https://a.org/x')}")
    assert (entry.title, urls(entry)) == ("A fine title", ["https://a.org/x"])


def test_links_without_space_between_them() -> None:
    """Links that stand next to each other stay apart."""
    entry = only(
        "* A title[[Paper]](https://a.org/1)[[Code]](https://github.com/a/b)[Page](https://a.org/2),[x](#)"
    )
    assert [link.label for link in entry.links] == ["Paper", "Code", "Page"]


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("", "empty address"),
        ("#", "leads nowhere"),
        ("javascript:alert(1)", "'javascript:' is no http or https address"),
        ("JAVASCRIPT:alert(1)", "'javascript:' is no http or https address"),
        ("java&#115;cript:alert(1)", "'javascript:' is no http or https address"),
        ("data:text/html,x", "'data:' is no http or https address"),
        ("vbscript:x", "'vbscript:' is no http or https address"),
        ("file:///etc/passwd", "'file:' is no http or https address"),
        ("ftp://a.org/x", "'ftp:' is no http or https address"),
        ("mailto:a@b.org", "'mailto:' is no http or https address"),
        ("https://user:word@a.org/", "carries a user name"),
        ("http://[::1", "is no usable address"),
        ("https://a.org/\u202ex", "has invisible characters"),
        ("./notes/x.md", "leads to a file beside the list"),
        ("LICENSE", "leads to a file beside the list"),
        ("TBD", "leads nowhere"),
    ],
)
def test_refused_links(address: str, reason: str) -> None:
    """What leads nowhere or may run is reported with its line; the entry and its other links stay."""
    reading = read(f"* A fine title [Code]({address}) [Paper](https://a.org/x)")
    assert [(entry.title, urls(entry)) for entry in reading.entries] == [
        ("A fine title", ["https://a.org/x"])
    ]
    assert [(place.line, place.links) for place in reading.skipped] == [(5, 1)]
    assert reason in reading.skipped[0].reason


@pytest.mark.parametrize("address", ["javascript:alert(1)", "", "TBD", "N/A"])
def test_an_entry_stays_when_all_its_links_are_refused(address: str) -> None:
    """The work is there; only its link is of no use."""
    entry = only(f"* A fine title [Paper]({address})")
    assert (entry.title, entry.links) == ("A fine title", ())


@pytest.mark.parametrize(
    ("item", "title"),
    [
        ("[A title of its own](https://a.org/x)", "A title of its own"),
        ("[Qwen-1.8B|7B|14B](https://a.org/x)", "Qwen-1.8B|7B|14B"),
        ("[A [bracketed] title](https://a.org/x)", "A [bracketed] title"),
        ("[A title\n  wrapped](https://a.org/x)", "A title wrapped"),
        ("**Paper:** [A title of its own](https://a.org/x)", "A title of its own"),
        ("**Title**: A title of its own [Paper](https://a.org/x)", "A title of its own"),
        ("CODE: Contrasting descriptions [Paper](https://a.org/x)", "CODE: Contrasting descriptions"),
        ("Jane Doe, Li Wei, Ann Lee. A title. arXiv, 2023. [Paper](https://a.org/x)", "A title"),
        ("Doe J, Wei L. A fine title here. Nat Med. 2023. [Paper](https://a.org/x)", "A fine title here"),
        ("*Jane Doe, Li Wei*. **A bold title** [Paper](https://a.org/x)", "A bold title"),
        (
            "A title, [Jane Doe](https://j.org), [Li Wei](https://l.org), **CVPR 2023**, [P](https://a.org)",
            "A title",
        ),
        ("A title | Jane Doe, Li Wei | 2023 | [Paper](https://a.org/x)", "A title"),
        ("2023.08 **A bold title** [Paper](https://a.org/x)", "A bold title"),
        ("[EHRBase](https://a.org/x) - A repository of data, on GitHub", "EHRBase"),
        ("[EHRBase](https://a.org/x): A repository of data", "EHRBase"),
        ("**A bold title** [Paper](https://a.org/x)", "A bold title"),
        ("**[A bold linked title](https://a.org/x)**", "A bold linked title"),
        ("[**A bold linked title**](https://a.org/x)", "A bold linked title"),
        ("__A bold title__, Jane Doe, Li Wei [Paper](https://a.org/x)", "A bold title"),
        ("**A bold title.** Jane Doe, Li Wei. *Nature*, 2023. [Paper](https://a.org/x)", "A bold title"),
        ("Jane Doe, Li Wei. **A title in bold.** Nature 2023. [Paper](https://a.org/x)", "A title in bold"),
        ('"A quoted title here", Jane Doe, Li Wei [Paper](https://a.org/x)', "A quoted title here"),
        ("“A quoted title here”, Doe et al. [Paper](https://a.org/x)", "A quoted title here"),
        ('“A quoted title here", Doe et al. [Paper](https://a.org/x)', "A quoted title here"),
        ('["A quoted title here"](https://a.org/x)', "A quoted title here"),
        ("*A title in italics here*, Jane Doe [Paper](https://a.org/x)", "A title in italics here"),
        ("A plain title, Jane Doe, Li Wei, and Ann Lee [Paper](https://a.org/x)", "A plain title"),
        ("A plain title. Jane Doe et al. NeurIPS 2023 [Paper](https://a.org/x)", "A plain title"),
        ("A plain title by Jane Doe, Li Wei [Paper](https://a.org/x)", "A plain title"),
        ("Learning by Watching Human Play [Paper](https://a.org/x)", "Learning by Watching Human Play"),
        ("A title with a stop. [Paper](https://a.org/x)", "A title with a stop"),
        ("Is this a title? [Paper](https://a.org/x)", "Is this a title?"),
        ("🔥 A burning title 🔥 [Paper](https://a.org/x)", "A burning title"),
        (":fire: A burning title :new: [Paper](https://a.org/x)", "A burning title"),
        ("A title: with a colon: and more [Paper](https://a.org/x)", "A title: with a colon: and more"),
        ("A title with `code` and M<sup>3</sup> [Paper](https://a.org/x)", "A title with code and M3"),
        ("A title with snake_case_words [Paper](https://a.org/x)", "A title with snake_case_words"),
        ("A &amp; B [Paper](https://a.org/x)", "A & B"),
        ("From “there” to “here” [Paper](https://a.org/x)", "From “there” to “here”"),
        ("医学大模型综述 [[论文]](https://a.org/x)", "医学大模型综述"),
        ("ChatCAD+: Towards one [[Paper]](https://a.org/x)", "ChatCAD+: Towards one"),
        ("‘A title in single quotes’, Jane Doe [Paper](https://a.org/x)", "A title in single quotes"),
        ("'A title of it's own kind', 2022 [Paper](https://a.org/x)", "A title of it's own kind"),
        ("'Tis no quoted title [Paper](https://a.org/x)", "'Tis no quoted title"),
        ('"Why trust you?": on reasons [Paper](https://a.org/x)', '"Why trust you?": on reasons'),
        ("《医学大模型综述》，张三，李四 [论文](https://a.org/x)", "医学大模型综述"),
        ("**华佗GPT**：中文医疗模型 [论文](https://a.org/x)", "华佗GPT：中文医疗模型"),
        ("2023-06 | Doe et al. | A fine title [Paper](https://a.org/x)", "A fine title"),
        ("Doe et al., A fine title, CVPR 2023 [Paper](https://a.org/x)", "A fine title"),
        ('Doe, J., Wei, L. (2023). "A fine title." *Nature*. [Paper](https://a.org/x)', "A fine title"),
        ("[2] Ann Lee. **A Fine Title**. CVPR 2023. [Paper](https://a.org/x)", "A Fine Title"),
        ("**FooNet** | **A fine long title** | [Paper](https://a.org/x)", "A fine long title"),
        ("FooNet | A fine title | CVPR 2023 | [Paper](https://a.org/x)", "A fine title"),
        ("**A fine and long title** **[Project of ours](https://a.org/x)**", "A fine and long title"),
        ("**Jane Doe, Li Wei**: A fine title [Paper](https://a.org/x)", "A fine title"),
        ("A fine title (Jane Doe et al., 2022) [Paper](https://a.org/x)", "A fine title"),
        ("A title by Jane Doe and Li Wei (CHIL 2022) [Paper](https://a.org/x)", "A title"),
        ("A title. *arXiv preprint arXiv:2301.00010* (2023) [Paper](https://a.org/x)", "A title"),
        ("A fine title[^1] [Paper](https://a.org/x)", "A fine title"),
        (
            '**FooNet**: Doe et al., "A fine title", CVPR 2022. [Paper](https://a.org/x)',
            "FooNet: A fine title",
        ),
        ("[FooNet] [[Paper](https://a.org/x)]", "FooNet"),
        ("Google | **A fine title** | 2023.01 | [Paper](https://a.org/x)", "A fine title"),
        ("A fine title [J. Mach. Learn. Res. 2023](https://a.org/x)", "A fine title"),
        ("[BraTS 2023](https://a.org/x) and its title", "BraTS 2023"),
        ("2023. Jane Doe, Li Wei. A fine title. CVPR. [Paper](https://a.org/x)", "A fine title"),
        ("Doe et al. (2023) [A fine title](https://a.org/x)", "A fine title"),
        ("**FooNet (CVPR 2023)**: A fine title [Paper](https://a.org/x)", "FooNet: A fine title"),
        ("[A fine title] [[Paper](https://a.org/x)]", "A fine title"),
        ("**1.** **[A fine title](https://a.org/x)** Jane Doe.", "A fine title"),
        ("BioBERT (2019) [Paper](https://a.org/x)", "BioBERT"),
        ("Qwen ([1.8B](https://a.org/x) | [8x7B](https://a.org/y))", "Qwen"),
        ("A fine title. Project Page: https://a.org/x", "A fine title"),
        (
            "[![Publish](https://img.shields.io/badge/x-y.svg)]() [A fine long title](https://a.org/x)",
            "A fine long title",
        ),
        ("Command R+ [[Paper]](https://a.org/x)", "Command R+"),
    ],
)
def test_titles(item: str, title: str) -> None:
    """Tags, quotes, authors, venue and emphasis are no part of a title."""
    assert only(f"* {item}").title == title


@pytest.mark.parametrize(
    ("item", "tag"),
    [
        ("[arXiv] A fine title [Paper](https://a.org/x)", "arXiv"),
        ("[06/08] A fine title [Paper](https://a.org/x)", "06/08"),
        ("[**MICCAI, 2024**] A fine title [Paper](https://a.org/x)", "MICCAI, 2024"),
        ("**[MICCAI 2024]** A fine title [Paper](https://a.org/x)", "MICCAI 2024"),
        ("(CVPR 2024) A fine title [Paper](https://a.org/x)", "CVPR 2024"),
        ("[2024.03][arXiv] A fine title [Paper](https://a.org/x)", "2024.03, arXiv"),
        ("`2024.03` A fine title [Paper](https://a.org/x)", "2024.03"),
        ("2024-03, A fine title [Paper](https://a.org/x)", "2024-03"),
        ("[NPJ Digit. Med.] A fine title. [Paper](https://a.org/x)", "NPJ Digit. Med."),
        ("A fine title (NeurIPS 2023) [Paper](https://a.org/x)", "NeurIPS 2023"),
        ("A fine title [NeurIPS 2023] [Paper](https://a.org/x)", "NeurIPS 2023"),
        ("A fine title, *Nature Medicine 2023* [Paper](https://a.org/x)", "Nature Medicine 2023"),
        ("**A fine title** [Paper](https://a.org/x) `ICLR 2024 Oral`", "ICLR 2024 Oral"),
        ("**A fine title**  \n  arXiv 2025, [Paper](https://a.org/x)", "arXiv 2025"),
        ("[ICLR 2024](https://a.org/x) A fine title [Code](https://github.com/a/b)", "ICLR 2024"),
        ("A fine title - J. Doe, L. Wei - CVPR 2016 - [Paper](https://a.org/x)", "CVPR 2016"),
        ("A fine title (Jane Doe et al., 2022) [Paper](https://a.org/x)", "2022"),
        ("A fine title [[CVPR 2024](https://a.org/x)]", "CVPR 2024"),
        (
            "A fine title [[Paper](https://a.org/x)] ![](https://img.shields.io/badge/Nature-2023-blue)",
            "Nature 2023",
        ),
        ("<kbd>CVPR 2024</kbd> A fine title [Paper](https://a.org/x)", "CVPR 2024"),
        (
            "**A fine title** *J Doe, L Wei, et al.* (npj Digital Medicine, 2023) [P](https://a.org/x)",
            "npj Digital Medicine, 2023",
        ),
        ("A fine title\n  Jane Doe, Li Wei\n  arXiv 2023. [Paper](https://a.org/x)", "arXiv 2023"),
        ("A fine title ([Doe et al., 2023](https://a.org/x))", "2023"),
        ("[Doe et al., 2023](https://a.org/x) A fine title", "2023"),
        ("A fine title (Information Fusion, 2023) [[Paper](https://a.org/x)]", "Information Fusion, 2023"),
        ("[Doe et al., 2023] A fine title [Paper](https://a.org/x)", "2023"),
        ("**[New]** A fine title [Paper](https://a.org/x)", None),
        ("[Paper1](https://a.org/x) [Paper2](https://a.org/y) A fine title", None),
        ("[12] A fine title. CVPR 2024. [Paper](https://a.org/x)", "CVPR 2024"),
        ("【综述】A fine title [Paper](https://a.org/x)", "综述"),
        ("[A fine title](https://a.org/x) - a talk of CVPR 2016 and more", None),
        ("A fine title [Paper](https://a.org/x)", None),
    ],
)
def test_tags(item: str, tag: str | None) -> None:
    """Venue and date are kept apart from the title, as they are written."""
    entry = only(f"* {item}")
    assert (entry.title, entry.tag) == ("A fine title", tag)


@pytest.mark.parametrize(
    ("item", "title", "name"),
    [
        ("**BioBERT**: a model of text [Paper](https://a.org/x)", "BioBERT: a model of text", "BioBERT"),
        ("**BioBERT:** a model of text [Paper](https://a.org/x)", "BioBERT: a model of text", "BioBERT"),
        ("(BioBERT) A model of text [Paper](https://a.org/x)", "A model of text", "BioBERT"),
        ("A model of text (BioBERT) [Paper](https://a.org/x)", "A model of text", "BioBERT"),
        ("**BioBERT** [A model of text](https://a.org/x)", "A model of text", "BioBERT"),
        ("BioBERT: [A model of text](https://a.org/x)", "A model of text", "BioBERT"),
        (
            "**BioBERT**, *A model of medical text*, 2023 [P](https://a.org/x)",
            "A model of medical text",
            "BioBERT",
        ),
        ("**BioBERT** (2023): “A model of text” [P](https://a.org/x)", "BioBERT: A model of text", "BioBERT"),
        (
            "[**BioBERT**](https://a.org) [A model of text here](https://a.org/x)",
            "A model of text here",
            "BioBERT",
        ),
        ("[arXiv 2023][BioBERT] A model of text [P](https://a.org/x)", "A model of text", "BioBERT"),
        ("**Paper:** [A model of text](https://a.org/x)", "A model of text", None),
        ("[**BioBERT**: a model](https://a.org/x)", "BioBERT: a model", "BioBERT"),
        ("BioBERT: a model of text [Paper](https://a.org/x)", "BioBERT: a model of text", None),
        ("A law on models (EU) [Paper](https://a.org/x)", "A law on models (EU)", None),
        ("Large Language Models (LLM) [Paper](https://a.org/x)", "Large Language Models (LLM)", None),
    ],
)
def test_names(item: str, title: str, name: str | None) -> None:
    """A short name is kept where the list marks one; words before a colon are part of the title."""
    entry = only(f"* {item}")
    assert (entry.title, entry.name) == (title, name)


PIPE_TABLES = [
    "| Title | Venue | Date | Code |\n|:--|:-:|--|---|\n"
    "| [**A fine title**](https://a.org/x) | arXiv | 2024-03 | [Github](https://github.com/a/b) |",
    "Title | Venue | Date | Code\n--- | --- | --- | ---\n"
    "[A fine title](https://a.org/x) | arXiv | 2024-03 | [Github](https://github.com/a/b)",
    "| Venue | Date | Paper | Code |\n|---|---|---|---|\n"
    "| arXiv | 2024-03 | [A fine title](https://a.org/x) | [Github](https://github.com/a/b) |",
    "|Title|Venue|Date|Links|\n|-|-|-|-|\n"
    "|A fine title<br>|arXiv|2024-03|[Paper](https://a.org/x)<br>[Github](https://github.com/a/b)|",
    "| Title | Venue | Date | Links |\n|---|---|---|\n"
    "| ![Star](https://b.org/s.svg) <br> A fine title | arXiv | 2024-03 | [Paper](https://a.org/x) [Github](https://github.com/a/b) |",
]


@pytest.mark.parametrize("table", PIPE_TABLES)
def test_pipe_tables(table: str) -> None:
    """Rows are entries whatever the pipes and the order of columns; heads say what a column holds."""
    entry = only(table)
    assert (entry.title, entry.tag) == ("A fine title", "arXiv, 2024-03")
    assert urls(entry) == ["https://a.org/x", "https://github.com/a/b"]


def test_pipes_in_links_divide_no_cell() -> None:
    """A pipe in a link's text, in code or behind a backslash is text."""
    entry = only("| Name | Link |\n|--|--|\n| [A|B \\| C](https://a.org/x) | [*](https://a.org/y) |")
    assert urls(entry) == ["https://a.org/x", "https://a.org/y"]


def test_a_column_of_names_marks_the_name() -> None:
    """Beside a title, the column of names holds the short name; alone, it holds the title."""
    entry = only("| Name | Paper |\n|--|--|\n| **CLIP** | [Learning from text](https://a.org/x) |")
    assert (entry.name, entry.title) == ("CLIP", "Learning from text")
    entry = only("| Dataset Name | Link |\n|--|--|\n| PubMed | [*](https://a.org/x) |")
    assert (entry.name, entry.title) == (None, "PubMed")


def test_pictures_in_a_column_of_venues() -> None:
    """A badge that links nowhere says the venue where its column is one of venues."""
    entry = only(
        "| Venue | Title |\n|--|--|\n| ![](https://img.shields.io/badge/TMI-green) | [A title](https://a.org/x) |"
    )
    assert (entry.title, entry.tag) == ("A title", "TMI")


def test_html_tables() -> None:
    """Cells that span rows, rows without an end, Markdown in cells."""
    reading = read(
        "<table>\n<tr><th>Task</th><th>Title</th><th>Links</th></tr>\n"
        "<tr><td rowspan=2>Vision</td><td>A first title</td><td><a href='https://a.org/1'>Paper</a></td>\n"
        "<tr><td><b>A second title</b></td><td>[Paper](https://a.org/2)</td></tr>\n"
        "<tr><td>Text</td><td rowspan='2'>A third title</td><td><a href='https://a.org/3'>Paper</a></td></tr>\n"
        "<tr><td>Text</td><td><a href='https://github.com/a/b'>Code</a></td></tr>\n</table>"
    )
    assert [(entry.line, entry.title, urls(entry)) for entry in reading.entries] == [
        (7, "A first title", ["https://a.org/1"]),
        (8, "A second title", ["https://a.org/2"]),
        (9, "A third title", ["https://a.org/3", "https://github.com/a/b"]),
    ]


def test_rows_that_head_others_in_html() -> None:
    """A cell over all columns heads the rows below it, in the first row as well; venues need no head."""
    reading = read(
        "<table>\n<tr><th colspan=2>2024</th></tr>\n"
        "<tr><td><b>A first title</b> <a href='https://a.org/1'>Paper</a></td><td>CVPR</td></tr>\n"
        "<tr><th colspan=2>2023</th></tr>\n"
        "<tr><td><b>A second title</b> <a href='https://a.org/2'>Paper</a></td><td>ICCV</td></tr>\n</table>"
    )
    assert [(entry.title, entry.tag, entry.section) for entry in reading.entries] == [
        ("A first title", "CVPR", ("S", "2024")),
        ("A second title", "ICCV", ("S", "2023")),
    ]


def test_details() -> None:
    """A summary is a heading until its details end, unless it only says that there is more."""
    reading = read(
        "<details><summary><b>Vision</b></summary>\n\n- One work [P](https://a.org/1)\n</details>\n"
        "<details>\n<summary>Click to expand</summary>\n- Two works [P](https://a.org/2)\n</details>\n"
        "- Three works [P](https://a.org/3)"
    )
    assert [(entry.title, entry.section) for entry in reading.entries] == [
        ("One work", ("S", "Vision")),
        ("Two works", ("S",)),
        ("Three works", ("S",)),
    ]


BOLD_PARAGRAPHS = [
    "**A first title**<br>\n*Jane Doe, Li Wei*<br>\n[12th Sep., 2023] [arXiv, 2023]<br>\n[[Paper](https://a.org/1)]<br>\n\n"
    "**A second title**<br>\n*Ann Lee*<br>\n[[Paper](https://a.org/2)] [[Code](https://github.com/a/b)]",
    "**A first title** <br> Jane Doe, Li Wei <br> arXiv 2023 <br> [Paper](https://a.org/1) <br> <br> "
    "**A second title** <br> Ann Lee, Jo Ray <br> [Paper](https://a.org/2) [Code](https://github.com/a/b)",
    "**A first title**\n\nJane Doe, Li Wei\n\n[Paper](https://a.org/1)\n\n"
    "**A second title**\n\n[Paper](https://a.org/2) | [Code](https://github.com/a/b)\n---",
    "**A first title**  \n*Jane Doe, Li Wei*\n- [Paper](https://a.org/1)\n\n"
    "**A second title**\n- *Jane Doe, Li Wei*\n- CVPR 2023\n- [Paper](https://a.org/2)\n- Code: https://github.com/a/b",
    "**A first title** [Paper](https://a.org/1)\n\n"
    "**A second title**\n*Jane Doe, Li Wei*\n\n- [Paper](https://a.org/2)\n- [Code](https://github.com/a/b)\n",
    "[A first title](https://a.org/1)<br>\nJane Doe, Li Wei<br>\n[A second title](https://a.org/2) "
    "[[Code]](https://github.com/a/b)",
]


@pytest.mark.parametrize("paragraphs", BOLD_PARAGRAPHS)
def test_paragraphs(paragraphs: str) -> None:
    """Paragraphs that begin with a title are entries, one or several in each."""
    assert [(entry.title, urls(entry)) for entry in read(paragraphs).entries] == [
        ("A first title", ["https://a.org/1"]),
        ("A second title", ["https://a.org/2", "https://github.com/a/b"]),
    ]


def test_headings() -> None:
    """Years, bold lines (glued to the item above as well), emoji, badges, HTML and setext headings."""
    reading = read_list(
        "# L\nVision 👀\n---------\n* A one [P](https://a.org/1)\n**2023**\n* A two [P](https://a.org/2)\n\n"
        "## 🔥 [Text](#text) [![b](https://b.org/b.svg)](https://b.org) [⬆](#top)\n**Big ones**:\n\n"
        "* A three [P](https://a.org/3)\n<h3 align=center>Google</h3>\n\n* A four [P](https://a.org/4)\n"
        "##Sound\n* A five [P](https://a.org/5)\n* **2021**\n* A six [P](https://a.org/6)",
        source="test",
    )
    assert [entry.section for entry in reading.entries] == [
        ("Vision",),
        ("Vision", "2023"),
        ("Text", "Big ones"),
        ("Text", "Google"),
        ("Sound",),
        ("Sound", "2021"),
    ]


def test_lists_of_first_level_headings() -> None:
    """The first heading is the list's name; others of its level are sections."""
    reading = read_list(
        "# L\n# A\n## B\n* A one [P](https://a.org/1)\n# C\n* A two [P](https://a.org/2)", source="t"
    )
    assert reading.name == "L"
    assert [entry.section for entry in reading.entries] == [("A", "B"), ("C",)]


@pytest.mark.parametrize(
    "heading",
    ["News", "📢 Latest News", "Updates", "Citation", "How to cite", "Contributing", "Contributors", "Star History",
     "Acknowledgements", "Contact", "License"],
)  # fmt: skip
def test_sections_that_hold_no_entries(heading: str) -> None:
    """What a list says of itself is no entry; its links are counted, and the sections after it are read."""
    reading = read(
        f"## {heading}\n* [2024-03] We did this [Paper](https://a.org/1)\n* See [that](https://a.org/2)\n\n"
        "## Papers\n* A work [Paper](https://a.org/3)"
    )
    assert [entry.title for entry in reading.entries] == ["A work"]
    assert sum(place.links for place in reading.skipped) == 2


def test_contents() -> None:
    """A table of contents is skipped item by item; what else stands under that heading is read."""
    reading = read_list(
        "# L\n## Contents\n* [Vision](#vision)\n  * [Text](#text)\n### Vision\n* A one [P](https://a.org/1)\n",
        source="t",
    )
    assert [entry.title for entry in reading.entries] == ["A one"]
    assert [(place.line, place.reason) for place in reading.skipped] == [
        (3, "table of contents"),
        (4, "table of contents"),
    ]


def test_a_bold_line_of_contents_is_no_work() -> None:
    """Links into the list below a bold line make no work of it."""
    for line in ("**Table of Contents**", "**Overview of all**"):
        assert read(f"{line}\n* [Vision](#vision)\n\n## Vision").entries == ()


def test_a_list_that_is_all_news_is_read() -> None:
    """Where nothing else is, what stands under such a heading is the list."""
    reading = read_list(
        "# L\n## Updates\n* A one [P](https://a.org/1)\n* A two [P](https://a.org/2)", source="t"
    )
    assert [entry.title for entry in reading.entries] == ["A one", "A two"]


def test_hidden_text() -> None:
    """Items that were commented out and code blocks are no entries; their links are reported."""
    reading = read(
        "* A one [P](https://a.org/1)\n<!-- * A two [P](https://a.org/2)\n\n* A three [P](https://a.org/3) -->\n"
        "* A four [P](https://a.org/4)\n```bibtex\n@a{b, title={[x](https://a.org/5)}}\n```\n* A five [P](https://a.org/6)"
    )
    assert [(entry.line, entry.title) for entry in reading.entries] == [
        (5, "A one"),
        (9, "A four"),
        (13, "A five"),
    ]
    assert [(place.line, place.reason, place.links) for place in reading.skipped] == [
        (6, "commented out", 2),
        (10, "code block", 1),
    ]


def test_the_paper_of_the_list_itself() -> None:
    """The paper that a list rests on is announced, not listed."""
    reading = read(
        "It is based on the following paper:\n\n**[Our survey](https://a.org/1)**<br>\nJane Doe\n\n* A work [P](https://a.org/2)"
    )
    assert [entry.title for entry in reading.entries] == ["A work"]


def test_items_without_links() -> None:
    """Among entries, a work without a link is an entry; a remark is not, and is reported."""
    reading = read(
        "* A one [P](https://a.org/1)\n* [NeurIPS 2023] A second work\n* Please send us more\n* A four [P](https://a.org/4)"
    )
    assert [(entry.title, entry.tag) for entry in reading.entries] == [
        ("A one", None),
        ("A second work", "NeurIPS 2023"),
        ("A four", None),
    ]
    assert [(place.line, place.reason, place.links) for place in reading.skipped] == [
        (7, "item without a link", 0)
    ]


@pytest.mark.parametrize(
    "text",
    ["[The [^2H] study of models](https://a.org/x)", "[The <kbd>[^2H] study of models](https://a.org/x)"],
)
def test_nothing_of_a_label_is_taken_for_a_mark(text: str) -> None:
    """An isotope in a title is no footnote; a tag that is never closed leaves nothing."""
    assert only(text).title == "The [^2H] study of models"


def test_footnotes() -> None:
    """A footnote is no part of the item above it; its links are reported."""
    reading = read("* A work[^1] [P](https://a.org/1)\n\n[^1]: See [this](https://a.org/2).")
    assert [(entry.title, urls(entry)) for entry in reading.entries] == [("A work", ["https://a.org/1"])]
    assert [(place.line, place.reason, place.links) for place in reading.skipped] == [(7, "footnote", 1)]


def test_items_in_html() -> None:
    """Items of HTML lists stand apart, several in a line as well."""
    reading = read(
        "<ul><li><a href='https://a.org/1'>A work</a></li><li>Two (<a href='https://a.org/2'>link</a>)</li></ul>"
    )
    assert [entry.title for entry in reading.entries] == ["A work", "Two"]


def test_notes_in_chinese() -> None:
    """Nested notes with full-width colons say what their links are."""
    entry = only("* DoctorGLM：\n  * 地址：https://github.com/a/b\n  * 论文：https://a.org/x")
    assert (entry.title, [link.label for link in entry.links]) == ("DoctorGLM", ["地址", "论文"])


def test_what_leads_up_is_no_work() -> None:
    """A link back to the top begins no entry, whatever stands behind it."""
    reading = read(
        "* A work [P](https://a.org/1)\n\n(<a href='#top'>back to top</a>)\nMade by [me](https://a.org/2)"
    )
    assert [entry.title for entry in reading.entries] == ["A work"]
    assert [place.links for place in reading.skipped] == [2]


def test_line_ends_and_byte_order_mark() -> None:
    """Lines end as they like; a byte order mark is no text."""
    text = "# L\n\n## S\n* A one [P](https://a.org/1)\n\nT | C\n-|-\n[A two](https://a.org/2) | x\n"
    plain = read_list(text, source="t")
    assert len(plain.entries) == 2
    for ends in ("\r\n", "\r"):
        assert read_list("\ufeff" + text.replace("\n", ends), source="t") == plain


def test_quoted_bold_lines_are_headings() -> None:
    """A bold line behind `>` heads what follows; a quoted remark is none."""
    reading = read(
        "> 🔥 **Series A** | **[chat](./x.png)**\n\n* A one [P](https://a.org/1)\n\n> See [this](https://a.org/2)"
    )
    assert [(entry.title, entry.section) for entry in reading.entries] == [("A one", ("S", "Series A"))]
    assert [place.reason for place in reading.skipped] == ["bold heading", "text outside an entry"]


def test_links_below_a_title_belong_to_it() -> None:
    """Lines that hold nothing but links belong to the item, bold line or low heading above them."""
    reading = read(
        "### A first work\n- [Paper](https://a.org/1)\n- [Code](https://github.com/a/b)\n\n"
        "### A second work\n[[Paper]](https://a.org/2)\n\n**A third work**\n* Paper: https://a.org/3\n\n"
        "### Vision\n- [A fourth work](https://a.org/4)\n- [Code](https://github.com/a/d)\n\n### Links\n- [Website](https://a.org)"
    )
    assert [(entry.line, entry.title, len(entry.links)) for entry in reading.entries] == [
        (5, "A first work", 2),
        (9, "A second work", 1),
        (12, "A third work", 1),
        (16, "A fourth work", 2),
    ]
    assert reading.entries[0].section == ("S",)
    assert [place.reason for place in reading.skipped] == ["links without a title"]


def test_low_headings_that_link_to_their_work() -> None:
    """A low heading that links to a work is one, if nothing but text stands below it."""
    reading = read(
        "### [A first work](https://a.org/1)\nDoe et al., ICCV 2023. [Code](https://github.com/a/b)\n\n"
        "### [A second work](https://a.org/2)\n\n### [A toolkit](https://a.org/3)\n- [A tool](https://a.org/4)\n\n"
        "### [Tools](https://a.org/5)\n#### Small ones\n- [Another tool](https://a.org/6)"
    )
    assert [(entry.line, entry.title, entry.section, len(entry.links)) for entry in reading.entries] == [
        (5, "A first work", ("S",), 2),
        (8, "A second work", ("S",), 1),
        (11, "A tool", ("S", "A toolkit"), 1),
        (15, "Another tool", ("S", "Tools", "Small ones"), 1),
    ]
    assert [(place.line, place.reason) for place in reading.skipped] == [(10, "heading"), (13, "heading")]


def test_a_title_that_is_said_to_be_one() -> None:
    """Where an item below a heading says the title, the heading is the name, and the others are notes."""
    entry = only("#### 1. MedNet\n- Title: A fine title\n- Paper: https://a.org/1\n- Publisher: Somebody")
    assert (entry.line, entry.title, entry.name, len(entry.links)) == (5, "A fine title", "MedNet", 1)


def test_a_summary_that_names_a_work() -> None:
    """A summary with nothing but links below it is a work."""
    entry = only(
        "<details>\n<summary>A fine title, CVPR 2023</summary>\n\n- [Paper](https://a.org/1)\n</details>"
    )
    assert (entry.line, entry.title, entry.tag, entry.section) == (6, "A fine title", "CVPR 2023", ("S",))


def test_a_table_whose_head_is_a_row() -> None:
    """A first row that only names the columns is no entry."""
    html = (
        "<table><tr><td><b>Title</b></td><td><b>Venue</b></td></tr>\n"
        "<tr><td><a href='https://a.org/x'>A fine title</a></td><td>CVPR</td></tr></table>"
    )
    pipes = "| | |\n|-|-|\n| **Title** | **Venue** |\n| [A fine title](https://a.org/x) | CVPR |"
    for table in (html, pipes):
        entry = only(table)
        assert (entry.title, entry.tag) == ("A fine title", "CVPR")


def test_details_of_an_entry() -> None:
    """What is folded below an entry, such as its abstract, is no entry of its own."""
    reading = read(
        "* A work [P](https://a.org/1)\n<details><summary>Abstract</summary>\n\nText with a [link](https://a.org/2).\n\n"
        "</details>\n\n* Another work [P](https://a.org/3)"
    )
    assert [entry.title for entry in reading.entries] == ["A work", "Another work"]
    assert [(place.reason, place.links) for place in reading.skipped] == [("details of an entry", 1)]
