"""The papers of a graph as BibTeX."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from healthfm.analysis.sparql import solutions
from healthfm.errors import UsageError
from healthfm.rdf.entry_triples import AUTHOR_SEPARATOR
from healthfm.rdf.readable_store import ReadableStore
from healthfm.vocabulary import PAPER_NS

if TYPE_CHECKING:
    from collections.abc import Callable

_PAPERS: Final = """
SELECT ?paper (SAMPLE(?titles) AS ?title) (SAMPLE(?types) AS ?type) (SAMPLE(?years) AS ?year)
       (SAMPLE(?credits) AS ?authors) (MIN(?dois) AS ?doi) (MIN(?arxivs) AS ?arxiv) (MIN(?pages) AS ?page)
WHERE {
  ?paper a hfm:Paper ; dcterms:title ?titles ; dcterms:type ?types ; hfm:year ?years .
  OPTIONAL { ?paper schema:creditText ?credits }
  OPTIONAL { ?paper hfm:doi ?dois }
  OPTIONAL { ?paper hfm:arxivId ?arxivs }
  OPTIONAL {
    ?paper rdfs:seeAlso|hfm:fullText|hfm:blog|hfm:project|hfm:documentation|hfm:code ?address
    BIND(STR(?address) AS ?pages)
  }
} GROUP BY ?paper ORDER BY ?paper"""


def to_bibtex(store: ReadableStore) -> str:
    """Return every paper as a BibTeX entry, its id as the key.

    Notes
    -----
    The entry type is ``misc`` (``techreport`` for reports): the graph does not know journals. Of
    several DOIs or arXiv ids the first is given.

    Raises
    ------
    UsageError
        If the extra ``bibtex`` is not installed.
    """
    try:
        from bibtexparser.entrypoint import write_string
        from bibtexparser.library import Library
        from bibtexparser.model import Entry, Field
        from pylatexenc.latexencode import UnicodeToLatexEncoder
    except ImportError as error:
        raise UsageError("BibTeX needs an extra; run: pip install 'healthfm[bibtex]'") from error
    encode = UnicodeToLatexEncoder(unknown_char_policy="keep", unknown_char_warning=False).unicode_to_latex
    library = Library()
    for row in solutions(store, _PAPERS):
        fields = [Field(key, value) for key, value in _fields(row, encode)]
        kind = "techreport" if row["type"].value == "report" else "misc"
        library.add(Entry(kind, row["paper"].value.removeprefix(PAPER_NS), fields))
    return str(write_string(library))


def _fields(row: Any, encode: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    # Doubly braced, so that no style writes BERT in lower case.
    yield "title", "{" + encode(row["title"].value) + "}"
    if row["authors"]:
        yield "author", " and ".join(map(encode, row["authors"].value.split(AUTHOR_SEPARATOR)))
    else:  # without an author BibTeX sorts by this, and warns where it is not there
        yield "key", encode(row["title"].value)
    yield "year", row["year"].value
    if row["doi"]:
        yield "doi", row["doi"].value
    if row["arxiv"]:
        yield "eprint", row["arxiv"].value
        yield "archivePrefix", "arXiv"
    if row["page"] and not row["doi"] and not row["arxiv"]:
        yield "url", row["page"].value
