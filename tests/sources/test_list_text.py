"""A list from a file or an address: real servers, limits, redirects."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from healthfm.errors import HealthfmError, InputError, LimitError
from healthfm.sources import list_text as module
from healthfm.sources.download import download
from healthfm.sources.list_text import list_text

LIST = "# L\n\n* Ein Wörk [Paper](https://a.org)\n"


@contextmanager
def served(answer: Callable[[BaseHTTPRequestHandler], None]) -> Iterator[str]:
    """Serve one answer on the loopback until the test ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer(self)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def text(handler: BaseHTTPRequestHandler, content: bytes = LIST.encode(), kind: str = "text/plain") -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", kind)
    handler.end_headers()
    handler.wfile.write(content)


def redirect(to: str) -> Callable[[BaseHTTPRequestHandler], None]:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        if handler.path == "/list.md":
            text(handler)
            return
        handler.send_response(302)
        handler.send_header("Location", to)
        handler.end_headers()

    return answer


def test_a_list_is_fetched() -> None:
    """An address gives the text behind it, also after a redirect."""
    with served(text) as address:
        assert list_text(f"{address}/README.md") == LIST
    with served(redirect("/list.md")) as address:
        assert list_text(f"{address}/moved") == LIST


@pytest.mark.parametrize(
    "to", ["file:///etc/passwd", "ftp://a.org/x", "gopher://a.org", "//", "data:text/plain,x"]
)
def test_redirects_lead_to_http_only(to: str) -> None:
    """Nobody who answers can make us read a file."""
    with served(redirect(to)) as address, pytest.raises(InputError):
        list_text(f"{address}/moved")


def test_redirects_end() -> None:
    """A circle of redirects is left after a few rounds."""
    with served(redirect("/again")) as address, pytest.raises(InputError, match="cannot be fetched"):
        list_text(f"{address}/again")


@pytest.mark.parametrize(
    "source", ["file:///etc/passwd", "ftp://a.org/x", "javascript://a.org", "http://", "http://[::1"]
)
def test_other_addresses_are_refused(source: str) -> None:
    """Nothing but http and https, and a host."""
    with pytest.raises(InputError):
        list_text(source)


def test_web_pages_are_refused() -> None:
    """A page about a list is no list; the message says what to name."""
    with (
        served(lambda handler: text(handler, b"<html>", "text/html; charset=utf-8")) as address,
        pytest.raises(InputError, match="is a web page; name the address of the Markdown file"),
    ):
        list_text(address)


def test_what_is_too_large_is_not_read_on() -> None:
    """The server could send for ever; reading stops at the limit."""

    def endless(handler: BaseHTTPRequestHandler) -> None:
        text(handler, b"")
        try:
            for _ in range(10_000):
                handler.wfile.write(b"x" * 1_000)
        except OSError:
            return

    with served(endless) as address, pytest.raises(LimitError, match="more than 50,000 bytes"):
        download(address, max_bytes=50_000)


def test_a_silent_server_is_left() -> None:
    """Who does not answer in time is left; the test's server waits until it is told to stop."""
    stop = threading.Event()

    def silent(handler: BaseHTTPRequestHandler) -> None:
        stop.wait(10)

    with served(silent) as address:
        try:
            with pytest.raises(LimitError, match="no answer within"):
                download(address, max_bytes=1, timeout=0.2)
        finally:
            stop.set()


def test_errors_of_a_server_are_one_line() -> None:
    """A missing page and a closed port are said in one line."""
    with (
        served(lambda handler: handler.send_error(404)) as address,
        pytest.raises(InputError, match=r"404|Not Found"),
    ):
        list_text(f"{address}/none.md")
    with pytest.raises(InputError, match="cannot be fetched"):
        list_text("http://127.0.0.1:9/none.md")


def test_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file with a byte order mark is read; one that is missing, too large or no UTF-8 is refused."""
    file = tmp_path / "list.md"
    file.write_bytes(b"\xef\xbb\xbf" + LIST.encode())
    assert list_text(str(file)) == LIST
    file.write_bytes(b"caf\xe9")
    with pytest.raises(InputError, match="byte 3 is not UTF-8"):
        list_text(str(file))
    monkeypatch.setattr(module, "MAX_BYTES", 3)
    with pytest.raises(LimitError, match="more than 3 bytes"):
        list_text(str(file))
    for missing in (tmp_path / "none.md", tmp_path):
        with pytest.raises(HealthfmError, match="cannot be read"):
            list_text(str(missing))
