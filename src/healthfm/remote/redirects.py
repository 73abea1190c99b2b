"""Which URLs we ask, and where a server may send us."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import httpx

from healthfm.errors import RemoteError, UsageError
from healthfm.remote.credentials import PASSWORD_VARIABLE, USER_VARIABLE
from healthfm.remote.hosts import checked_address

REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
MAX_REDIRECTS: Final = 3


class Hop(NamedTuple):
    """Where one request of a chain of redirects goes; credentials go only to the host that was named."""

    url: httpx.URL
    is_named: bool
    headers: Mapping[str, str] = MappingProxyType({})
    extensions: Mapping[str, Any] = MappingProxyType({})


def next_hop(named: httpx.URL, target: httpx.URL) -> Hop:
    """Return where a redirect from the server that was named leads.

    Raises
    ------
    UsageError
        If it leads to no http or https URL.
    RemoteError
        If it leads from https to http, or to a host that is neither the named one nor public.
    """
    require_http(str(target))
    if named.scheme == "https" and target.scheme == "http":
        raise RemoteError(f"{named.host}: leads from https to {target}; use that URL itself if you trust it")
    if (target.host, _port(target)) == (named.host, _port(named)):
        return Hop(target, is_named=True)
    # The name could mean another address a moment later, so the request goes to the one looked at.
    address = checked_address(target.host, _port(target))
    return Hop(
        target.copy_with(host=address),
        is_named=False,
        headers={"Host": target.netloc.decode("ascii")},
        extensions={"sni_hostname": target.host},
    )


def _port(url: httpx.URL) -> int:
    return url.port or {"http": 80, "https": 443}[url.scheme]


def require_http(url: str) -> httpx.URL:
    """Return the URL of a server, if it is one we may use.

    Raises
    ------
    UsageError
        If it is not http or https, has no host, or carries credentials.
    """
    try:
        parts = httpx.URL(url)
    except (httpx.InvalidURL, TypeError) as error:
        raise UsageError(f"'{url}' is no URL: {error}; write it as http(s)://host/path") from error
    if parts.scheme not in {"http", "https"} or not parts.host:
        raise UsageError(f"'{url}' is no http or https URL; write it as http(s)://host/path")
    if parts.userinfo:
        raise UsageError(
            f"the URL for {parts.host} carries credentials, which others can read; "
            f"put them into {USER_VARIABLE} and {PASSWORD_VARIABLE}"
        )
    return parts
