"""A request as the service sees it, once the HTTP layer is done with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Request:
    """A request without its body.

    Parameters
    ----------
    path
        Percent-decoded.
    query_string
        As sent.
    headers
        By name in lower case; where a name comes twice, joined with commas.
    """

    method: str
    path: str
    query_string: bytes
    headers: Mapping[str, str]
    scheme: str = "http"
    client: str = ""

    def header(self, name: str) -> str:
        """Return a header's value, empty if it was not sent."""
        return self.headers.get(name, "")


def from_scope(scope: Mapping[str, Any]) -> Request:
    """Return the request of an ASGI scope."""
    headers: dict[str, str] = {}
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin-1"), raw_value.decode("latin-1")
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    client = scope.get("client")
    return Request(
        scope["method"],
        scope["path"],
        scope["query_string"],
        headers,
        scope["scheme"],
        client[0] if client else "",
    )
