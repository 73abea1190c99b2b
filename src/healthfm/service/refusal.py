"""A request that HTTP, the SPARQL protocol or this service does not allow."""

from __future__ import annotations

from collections.abc import Mapping

from healthfm.errors import UsageError


class RefusalError(UsageError):
    """A request that is not answered.

    Parameters
    ----------
    status
        Of HTTP.
    reason
        One line for people.
    headers
        What the status asks for, such as ``Allow``.
    """

    def __init__(self, status: int, reason: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(reason)
        self.status = status
        self.headers = dict(headers or {})
