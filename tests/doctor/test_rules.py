"""Each rule of the doctor on a small list: what it finds, and what looks alike and is no fault."""

from __future__ import annotations

import pytest

from healthfm.catalog.catalogue import Catalogue
from healthfm.catalog.entries import Artifact, ArtifactLink, NoKnownParent, Paper, Placement
from healthfm.catalog.reader import read_catalogue
from healthfm.doctor.examination import examine
from healthfm.doctor.findings import Finding
from tests.conftest import ROOT

ARXIV = "https://arxiv.org/abs/"


def artifact(name: str, paper: str, links: tuple[ArtifactLink, ...] = ()) -> Artifact:
    """Return a model that a paper introduces."""
    return Artifact(
        name=name,
        kind="model",
        year=2023,
        introduced_by=(paper,),
        placement=Placement(categories=("language",), domains=("general",), reason="A test."),
        links=links,
        no_known_parent=NoKnownParent(statement="None.", basis="source-read", date="2026-11-27"),
    )


def work(title: str, *identifiers: str) -> Paper:
    """Return a paper."""
    return Paper(title=title, kind="paper", year=2023, identifiers=identifiers)


CATALOGUE = Catalogue(
    papers={
        "alpha": work("Alpha: Contrastive Learning of Organ Representations", "arxiv:2301.00001"),
        "beta": work("Beta: De-Identification of Clinical Letters", "arxiv:2301.00002"),
        "gamma": work("Gamma: Weights for Slides of Tissue", "github:authors/gamma"),
        "twins": work("Structure and Function from Unannotated Molecules", "arxiv:2301.00003"),
    },
    artifacts={
        "alpha": artifact(
            "Alpha",
            "alpha",
            (
                ArtifactLink(kind="code", url="https://github.com/authors/alpha", official=True),
                ArtifactLink(kind="code", url="https://github.com/fans/alpha", official=False),
            ),
        ),
        "castor": artifact("Castor", "twins"),
        "pollux": artifact("Pollux", "twins"),
    },
)


def found(rows: str, *, catalogue: Catalogue | None = None) -> list[Finding]:
    """Return what is wrong with rows of one section."""
    return list(examine(f"# L\n\n## S\n{rows}\n", source="t", catalogue=catalogue).findings)


def rules(rows: str, *, catalogue: Catalogue | None = None) -> list[tuple[int, str, str]]:
    """Return line, rule and confidence of each finding."""
    return [(one.line, str(one.rule), one.confidence) for one in found(rows, catalogue=catalogue)]


def test_one_identifier_under_two_titles_by_the_catalogue() -> None:
    """The catalogue says whose an identifier is; the other row gets its own."""
    findings = found(
        f"* Alpha: Contrastive learning of organ representations [[Paper]]({ARXIV}2301.00002)\n"
        f"* Beta: De-identification of clinical letters [[Paper]]({ARXIV}2301.00002)",
        catalogue=CATALOGUE,
    )
    assert [(one.line, str(one.rule), one.confidence) for one in findings] == [
        (4, "shared-identifier", "high")
    ]
    assert findings[0].fix == f"link to {ARXIV}2301.00001"
    assert "paper:beta" in findings[0].message


def test_one_identifier_under_two_titles_by_another_section() -> None:
    """Without a catalogue, another place of the list may say which of two rows is wrong."""
    findings = examine(
        f"# L\n## A\n* Alpha: Contrastive learning of organs [[Paper]]({ARXIV}2301.00001)\n"
        f"* Beta: De-identification of letters [[Paper]]({ARXIV}2301.00002)\n"
        f"## B\n* Alpha: Contrastive learning of organs [[Paper]]({ARXIV}2301.00002)\n",
        source="t",
    ).findings
    assert [(one.line, str(one.rule), one.confidence) for one in findings] == [
        (6, "shared-identifier", "high")
    ]
    assert findings[0].fix == f"link to {ARXIV}2301.00001"


def test_one_identifier_under_two_neighbours() -> None:
    """Where nothing else speaks, the lower of two neighbours is suspected, and no fix is made up."""
    findings = found(
        f"* A model of organs in tomography [[Paper]]({ARXIV}2301.00009)\n"
        f"* Letters without names of patients [[Paper]]({ARXIV}2301.00009)"
    )
    assert [(one.line, one.confidence, one.fix) for one in findings] == [(5, "medium", None)]


