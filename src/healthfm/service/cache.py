"""Answers of late, up to a number of bytes: a build does not change, nor does the answer to a job."""

from __future__ import annotations

from collections import OrderedDict
from typing import Final, Generic, TypeVar

_V = TypeVar("_V")
#: An answer that would take more than this share of the room is not kept.
_LARGEST: Final = 1 / 8
#: Bytes that an entry takes beside its key and value, about.
_ENTRY: Final = 500


class Cache(Generic[_V]):
    """A mapping that forgets what was not used for longest when it holds too much.

    Parameters
    ----------
    room
        Bytes of keys and values together.

    Examples
    --------
    >>> cache = Cache[str](room=8_000)
    >>> for key in (b"one", b"two", b"three"):
    ...     cache.keep(key, key.decode(), size=10)
    >>> [cache.get(key) for key in (b"one", b"two", b"three")]
    ['one', 'two', 'three']
    >>> for number in range(15):
    ...     cache.keep(b"%d" % number, "more", size=9)
    >>> cache.get(b"one") is None, cache.get(b"14")
    (True, 'more')
    """

    def __init__(self, room: int) -> None:
        self._room = room
        self._used = 0
        self._entries: OrderedDict[bytes, tuple[_V, int]] = OrderedDict()

    def get(self, key: bytes) -> _V | None:
        """Return what is kept under a key."""
        entry = self._entries.get(key)
        if entry is None:
            return None
        self._entries.move_to_end(key)
        return entry[0]

    def keep(self, key: bytes, value: _V, *, size: int) -> None:
        """Keep a value of so many bytes, if it is not too large."""
        size += len(key) + _ENTRY
        if size > self._room * _LARGEST or key in self._entries:
            return
        self._entries[key] = (value, size)
        self._used += size
        while self._used > self._room:
            _, (_, freed) = self._entries.popitem(last=False)
            self._used -= freed
