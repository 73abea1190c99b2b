"""How long something may take."""

from __future__ import annotations

from typing import Final

from healthfm.errors import UsageError

#: A day; neither the system's alarm nor a wait for a socket can be set for ever.
MOST_SECONDS: Final = 86_400.0


def require_deadline(seconds: float) -> None:
    """Refuse what is no time to wait.

    Raises
    ------
    UsageError
        If `seconds` is not above 0, or more than a day.

    Examples
    --------
    >>> require_deadline(float("inf"))
    Traceback (most recent call last):
    ...
    healthfm.errors.UsageError: a timeout of inf seconds cannot be kept; use more than 0, and at most a day
    """
    if not 0 < seconds <= MOST_SECONDS:
        raise UsageError(
            f"a timeout of {seconds:g} seconds cannot be kept; use more than 0, and at most a day"
        )
