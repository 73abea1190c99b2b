"""The service as an ASGI application: one request in, one whole answer out.

References
----------
HTTP semantics, RFC 9110; caching, RFC 9111; ``Cache-Status``, RFC 9211; CORS, https://fetch.spec.whatwg.org/.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from hashlib import blake2b
from typing import Any, Final, NamedTuple

from healthfm.service import api
from healthfm.service.access_log import AccessLog
from healthfm.service.cache import Cache
from healthfm.service.limits import CACHE_BYTES, MAX_BODY, MAX_DRAINED, MAX_TARGET
from healthfm.service.messages import Reply, encode_job
from healthfm.service.pool import Pool
from healthfm.service.refusal import RefusalError
from healthfm.service.request import Request, from_scope
from healthfm.service.routes import allowed_methods, make_plan
from healthfm.service.static_files import read_assets

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

#: Added to every answer by the HTTP layer, to its own errors too.
EVERYWHERE: Final = (
    ("X-Content-Type-Options", "nosniff"),
    ("Access-Control-Allow-Origin", "*"),
    ("Access-Control-Expose-Headers", "ETag, Cache-Status, Retry-After, Content-Location"),
    ("Vary", "Accept, Accept-Encoding"),
)
#: What a page may do; the styles of an editor are made by its script.
_PAGE_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_POLICY: Final = "default-src 'none'; frame-ancestors 'none'"
#: The explorer's own page says what it may do; it has the hash of its script.
_EXPLORER_POLICY: Final = "frame-ancestors 'none'"
_PREFLIGHT: Final = {
    "Access-Control-Allow-Headers": "Accept, Content-Type, Cache-Control, If-None-Match",
    "Access-Control-Max-Age": "86400",
}
_FRESH: Final = "public, max-age=300"
_VOLATILE: Final = "no-store"
_HOST: Final = re.compile(r"([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(:\d{1,5})?")
_TAG: Final = re.compile(r'"[^"]*"')


class _Outcome(NamedTuple):
    """An answer as it will be sent."""

    reply: Reply
    headers: Mapping[str, str]
    cached: bool = False
    query: str | None = None


class Service:
    """The application.

    Parameters
    ----------
    pool
        Who does the work.
    build
        What is served, as a hash: the same hash, the same answers.
    version
        Of the package, for people.
    """

    def __init__(self, pool: Pool, log: AccessLog, *, build: str, version: str) -> None:
        self._pool = pool
        self._log = log
        self._build = build.encode()
        self._version = version
        self._cache: Cache[Reply] = Cache(CACHE_BYTES)
        self._assets = read_assets()
        description = json.dumps(api.openapi(version), indent=2).encode()
        self._openapi = Reply(200, description, "application/json", repeatable=True)

    async def __call__(self, scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
        """Answer one request."""
        assert scope["type"] == "http"
        started = time.perf_counter()
        request = from_scope(scope)
        try:
            _check_head(scope, request)
            outcome = await self._answer(request, receive)
        except RefusalError as refusal:
            outcome = _refused(refusal)
        except ConnectionError:
            outcome = None
        if outcome is not None:
            await _send(send, request, outcome)
        self._log.write(
            request,
            status=outcome.reply.status if outcome else 499,
            size=len(outcome.reply.body) if outcome else 0,
            seconds=time.perf_counter() - started,
            cached=outcome is not None and outcome.cached,
            query=outcome.query if outcome else None,
        )

    async def _answer(self, request: Request, receive: Receive) -> _Outcome:
        allowed = allowed_methods(request.path)
        if request.method == "OPTIONS":
            headers = {"Allow": allowed, "Access-Control-Allow-Methods": allowed, **_PREFLIGHT}
            return _Outcome(Reply(204, b""), headers)
        if request.method not in allowed.split(", "):
            raise RefusalError(
                405, f"{request.method} is not answered here; use {allowed}", {"Allow": allowed}
            )
        body = await _read_body(request, receive) if request.method == "POST" else b""
        fixed = self._fixed(request)
        if fixed is None:
            return await self._work(request, body, receive)
        tag = self._tag(fixed.body)
        return _not_modified(tag, {}) if _has(request, tag) else _Outcome(fixed, _caching(fixed, tag))

    def _fixed(self, request: Request) -> Reply | None:
        """Return what needs no worker."""
        if request.path == "/health":
            return self._health()
        if request.path == "/openapi.json":
            return self._openapi
        asset = self._assets.get(request.path)
        if asset is None:
            return None
        return asset.compressed if _takes_gzip(request) else asset.plain

    def _health(self) -> Reply:
        state = {
            "status": "ok" if self._pool.ready else "starting",
            "version": self._version,
            "build": self._build.decode(),
            "workers": self._pool.limits.workers,
            "busy": self._pool.busy,
        }
        return Reply(200 if self._pool.ready else 503, json.dumps(state).encode() + b"\n", "application/json")

    async def _work(self, request: Request, body: bytes, receive: Receive) -> _Outcome:
        plan = make_plan(request, body, self._pool.limits)
        query = plan.job.get("query")
        job = encode_job({**plan.job, "gzip": _takes_gzip(request)})
        wants_new = "no-cache" in request.header("cache-control")
        tag = self._tag(job)
        if _has(request, tag):
            return _not_modified(tag, plan.headers, query=query)
        reply = None if wants_new else self._cache.get(job)
        cached = reply is not None
        if reply is None:
            try:
                reply = await self._pool.do(job, plan.seconds, _leaving(receive))
            except RefusalError as refusal:
                return _refused(refusal)._replace(query=query)
            if reply.repeatable:
                self._cache.keep(job, reply, size=len(reply.body))
        headers = _caching(reply, tag)
        if reply.status < 400:
            headers |= plan.headers
        if cached:
            headers["Cache-Status"] = "healthfm; hit"
        if plan.job["kind"] == "explorer":
            headers["Content-Security-Policy"] = _EXPLORER_POLICY
        return _Outcome(reply, headers, cached=cached, query=query)

    def _tag(self, key: bytes) -> str:
        # Weak: the same rows, not always in the same order, nor compressed to the same bytes.
        return f'W/"{blake2b(key, key=self._build, digest_size=12).hexdigest()}"'


def _refused(refusal: RefusalError) -> _Outcome:
    reason = Reply(refusal.status, f"{refusal}\n".encode())
    return _Outcome(reason, {"Cache-Control": _VOLATILE} | refusal.headers)


def _has(request: Request, tag: str) -> bool:
    """Say whether the client has the answer: a tag was given out only with one that stays as it is."""
    known = request.header("if-none-match")
    # Proxies make strong tags of weak ones and the other way round; here it is no matter.
    return bool(known) and request.method != "POST" and tag.removeprefix("W/") in _TAG.findall(known)


def _not_modified(tag: str, headers: Mapping[str, str], *, query: str | None = None) -> _Outcome:
    return _Outcome(Reply(304, b""), {"ETag": tag, "Cache-Control": _FRESH, **headers}, query=query)


def _caching(reply: Reply, tag: str) -> dict[str, str]:
    if reply.repeatable and reply.status == 200:
        return {"ETag": tag, "Cache-Control": _FRESH}
    return {"Cache-Control": _FRESH if reply.status == 303 else _VOLATILE}


def _check_head(scope: Mapping[str, Any], request: Request) -> None:
    host = request.header("host")
    if not host and scope["http_version"] == "1.1":
        raise RefusalError(400, "HTTP/1.1 needs a Host header")
    if host and not _HOST.fullmatch(host):
        raise RefusalError(400, f"'{host}' is no name of a host")
    if len(scope["raw_path"]) + len(request.query_string) > MAX_TARGET:
        raise RefusalError(414, f"the address has over {MAX_TARGET:,} bytes; send the query by POST")


def _takes_gzip(request: Request) -> bool:
    return any(
        name.strip() == "gzip" and weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
        for name, _, weight in (
            part.partition(";") for part in request.header("accept-encoding").lower().split(",")
        )
    )


async def _read_body(request: Request, receive: Receive) -> bytes:
    """Return the body of a request; one that is too long is read as well, so that the client listens."""
    pieces, size = [], 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            raise ConnectionResetError("the client has left")
        size += len(message["body"])
        if size <= MAX_BODY:
            pieces.append(message["body"])
        if size > MAX_DRAINED or not message.get("more_body"):
            break
    if size > MAX_BODY:
        closing = {"Connection": "close"}
        raise RefusalError(413, f"the body has over {MAX_BODY:,} bytes; send less", closing)
    return b"".join(pieces)


def _leaving(receive: Receive) -> Callable[[], Awaitable[None]]:
    async def gone() -> None:
        while (await receive())["type"] != "http.disconnect":
            pass

    return gone


async def _send(send: Send, request: Request, outcome: _Outcome) -> None:
    reply = outcome.reply
    headers = dict(outcome.headers)
    if reply.status not in {204, 304}:
        is_text = reply.media_type.startswith("text/") and "charset" not in reply.media_type
        headers["Content-Type"] = reply.media_type + "; charset=utf-8" * is_text
        headers["Content-Length"] = str(len(reply.body))
        if reply.gzipped:
            headers["Content-Encoding"] = "gzip"
        is_page = reply.media_type == "text/html"
        headers.setdefault("Content-Security-Policy", _PAGE_POLICY if is_page else _POLICY)
    lines = [(name.encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": reply.status, "headers": lines})
    await send({"type": "http.response.body", "body": b"" if request.method == "HEAD" else reply.body})
