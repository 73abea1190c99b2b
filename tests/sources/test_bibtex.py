"""BibTeX as reference managers write it: where they put the identifiers of a paper."""

from __future__ import annotations

import pytest

from healthfm.sources.bibtex import read_bibtex
from healthfm.sources.imported import Imported, Oddity


@pytest.mark.parametrize(
    ("fields", "identifiers"),
    [
        ("doi={10.1000/ABC}", ["doi:10.1000/abc"]),
        ("doi={https://doi.org/10.1000/ABC}", ["doi:10.1000/abc"]),
        ("doi={doi:10.1000/ABC}", ["doi:10.1000/abc"]),
        ("eprint={2301.00001v2}, archivePrefix={arXiv}", ["arxiv:2301.00001"]),
        ("journal={arXiv preprint arXiv:2301.00001}", ["arxiv:2301.00001"]),
        ("howpublished={\\url{https://a.org/x}}", ["https://a.org/x"]),
        ("eprint={PMC12}, eprinttype={pubmed}, url={https://a.org/x}", ["https://a.org/x"]),
    ],
)
def test_identifiers(fields: str, identifiers: list[str]) -> None:
    """An identifier is found in whichever field it stands, in any spelling; nothing else becomes one."""
    items = list(read_bibtex(f"@misc{{a, title={{A work}}, {fields}}}", source="x.bib"))
    assert [
        link.id for item in items if isinstance(item, Imported) for link in item.entry.links
    ] == identifiers
    assert len(items) == 1


@pytest.mark.parametrize(
    ("fields", "oddities"),
    [
        ("doi={forthcoming}", ["an entry without an identifier"]),
        ("url={javascript:alert(1)}", ["an address that cannot be used", "an entry without an identifier"]),
    ],
)
def test_what_identifies_nothing(fields: str, oddities: list[str]) -> None:
    """What is no identifier makes no address, and is said."""
    items = list(read_bibtex(f"@misc{{a, title={{A work}}, {fields}}}", source="x.bib"))
    assert [item.what for item in items if isinstance(item, Oddity)] == oddities
    assert [item.entry.links for item in items if isinstance(item, Imported)] == [()]
