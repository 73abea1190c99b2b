"""An update joins a list with the catalogue: sure decisions, questions, skeletons, one record."""

from __future__ import annotations

from pathlib import Path

import pytest

from healthfm.catalog.checks import check
from healthfm.catalog.reader import read_catalogue
from healthfm.catalog.update import Update, plan_update, write_update
from healthfm.catalog.update_report import report_markdown, report_text
from healthfm.errors import HealthfmError, InputError, UsageError
from healthfm.rdf.ontology import concepts, read_ontology
from healthfm.rdf.writing import write_one
from tests.conftest import ROOT
from tests.recorded_lists import read_record

CONCEPTS = concepts(read_ontology(ROOT / "ontology"))
BIOBERT = "BioBERT: a pre-trained biomedical language representation model for biomedical text mining"
NEXT = f"""# Toy list
## Large Language Models
### General Domain
- BERT [[Paper]](https://arxiv.org/abs/1810.04805)
- NewNet 2: A new net for charts [[Paper]](https://arxiv.org/abs/2401.00001) [[Code]](https://github.com/a/newnet)
- Another title altogether, of something else [[Paper]](https://arxiv.org/abs/1810.04805)
### Healthcare Domain
- BioBERT [[Paper]](https://arxiv.org/pdf/1901.08746.pdf)
## Applications
### Public Health
- {BIOBERT} [[Paper]](https://doi.org/10.1093/bioinformatics/btz682)
- A new net for charts [[Paper]](https://doi.org/10.1000/NEWNET)
## Datasets
- [MIMIC-III](https://example.org/mimic)
"""


def plan(toy: Path, text: str = NEXT) -> Update:
    """Plan the update of the toy list."""
    return plan_update(toy, text, source="next.md", date="2024-02-01")


