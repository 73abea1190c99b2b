"""Colours and shapes: told apart by people who see colours differently, and by shape alone.

The family colours keep a distance (CIE Lab, 1976) of at least 11 under simulated deuteranopia,
protanopia and tritanopia; light ones carry a dark outline, because on white they alone would not
reach the contrast of 3:1.

References
----------
Machado, Oliveira & Fernandes (2009), doi:10.1109/TVCG.2009.113; WCAG 2.2, 1.4.1 and 1.4.11.
"""

from __future__ import annotations

from typing import Any, Final

_FAMILIES: Final = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#332288")
_REST: Final = "#767676"

#: One shape per family colour; the last one, like the last colour, is for all others.
SHAPES: Final = ("dot", "square", "triangle", "diamond", "star", "triangleDown", "hexagon", "dot")

THEMES: Final[dict[str, dict[str, Any]]] = {
    "light": {
        "families": [*_FAMILIES, _REST],
        "groups": {
            "weights": "#0b5394",
            "behaviour": "#a64d79",
            "method": "#8a939c",
            "code": "#b45f06",
            "calls": "#38761d",
        },
        "kinds": {
            "paper": "#57606a",
            "organization": "#8250df",
            "dataset": "#1a7f37",
            "concept": "#9a6700",
        },
        "paper": "#ffffff",
        "ink": "#1b1f24",
        "quiet": "#57606a",
        "line": "#e4e8ec",
        "band": "#f6f8fa",
        "outline": "#1b1f24",
        "faint": "#e4e8ec",
    },
    "dark": {
        # The indigo of the light theme would vanish on a dark ground.
        "families": [*_FAMILIES[:6], "#AA99DD", "#9aa5b1"],
        "groups": {
            "weights": "#6fa8dc",
            "behaviour": "#d5a6bd",
            "method": "#6e7681",
            "code": "#f6b26b",
            "calls": "#93c47d",
        },
        "kinds": {
            "paper": "#9aa5b1",
            "organization": "#bc8cff",
            "dataset": "#3fb950",
            "concept": "#d29922",
        },
        "paper": "#0d1117",
        "ink": "#e6edf3",
        "quiet": "#9aa5b1",
        "line": "#22272e",
        "band": "#11161d",
        "outline": "#0d1117",
        "faint": "#22272e",
    },
}
