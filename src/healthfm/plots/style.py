"""How every figure looks: colours told apart by all, one caption below, files ready for print.

Each colour goes with a line style, shape or hatch of its own, so that a figure can be read in grey
too. The colours keep a distance (CIE Lab, 1976) of at least 11 under simulated deuteranopia,
protanopia and tritanopia.

References
----------
Okabe & Ito (2008), Color Universal Design, https://jfly.uni-koeln.de/color/.
"""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

import matplotlib as mpl
from matplotlib import pyplot

from healthfm.errors import InputError, UsageError
from healthfm.rdf.disclaimer import DISCLAIMER

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from healthfm.knowledge_graph import KnowledgeGraph

INK: Final = "#1b1f24"
QUIET: Final = "#57606a"
BAND: Final = "#f3f5f8"
#: Width of a figure in inches: the text of an A4 or letter page.
PAGE_WIDTH: Final = 7.0
SMALL: Final = 7.0
TEXT: Final = 8.0


class Domain(NamedTuple):
    """How artifacts of a domain are drawn."""

    label: str
    face: str
    marker: str
    hatch: str


class Group(NamedTuple):
    """How edges of a group of relations are drawn."""

    label: str
    colour: str
    line: tuple[float, tuple[float, ...]]
    width: float
    hatch: str


DOMAINS: Final = {
    "general": Domain("general", "#ffffff", "o", ""),
    "healthcare": Domain("healthcare", "#0072B2", "s", "////"),
    "life-science": Domain("life science", "#E69F00", "D", "...."),
}
#: Group of relations → style; the order is from the most that is inherited to the least.
GROUPS: Final = {
    "weights": Group("weights", "#0072B2", (0, ()), 1.6, ""),
    "behaviour": Group("behaviour", "#CC79A7", (0, (4, 1.5)), 1.3, "..."),
    "method": Group("method", "#57606a", (0, ()), 0.8, "\\\\"),
    "code": Group("code", "#D55E00", (0, (1, 1.2)), 1.2, "//"),
    "calls": Group("nothing: calls it", "#009E73", (0, (5, 1.5, 1, 1.5)), 1.0, "xx"),
}
_FORMATS: Final = ("pdf", "svg", "png", "eps")


def new_axes(ax: Axes | None, *, height: float, width: float = PAGE_WIDTH) -> Axes:
    """Return the axes given, or new ones of a size in inches."""
    if ax is not None:
        return ax
    return pyplot.subplots(figsize=(width, height), layout="constrained")[1]


def figure_of(ax: Axes) -> Figure:
    """Return the whole figure that holds the axes."""
    return cast("Figure", ax.get_figure(root=True))


def domain_of(domains: tuple[str, ...]) -> str:
    """Return the one domain that an artifact of several is drawn as: what is nearest to healthcare."""
    return next((name for name in ("healthcare", "life-science") if name in domains), "general")


def bare(ax: Axes, *sides: str) -> None:
    """Take away the frame but for some sides, and the ticks' marks."""
    for side, spine in ax.spines.items():
        spine.set_visible(side in sides)
        spine.set_color(QUIET)
    ax.tick_params(length=0, labelsize=TEXT, labelcolor=INK)


def caption(kg: KnowledgeGraph, counts: str) -> str:
    """Return what stands below a figure: what was counted, of which version and list."""
    return f"{counts} {kg.footer().removesuffix(DISCLAIMER)}".strip()


def wrapped(text: str, inches: float) -> str:
    """Return a caption in lines that fit a width."""
    return textwrap.fill(text, max(40, int(inches * 21)))


def finish(ax: Axes, kg: KnowledgeGraph, *, title: str, counts: str, below: float = 22.0) -> Axes:
    """Set the title, and below the axes what was counted, of which version and list.

    Parameters
    ----------
    below
        Points between the axes and the caption.
    """
    ax.set_title(title, loc="left", fontsize=10, fontweight="bold", color=INK)
    inches = ax.get_position().width * figure_of(ax).get_figwidth()
    ax.annotate(
        wrapped(caption(kg, counts), inches),
        xy=(0, 0),
        xycoords="axes fraction",
        xytext=(0, -below),
        textcoords="offset points",
        va="top",
        fontsize=SMALL,
        color=QUIET,
        gid="caption",
        annotation_clip=False,
    )
    return ax


def save(ax: Axes, path: str | Path) -> Path:
    """Write the figure of `ax` for print: fonts embedded as fonts, margins cut, the same bytes each time.

    The layout of the figure stays from then on what it is.

    Parameters
    ----------
    ax
        Axes of the figure to write.
    path
        Where to write; the ending says the format: ``.pdf``, ``.svg``, ``.png`` (300 dpi) or ``.eps``.

    Returns
    -------
    Path
        Where it was written.

    Raises
    ------
    UsageError
        If the format is none of these.
    InputError
        If the file cannot be written.
    """
    path = Path(path)
    ending = path.suffix.removeprefix(".").lower()
    if ending not in _FORMATS:
        raise UsageError(f"'{path.name}' names no format of {', '.join(_FORMATS)}; use one as its ending")
    # A date in the file would make it another file each time.
    metadata: dict[str, Any] = {"pdf": {"CreationDate": None}, "svg": {"Date": None}}.get(ending, {})
    # A layout is solved anew at each drawing, never to the last digit the same; so it is solved once.
    figure_of(ax).draw_without_rendering()
    figure_of(ax).set_layout_engine("none")
    try:
        with mpl.rc_context({"pdf.fonttype": 42, "ps.fonttype": 42, "svg.hashsalt": "healthfm"}):
            figure_of(ax).savefig(path, dpi=300, bbox_inches="tight", metadata=metadata)
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror}") from error
    return path
