"""One function in a process of its own, with a deadline; its value comes back, or the reason why not."""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import select
import signal
import time
import warnings
from collections.abc import Callable
from typing import Final, NoReturn, TypeVar

from healthfm.errors import HealthfmError, LimitError, UsageError
from healthfm.isolation.confinement import MEMORY, confine, end_after
from healthfm.isolation.deadline import require_deadline

#: The child's own alarm comes first; this much later it is killed from here.
_GRACE: Final = 0.5
#: Exit status of a child that did not come to its end.
_FAULTY: Final = 70

_T = TypeVar("_T")


def run_isolated(
    work: Callable[[], _T], *, timeout: float, memory: int = MEMORY, network: bool = False
) -> _T:
    """Return what `work` returns, from a forked process that is killed when its time is over.

    Parameters
    ----------
    work
        Its value must be picklable; what it changes is lost with its process.
    timeout
        Seconds.
    memory
        Megabytes it may take on top of what this process has.
    network
        Let it open sockets and files.

    Raises
    ------
    LimitError
        If time or memory did not suffice.
    UsageError
        If the timeout is none that can be kept, or the system cannot fork.
    HealthfmError
        What `work` raised.
    """
    if not hasattr(os, "fork"):
        raise UsageError("a timeout needs a system that can fork (Linux, macOS); leave it out here")
    require_deadline(timeout)
    ours, theirs = os.pipe()
    process = _fork()
    if process == 0:
        os.close(ours)
        _become_child(work, theirs, timeout=timeout, memory=memory, network=network)
    os.close(theirs)
    try:
        data = _read(ours, time.monotonic() + timeout + _GRACE)
    finally:
        os.close(ours)
        # Also when interrupted: nothing may be left running.
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
        _, status = os.waitpid(process, 0)
    if data is None or (os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGALRM):
        raise LimitError(f"no answer within {timeout:g} seconds; ask for less, or allow more time")
    if not data:
        assert os.waitstatus_to_exitcode(status) != _FAULTY, "a fault of ours; without a timeout it shows"
        raise LimitError(f"no answer with {memory:,} MB of memory; ask for less, or simplify the query")
    value = pickle.loads(data)  # noqa: S301  -- written by our own code in the child
    if isinstance(value, HealthfmError):
        raise value
    return value  # type: ignore[no-any-return]


def _fork() -> int:
    with warnings.catch_warnings():
        # Python warns of other threads; the child starts none, takes no lock of theirs, and never returns.
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def _become_child(
    work: Callable[[], _T], pipe: int, *, timeout: float, memory: int, network: bool
) -> NoReturn:
    status = _FAULTY
    try:
        gc.freeze()  # what was inherited is never collected, so its pages stay shared
        confine(memory, network=network)
        end_after(timeout)
        data = _outcome(work)
        while data:
            data = data[os.write(pipe, data) :]
        status = 0
    finally:
        # Never back into the caller's code: no finally of its, no atexit.
        os._exit(status)


def _outcome(work: Callable[[], _T]) -> bytes:
    try:
        return pickle.dumps(work())
    except HealthfmError as error:
        return pickle.dumps(error)
    except MemoryError:
        return b""


def _read(pipe: int, deadline: float) -> bytes | None:
    """Return all that comes through a pipe, or `None` if it is not closed in time."""
    pieces: list[bytes] = []
    readable = select.poll()
    readable.register(pipe, select.POLLIN)
    while readable.poll(max(0.0, deadline - time.monotonic()) * 1000):
        piece = os.read(pipe, 1 << 20)
        if not piece:
            return b"".join(pieces)
        pieces.append(piece)
    return None
