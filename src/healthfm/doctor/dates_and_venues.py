"""Years and venues that the identifiers of the links contradict."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import urlsplit

from healthfm.doctor.examined import Examined, paper_links
from healthfm.doctor.findings import Confidence, Finding, Rule
from healthfm.sources.reading import Entry, Link
from healthfm.sources.tags import is_label

_YEAR: Final = re.compile(r"(?<!\d)(20\d{2})(?!\d)")
_MONTH: Final = re.compile(r"(?<!\d)(20\d{2})[-./](0?[1-9]|1[0-2])(?!\d)")
_ARXIV: Final = re.compile(r"arxiv:(\d{2})(\d{2})\.\d+")
#: What is published more than this many years after its preprint is rare.
_LONGEST_REVIEW: Final = 3

#: Word of a tag → hosts at which only that venue publishes.
_VENUE_HOSTS: Final = (
    (re.compile(r"\bnature|\bnat\.|\bnpj|scientific reports", re.IGNORECASE), frozenset({"nature.com"})),
    (re.compile(r"\bscience\b(?! direct)", re.IGNORECASE), frozenset({"science.org", "sciencemag.org"})),
    (re.compile(r"\blancet", re.IGNORECASE), frozenset({"thelancet.com"})),
    (re.compile(r"\bcell\b|\bpatterns\b|\biscience\b", re.IGNORECASE), frozenset({"cell.com"})),
    (re.compile(r"\bpnas\b", re.IGNORECASE), frozenset({"pnas.org"})),
    (re.compile(r"\bnejm\b", re.IGNORECASE), frozenset({"nejm.org", "ai.nejm.org"})),
    (re.compile(r"\bjama\b", re.IGNORECASE), frozenset({"jamanetwork.com"})),
    (re.compile(r"\bplos", re.IGNORECASE), frozenset({"journals.plos.org"})),
    (re.compile(r"\b(?:cvpr|iccv|wacv)", re.IGNORECASE), frozenset({"openaccess.thecvf.com"})),
    (re.compile(r"\beccv", re.IGNORECASE), frozenset({"ecva.net"})),
    (
        re.compile(r"\b(?:acl|emnlp|naacl|eacl|coling|bionlp|conll|findings)\b", re.IGNORECASE),
        frozenset({"aclanthology.org", "aclweb.org"}),
    ),
    (
        re.compile(r"\b(?:neurips|nips)\b", re.IGNORECASE),
        frozenset({"proceedings.neurips.cc", "papers.nips.cc"}),
    ),
    (re.compile(r"\b(?:aaai)\b", re.IGNORECASE), frozenset({"ojs.aaai.org"})),
    (
        re.compile(r"\b(?:icml|aistats|midl|corl|mlhc|chil)\b", re.IGNORECASE),
        frozenset({"proceedings.mlr.press"}),
    ),
    (re.compile(r"\bbiorxiv\b", re.IGNORECASE), frozenset({"biorxiv.org"})),
    (re.compile(r"\bmedrxiv\b", re.IGNORECASE), frozenset({"medrxiv.org"})),
    (
        re.compile(r"\barxiv\b", re.IGNORECASE),
        frozenset({"arxiv.org", "export.arxiv.org", "browse.arxiv.org"}),
    ),
)
_CVF: Final = re.compile(r"cvf:([A-Z]+)(\d{4})/")


def years(examined: Examined) -> Iterator[Finding]:
    """Find years in tags and headings that lie before the preprint, or long after it."""
    for entry in examined.entries:
        for link in paper_links(entry):
            if match := _ARXIV.match(link.id):
                posted = (2000 + int(match[1]), int(match[2]))
                if found := _year_fault(entry, posted):
                    confidence, message = found
                    yield Finding(
                        entry.line, Rule.YEAR, confidence, f"'{entry.title}': {message} ({link.id})"
                    )


def _year_fault(entry: Entry, posted: tuple[int, int]) -> tuple[Confidence, str] | None:
    tag = entry.tag or ""
    if dated := _MONTH.search(tag):
        return _month_fault(tag, (int(dated[1]), int(dated[2])), posted)
    heading = entry.section[-1] if entry.section else ""
    of_a_year = heading if re.fullmatch(r"\D{0,3}20\d{2}\D{0,3}", heading) else ""
    for place, text in (("tag", tag), ("heading", of_a_year)):
        if (match := _YEAR.search(text)) and (found := _compared(int(match[1]), posted, text)):
            confidence, relation = found
            return confidence, f"the {place} says {match[1]}, {relation} {posted[0]}-{posted[1]:02}"
    return None


def _month_fault(tag: str, said: tuple[int, int], posted: tuple[int, int]) -> tuple[Confidence, str] | None:
    apart = (said[0] - posted[0]) * 12 + said[1] - posted[1]
    preprint = f"{posted[0]}-{posted[1]:02}"
    if apart < -1:
        return "high", f"the tag says {said[0]}-{said[1]:02}, before the preprint of {preprint}"
    if "arxiv" in tag.lower() and apart > 1:
        return "medium", f"the tag says {said[0]}-{said[1]:02}, the preprint is of {preprint}"
    return None


def _compared(said: int, posted: tuple[int, int], text: str) -> tuple[Confidence, str] | None:
    year = posted[0]
    preprint = "arxiv" in text.lower()
    if said < year:
        return ("high" if preprint or said < year - 1 else "medium"), "before the preprint of"
    if preprint and said > year:
        return ("low" if said == year + 1 else "medium"), "but the preprint is of"
    return ("low", "long after the preprint of") if said - year > _LONGEST_REVIEW else None


def venues(examined: Examined) -> Iterator[Finding]:
    """Find tags and badges that name one venue while the link leads to another."""
    for entry in examined.entries:
        for link in paper_links(entry):
            hosts = _hosts_of(link.label) if is_label(link.label) else frozenset()
            host = _host(link)
            if hosts and host not in hosts and _is_venue_host(host):
                yield Finding(
                    entry.line,
                    Rule.VENUE,
                    "high",
                    f"'{entry.title}': the label says {link.label}, the link leads to {host}",
                )
        yield from _tag_against_links(entry)


def _tag_against_links(entry: Entry) -> Iterator[Finding]:
    wanted = _hosts_of(entry.tag or "")
    links = [link for link in paper_links(entry) if _is_venue_host(_host(link))]
    if wanted and not any(_host(link) in wanted for link in links):
        yield from _at_other_hosts(entry, links)
    else:
        yield from _in_other_proceedings(entry, links)


def _in_other_proceedings(entry: Entry, links: Sequence[Link]) -> Iterator[Finding]:
    """Find what one host has of another venue: CVPR, ICCV and WACV have one."""
    said = re.search(r"\b(CVPR|ICCV|WACV)\b", entry.tag or "")
    for link in links:
        proceedings = _CVF.match(link.id)
        if proceedings and said and proceedings[1].rstrip("W") != said[1]:
            yield _venue_finding(entry, link, f"{proceedings[1]} {proceedings[2]}", "high")


def _at_other_hosts(entry: Entry, links: Sequence[Link]) -> Iterator[Finding]:
    tag = (entry.tag or "").lower()
    for link in links:
        host = _host(link)
        # A preprint beside a venue is what most lists link to.
        if "arxiv" in host and "arxiv" not in tag:
            continue
        preprint = "rxiv" in tag or "rxiv" in host
        yield _venue_finding(entry, link, host, "low" if preprint else "medium")


def _venue_finding(entry: Entry, link: Link, where: str, confidence: Confidence) -> Finding:
    message = f"'{entry.title}': the tag says {entry.tag}, the link leads to {where}"
    return Finding(entry.line, Rule.VENUE, confidence, message)


def _hosts_of(text: str) -> frozenset[str]:
    found = [hosts for pattern, hosts in _VENUE_HOSTS if pattern.search(text)]
    return frozenset().union(*found)


def _host(link: Link) -> str:
    return (urlsplit(link.url).hostname or "").removeprefix("www.")


def _is_venue_host(host: str) -> bool:
    return any(host in hosts for _, hosts in _VENUE_HOSTS)
