"""A built graph as a store on disk, made once per build: opening it takes a third of parsing Turtle.

The cache is local and disposable. Its name carries place, time and size of the file it was made
from, so that a new build never meets an old store; whatever goes wrong with it, the caller parses
the file instead.
"""

from __future__ import annotations

import os
import zlib

from pyoxigraph import RdfFormat, Store


def cached_store(source: str) -> Store | None:
    """Return a read-only store with the dataset of a TriG file, made now if it is not there yet.

    Returns
    -------
    Store or None
        `None` if there is no place to keep one, or the file cannot be read.
    """
    try:
        place = _place(source)
        if not os.path.isdir(place):  # noqa: PTH112  -- pathlib would cost this path more than it saves
            _make(source, place)
        store = Store.read_only(place)
        # An emptied folder opens as an empty store; no graph of ours is empty.
        return store if next(store.quads_for_pattern(None, None, None), None) else None
    except (OSError, RuntimeError, ValueError, SyntaxError):
        return None


def _place(source: str) -> str:
    root = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")  # noqa: PTH111, PTH118
    status = os.stat(source)  # noqa: PTH116
    name = f"{zlib.crc32(os.path.abspath(source).encode()):08x}-{status.st_mtime_ns:x}-{status.st_size:x}"  # noqa: PTH100
    return f"{root}/healthfm/{name}"


def _make(source: str, place: str) -> None:
    import shutil

    parent, _, name = place.rpartition("/")
    staging = f"{place}.{os.getpid()}.tmp"
    os.makedirs(parent, exist_ok=True)  # noqa: PTH103
    store = Store(staging)
    store.bulk_load(path=source, format=RdfFormat.TRIG)
    store.optimize()
    store.flush()
    del store
    try:
        os.rename(staging, place)  # noqa: PTH104
    except OSError:
        # Somebody else made the same store at the same time; theirs will do.
        shutil.rmtree(staging, ignore_errors=True)
    for other in os.listdir(parent):  # noqa: PTH208
        if other.startswith(name.partition("-")[0]) and other != name and not other.endswith(".tmp"):
            shutil.rmtree(f"{parent}/{other}", ignore_errors=True)
