"""Figures are drawn without a screen, and closed after each test."""

from __future__ import annotations

from collections.abc import Iterator

import matplotlib as mpl
import pytest
from matplotlib import pyplot


@pytest.fixture(autouse=True)
def figures() -> Iterator[None]:
    """Draw into memory, and keep no figure."""
    mpl.use("Agg")
    yield
    pyplot.close("all")
