"""Servers that behave badly, on loopback: each says what it says, whatever it is asked."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

#: Gets the request's head and the connection, and does what it likes with it.
Behaviour = Callable[[bytes, socket.socket], None]


@dataclass
class Hostile:
    """A server of that kind, and the heads of the requests that came."""

    url: str
    requests: list[bytes] = field(default_factory=list)


@contextmanager
def hostile(behaviour: Behaviour) -> Iterator[Hostile]:
    """Run a server that treats each connection like that."""
    ended = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = Hostile(f"http://127.0.0.1:{listener.getsockname()[1]}/query")

        def serve() -> None:
            while not ended.is_set():
                with suppress(OSError):
                    connection, _ = listener.accept()
                    threading.Thread(target=answer, args=(connection,), daemon=True).start()

        def answer(connection: socket.socket) -> None:
            with connection, suppress(OSError):
                head = b""
                while b"\r\n\r\n" not in head:
                    head += connection.recv(65_536)
                server.requests.append(head)
                behaviour(head, connection)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield server
        ended.set()
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)  # wakes the thread that accepts


def says(*parts: bytes) -> Behaviour:
    """Send these bytes and hang up."""
    return lambda _, connection: connection.sendall(b"".join(parts))


def reply(body: bytes, *headers: str, status: str = "200 OK", length: int | None = None) -> bytes:
    """Return a whole reply of HTTP; `length` is what it says of its body, true unless given."""
    size = len(body) if length is None else length
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {size}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


def hangs(_head: bytes, connection: socket.socket) -> None:
    """Say nothing until the client goes."""
    connection.recv(1)


def drips(_head: bytes, connection: socket.socket) -> None:
    """Send one byte of a header after the other, for ever."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    gone = threading.Event()
    while not gone.wait(0.02):
        connection.sendall(b"x")
