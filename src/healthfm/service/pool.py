"""The web process's side of the workers: who is free, who has died, and who takes the next job."""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
import subprocess
import sys
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import asdict
from typing import Any, Final

from healthfm.errors import InputError
from healthfm.service.limits import MAX_WAITING, Limits
from healthfm.service.messages import FORK, NEW, READY, Reply, pack_job
from healthfm.service.refusal import RefusalError
from healthfm.service.worker_connection import WorkerConnection

#: A worker's own alarm comes first; this much later it is killed from here.
_GRACE: Final = 0.2
#: A client that waits this long is watched, whether it is still there.
_WATCH_AFTER: Final = 0.05
#: Between two attempts to replace the parent of the workers.
_RESTART_SECONDS: Final = 0.5
#: The parent of the workers needs no longer to end.
_ENDING_SECONDS: Final = 1.0
_RETRY: Final = {"Retry-After": "1"}


class Pool:
    """All workers, and the process that makes them.

    Parameters
    ----------
    files
        The data to serve, if not the packaged graph.
    limits
        How many workers, and what each may take.
    """

    def __init__(self, files: Sequence[str], limits: Limits) -> None:
        self.limits = limits
        self._files = tuple(files)
        self._workers: set[WorkerConnection] = set()
        self._idle: deque[WorkerConnection] = deque()
        self._waiting: deque[asyncio.Future[WorkerConnection]] = deque()
        self._ordered = 0
        self._control: socket.socket | None = None
        self._zygote: subprocess.Popen[bytes] | None = None
        self._closing = False
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def ready(self) -> bool:
        """Whether there is anybody to do a job."""
        return bool(self._workers)

    @property
    def busy(self) -> int:
        """How many workers are at a job."""
        return len(self._workers) - len(self._idle)

    async def start(self) -> None:
        """Load the graph in a process of its own and have the workers made.

        Raises
        ------
        InputError
            If the data cannot be loaded; the message is the reason.
        """
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        command = ["-m", "healthfm.service.zygote", str(theirs.fileno()), json.dumps(asdict(self.limits))]
        self._zygote = subprocess.Popen(  # noqa: S603  -- our own module
            [sys.executable, *command, *self._files],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            process_group=0,  # Ctrl+C is for the web process, which ends the others in order
        )
        theirs.close()
        loop = asyncio.get_running_loop()
        said = await loop.sock_recv(ours, 4096)
        if said != READY:
            ours.close()
            self._zygote.wait()
            raise InputError(said.decode().strip() or "the process that holds the graph did not start")
        self._control = ours
        loop.add_reader(ours, self._receive_worker)
        self._order_missing()

    async def stop(self) -> None:
        """End all workers and their parent."""
        self._closing = True
        for task in self._tasks:
            task.cancel()
        for worker in list(self._workers):
            worker.close()
        self._forget_zygote()

    def _order_missing(self) -> None:
        missing = self.limits.workers - len(self._workers) - self._ordered
        if self._control is None or missing <= 0:
            return
        with contextlib.suppress(OSError):  # a dead parent is noticed where workers are received
            self._ordered += self._control.send(FORK * missing)

    def _receive_worker(self) -> None:
        assert self._control is not None
        try:
            data, descriptors, _, _ = socket.recv_fds(self._control, NEW.size, 1)
        except BlockingIOError:
            return
        except OSError:
            descriptors = []
        if not descriptors:
            self._forget_zygote()
            self._in_background(self._replace_zygote())
            return
        connection = socket.socket(fileno=descriptors[0])
        connection.setblocking(False)
        self._in_background(self._welcome(connection, *NEW.unpack(data)))

    def _forget_zygote(self) -> None:
        """Close the line to the parent of the workers; it ends of itself then, if it has not died."""
        if self._control is not None:
            asyncio.get_running_loop().remove_reader(self._control)
            self._control.close()
        self._control, self._ordered = None, 0
        if self._zygote is not None:
            try:
                self._zygote.wait(_ENDING_SECONDS)
            except subprocess.TimeoutExpired:
                self._zygote.kill()
                self._zygote.wait()

    async def _replace_zygote(self) -> None:
        """Start another parent; workers that are left go on meanwhile."""
        while not self._closing:
            with contextlib.suppress(InputError):
                await self.start()
                return
            await asyncio.sleep(_RESTART_SECONDS)

    def _in_background(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _welcome(self, connection: socket.socket, process: int) -> None:
        loop = asyncio.get_running_loop()
        _, worker = await loop.create_unix_connection(
            lambda: WorkerConnection(process, self._lost), sock=connection
        )
        self._ordered = max(0, self._ordered - 1)
        if worker.usable:
            self._workers.add(worker)
            self._hand_on(worker)
        else:  # it has died already
            self._order_missing()

    def _lost(self, worker: WorkerConnection) -> None:
        self._workers.discard(worker)
        with contextlib.suppress(ValueError):
            self._idle.remove(worker)
        if not self._closing:
            self._order_missing()

    def _hand_on(self, worker: WorkerConnection) -> None:
        """Give a free worker to the one who has waited longest."""
        if not worker.usable:
            worker.close()
            return
        while self._waiting:
            waiting = self._waiting.popleft()
            if not waiting.done():
                waiting.set_result(worker)
                return
        self._idle.append(worker)

    async def do(self, job: bytes, seconds: float, gone: Callable[[], Awaitable[None]]) -> Reply:
        """Have a worker do a job.

        Parameters
        ----------
        seconds
            Until the reply must be there, waiting for a worker included.
        gone
            Returns when the client has left; nobody works for it any longer then.

        Raises
        ------
        RefusalError
            If no worker is free in time, or the job costs one its life.
        ConnectionError
            If the client has left.
        """
        loop = asyncio.get_running_loop()
        deadline = loop.time() + seconds
        worker = self._idle.pop() if self._idle else await self._wait_for_worker(seconds)
        left = deadline - loop.time()
        reply = worker.begin(pack_job(job, left))
        watch = loop.call_later(
            _WATCH_AFTER, lambda: self._in_background(_watch(reply, deadline + _GRACE - loop.time(), gone))
        )
        found = None
        try:
            found = await reply
        finally:
            watch.cancel()
            self._take_back(worker, healthy=found is not None)
        if found is not None:
            return found
        if loop.time() >= deadline - _GRACE:
            raise RefusalError(503, f"no answer within {seconds:g} seconds; ask for less", _RETRY)
        raise RefusalError(
            503, f"no answer with {self.limits.memory:,} MB of memory; ask for less, or simplify", _RETRY
        )

    async def _wait_for_worker(self, seconds: float) -> WorkerConnection:
        if len(self._waiting) >= MAX_WAITING:
            raise RefusalError(503, f"{MAX_WAITING} requests wait already; come back later", _RETRY)
        loop = asyncio.get_running_loop()
        waiting: asyncio.Future[WorkerConnection] = loop.create_future()
        self._waiting.append(waiting)
        late = RefusalError(503, f"no worker was free within {seconds:g} seconds; come back later", _RETRY)
        alarm = loop.call_later(seconds, _fail, waiting, late)
        try:
            return await waiting
        finally:
            alarm.cancel()

    def _take_back(self, worker: WorkerConnection, *, healthy: bool) -> None:
        if healthy:
            self._hand_on(worker)
        elif worker.usable:  # it still works for somebody who has left, or past its deadline
            worker.kill()


def _fail(future: asyncio.Future[Any], error: Exception) -> None:
    if not future.done():
        future.set_exception(error)


async def _watch(
    reply: asyncio.Future[Reply | None], seconds: float, gone: Callable[[], Awaitable[None]]
) -> None:
    """Settle a reply that the client does not wait for any more, or that does not come in time."""
    leaving = asyncio.ensure_future(gone())
    both: list[asyncio.Future[Any]] = [reply, leaving]
    await asyncio.wait(both, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    if leaving.done():
        _fail(reply, ConnectionResetError("the client has left"))
    elif not reply.done():
        reply.set_result(None)
    leaving.cancel()
