"""What the headings above a row say of category, domain and application area, and nothing more.

A heading says something only by its words: years, venues and vendors say nothing. Where several
headings speak of the same thing, the innermost wins.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class RowKind(StrEnum):
    """What a row lists; what no heading says otherwise of is a work."""

    WORK = "work"
    DATASET = "dataset"
    LEGISLATION = "legislation"
    TOOL = "tool"


@dataclass(frozen=True, slots=True)
class Placement:
    """What a section says; `None` where it says nothing."""

    category: str | None = None
    domain: str | None = None
    area: str | None = None


_CATEGORIES: Final = (
    (
        re.compile(r"\bmulti-?\s?modal\b|\blmms?\b|\bmfms?\b|\bmllms?\b|\bvlms?\b|\bvision[- ]language\b"),
        "multimodal",
    ),
    (re.compile(r"\b(large )?language models?\b|\bllms?\b|\blfms?\b"), "language"),
    (re.compile(r"\b(large )?vision (foundation )?models?\b|\blvms?\b|\bvfms?\b"), "vision"),
    (re.compile(r"\b(large )?audio models?\b|\blaudims?\b"), "audio"),
)
_DOMAINS: Final = (
    (re.compile(r"\b(healthcare|medical|biomedical|clinical) domain\b"), "healthcare"),
    (re.compile(r"\bgeneral domain\b|\bgeneral[- ]purpose\b"), "general"),
)
_AREAS: Final = (
    (re.compile(r"\bbioinformatics\b|\bbfms?\b"), "bioinformatics"),
    (re.compile(r"\bmedical diagnosis\b|\bdecision[- ]making\b"), "medical-diagnosis"),
    (re.compile(r"\bmedical imaging\b"), "medical-imaging"),
    (re.compile(r"\bmedical informatics\b"), "medical-informatics"),
    (re.compile(r"\bmedical education\b"), "medical-education"),
    (re.compile(r"\bpublic health\b"), "public-health"),
    (re.compile(r"\bmedical robotics\b"), "medical-robotics"),
)

_KINDS: Final = (
    (re.compile(r"\bdata ?sets?\b"), "dataset"),
    (re.compile(r"\blegislation\b|\bregulations?\b|\blaws?\b"), "legislation"),
    (re.compile(r"\btools?\b|\bsoftware\b"), "tool"),
)


def placement(section: Sequence[str]) -> Placement:
    """Return what the headings of a section say, the innermost first.

    Examples
    --------
    >>> placement(["Large Vision Models", "General Domain", "CNNs"])
    Placement(category='vision', domain='general', area=None)
    >>> placement(["Applications of Large AI Models in Healthcare", "Public Health"])
    Placement(category=None, domain=None, area='public-health')
    """
    headings = [heading.lower() for heading in reversed(section)]
    return Placement(_said(_CATEGORIES, headings), _said(_DOMAINS, headings), _said(_AREAS, headings))


def row_kind(section: Sequence[str]) -> RowKind:
    """Return what the headings of a section say that its rows list, the innermost first.

    Examples
    --------
    >>> str(row_kind(["Large-scale Datasets in Biomedical and Health Informatics", "Open Source"]))
    'dataset'
    """
    said = _said(_KINDS, [heading.lower() for heading in reversed(section)])
    return RowKind(said) if said else RowKind.WORK


def _said(words: Sequence[tuple[re.Pattern[str], str]], headings: Sequence[str]) -> str | None:
    for heading in headings:
        for pattern, concept in words:
            if pattern.search(heading):
                return concept
    return None
