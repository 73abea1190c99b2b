"""Who we are to a server: from the environment only, never from a URL or an option that others can see."""

from __future__ import annotations

import os
from collections.abc import Generator
from typing import Final

import httpx

from healthfm.errors import UsageError

USER_VARIABLE: Final = "HEALTHFM_USER"
PASSWORD_VARIABLE: Final = "HEALTHFM_PASSWORD"  # noqa: S105  -- the name of a variable
TOKEN_VARIABLE: Final = "HEALTHFM_TOKEN"  # noqa: S105  -- the name of a variable


def credentials() -> httpx.Auth | None:
    """Return what the environment says: a bearer token, else a user with a password, else nothing.

    Raises
    ------
    UsageError
        If there is a user without a password.
    """
    token, user = os.environ.get(TOKEN_VARIABLE), os.environ.get(USER_VARIABLE)
    if token:
        return _Bearer(token)
    if not user:
        return None
    password = os.environ.get(PASSWORD_VARIABLE)
    if password is None:
        raise UsageError(f"{USER_VARIABLE} is set and {PASSWORD_VARIABLE} is not; set both or none")
    return _Password(user, password)


class _Bearer(httpx.Auth):
    def __init__(self, token: str) -> None:
        self._header = f"Bearer {token}"

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        request.headers["Authorization"] = self._header
        yield request


class _Password(httpx.Auth):
    """Answers Digest where the server asks for it (Virtuoso does), else Basic; tells nothing unasked."""

    def __init__(self, user: str, password: str) -> None:
        self._digest = httpx.DigestAuth(user, password)
        self._basic = httpx.BasicAuth(user, password)
        self._server_wants_basic = False

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        if self._server_wants_basic:
            yield from self._basic.auth_flow(request)
            return
        flow = self._digest.auth_flow(request)
        response = yield next(flow)
        if response.status_code != httpx.codes.UNAUTHORIZED:
            return
        offered = response.headers.get("www-authenticate", "").lower()
        self._server_wants_basic = "basic" in offered and "digest" not in offered
        try:
            yield next(self._basic.auth_flow(request)) if self._server_wants_basic else flow.send(response)
        except StopIteration:  # neither Basic nor Digest is asked for: the refusal stands
            return
