"""What the addresses of known hosts identify: arXiv, publishers, proceedings, GitHub, HuggingFace.

References
----------
arXiv identifiers, https://info.arxiv.org/help/arxiv_identifier.html; DOI Handbook,
doi:10.1000/182 (section 2.4: names are case-insensitive).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, parse_qsl, unquote


@dataclass(frozen=True, slots=True)
class Identifier:
    """What an address identifies: a CURIE or the cleaned address, and the version it names, if any."""

    id: str
    version: str | None = None


#: The subject class of an old identifier (cs.CL/0112017) is no part of it.
_ARXIV_ID: Final = r"(?P<id>\d{4}\.\d{4,5}|(?P<archive>[a-z-]+)(?:\.[A-Za-z]{2})?/(?P<number>\d{7}))"
_ARXIV_PATH: Final = re.compile(
    rf"/(?:abs|pdf|html|format|ps|overview|papers|ftp/arxiv/papers/\d{{4}})/{_ARXIV_ID}(?P<version>v\d+)?(?:\.pdf)?/?"
)
_ARXIV_DOI: Final = re.compile(r"10\.48550/arxiv\.([a-z-]+/\d{7}|\d{4}\.\d{4,5})(v\d+)?")
DOI: Final = re.compile(r"10\.\d{4,9}/\S+")
_DOI_SUFFIX: Final = re.compile(
    r"(\.abstract|\.full(\.pdf(\+html)?|-text)?|\.pdf(\+html)?|\.short|\.epdf|/(abstract|full|fulltext|pdf|epdf|meta|html))$"
)
#: Journals of Oxford University Press whose article ids are the end of their DOI.
_OUP_JOURNALS: Final = frozenset(
    {"bioinformatics", "bib", "jamia", "nar", "gigascience", "database", "biomethods"}
)


def recognise(parts: SplitResult) -> Identifier | None:
    """Return what an address identifies, by the host's own rules or by a DOI in it; None if neither says."""
    of_host = _HOSTS.get((parts.hostname or "").removeprefix("www."))
    return (of_host(parts) if of_host else None) or _doi_in_path(parts)


def _arxiv(parts: SplitResult) -> Identifier | None:
    match = _ARXIV_PATH.fullmatch(parts.path)
    if not match:
        return None
    own = f"{match['archive']}/{match['number']}" if match["archive"] else match["id"]
    return Identifier(f"arxiv:{own}", match["version"])


def _doi(name: str, version: str | None = None) -> Identifier:
    folded = unquote(name).lower().rstrip("/.,;")
    if preprint := _ARXIV_DOI.fullmatch(folded):
        return Identifier(f"arxiv:{preprint[1]}", preprint[2])
    while (shorter := _DOI_SUFFIX.sub("", folded)) != folded:
        folded = shorter
    return Identifier(f"doi:{folded}", version)


def _doi_in_path(parts: SplitResult) -> Identifier | None:
    """Return the DOI that publishers such as Science, PNAS, ACM, Wiley and PLOS put into an address."""
    match = DOI.search(unquote(parts.path))
    stated = dict(parse_qsl(parts.query))
    match = match or DOI.fullmatch(stated.get("id", "")) or DOI.fullmatch(stated.get("doi", ""))
    return _doi(match[0]) if match else None


def _nature(parts: SplitResult) -> Identifier | None:
    match = re.fullmatch(r"/articles/([a-z0-9-]+)(?:\.pdf)?/?", parts.path.lower())
    return _doi(f"10.1038/{match[1]}") if match else None


def _preprint_server(parts: SplitResult) -> Identifier | None:
    match = re.match(
        r"/content/(?:(10\.\d+/[\d.]+?)|(?:\w+/)?early/\d{4}/\d\d/\d\d/([\d.]+?))(v\d+)?(?:\.|/|$)(?!\d)",
        parts.path,
    )
    return _doi(match[1] or f"10.1101/{match[2]}", match[3]) if match else None


def _pubmed(parts: SplitResult) -> Identifier | None:
    """Return the page of PubMed or PubMed Central that an old or foreign address of it means."""
    match = re.match(
        r"/(?:pubmed|article/med|abstract/med)/(\d+)|/(?:pmc/)?articles?/(?:pmc/)?(?:pmc)?(\d+)",
        parts.path.lower(),
    )
    if not match:
        return None
    page = (
        f"pubmed.ncbi.nlm.nih.gov/{match[1]}" if match[1] else f"pmc.ncbi.nlm.nih.gov/articles/PMC{match[2]}"
    )
    return Identifier(f"https://{page}")


def _acl(parts: SplitResult) -> Identifier | None:
    match = re.fullmatch(
        r"/(?:anthology/(?:papers/\w/\w\d+/)?)?([A-Z]\d{2}-\d{4}|\d{4}\.[\w-]+\.\d+)(?:\.pdf)?/?", parts.path
    )
    return Identifier(f"acl:{match[1]}") if match else None


