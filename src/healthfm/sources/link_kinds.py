"""What a link of a list leads to: a closed list of kinds, decided from its address and its label."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit

from healthfm.sources.tags import is_label


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
    (
        re.compile(r"\b(paper|pdf|arxiv|preprint|publication|article|report|\w*rxiv|abs|abstract)\b|论文"),
        LinkKind.PAPER,
    ),
    (
        re.compile(
            r"\b(codes?|github|gitlab|repo|repository|implementation|official|colab|notebook|pytorch|tensorflow|jax)\b|代码"
        ),
        LinkKind.CODE,
    ),
    (
        re.compile(r"\b(weights?|checkpoints?|ckpt|models?|hugging ?face|hf|modelscope)\b|模型"),
        LinkKind.WEIGHTS,
    ),
    (re.compile(r"\b(blogs?|post|news|announcement)\b|博客"), LinkKind.BLOG),
    (re.compile(r"\b(docs?|documentation|tutorials?|readme)\b"), LinkKind.DOCUMENTATION),
    (re.compile(r"\b(datasets?|data|benchmark)\b|数据"), LinkKind.DATASET),
    (
        re.compile(r"\b(project|page|website|homepage|home|demo|web|playground|app|site)\b|项目|主页"),
        LinkKind.PROJECT,
    ),
    # Slides are no paper, though their file is a PDF.
    (re.compile(r"\b(slides?|poster|videos?|talk|youtube|supp\w*|appendix|bib(tex)?)\b"), LinkKind.OTHER),
)
#: Prefixes of identifiers that papers have; code and weights have those of their hosts.
PAPER_IDS: Final = ("arxiv", "doi", "acl", "openreview", "pmlr", "cvf", "neurips", "ecva", "ieee")
#: DOIs of repositories of data: Zenodo, figshare, PhysioNet, Dataverse, Dryad, TCIA.
_DATA_DOI: Final = re.compile(r"doi:10\.(5281/zenodo|6084/|13026/|7910/dvn|5061/dryad|7937/)")
#: Hosts that hold one kind of page, where neither label nor identifier says more.
_BY_HOST: Final = (
    (
        re.compile(
            r"nature|sciencedirect|springer|wiley|tandfonline|mdpi|frontiersin|cell|thelancet|jamanetwork|"
            r"nejm|bmj|"
            r"pnas|science|plos|pubmed|nih|europepmc|semanticscholar|ssrn|jmlr|mlr|ijcai|aaai|isca-speech|"
            r"isca-archive|"
            r"usenix|neurips|nips|iclr|oup|acs|rsc|aps|sagepub|karger|rsna|jmir|elifesciences|oxfordjournals|"
            r"researchsquare|techrxiv|openreview|researchgate|hindawi|spiedigitallibrary|biomedcentral|"
            r"liebertpub|ahajournals|chemrxiv|preprints|ar5iv|alphaxiv"
        ),
        LinkKind.PAPER,
    ),
    (re.compile(r"github|gitlab|bitbucket|gitee|sourceforge|codeberg|colab"), LinkKind.CODE),
    (
        re.compile(r"kaggle|zenodo|physionet|figshare|synapse|grand-challenge|openneuro|dataverse|osf"),
        LinkKind.DATASET,
    ),
    (re.compile(r"modelscope"), LinkKind.WEIGHTS),
    (re.compile(r"medium|substack|towardsdatascience|googleblog|blogspot|wordpress|blog"), LinkKind.BLOG),
    (re.compile(r"readthedocs"), LinkKind.DOCUMENTATION),
    (re.compile(r"netlify|vercel|notion|gradio|streamlit"), LinkKind.PROJECT),
)


def link_kind(label: str, url: str, identifier: str, *, context: str = "") -> LinkKind:
    """Return what a link leads to.

    Parameters
    ----------
    label, url
        As the list writes them.
    identifier
        What `identifiers.canonical` makes of `url`.
    context
        The head of the table's column that the link stands in.

    Notes
    -----
    The address wins where it leaves no doubt: a page of HuggingFace's documentation is no weights,
    whatever its label says. A label that is a title says nothing; then the host decides.

    Examples
    --------
    >>> str(link_kind("HuggingFace", "https://huggingface.co/docs/transformers/model_doc/hubert", "https://…"))
    'documentation'
    """
    return (
        _by_address(url, identifier)
        or (_by_words(label) if is_label(label) else None)
        or _by_host(url)
        or (_by_words(context) if is_label(label) else None)
        or LinkKind.OTHER
    )


def _by_words(text: str) -> LinkKind | None:
    words = text.lower().strip("[]() ")
    return next((kind for pattern, kind in _BY_LABEL if pattern.search(words)), None)


def _by_address(url: str, identifier: str) -> LinkKind | None:
    prefix = identifier.partition(":")[0]
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    if _DATA_DOI.match(identifier):
        return LinkKind.DATASET
    if prefix in PAPER_IDS:
        return LinkKind.PAPER
    if prefix == "github":
        return LinkKind.PAPER if parts.path.lower().endswith(".pdf") else LinkKind.CODE
    if prefix == "hf":
        return _of_hub(identifier.removeprefix("hf:"), parts.path)
    if host == "huggingface.co" and parts.path.startswith("/docs"):
        return LinkKind.DOCUMENTATION
    return None


def _of_hub(local: str, path: str) -> LinkKind:
    if path.lower().endswith(".pdf"):
        return LinkKind.PAPER
    kinds = {"datasets": LinkKind.DATASET, "spaces": LinkKind.PROJECT}
    return kinds.get(local.partition("/")[0], LinkKind.WEIGHTS)


def _by_host(url: str) -> LinkKind | None:
    parts = urlsplit(url)
    names = (parts.hostname or "").removeprefix("www.").split(".")
    if parts.path.lower().endswith(".pdf"):
        return LinkKind.PAPER
    if len(names) > 2 and names[-2:] == ["github", "io"]:
        return LinkKind.PROJECT
    for pattern, kind in _BY_HOST:
        if any(pattern.fullmatch(name) for name in names[:-1]):
            return kind
    if re.search(r"/blogs?(?:/|$)|^/(?:news|index)/", parts.path):
        return LinkKind.BLOG
    return LinkKind.PROJECT if parts.path.strip("/") == "" else None