@pytest.mark.parametrize(
    "rows",
    [
        # a preprint that was retitled keeps its name, or most of its words
        f"* ChatDoc: a medical chat model [P]({ARXIV}2301.00009)\n\n## T\n* ChatDoc answers questions [P]({ARXIV}2301.00009)",
        f"* A large model of clinical text [P]({ARXIV}2301.00009)\n\n## T\n"
        f"* A large open model of clinical text and notes [P]({ARXIV}2301.00009)",
        # two models of one paper share their code
        f"* Castor: structures [P]({ARXIV}2301.00009) [C](https://github.com/a/twins)\n"
        f"* Pollux reads sequences of molecules [P]({ARXIV}2301.00009) [C](https://github.com/a/twins)",
        # one row in several sections
        f"* Castor: structures [P]({ARXIV}2301.00009)\n\n## T\n* Castor: structures [P]({ARXIV}2301.00009)",
        # a preprint and its journal version
        f"* Castor: structures of things [P]({ARXIV}2301.00009)\n\n## T\n"
        "* Castor: structures of things [P](https://doi.org/10.1038/s41586-021-03819-2)",
        # data sets may link to the paper of a model
        f"* A model of organs in tomography [P]({ARXIV}2301.00009)\n\n## Datasets\n* OrganSet [P]({ARXIV}2301.00009)",
        # a repository of two versions of one system
        f"* ChatCAD: one [P]({ARXIV}2301.00009) [C](https://github.com/z/ChatCAD)\n"
        f"* ChatCAD+: two [P]({ARXIV}2302.00010) [C](https://github.com/z/ChatCAD)",
        # a venue a year after the preprint
        f"* [NeurIPS 2024] A model of organs [P]({ARXIV}2311.00009)",
        f"* [CVPR 2024] A model of organs [P]({ARXIV}2311.00009)",
    ],
)
def test_what_is_no_fault(rows: str) -> None:
    """Rows that only look wrong are left alone."""
    assert rules(rows) == []


def test_two_models_of_one_paper_in_the_catalogue() -> None:
    """Names of models that one paper introduces are its names."""
    rows = f"* Castor [P]({ARXIV}2301.00003)\n* Pollux: another [P]({ARXIV}2301.00003)"
    assert rules(rows, catalogue=CATALOGUE) == []


def test_one_work_under_two_identifiers() -> None:
    """Two preprints of one title: the one that the catalogue does not know is wrong."""
    rows = (
        f"* Alpha: Contrastive learning of organ representations [P]({ARXIV}2301.00001)\n\n## T\n"
        f"* Alpha: Contrastive learning of organ representations [P]({ARXIV}2301.00007)"
    )
    assert rules(rows, catalogue=CATALOGUE) == [(7, "two-identifiers", "high")]
    assert rules(rows) == [(7, "two-identifiers", "medium")]


@pytest.mark.parametrize(
    ("tag", "confidence"),
    [
        ("arXiv 2022", "high"),
        ("CVPR 2021", "high"),
        ("CVPR 2022", "medium"),
        ("2023-01", "high"),
        ("arXiv, 2023-09", "medium"),
    ],
)
def test_years(tag: str, confidence: str) -> None:
    """A work is not published before its preprint, and a preprint is as old as its number says."""
    assert rules(f"* [{tag}] A model of organs [P]({ARXIV}2305.00009)") == [(4, "year", confidence)]


def test_year_headings() -> None:
    """A heading that is a year speaks of the rows below it."""
    assert rules(f"**2022**\n* A model of organs [P]({ARXIV}2305.00009)") == [(5, "year", "medium")]


@pytest.mark.parametrize(
    ("row", "confidence"),
    [
        (
            "[Nature] A model of organs [P](https://www.science.org/doi/full/10.1126/science.abj8754)",
            "medium",
        ),
        ("A model of organs [arXiv](https://www.nature.com/articles/s41586-021-03819-2)", "high"),
        (
            "[CVPR 2022] A model of organs [P](https://openaccess.thecvf.com/content/ICCV2021/html/Liu_A_B_ICCV_2021_paper.html)",
            "high",
        ),
    ],
)
def test_venues(row: str, confidence: str) -> None:
    """A tag or badge and the host of the link name the same venue."""
    assert rules(f"* {row}") == [(4, "venue", confidence)]


def test_code_of_another_work() -> None:
    """A repository that is named like one of two unrelated works is not the other's."""
    rows = (
        f"* Meditron: scaling medical pretraining [P]({ARXIV}2301.00009) [C](https://github.com/e/meditron)\n"
        f"* Qilin: knowledge in several stages [P]({ARXIV}2301.00010) [C](https://github.com/e/meditron)"
    )
    assert rules(rows) == [(5, "repeated-code", "medium")]


def test_third_party_code() -> None:
    """The catalogue, or the account, says that code is not by the authors."""
    rows = f"* Alpha: contrastive learning of organ representations [P]({ARXIV}2301.00001) [C](https://github.com/fans/alpha)"
    findings = found(rows, catalogue=CATALOGUE)
    assert [(str(one.rule), one.confidence, one.fix) for one in findings] == [
        ("third-party-code", "high", "link to https://github.com/authors/alpha")
    ]
    rebuilt = f"* A model of organs [P]({ARXIV}2301.00009) [C](https://github.com/lucidrains/organs)"
    assert rules(rebuilt) == [(4, "third-party-code", "high")]


