"""Skeletons: new entries as drafts, with what is known from a row, ready for a curator.

A draft is a file whose key ``draft`` says what is to be done. It is not part of the catalogue yet:
`healthfm check` names it, once, until somebody has looked everything up and deleted that key.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from healthfm.catalog.entries import ID_PATTERN
from healthfm.catalog.formatting import yaml_text
from healthfm.errors import InputError, UsageError
from healthfm.sources.reading import Link

MAX_ID: Final = 80
_ARXIV_MONTH: Final = re.compile(r"arxiv:(\d\d)(\d\d)\.\d+")
_PAPER_PAGES: Final = ("paper", "blog", "project", "documentation")


@dataclass(frozen=True, slots=True)
class Draft:
    """A file to be: its name under ``graph/`` and its text."""

    path: str
    text: str


def id_of(name: str) -> str:
    """Return the id that a name gets: lower case without accents, ``.`` as ``-``, ``+`` as ``-plus``.

    Raises
    ------
    UsageError
        If nothing usable is left, or more than 80 characters.

    Examples
    --------
    >>> id_of("GPT-3.5"), id_of("T0++"), id_of("Bio+Clinical BERT"), id_of("CamemBERT médical")
    ('gpt-3-5', 't0-plus-plus', 'bio-plus-clinical-bert', 'camembert-medical')
    """
    letters = re.sub(r"[\u0300-\u036f]", "", unicodedata.normalize("NFKD", name))
    spelt = re.sub(r"['\u2019]", "", letters.lower()).replace("+", "-plus-")
    made = "-".join(re.findall(r"[a-z0-9]+", spelt))
    if not re.fullmatch(ID_PATTERN, made) or len(made) > MAX_ID:
        raise UsageError(f"'{name}' gives no id of a-z and 0-9 with at most 80 characters; name it otherwise")
    return made


def paper_draft(name: str, title: str, links: Sequence[Link]) -> Draft:
    """Return the draft of a paper from what rows say of it.

    Notes
    -----
    An arXiv id says the month of the first version; nothing else here says a year.
    """
    identifiers = sorted({link.id for link in links if _is_curie(link.id) and link.kind == "paper"})
    pages = [link for link in links if link.id not in identifiers and link.kind in _PAPER_PAGES]
    months = [f"20{match[1]}-{match[2]}" for i in identifiers if (match := _ARXIV_MONTH.fullmatch(i))]
    values: dict[str, Any] = {
        "draft": "Correct the title, look up kind, year, authors and the identifiers of every version; "
        "give a study its areas, or write what the paper introduces under models/; then delete this key.",
        "title": title,
        "kind": "paper",
        **({"year": int(min(months)[:4]), "date": min(months)} if months else {}),
        "authors": [],
        "identifiers": identifiers,
        **_links(pages),
    }
    return Draft(f"papers/{name}.yaml", yaml_text(values))


def _links(links: Sequence[Link]) -> dict[str, Any]:
    """Return the key ``links``, each address once; no key where there is none."""
    kinds = {link.url: str(link.kind) for link in links}
    return {"links": [{"kind": kind, "url": url} for url, kind in kinds.items()]} if kinds else {}


def _is_curie(identifier: str) -> bool:
    return not identifier.startswith(("http:", "https:"))


def model_draft(name: str, *, paper: str | None = None, links: Sequence[Link] = ()) -> Draft:
    """Return the draft of an artifact; `paper` introduces it, and lends its id to a name of other letters.

    Raises
    ------
    UsageError
        If the name gives no id, and there is no paper.
    """
    try:
        own = id_of(name)
    except UsageError:
        if paper is None:
            raise
        own = paper
    values: dict[str, Any] = {
        "draft": "Look up what it is, who made it and what it was built on, write either 'lineage' or "
        "'no_known_parent', state a 'placement' if no row does; then delete this key.",
        "name": name,
        "kind": "model",
        "introduced_by": [paper] if paper else [],
        "developed_by": [],
        "modalities": [],
        "tasks": [],
        **_links([link for link in links if link.kind in {"code", "weights"}]),
        "lineage": [],
    }
    return Draft(f"models/{own}.yaml", yaml_text(values))


def write_draft(graph: Path, draft: Draft) -> Path:
    """Write a draft and return its path; a file that is there is never touched.

    Raises
    ------
    UsageError
        If there is such an entry already, or the folder is no catalogue.
    InputError
        If the file cannot be written.
    """
    path = graph / draft.path
    if not path.parent.is_dir():
        raise UsageError(f"{path.parent}: no such folder; run this in a checkout, or name one with --graph")
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(draft.text)
    except FileExistsError as error:
        raise UsageError(f"{path}: is there already; edit it") from error
    except OSError as error:
        raise InputError(f"{path}: cannot write: {error.strerror}; make room or get permission") from error
    return path
