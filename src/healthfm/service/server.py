"""Starting and stopping the service."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import signal
import socket
import sys
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Final

import uvicorn
import uvloop

from healthfm import resources
from healthfm.errors import InputError, UsageError
from healthfm.service.access_log import AccessLog
from healthfm.service.app import EVERYWHERE, Service
from healthfm.service.connection import LimitedProtocol
from healthfm.service.limits import Limits
from healthfm.service.pool import Pool

#: Between two requests on one connection.
_KEEP_ALIVE_SECONDS: Final = 15
_BACKLOG: Final = 512
_LAST_PORT: Final = 65_535


class _Server(uvicorn.Server):
    """uvicorn's server, told to stop by the loop: the pool must still be stopped after it."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.handle_exit, number, None)
        yield


def serve(
    files: Sequence[str],
    *,
    host: str,
    port: int,
    limits: Limits,
    started: Callable[[str], None],
) -> None:
    """Serve until SIGINT or SIGTERM, then answer what has come and stop.

    Parameters
    ----------
    files
        Turtle, N-Triples, N-Quads or TriG; the packaged graph if there are none.
    host
        Where to listen; ``127.0.0.1`` is this machine only.
    port
        0 means any that is free.
    limits
        What one query may cost.
    started
        Is told the address once there is somebody to answer.

    Raises
    ------
    InputError
        If the data cannot be read, or are not what was built.
    UsageError
        If the address cannot be listened at.
    """
    build = _fingerprint(files)
    listening = _listen(host, port)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve(files, listening, limits, build=build, started=started))


async def _serve(
    files: Sequence[str],
    listening: socket.socket,
    limits: Limits,
    *,
    build: str,
    started: Callable[[str], None],
) -> None:
    pool = Pool(files, limits)
    await pool.start()
    app = Service(pool, AccessLog(sys.stdout), build=build, version=version("healthfm"))
    config = uvicorn.Config(
        app,
        http=LimitedProtocol,
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="error",  # what clients send wrong is told to them, and not on stderr
        access_log=False,
        server_header=False,
        headers=list(EVERYWHERE),
        timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=int(limits.timeout) + 1,
        backlog=_BACKLOG,
    )
    host, port = listening.getsockname()[:2]
    started(f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/")
    try:
        await _Server(config).serve(sockets=[listening])
    finally:
        await pool.stop()


def _listen(host: str, port: int) -> socket.socket:
    if not 0 <= port <= _LAST_PORT:
        # The system would take the number's last 16 bits, and listen elsewhere.
        raise UsageError(f"cannot listen at {host}:{port}: ports end at {_LAST_PORT}; use another --port")
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(address[:2], family=family, backlog=_BACKLOG)
    except OSError as error:
        # Python adds the address once more, in brackets.
        reason = str(error.strerror).partition(" (")[0]
        raise UsageError(f"cannot listen at {host}:{port}: {reason}; use another --host or --port") from error


def _fingerprint(files: Sequence[str]) -> str:
    """Return a hash of what is served, and refuse a graph that is not the one that was built."""
    paths = [Path(file) for file in files] or [Path(resources.built_graph())]
    digests = [_digest(path) for path in paths]
    if not files:
        manifest = paths[0].with_name("manifest.json")
        if json.loads(_content(manifest))["files"][paths[0].name] != digests[0]:
            raise InputError(f"{paths[0]}: is not what {manifest.name} says was built; run `healthfm build`")
    return hashlib.sha256("".join(digests).encode()).hexdigest()[:16]


def _digest(path: Path) -> str:
    return hashlib.sha256(_content(path)).hexdigest()


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}; check the path") from error
