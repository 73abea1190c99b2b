"""Which kinds of data and application areas have models, and which have none."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Final

import numpy as np
from matplotlib import colormaps
from matplotlib.patches import Rectangle

from healthfm.plots.style import INK, QUIET, SMALL, TEXT, bare, finish, new_axes

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from healthfm.knowledge_graph import KnowledgeGraph

_LABELS: Final = "SELECT ?concept ?label { ?concept skos:inScheme ?scheme ; skos:prefLabel ?label }"


def modality_by_area(kg: KnowledgeGraph, *, ax: Axes | None = None) -> Axes:
    """Draw how many artifacts there are for each modality and application area.

    Empty cells are hatched: they say that no listed work fills them. An artifact of several
    modalities or areas counts in each.

    Parameters
    ----------
    kg
        The graph to draw from.
    ax
        Where to draw; new axes as wide as a page if not given.

    Returns
    -------
    Axes
        The axes drawn on.
    """
    gaps = kg.gaps()
    areas = sorted({area for _, area in gaps.cells})
    totals = {m: sum(gaps.cells[m, a] for a in areas) for m, _ in gaps.cells}
    modalities = sorted(totals, key=lambda modality: (-totals[modality], modality))
    numbers = np.array([[gaps.cells[m, a] for a in areas] for m in modalities])
    ax = new_axes(ax, height=1.1 + 0.24 * len(modalities))
    _draw_cells(ax, numbers)
    ax.set_xticks(
        range(len(areas)),
        [textwrap.fill(label, 15, break_long_words=False) for label in _labels(kg, "area", areas)],
    )
    ax.set_yticks(range(len(modalities)), _labels(kg, "modality", modalities))
    ax.xaxis.tick_top()
    bare(ax)
    ax.tick_params(axis="x", labelsize=SMALL)
    counts = f"{len(gaps.empty)} of {len(gaps.cells)} cells are empty; an artifact may count in several."
    return finish(ax, kg, title="Artifacts by modality and area", counts=counts, below=8)


def _draw_cells(ax: Axes, numbers: np.ndarray[tuple[int, int], np.dtype[np.int64]]) -> None:
    # The lightest and darkest tenth of the scale would hide the grid and the numbers.
    shades = colormaps["Blues"](0.15 + 0.75 * np.sqrt(numbers / max(numbers.max(), 1)))
    for (row, column), number in np.ndenumerate(numbers):
        empty = not number
        ax.add_patch(
            Rectangle(
                (column - 0.5, row - 0.5),
                1,
                1,
                linewidth=0.8,
                edgecolor="#d0d7de" if empty else "white",
                facecolor="white" if empty else shades[row, column],
                hatch="//////" if empty else None,
            )
        )
        if not empty:
            dark = number > numbers.max() / 3
            ax.text(
                column,
                row,
                str(number),
                ha="center",
                va="center_baseline",
                fontsize=TEXT,
                color="white" if dark else INK,
            )
    ax.set_xlim(-0.5, numbers.shape[1] - 0.5)
    ax.set_ylim(numbers.shape[0] - 0.5, -0.5)
    ax.patch.set_edgecolor(QUIET)


def _labels(kg: KnowledgeGraph, kind: str, ids: list[str]) -> list[str]:
    rows = kg.query(_LABELS, scheme=f"https://w3id.org/healthfm/{kind}").plain()  # type: ignore[union-attr]
    labels = {row["concept"]: row["label"] for row in rows}
    return [labels[f"{kind}:{name}"] for name in ids]
