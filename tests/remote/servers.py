"""Other people's SPARQL servers, started on loopback for as long as a test needs them."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

_VIRTUOSO_INI = """\
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/temp.db
TransactionFile = {folder}/temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql_port}
DisableUnixSocket = 1
ServerThreads = 10
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
DirsAllowed = {folder}
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerThreads = 8
[SPARQL]
ResultSetMaxRows = 10000
"""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: where it takes graphs, updates and queries, and who may write."""

    name: str
    graph_store: str
    update: str
    query: str
    process: subprocess.Popen[bytes]
    user: str | None = None
    password: str | None = None

    def allow(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Put the credentials of who may write into the environment."""
        if self.user and self.password:
            monkeypatch.setenv("HEALTHFM_USER", self.user)
            monkeypatch.setenv("HEALTHFM_PASSWORD", self.password)


def free_port() -> int:
    """Return a port of loopback that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def oxigraph(folder: Path, *options: str) -> Iterator[Server]:
    """Run Oxigraph's own server."""
    program = Path(sys.executable).with_name("oxigraph")
    base = f"http://127.0.0.1:{(port := free_port())}"
    command = [str(program), "serve", "--location", str(folder), "--bind", f"127.0.0.1:{port}", *options]
    with _running(command, f"{base}/query") as process:
        yield Server("oxigraph", f"{base}/store", f"{base}/update", f"{base}/query", process)


@contextmanager
def virtuoso(folder: Path) -> Iterator[Server]:
    """Run Virtuoso, with the limit of rows that Debian ships and the user it makes."""
    program = shutil.which("virtuoso-t")
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("virtuoso-t is missing, and CI may skip nothing")
        pytest.skip("Virtuoso is not here; install Debian's virtuoso-opensource-7-bin")
    port, sql_port = free_port(), free_port()
    configuration = folder / "virtuoso.ini"
    configuration.write_text(
        _VIRTUOSO_INI.format(folder=folder, port=port, sql_port=sql_port), encoding="utf-8"
    )
    base = f"http://127.0.0.1:{port}"
    command = [program, "+configfile", str(configuration), "+foreground"]
    with _running(command, f"{base}/sparql") as process:
        yield Server(
            "virtuoso",
            f"{base}/sparql-graph-crud-auth",
            f"{base}/sparql-auth",
            f"{base}/sparql",
            process,
            user="dba",
            password="dba",
        )


@contextmanager
def _running(command: list[str], url: str) -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _wait(process, url)
            yield process
        finally:
            process.kill()


def _wait(process: subprocess.Popen[bytes], url: str) -> None:
    for _ in range(600):
        if process.poll() is not None:
            pytest.fail(f"{process.args!r} ended with {process.returncode}")
        try:
            httpx.get(url, params={"query": "ASK {}"}, timeout=5)
        except httpx.TransportError:
            time.sleep(0.05)  # until it listens
        else:
            return
    pytest.fail(f"{process.args!r} does not listen")