def test_empty_sections() -> None:
    """A heading with nothing below it, and a table without rows."""
    rows = f"* A model [P]({ARXIV}2301.00009)\n### Empty\n### Full\nText.\n## Table\n| Title | Code |\n|--|--|\n## News\n"
    assert rules(rows) == [(5, "empty-section", "high"), (8, "empty-section", "high")]


def test_missing_papers() -> None:
    """Where nearly all rows have a paper, one without is odd; the catalogue may know it."""
    rows = "\n".join(f"* Model number {n} [P]({ARXIV}2301.0010{n})" for n in range(6))
    assert rules(f"{rows}\n* A tool of ours [C](https://github.com/a/b)") == [(10, "missing-paper", "low")]
    known = found(
        f"{rows}\n* Alpha: contrastive learning of organ representations [C](https://github.com/authors/alpha)",
        catalogue=CATALOGUE,
    )
    assert [(str(one.rule), one.fix) for one in known] == [("missing-paper", f"add {ARXIV}2301.00001")]
    broken = f"{rows}\n* A model of organs [P](htps://arxiv.org/abs/2301.00009)"
    assert rules(broken) == [(10, "malformed-link", "high")]
    unpublished = f"{rows}\n* Gamma: Weights for slides of tissue [C](https://github.com/authors/gamma)"
    assert rules(unpublished, catalogue=CATALOGUE) == []


@pytest.mark.parametrize(
    ("written", "confidence"),
    [
        ("", "medium"),
        ("#", "medium"),
        ("a.org/x", "high"),
        ("https://a.org/x y", "high"),
        ("[https://a.org/x", "high"),
        ("https://arxiv.org/abs/23", "high"),
        ("https://a.org/x.", "medium"),
        ("ftp://a.org/x", "high"),
        ("http://[::1", "high"),
    ],
)
def test_malformed_links(written: str, confidence: str) -> None:
    """Empty and broken addresses, and those that only a lenient reader can follow."""
    assert rules(f"* A model of organs [Code]({written})") == [(4, "malformed-link", confidence)]


def test_duplicate_rows() -> None:
    """The same row twice in one section."""
    row = f"* A model of organs [P]({ARXIV}2301.00009)"
    assert rules(f"{row}\n{row}") == [(5, "duplicate-row", "high")]
    misspelt = row.replace("organs", "orgns")
    assert rules(f"{row}\n{misspelt}") == [(5, "duplicate-row", "medium")]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Alpha: Contrastive Lerning of Organ Representations", [(4, "misspelt-title", "high")]),
        ("Alpha: Contrastive Learning of Organ Reprsentatoins", [(4, "misspelt-title", "high")]),
        ("Alpha: contrastive learning of organ representations", []),
        ("Alpha: Contrastive Learning of Tissue Representations", []),
        ("Alpha: Contrastive Learning of Organ-Representations", []),
    ],
)
def test_misspelt_titles(title: str, expected: list[tuple[int, str, str]]) -> None:
    """A title that differs from the catalogue's by letters is misspelt; one that differs by words is another."""
    assert rules(f"* {title} [P]({ARXIV}2301.00001)", catalogue=CATALOGUE) == expected


@pytest.mark.parametrize(("written", "right"), [("Lerning", "Learning"), ("lerning", "learning")])
def test_mended_titles_keep_their_capitals(written: str, right: str) -> None:
    """A list writes titles in capitals or not; the fix changes letters only."""
    row = f"* Alpha: Contrastive {written} of Organ Representations [P]({ARXIV}2301.00001)"
    (finding,) = found(row, catalogue=CATALOGUE)
    assert [(edit.old, edit.new) for edit in finding.edits] == [(written, right)]


def test_the_original_list(seed: str) -> None:
    """On the original list the wrong identifier of ConVIRT is found and the right one proposed."""
    findings = examine(seed, source="seed", catalogue=read_catalogue(ROOT / "graph")).findings
    wrong = [one for one in findings if str(one.rule) == "shared-identifier"]
    assert [(one.line, one.confidence, one.fix) for one in wrong] == [
        (257, "high", "link to https://arxiv.org/abs/2010.00747")
    ]
    assert {one.line for one in findings if str(one.rule) == "empty-section"} == {158}
    assert {str(one.rule) for one in findings} == {"shared-identifier", "empty-section", "third-party-code"}


def test_the_original_list_alone(seed: str) -> None:
    """The other section of the list is enough to find it."""
    findings = examine(seed, source="seed").findings
    assert [(one.line, one.confidence) for one in findings if str(one.rule) == "shared-identifier"] == [
        (257, "high")
    ]