def _openreview(parts: SplitResult) -> Identifier | None:
    own = dict(parse_qsl(parts.query)).get("id")
    return (
        Identifier(f"openreview:{own}") if own and parts.path in {"/forum", "/pdf", "/attachment"} else None
    )


def _pmlr(parts: SplitResult) -> Identifier | None:
    match = re.fullmatch(r"/(v\d+)/([\w-]+?)(?:/\2)?(?:\.html|\.pdf)?/?", parts.path)
    return Identifier(f"pmlr:{match[1]}/{match[2]}") if match else None


def _cvf(parts: SplitResult) -> Identifier | None:
    match = re.fullmatch(
        r"/content[_/]([A-Za-z]+)_?(\d{4})(?:W)?/(?:html|papers)/([\w-]+?)(?:_\1_\2_paper)?\.(?:html|pdf)",
        parts.path,
        re.IGNORECASE,
    )
    return Identifier(f"cvf:{match[1].upper()}{match[2]}/{match[3]}") if match else None


def _neurips(parts: SplitResult) -> Identifier | None:
    match = re.match(r"/paper(?:_files/paper)?/(\d{4})/(?:hash|file)/([0-9a-f]{32})", parts.path)
    return Identifier(f"neurips:{match[1]}/{match[2]}") if match else None


def _ecva(parts: SplitResult) -> Identifier | None:
    match = re.fullmatch(
        r"/papers/(eccv_\d{4})/papers_ECCV/(?:papers|html)/(\w+?)(?:_ECCV_\d+_paper)?\.(?:pdf|php)",
        parts.path,
    )
    return Identifier(f"ecva:{match[1]}/{match[2]}") if match else None


def _ieee(parts: SplitResult) -> Identifier | None:
    match = re.match(r"/(?:abstract/)?document/(\d+)", parts.path)
    number = match[1] if match else dict(parse_qsl(parts.query)).get("arnumber")
    return Identifier(f"ieee:{number.lstrip('0')}") if number and number.isdigit() else None


def _oup(parts: SplitResult) -> Identifier | None:
    match = re.match(
        r"/(\w+)/(?:advance-article|article)(?:-abstract|-pdf)?/(?:doi/(10\.1093/[^/]+/[^/]+|10\.\d+/[^/]+)|(?:\w+/)*([a-z]+\d+)/\d+)",
        parts.path,
    )
    if match and match[2]:
        return _doi(match[2])
    return _doi(f"10.1093/{match[1]}/{match[3]}") if match and match[1] in _OUP_JOURNALS else None


def _github(parts: SplitResult) -> Identifier | None:
    pieces = [piece for piece in parts.path.split("/") if piece]
    if len(pieces) < 2:
        return None
    # GitHub knows owners and repositories in any case, but folders and branches by their letters.
    owner, repository = pieces[0].lower(), pieces[1].removesuffix(".git").lower()
    rest = pieces[2:] if len(pieces) > 3 and pieces[2] in {"tree", "blob"} else []
    return Identifier("github:" + "/".join([owner, repository, *rest]))


def _huggingface(parts: SplitResult) -> Identifier | None:
    pieces = [piece for piece in parts.path.split("/") if piece]
    if pieces[:1] == ["papers"]:
        return _arxiv(parts)
    kind = [pieces.pop(0)] if pieces and pieces[0] in {"datasets", "spaces"} else []
    if kind == ["datasets"] and len(pieces) == 1:
        return Identifier(f"hf:datasets/{pieces[0]}")
    if len(pieces) < 2 or pieces[0] in {"docs", "blog", "papers", "tasks", "collections", "models", "learn"}:
        return None
    return Identifier("hf:" + "/".join([*kind, *pieces[:2]]))


_HOSTS: Final[Mapping[str, Callable[[SplitResult], Identifier | None]]] = {
    "arxiv.org": _arxiv,
    "export.arxiv.org": _arxiv,
    "browse.arxiv.org": _arxiv,
    "cn.arxiv.org": _arxiv,
    "ar5iv.org": _arxiv,
    "ar5iv.labs.arxiv.org": _arxiv,
    "alphaxiv.org": _arxiv,
    "nature.com": _nature,
    "biorxiv.org": _preprint_server,
    "medrxiv.org": _preprint_server,
    "ncbi.nlm.nih.gov": _pubmed,
    "pmc.ncbi.nlm.nih.gov": _pubmed,
    "europepmc.org": _pubmed,
    "aclanthology.org": _acl,
    "aclweb.org": _acl,
    "openreview.net": _openreview,
    "proceedings.mlr.press": _pmlr,
    "openaccess.thecvf.com": _cvf,
    "proceedings.neurips.cc": _neurips,
    "papers.nips.cc": _neurips,
    "papers.neurips.cc": _neurips,
    "ecva.net": _ecva,
    "ieeexplore.ieee.org": _ieee,
    "academic.oup.com": _oup,
    "github.com": _github,
    "huggingface.co": _huggingface,
    "hf.co": _huggingface,
}
