"""The way of bytes to the disk, all or nothing."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from healthfm.errors import InputError


def write_all(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write all files into `folder`; whoever reads it sees each file old or new, never torn.

    Notes
    -----
    Everything is written and synced beside the folder first, then renamed into it, the manifest
    last. A run that is killed before the renames leaves the old build untouched.

    Raises
    ------
    InputError
        If the folder cannot be written; what was there stays.
    """
    staging = folder.parent / f".build-{os.getpid()}"
    try:
        with _lock(folder.parent):
            _remove_stale(folder.parent)
            staging.mkdir(parents=True)
            folder.mkdir(exist_ok=True)
            for name, content in files.items():
                _write_synced(staging / name, content)
            for name in files:
                (staging / name).replace(folder / name)
            staging.rmdir()
    except OSError as error:
        shutil.rmtree(staging, ignore_errors=True)
        raise InputError(
            f"{folder}: cannot write: {error.strerror}; the last good build is untouched"
        ) from error


def write_one(path: Path, content: bytes) -> None:
    """Write one file so that it is there whole or not at all; a link at its name is replaced, not followed.

    Raises
    ------
    InputError
        If the file cannot be written.
    """
    with whole_file(path) as file:
        file.write(content)


@contextlib.contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """Open a file to be written piece by piece; it is there whole once the block ends, or not at all.

    Raises
    ------
    InputError
        If the file cannot be written.
    """
    staging = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with staging.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        staging.replace(path)
    except OSError as error:
        raise InputError(f"{path}: cannot write: {error.strerror}; choose another place") from error
    finally:
        with contextlib.suppress(OSError):
            staging.unlink(missing_ok=True)


def _write_synced(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _remove_stale(parent: Path) -> None:
    """Delete what a killed build left; the lock says that nobody is writing it."""
    for path in parent.glob(".build-*"):
        shutil.rmtree(path, ignore_errors=True)


@contextlib.contextmanager
def _lock(parent: Path) -> Iterator[None]:
    """Let one build at a time write; the lock goes with its process, however that ends."""
    try:
        import fcntl  # not on Windows, where two builds at once are on their own
    except ImportError:
        yield
        return
    with (parent / ".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
