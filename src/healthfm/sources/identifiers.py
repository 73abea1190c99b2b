"""Canonical identifiers of works, code and weights from the addresses that lists write.

One work has many addresses: an arXiv abstract, its PDF, a version of it, the publisher's page with a
campaign's tracking parameters. `canonical` folds them to one CURIE (``arxiv:2302.07257``,
``doi:10.1038/s41586-021-03819-2``) where the host is known, and to the cleaned address where it is
not. The version of a preprint is no part of its identity and is kept apart.

References
----------
RFC 3986, section 6 (normalisation).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit

from healthfm.errors import InputError
from healthfm.sources.known_hosts import Identifier, recognise

#: Query parameters that say where a reader came from, never what is read.
_TRACKING: Final = re.compile(
    r"utm_\w+|casa_token|fbclid|gclid|mc_[ce]id|ref|ref_src|referrer|source|s|spm|share|via|trk|si|igshid"
)


def canonical(url: str) -> Identifier:
    """Return what an address identifies.

    Parameters
    ----------
    url
        An http or https address, as a list writes it.

    Raises
    ------
    InputError
        If it is no http or https address.

    Notes
    -----
    Idempotent: the cleaned address, or the address of the CURIE (`to_url`), gives the same id.

    Examples
    --------
    >>> canonical("https://arxiv.org/pdf/2303.11568v1.pdf")
    Identifier(id='arxiv:2303.11568', version='v1')
    >>> canonical("https://www.nature.com/articles/s41586-021-03819-2?utm_source=x").id
    'doi:10.1038/s41586-021-03819-2'
    >>> canonical("http://Example.org:80/a/?utm_source=x#top").id
    'https://example.org/a'
    """
    return recognise(_split(url)) or Identifier(cleaned_url(url))


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError as error:
        raise InputError(f"'{url}' is no usable address: {error}; correct it") from error
    if parts.scheme.lower() not in {"http", "https"} or not parts.hostname or port == 0:
        raise InputError(f"'{url}' is no http or https address; correct it")
    return parts


def cleaned_url(url: str) -> str:
    """Return an address without what does not change its page.

    The scheme is https, the host in lower case, a default port, tracking parameters, the fragment
    and a trailing slash are dropped, and percent-encoding is uniform. Other parameters stay, in
    their order.

    Raises
    ------
    InputError
        If it is no http or https address.
    """
    parts = _split(url)
    host = (parts.hostname or "").lower()
    host = f"[{host}]" if ":" in host else host
    port = f":{parts.port}" if parts.port not in {None, 80, 443} else ""
    path = quote(unquote(parts.path), safe="/:@!$&'()*+,;=~-._").rstrip("/")
    kept = [
        (key, value)
        for key, value in parse_qsl(parts.query, keep_blank_values=True)
        if not _TRACKING.fullmatch(key.lower())
    ]
    return f"https://{host}{port}{path}" + (f"?{urlencode(kept)}" if kept else "")


def to_url(curie: str) -> str:
    """Return an https address at which a CURIE resolves; cleaned addresses are returned as they are.

    Raises
    ------
    InputError
        If the prefix is none of ours.

    Examples
    --------
    >>> to_url("acl:2020.acl-main.740")
    'https://aclanthology.org/2020.acl-main.740'
    """
    prefix, _, local = curie.partition(":")
    if prefix in {"http", "https"}:
        return curie
    if prefix not in _ADDRESSES:
        raise InputError(f"'{curie}' has no known prefix; use one of {', '.join(_ADDRESSES)}, or an address")
    return _ADDRESSES[prefix](local)


def _neurips_url(local: str) -> str:
    year, _, key = local.partition("/")
    return f"https://proceedings.neurips.cc/paper/{year}/hash/{key}-Abstract.html"


def _cvf_url(local: str) -> str:
    venue, _, name = local.partition("/")
    match = re.fullmatch(r"([A-Z]+)(\d{4})", venue)
    suffix = f"_{match[1]}_{match[2]}_paper" if match else ""
    return f"https://openaccess.thecvf.com/content/{venue}/html/{name}{suffix}.html"


_ADDRESSES: Final[Mapping[str, Callable[[str], str]]] = {
    "arxiv": lambda local: f"https://arxiv.org/abs/{local}",
    "doi": lambda local: f"https://doi.org/{quote(local, safe='/:()-._;')}",
    "acl": lambda local: f"https://aclanthology.org/{local}",
    "openreview": lambda local: f"https://openreview.net/forum?id={local}",
    "pmlr": lambda local: f"https://proceedings.mlr.press/{local}.html",
    "cvf": _cvf_url,
    "neurips": _neurips_url,
    "ecva": lambda local: (
        f"https://www.ecva.net/papers/{local.partition('/')[0]}/papers_ECCV/papers/{local.partition('/')[2]}.pdf"
    ),
    "ieee": lambda local: f"https://ieeexplore.ieee.org/document/{local}",
    "github": lambda local: f"https://github.com/{local}",
    "hf": lambda local: f"https://huggingface.co/{local}",
}
