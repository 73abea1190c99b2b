"""Canonical identifiers: one work has one, whatever address a list writes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthfm.errors import InputError
from healthfm.sources.identifiers import canonical, cleaned_url, to_url

TABLE = [
    line.split("\t")
    for line in (Path(__file__).parent / "identifiers.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(("url", "expected", "version"), TABLE)
def test_addresses_fold_to_their_identifier(url: str, expected: str, version: str) -> None:
    """Host case, scheme, suffixes, tracking parameters and versions are no part of identity."""
    found = canonical(url)
    assert found.id == expected
    assert (found.version or "") == version


@pytest.mark.parametrize("expected", sorted({row[1] for row in TABLE}))
def test_every_identifier_leads_back_to_itself(expected: str) -> None:
    """The address of an identifier has that identifier."""
    assert canonical(to_url(expected)).id == expected


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "ftp://example.org/x",
        "mailto:a@example.org",
        "#section",
        "",
        "relative/path",
        "http://",
        "http://[::1",
        "https://example.org:99999999/",
    ],
)
def test_what_is_no_web_page_is_refused(url: str) -> None:
    """Only http and https addresses with a host are links."""
    with pytest.raises(InputError):
        canonical(url)


hosts = st.sampled_from(
    [
        "example.org", "arxiv.org", "www.nature.com", "github.com", "huggingface.co", "openreview.net",
        "academic.oup.com", "www.biorxiv.org", "doi.org", "proceedings.mlr.press", "ieeexplore.ieee.org",
    ]
)  # fmt: skip
paths = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"], exclude_characters="?#[]@\\"), max_size=30
)


@given(
    hosts,
    paths,
    st.dictionaries(st.text("abcdef", min_size=1, max_size=4), st.text("xyz/%:", max_size=6), max_size=3),
)
def test_canonicalising_twice_changes_nothing(host: str, path: str, query: dict[str, str]) -> None:
    """The canonical form of a canonical form is itself, for any address."""
    url = f"https://{host}/{path}?" + "&".join(f"{key}={value}" for key, value in query.items())
    once = cleaned_url(url)
    assert cleaned_url(once) == once
    first = canonical(url).id
    assert canonical(to_url(first)).id == first


@given(st.text(max_size=60))
def test_any_text_gives_an_identifier_or_an_input_error(text: str) -> None:
    """Nothing else is raised, whatever a list writes."""
    try:
        assert canonical(text).id
    except InputError:
        return
