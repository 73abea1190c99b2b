"""Everything that can go wrong, as one tree.

::

    HealthfmError                 the one thing to catch
    ├── CatalogueError            the catalogue or the data do not conform; lists every fault      exit 1
    ├── UsageError                a name, option or argument that does not exist or does not fit   exit 2
    │   └── UnknownNameError      an id or name that the graph does not hold; names the nearest
    ├── InputError                a file, list or query that cannot be read or parsed              exit 3
    │   └── QueryError            a query that SPARQL does not allow
    ├── RemoteError               another server refused, failed, or answered in part              exit 3
    └── LimitError                a limit of size, depth or time was reached                       exit 4
        └── ComplexityError       a query that the engine would not survive

The exit codes are a contract of the command line; they live here so that the library and the
command line cannot disagree.
"""

from __future__ import annotations

from collections.abc import Sequence


class HealthfmError(Exception):
    """Anything that healthfm reports; the message says where, what, and what to do."""

    exit_code = 1

    def _render_traceback_(self) -> list[str]:
        """Return what IPython shows in place of a traceback: the message alone."""
        return [f"{type(self).__name__}: {self}"]


class CatalogueError(HealthfmError):
    """The catalogue or the data do not conform.

    Parameters
    ----------
    faults
        One line per fault, each ``file:line: what; what to do``, in the order of the files.
    """

    exit_code = 1

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


class UsageError(HealthfmError):
    """A name, option or argument that does not exist or does not fit."""

    exit_code = 2


class UnknownNameError(UsageError):
    """An id or name that the graph does not hold; the message names the nearest ones."""


class InputError(HealthfmError):
    """A file, list or query that cannot be read or parsed."""

    exit_code = 3


class QueryError(InputError):
    """A query that SPARQL 1.1 does not allow, or that this door does not serve."""


class RemoteError(HealthfmError):
    """Another server refused, failed, or answered in part; a part is never given for the whole."""

    exit_code = 3


class LimitError(HealthfmError):
    """A limit of size, depth or time was reached; nothing was cut silently."""

    exit_code = 4


class ComplexityError(LimitError):
    """A query with more nesting or more operators than the engine would survive; it never gets to see it."""
