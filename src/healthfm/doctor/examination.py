"""Examine a list by every rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from healthfm.catalog.catalogue import Catalogue
from healthfm.catalog.checks import addresses
from healthfm.catalog.update import catalogue_mentions
from healthfm.doctor.code_links import repeated_code, third_party_code
from healthfm.doctor.dates_and_venues import venues, years
from healthfm.doctor.examined import Examined, Known, KnownWork
from healthfm.doctor.findings import Diagnosis, Finding, Rule, in_order
from healthfm.doctor.identity import shared_identifiers, two_identifiers
from healthfm.doctor.malformed import malformed_links
from healthfm.doctor.spelling import misspelt_titles
from healthfm.doctor.structure import duplicate_rows, empty_sections, missing_papers
from healthfm.sources.identifiers import canonical
from healthfm.sources.markdown.reader import read_list
from healthfm.sources.same_work import Mention, joined

_EXAMINATIONS: Final[tuple[Callable[[Examined], Iterator[Finding]], ...]] = (
    shared_identifiers,
    two_identifiers,
    years,
    venues,
    repeated_code,
    third_party_code,
    empty_sections,
    missing_papers,
    malformed_links,
    duplicate_rows,
    misspelt_titles,
)
#: Rule → the rules that explain it where both find something in one line.
_CAUSES: Final = {
    Rule.TWO_IDENTIFIERS: (Rule.SHARED_IDENTIFIER,),
    Rule.YEAR: (Rule.SHARED_IDENTIFIER,),
    Rule.MISSING_PAPER: (Rule.MALFORMED_LINK,),
}


def examine(text: str, *, source: str, catalogue: Catalogue | None = None) -> Diagnosis:
    r"""Return what is wrong with a list. Nothing is fetched.

    Parameters
    ----------
    text
        The list, in Markdown.
    source
        Where it comes from, for messages.
    catalogue
        What is known of the works; without it a list is compared with itself alone.

    Raises
    ------
    InputError
        If it is no text.
    LimitError
        If it is too large.

    Examples
    --------
    >>> rows = "## A\n* X: one [[Paper](https://arxiv.org/abs/2301.00001)]\n* Y: two [[Paper]()]\n"
    >>> [(finding.line, str(finding.rule)) for finding in examine(rows, source="-").findings]
    [(3, 'malformed-link')]
    """
    examined = Examined(text, read_list(text, source=source), _known(catalogue))
    found = [finding for examination in _EXAMINATIONS for finding in examination(examined)]
    return Diagnosis(source, in_order(_each_fault_once(found)))


def _each_fault_once(found: list[Finding]) -> list[Finding]:
    """Leave out what follows from another finding: a wrong identifier makes a work have two of them."""
    lines = {rule: {finding.line for finding in found if finding.rule is rule} for rule in Rule}
    return [
        finding
        for finding in found
        if not any(finding.line in lines[cause] for cause in _CAUSES.get(finding.rule, ()))
    ]


def _known(catalogue: Catalogue | None) -> Known:
    if catalogue is None:
        return Known({}, {})
    mentions: dict[str, list[Mention]] = {}
    for name, mention in catalogue_mentions(catalogue):
        mentions.setdefault(name, []).append(mention)
    works = {
        name: KnownWork(
            name, paper.title, joined(mentions[name]), _best_first(paper.identifiers, addresses(paper))
        )
        for name, paper in catalogue.papers.items()
        if name in mentions
    }
    code = {
        (work, canonical(link.url).id): link.official
        for artifact in catalogue.artifacts.values()
        for link in artifact.links
        for work in artifact.introduced_by
        if link.kind == "code" and link.official is not None
    }
    return Known(works, code)


def _best_first(identifiers: tuple[str, ...], all_of_them: frozenset[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*identifiers, *sorted(all_of_them)]))
