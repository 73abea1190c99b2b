"""What the headings above a row say of category, domain, application area and modalities, and nothing more.

A heading says something only by its words: years, venues and vendors say nothing. Where several
headings speak of the same thing, the innermost wins; it may name several modalities (text-to-image).
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
    """What a section says; `None` or empty where it says nothing."""

    category: str | None = None
    domain: str | None = None
    area: str | None = None
    modalities: tuple[str, ...] = ()


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
_MODALITIES: Final = (
    (re.compile(r"\btexts?\b|\btextual\b"), "text"),
    (re.compile(r"\bimages?\b|\bx-?rays?\b|\bradiographs?\b"), "image"),
    (re.compile(r"\bct\b|\bmri?\b|\bvolumetric\b"), "volume"),
    (re.compile(r"\bvideos?\b"), "video"),
    (re.compile(r"\baudio\b|\baudims?\b|\bsounds?\b"), "audio"),
    (re.compile(r"\bspeech\b"), "speech"),
    (re.compile(r"\bmusic\b"), "music"),
    (re.compile(r"\behrs?\b|\bemrs?\b|\b(health|medical|patient) records?\b"), "health-record"),
    (re.compile(r"\btime[- ]series\b|\becgs?\b|\beegs?\b"), "time-series"),
    (re.compile(r"\bproteins?\b(?![- ](structur|fold))"), "protein-sequence"),
    (re.compile(r"\bproteins?[- ](structur|fold)"), "protein-structure"),
    (re.compile(r"\bmolecules?\b|\bmolecular\b"), "molecule"),
    (re.compile(r"\bpoint[- ]clouds?\b"), "point-cloud"),
    (re.compile(r"\bdna\b|\brna\b|\bgenom(e|es|ic|ics)\b"), "nucleotide-sequence"),
    (re.compile(r"\bgene expression\b|\btranscriptom\w+|\bsingle[- ]cell\b"), "gene-expression"),
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
    Placement(category='vision', domain='general', area=None, modalities=())
    >>> placement(["Large Multi-modal Models", "Text-to-image generation"])
    Placement(category='multimodal', domain=None, area=None, modalities=('text', 'image'))
    """
    return Placement(
        _first_said(_CATEGORIES, section),
        _first_said(_DOMAINS, section),
        _first_said(_AREAS, section),
        _said(_MODALITIES, section),
    )


def row_kind(section: Sequence[str]) -> RowKind:
    """Return what the headings of a section say that its rows list, the innermost first.

    Examples
    --------
    >>> str(row_kind(["Large-scale Datasets in Biomedical and Health Informatics", "Open Source"]))
    'dataset'
    """
    return RowKind(_first_said(_KINDS, section) or RowKind.WORK)


def _first_said(words: Sequence[tuple[re.Pattern[str], str]], section: Sequence[str]) -> str | None:
    return next(iter(_said(words, section)), None)


def _said(words: Sequence[tuple[re.Pattern[str], str]], section: Sequence[str]) -> tuple[str, ...]:
    """Return what the innermost heading that has any of the words says by them, in their order."""
    for heading in reversed(section):
        lower = heading.lower()
        concepts = tuple(concept for pattern, concept in words if pattern.search(lower))
        if concepts:
            return concepts
    return ()
