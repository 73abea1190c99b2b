"""The library that draws: vis-network, as pyvis ships it."""

from __future__ import annotations

from functools import cache
from importlib import resources


@cache
def vis_network() -> str:
    """Return the library's script."""
    library = resources.files("pyvis") / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js"
    return library.read_text(encoding="utf-8")
