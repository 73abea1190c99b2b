"""BibTeX in and out: what goes out comes back, and what is broken is named with its line."""

from __future__ import annotations

from bibtexparser.entrypoint import parse_string

from healthfm.analysis.bibliography import to_bibtex
from healthfm.catalog.catalogue import Catalogue
from healthfm.catalog.entries import Paper, PaperLink
from healthfm.knowledge_graph import KnowledgeGraph
from healthfm.rdf.dataset import make_dataset
from healthfm.sources.bibtex import read_bibtex
from healthfm.sources.imported import Imported, Oddity

PAPERS = {
    "one": Paper(
        title="BERT & 100% of A_B: a {test} é 模型",
        kind="paper",
        year=2019,
        authors=("Zoé Zimmer", "Anna Abel"),
        identifiers=("arxiv:1901.08746", "doi:10.1000/a_b"),
    ),
    "two": Paper(
        title="A post", kind="report", year=2020, links=(PaperLink(kind="blog", url="https://example.org/x"),)
    ),
}


def test_papers_come_back_as_they_went_out() -> None:
    """Title, authors in their order, year and identifiers survive LaTeX and back."""
    written = to_bibtex(make_dataset(Catalogue({}, PAPERS), ()).store())
    items = list(read_bibtex(written, source="papers.bib"))
    back = {item.entry.title: item for item in items if isinstance(item, Imported)}
    assert len(back) == len(items) == 2
    one = back["BERT & 100% of A_B: a {test} é 模型"]
    assert one.facts["author"] == ("Zoé Zimmer", "Anna Abel")
    assert one.facts["year"] == "2019"
    assert {link.id for link in one.entry.links} == {"arxiv:1901.08746", "doi:10.1000/a_b"}
    assert [link.url for link in back["A post"].entry.links] == ["https://example.org/x"]
    assert "@techreport{two," in written


def test_every_paper_of_the_graph_is_exported(kg: KnowledgeGraph) -> None:
    """The real graph: one entry for each paper, readable, each with its identifier."""
    written = kg.export("bibtex")["bib"].decode()
    items = list(read_bibtex(written, source="papers.bib"))
    count = kg.query("SELECT (COUNT(DISTINCT ?p) AS ?n) { ?p a hfm:Paper }").plain()[0]["n"]  # type: ignore[union-attr]
    assert sum(isinstance(item, Imported) for item in items) == count
    assert [item for item in items if isinstance(item, Oddity)] == []


def test_an_entry_without_an_author_has_a_key_to_sort_by(kg: KnowledgeGraph) -> None:
    """BibTeX's styles sort by author or key; who has an author needs no key."""
    library = parse_string(kg.export("bibtex")["bib"].decode())
    for entry in library.entries:
        assert ("key" in entry.fields_dict) != ("author" in entry.fields_dict)


def test_broken_entries_are_named_and_passed_over() -> None:
    """An unclosed entry, a doubled key, a doubled field and a missing title, each with its line."""
    text = """@misc{a, title={First work}, eprint={2001.00001}}
@misc{b, year=2020}
@misc{a, title={Again}, doi={10.1000/x}}
@misc{c, title={X}, title={Y}}
@misc{d, title={Without an address}}
@misc{e, title={unclosed
"""
    items = list(read_bibtex(text, source="x.bib"))
    assert [item.entry.title for item in items if isinstance(item, Imported)] == [
        "First work",
        "Without an address",
    ]
    assert {(item.place, item.what) for item in items if isinstance(item, Oddity)} == {
        ("x.bib:2", "an entry without a title"),
        ("x.bib:3", "a key that two entries have"),
        ("x.bib:4", "a field that stands twice"),
        ("x.bib:5", "an entry without an identifier"),
        ("x.bib:6", "a block that cannot be read"),
    }
