"""Who builds on whose work: organizations on a circle, an arrow from the parent's to the child's."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from matplotlib.patches import FancyArrowPatch

from healthfm.errors import UsageError
from healthfm.plots.style import GROUPS, INK, PAGE_WIDTH, SMALL, figure_of, finish, new_axes

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from healthfm.knowledge_graph import KnowledgeGraph

#: Radius in points of the dot of an organization with one artifact.
_DOT: Final = 1.9
#: Characters of a name before it goes on in a second line; long lines would take the room of the circle.
_LINE: Final = 18
_ARTIFACTS: Final = """
SELECT ?organization ?name (COUNT(DISTINCT ?it) AS ?artifacts) {
  ?it hfm:developedBy ?organization . ?organization rdfs:label ?name
} GROUP BY ?organization ?name"""
_LINKS: Final = """
SELECT ?parent ?child (COUNT(DISTINCT ?it) AS ?artifacts) {
  ?it hfm:derivedFrom ?above ; hfm:developedBy ?child . ?above hfm:developedBy ?parent
  FILTER(?parent != ?child)
} GROUP BY ?parent ?child"""


def organization_network(kg: KnowledgeGraph, *, limit: int = 24, ax: Axes | None = None) -> Axes:
    """Draw which organizations derive models from which others' models.

    The area of a dot is the number of artifacts, the width of an arrow the number of artifacts of
    its head that derive from one of its tail.

    Parameters
    ----------
    kg
        The graph to draw from.
    limit
        How many organizations to show, 2 or more: those with the most artifacts.
    ax
        Where to draw; new square axes if not given.

    Returns
    -------
    Axes
        The axes drawn on.

    Raises
    ------
    UsageError
        If the limit is below 2.
    """
    if limit < 2:
        raise UsageError(f"a limit of {limit} shows no network; use 2 or more")
    everyone = {row["organization"]: row for row in kg.query(_ARTIFACTS).plain()}  # type: ignore[union-attr]
    shown = sorted(everyone, key=lambda name: (-everyone[name]["artifacts"], name))[:limit]
    links = {
        (row["parent"], row["child"]): row["artifacts"]
        for row in kg.query(_LINKS).plain()  # type: ignore[union-attr]
        if row["parent"] in shown and row["child"] in shown
    }
    ax = new_axes(ax, height=PAGE_WIDTH)
    ax.set_aspect("equal")
    ax.axis("off")
    angles = _angles(shown)
    radii = {name: _DOT * math.sqrt(everyone[name]["artifacts"]) for name in shown}
    for (parent, child), number in sorted(links.items(), key=lambda item: item[1]):
        ax.add_patch(_arrow(angles[parent], angles[child], (radii[parent], radii[child]), number))
    _draw_dots(ax, angles, radii)
    counts = (
        f"The {len(shown)} of {len(everyone)} organizations with the most artifacts (how many, in brackets, "
        "and as the area of a dot); an arrow points to who derived an artifact, in blue if two or more: "
        f"{len(links)} arrows."
    )
    finish(ax, kg, title="Who builds on whom", counts=counts, below=2)
    labels = {
        textwrap.fill(
            f"{everyone[name]['name']}\N{NO-BREAK SPACE}({everyone[name]['artifacts']})",
            _LINE,
            break_long_words=False,
        ): name
        for name in shown
    }
    _write_names(ax, [(label, angles[name], radii[name]) for label, name in labels.items()])
    return ax


def _draw_dots(ax: Axes, angles: Mapping[str, float], radii: Mapping[str, float]) -> None:
    for name, angle in angles.items():
        ax.scatter(
            [math.cos(angle)],
            [math.sin(angle)],
            s=(2 * radii[name]) ** 2,
            color=GROUPS["code"].colour,
            edgecolor="white",
            zorder=20,
        )


def _angles(shown: list[str]) -> dict[str, float]:
    """Place neighbours in the order of size far apart, or thick arrows would crowd on one side."""
    number = len(shown)
    step = next(
        step for step in range(max(1, round(0.382 * number)), number + 2) if math.gcd(step, number) == 1
    )
    return {
        name: math.pi / 2 - 2 * math.pi * (index * step % number) / number for index, name in enumerate(shown)
    }


def _arrow(start: float, end: float, radii: tuple[float, float], number: int) -> FancyArrowPatch:
    # The further apart on the circle, the straighter: near neighbours bend through the inside.
    turn = (end - start + math.pi) % (2 * math.pi) - math.pi
    bend = 0.45 * (1 - abs(turn) / math.pi) * (1 if turn > 0 else -1)
    several = number > 1
    return FancyArrowPatch(
        (math.cos(start), math.sin(start)),
        (math.cos(end), math.sin(end)),
        connectionstyle=f"arc3,rad={-bend:.3f}",
        arrowstyle=f"-|>,head_length={4 + number / 2},head_width={2 + number / 4}",
        shrinkA=radii[0],
        shrinkB=radii[1] + 1,
        linewidth=0.5 + 0.6 * (number - 1),
        color=GROUPS["weights"].colour if several else "#8a939c",
        alpha=0.8 if several else 0.45,
        zorder=1 + number,
        gid="link",
    )


def _write_names(ax: Axes, labels: list[tuple[str, float, float]]) -> None:
    """Write names outwards from the dots, and make the axes so wide that the longest ends inside."""
    figure_of(ax).draw_without_rendering()
    width = ax.get_window_extent().width
    point = figure_of(ax).dpi / 72
    reach = 1.0
    texts = []
    for label, angle, radius in labels:
        degrees = math.degrees(angle) % 360
        left = 91 < degrees < 269
        text = ax.text(
            0,
            0,
            label,
            rotation=degrees - 180 if left else degrees,
            rotation_mode="anchor",
            ha="right" if left else "left",
            va="center",
            fontsize=SMALL,
            linespacing=1.0,
            color=INK,
            gid="name",
        )
        box = text.get_window_extent()
        away = (radius + 4) * point
        for side, length in ((math.cos(angle), box.width), (math.sin(angle), box.height)):
            taken = 2 * (abs(side) * away + length) / width
            reach = max(reach, abs(side) / (1 - min(taken, 0.8)))
        texts.append((text, angle, away))
    ax.set_xlim(-reach, reach)
    ax.set_ylim(-reach, reach)
    for text, angle, away in texts:
        out = 1 + away * 2 * reach / width
        text.set_position((out * math.cos(angle), out * math.sin(angle)))
