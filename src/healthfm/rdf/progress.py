"""Who is told which step of something long runs."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

#: Tells somebody which step runs: a context for the time the step takes.
Progress = Callable[[str], AbstractContextManager[Any]]


def silent(_step: str) -> AbstractContextManager[None]:
    """Say nothing."""
    return nullcontext()