def files(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.yaml")}


def test_each_new_row_is_decided_or_asked(toy: Path) -> None:
    """By identifier or title where that is sure; a link that contradicts its title is a question."""
    decisions = {decision.row.title: decision for decision in plan(toy).decisions}
    assert (decisions[BIOBERT].answer, decisions[BIOBERT].about) == ("known", "biobert")
    assert decisions[BIOBERT].reason.endswith("its entry lacks doi:10.1093/bioinformatics/btz682")
    asked = decisions["Another title altogether, of something else"]
    assert (asked.answer, asked.about) == ("asked", None)
    assert "paper:bert: the same identifier arxiv:1810.04805, but unrelated titles" in asked.reason


def test_a_new_work_in_two_places_is_one_work(toy: Path) -> None:
    """A preprint and its journal version, with and without the name in front, get one skeleton."""
    update = plan(toy)
    assert {d.about for d in update.decisions if "new net" in d.row.title} == {"newnet-2"}
    assert [draft.path for draft in update.drafts] == ["papers/newnet-2.yaml", "models/newnet-2.yaml"]
    assert "identifiers: ['arxiv:2401.00001', 'doi:10.1000/newnet']" in update.drafts[0].text


def test_two_models_of_one_new_paper_get_two_skeletons(toy: Path) -> None:
    """Rows of one work that mark different names are of different models."""
    rows = "- **NewNet-L** A new net for charts, larger [[Paper]](https://arxiv.org/abs/2401.00001)\n"
    update = plan(toy, NEXT.replace("- Another", rows + "- Another"))
    assert [draft.path for draft in update.drafts] == [
        "papers/newnet-2.yaml",
        "models/newnet-2.yaml",
        "models/newnet-l.yaml",
    ]


@pytest.mark.parametrize("colon", [": ", "\uff1a"])
def test_a_name_in_another_script_gets_an_id(toy: Path, colon: str) -> None:
    """A Chinese name gives no id of Latin letters; the skeleton of its model has that of its paper."""
    row = f"- 医学大模型{colon}现状与展望之研究 [[Paper]](https://arxiv.org/abs/2401.00009)\n"
    update = plan(toy, NEXT.replace("- Another", row + "- Another"))
    about = next(decision.about for decision in update.decisions if "医学" in decision.row.title)
    paths = [draft.path for draft in update.drafts]
    assert {f"papers/{about}.yaml", f"models/{about}.yaml"} <= set(paths)


def test_writing_touches_nothing_a_person_wrote_and_twice_is_once(toy: Path) -> None:
    """Only the record and new files change; the second run writes nothing."""
    before = files(toy)
    written = write_update(plan(toy), toy, write_one)
    assert {path.relative_to(toy).as_posix() for path in written} == {
        "lists/toy-list.yaml", "papers/newnet-2.yaml", "models/newnet-2.yaml"
    }  # fmt: skip
    after = files(toy)
    assert {name for name in before if before[name] != after[name]} == {"lists/toy-list.yaml"}
    again = plan(toy)
    assert write_update(again, toy, write_one) == []
    assert "nothing changed" not in report_text(plan(toy, NEXT + "\n- x"))
    assert [part for part in report_text(again).splitlines() if part.startswith("To be decided")]


def test_check_names_what_waits_once_each(toy: Path) -> None:
    """Each draft and each question is one line with its file."""
    write_update(plan(toy), toy, write_one)
    faults = check(read_catalogue(toy), CONCEPTS)
    assert [fault.split(":")[0] for fault in faults] == [
        *["graph/lists/toy-list.yaml"] * 2, "graph/models/newnet-2.yaml", "graph/papers/newnet-2.yaml"
    ]  # fmt: skip
    assert "row 'toy-0004' (Another title altogether, of something else) has no 'about'" in faults[0]
    assert "doi:10.1093/bioinformatics/btz682, which paper 'biobert' does not have; add it" in faults[1]


def test_an_answer_that_names_a_new_work_gets_its_skeleton(toy: Path) -> None:
    """A curator writes an id into the row; the next run writes the file for it."""
    write_update(plan(toy), toy, write_one)
    path = toy / "lists" / "toy-list.yaml"
    text = path.read_text(encoding="utf-8")
    at = text.index("since: 2", text.index("Another title altogether"))
    path.write_text(text[:at] + "about: something-else\n  " + text[at:], encoding="utf-8")
    written = write_update(plan(toy), toy, write_one)
    assert [file.name for file in written] == ["something-else.yaml"]
    assert read_record(path).rows[2].about == "something-else"


def test_rows_of_another_kind_have_no_paper(toy: Path) -> None:
    """A row under a heading of datasets is no work: it gets no skeleton and no question."""
    row = plan(toy).record.rows[-1]
    assert (row.title, row.kind, row.about) == ("MIMIC-III", "dataset", None)


def test_the_report_is_markdown_without_others_markup(toy: Path) -> None:
    """Titles come from other people: their markup is shown, not obeyed."""
    report = report_markdown(plan(toy, NEXT.replace("A new net", r"A \<b\> new net")))
    assert report.startswith("# Toy list: 2024-02-01\n\nversion of 2024-02-01 against that of 2023-03-29: ")
    assert "## New works (1)" in report
    assert r"under Applications \> Public Health" in report
    assert r"A \<b\> new net for charts" in report


def test_a_list_that_is_another_is_refused(toy: Path) -> None:
    """A list without a record needs an address, and one that shares no row is not taken for an update."""
    with pytest.raises(UsageError, match="no recorded list is called 'other'"):
        plan(toy, "# Other\n* A [[Paper]](https://arxiv.org/abs/2401.00001)\n")
    with pytest.raises(UsageError, match="has no row of list 'toy-list'"):
        plan(toy, "# Toy list\n* A [[Paper]](https://arxiv.org/abs/2401.00001)\n")


@pytest.mark.parametrize(
    ("list_id", "url", "message"),
    [
        ("../outside", "https://example.org/", "is no id of a list"),
        (None, "javascript:alert(1)", "is no http or https address"),
    ],
)
def test_a_list_has_an_id_and_an_address(toy: Path, list_id: str | None, url: str, message: str) -> None:
    """The id becomes a file name and the address a link: neither may be anything else."""
    text = f"# {'第二' if list_id else 'Other'}\n* A [[P]](https://arxiv.org/abs/2401.00001)\n"
    with pytest.raises(HealthfmError, match=message):
        plan_update(toy, text, source="x.md", list_id=list_id, url=url)


def test_an_argument_without_effect_is_refused(toy: Path) -> None:
    """Another address for a recorded list, and a file in which no list is."""
    with pytest.raises(UsageError, match="is recorded already, at https:"):
        plan_update(toy, NEXT, source="next.md", url="https://example.org/elsewhere")
    with pytest.raises(InputError, match="no row of a list is in it"):
        plan_update(toy, "", source="-")


def test_what_cannot_be_a_version_is_refused(toy: Path) -> None:
    """A date that is none is refused, and `check` finds one that was written by hand, or a lost version."""
    with pytest.raises(UsageError, match="'yesterday' is no day"):
        plan_update(toy, NEXT, source="next.md", date="yesterday")
    path = toy / "lists" / "toy-list.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("2023-03-29", "March").replace("about: bert", "about: bert, since: 7"))
    faults = check(read_catalogue(toy), CONCEPTS)
    assert ["'March' is no ISO date" in faults[0], "row 'toy-0001' was seen in" in faults[1]] == [True, True]


def test_lists_live_side_by_side(toy: Path) -> None:
    """A second list gets a record and row ids of its own; one work knows the rows of both."""
    text = "# Toy league\n* BERT [[Paper]](https://arxiv.org/abs/1810.04805)\n"
    second = plan_update(toy, text, source="second.md", url="https://example.org/second")
    write_update(second, toy, write_one)
    lists = read_catalogue(toy).lists
    assert {row.id for row in lists["toy-league"].rows} == {"tl-0001"}
    assert [name for name, record in lists.items() for row in record.rows if row.about == "bert"] == [
        "toy-league", "toy-list"
    ]  # fmt: skip
    assert check(read_catalogue(toy), CONCEPTS) == []
