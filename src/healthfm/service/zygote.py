"""The parent of the workers: a process with one thread that holds the graph and forks.

Forking a process with threads is not safe, and the web process has some; so it starts this one as
a program of its own, tells it over a socket when it wants a worker, and gets the worker's end of a
socket back. What the workers need is loaded and used once before the first fork: later they can
open no file, not even a module's.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import select
import signal
import socket
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Final, NoReturn

from healthfm.errors import HealthfmError
from healthfm.isolation.confinement import confine
from healthfm.service.handlers import make_handlers, rehearse
from healthfm.service.limits import Limits
from healthfm.service.messages import NEW, READY
from healthfm.service.worker import Handler, work

#: Orders taken at once, a byte each.
_ORDERS: Final = 64
#: Those who have died since are buried at least this often.
_BURYING_SECONDS: Final = 1.0


def main(arguments: Sequence[str]) -> int:
    """Serve orders from the socket whose descriptor is the first argument.

    Parameters
    ----------
    arguments
        Descriptor, the limits as JSON, and the files to load, if not the packaged graph.
    """
    descriptor, limits_json, *files = arguments
    control = socket.socket(fileno=int(descriptor))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the web process's; this one ends with it
    limits = Limits(**json.loads(limits_json))
    try:
        handlers = make_handlers(files, limits)
        rehearse(handlers, limits)
    except HealthfmError as error:
        control.sendall(f"{error}\n".encode())
        return error.exit_code
    gc.freeze()  # what the workers inherit is never collected, so its pages stay shared
    with contextlib.suppress(ConnectionError):  # whoever wanted this is gone, perhaps in the midst of it
        control.sendall(READY)
        _obey(control, lambda connection: _live(connection, handlers, limits))
    return 0


def _obey(control: socket.socket, live: Callable[[socket.socket], NoReturn]) -> None:
    children: set[int] = set()
    try:
        while True:
            readable, _, _ = select.select([control], [], [], _BURYING_SECONDS)
            _bury(children)
            if not readable:
                continue
            orders = control.recv(_ORDERS)
            if not orders:
                return
            children |= {_fork(control, live) for _ in orders}
    finally:
        for child in children:
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)


def _bury(children: set[int]) -> None:
    while children:
        process, _ = os.waitpid(-1, os.WNOHANG)
        if not process:
            return
        children.discard(process)


def _fork(control: socket.socket, live: Callable[[socket.socket], NoReturn]) -> int:
    theirs, ours = socket.socketpair()
    process = os.fork()
    if process == 0:
        theirs.close()
        control.close()
        live(ours)
    ours.close()
    socket.send_fds(control, [NEW.pack(process)], [theirs.fileno()])
    theirs.close()
    return process


def _live(connection: socket.socket, handlers: Mapping[str, Handler], limits: Limits) -> NoReturn:
    status = 1
    try:
        confine(limits.memory)
        work(connection, handlers, memory=limits.memory, size=limits.size)
        status = 0
    finally:
        # Never back into the parent's code: no finally of its, no atexit.
        os._exit(status)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
