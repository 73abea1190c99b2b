"""What a link of a list leads to: a closed list of kinds, decided from its address and its label."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit


class LinkKind(StrEnum):
    """The kinds of links; what none of them fits is `other`."""

    PAPER = "paper"
    CODE = "code"
    WEIGHTS = "weights"
    PROJECT = "project"
    BLOG = "blog"
    DOCUMENTATION = "documentation"
    DATASET = "dataset"
    OTHER = "other"


_BY_LABEL: Final = (
    (re.compile(r"\b(paper|pdf|arxiv|preprint|publication|article|report|bio?rxiv)\b"), LinkKind.PAPER),
    (re.compile(r"\b(code|github|repo|repository|implementation|official)\b"), LinkKind.CODE),
    (re.compile(r"\b(weights?|checkpoints?|models?|hugging ?face|hf)\b"), LinkKind.WEIGHTS),
    (re.compile(r"\b(blog|post|news)\b"), LinkKind.BLOG),
    (re.compile(r"\b(docs?|documentation|tutorial)\b"), LinkKind.DOCUMENTATION),
    (re.compile(r"\b(datasets?|data|benchmark)\b"), LinkKind.DATASET),
    (re.compile(r"\b(project|page|website|homepage|home|demo|web)\b"), LinkKind.PROJECT),
)
_PAPER_IDS: Final = ("arxiv", "doi", "acl", "openreview", "pmlr", "cvf", "neurips", "ecva", "ieee")


def link_kind(label: str, url: str, identifier: str) -> LinkKind:
    """Return what a link leads to.

    Parameters
    ----------
    label, url
        As the list writes them.
    identifier
        What `identifiers.canonical` makes of `url`.

    Notes
    -----
    The address wins where it leaves no doubt: a page of HuggingFace's documentation is no weights,
    whatever its label says.

    Examples
    --------
    >>> str(link_kind("HuggingFace", "https://huggingface.co/docs/transformers/model_doc/hubert", "https://…"))
    'documentation'
    """
    by_address = _by_address(url, identifier)
    if by_address is not None:
        return by_address
    words = label.lower().strip("[]() ")
    for pattern, kind in _BY_LABEL:
        if pattern.search(words):
            return kind
    return LinkKind.OTHER


def _by_address(url: str, identifier: str) -> LinkKind | None:
    prefix = identifier.partition(":")[0]
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    if prefix in _PAPER_IDS:
        return LinkKind.PAPER
    if prefix == "github":
        return LinkKind.CODE
    if prefix == "hf":
        return LinkKind.DATASET if identifier.startswith("hf:datasets/") else LinkKind.WEIGHTS
    if host == "huggingface.co" and parts.path.startswith("/docs"):
        return LinkKind.DOCUMENTATION
    return None
