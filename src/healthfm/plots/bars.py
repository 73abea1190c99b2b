"""Bars: artifacts by year, category and domain; how deep the lineage is; on whom most is built."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from matplotlib import pyplot
from matplotlib.ticker import MultipleLocator

from healthfm.errors import UsageError
from healthfm.plots.style import (
    DOMAINS,
    GROUPS,
    INK,
    PAGE_WIDTH,
    QUIET,
    SMALL,
    TEXT,
    bare,
    caption,
    finish,
    new_axes,
    wrapped,
)
from healthfm.vocabulary import DERIVING_GROUPS

if TYPE_CHECKING:
    import networkx
    from matplotlib.axes import Axes

    from healthfm.knowledge_graph import KnowledgeGraph

CATEGORIES: Final = ("language", "vision", "audio", "multimodal")


def timeline(kg: KnowledgeGraph) -> list[Axes]:
    """Draw how many artifacts came out in each year: one panel a category, bars split by domain.

    Parameters
    ----------
    kg
        The graph to draw from.

    Returns
    -------
    list of Axes
        One for each of the four categories, in the order of the list. An artifact of several
        categories or domains counts in each.
    """
    rows = kg.ask("timeline").plain()
    numbers = {(row["year"], row["category"], row["domain"]): row["artifacts"] for row in rows}
    years = range(min(year for year, *_ in numbers), max(year for year, *_ in numbers) + 1)
    figure, axes = pyplot.subplots(
        2, 2, figsize=(PAGE_WIDTH, 4.4), layout="constrained", sharex=True, sharey=True
    )
    for ax, category in zip(axes.flat, CATEGORIES, strict=True):
        values = {
            domain: [numbers.get((year, f"category:{category}", f"domain:{domain}"), 0) for year in years]
            for domain in DOMAINS
        }
        _stack_years(ax, years, values)
        ax.set_title(category, loc="left", fontsize=TEXT, color=INK)
    figure.legend(
        *axes.flat[0].get_legend_handles_labels(),
        loc="outside upper right",
        ncols=3,
        frameon=False,
        fontsize=SMALL,
    )
    counts = (
        f"{len(kg.to_networkx())} artifacts; the bars add up to {sum(numbers.values())}, for one counts in "
        "each category and domain that it has."
    )
    figure.suptitle("Artifacts by year", x=0.01, ha="left", fontsize=10, fontweight="bold", color=INK)
    said = wrapped(caption(kg, counts), PAGE_WIDTH - 0.6)
    figure.supxlabel(said, x=0.01, ha="left", fontsize=SMALL, color=QUIET, linespacing=1.3)
    return list(axes.flat)


def _stack_years(ax: Axes, years: range, values: Mapping[str, list[int]]) -> None:
    """Draw one bar a year, its parts the domains, with the sum above it."""
    below = [0] * len(years)
    for domain, style in DOMAINS.items():
        ax.bar(
            years,
            values[domain],
            bottom=below,
            width=0.8,
            color=style.face,
            edgecolor=INK,
            linewidth=0.6,
            hatch=style.hatch,
            label=style.label,
        )
        below = [low + value for low, value in zip(below, values[domain], strict=True)]
    for year, total in zip(years, below, strict=True):
        if total:
            ax.annotate(
                str(total),
                (year, total),
                xytext=(0, 2),
                textcoords="offset points",
                ha="center",
                fontsize=SMALL,
                color=INK,
            )
    ax.xaxis.set_major_locator(MultipleLocator(2))
    bare(ax, "bottom")
    ax.set_yticks([])


def lineage_depth(kg: KnowledgeGraph, *, ax: Axes | None = None) -> Axes:
    """Draw how many artifacts stand how many steps below the beginning of their lineage.

    The depth of an artifact is the longest chain of parents above it, by relations that derive
    (weights, behaviour, method); 0 where no parent is known.

    Parameters
    ----------
    kg
        The graph to draw from.
    ax
        Where to draw; new axes if not given.

    Returns
    -------
    Axes
        The axes drawn on; the caption names a longest chain.
    """
    import networkx

    derived = _derived(kg)
    depths = {
        name: depth for depth, names in enumerate(networkx.topological_generations(derived)) for name in names
    }
    numbers = Counter(depths.values())
    chain = [derived.nodes[name]["label"] for name in networkx.dag_longest_path(derived)]
    ax = new_axes(ax, height=2.6)
    bars = ax.bar(list(numbers), list(numbers.values()), width=0.8, color=GROUPS["weights"].colour)
    ax.bar_label(bars, fontsize=TEXT, color=INK, padding=2)
    ax.margins(y=0.12)
    ax.set_xticks(sorted(numbers))
    ax.set_xlabel("steps below the beginning", fontsize=TEXT, color=INK)
    ax.set_yticks([])
    bare(ax, "bottom")
    counts = f"{len(depths)} artifacts; a longest chain: {' → '.join(chain)}."
    return finish(ax, kg, title="Depth of lineage", counts=counts, below=34)


def _derived(kg: KnowledgeGraph) -> networkx.DiGraph:
    graph = kg.to_networkx(simple=True)
    others = [pair for *pair, groups in graph.edges(data="groups") if not set(groups) & set(DERIVING_GROUPS)]
    graph.remove_edges_from(others)
    return graph


def fan_out(kg: KnowledgeGraph, *, limit: int = 15, ax: Axes | None = None) -> Axes:
    """Draw the artifacts with the most direct children, the bars split by what is inherited.

    Parameters
    ----------
    kg
        The graph to draw from.
    limit
        How many artifacts to show, 1 or more.
    ax
        Where to draw; new axes as high as needed if not given.

    Returns
    -------
    Axes
        The axes drawn on.

    Raises
    ------
    UsageError
        If the limit is below 1.
    """
    if limit < 1:
        raise UsageError(f"a limit of {limit} shows nothing; use 1 or more")
    graph = kg.to_networkx()
    numbers = {name: Counter(g for *_, g in graph.out_edges(name, data="group")) for name in graph}
    first = sorted(graph, key=lambda name: (-numbers[name].total(), name))[:limit]
    ax = new_axes(ax, height=1.2 + 0.2 * len(first))
    start = [0] * len(first)
    for group, style in GROUPS.items():
        values = [numbers[name][group] for name in first]
        if any(values):
            ax.barh(
                range(len(first)),
                values,
                left=start,
                height=0.72,
                color=style.colour,
                edgecolor="white",
                hatch=style.hatch,
                linewidth=0.6,
                label=style.label,
            )
        start = [left + value for left, value in zip(start, values, strict=True)]
    _write_totals(ax, start)
    ax.set_yticks(range(len(first)), [graph.nodes[name]["label"] for name in first])
    ax.set_ylim(len(first) - 0.4, -0.6)
    ax.set_xticks([])
    bare(ax, "left")
    ax.legend(loc="lower right", frameon=False, fontsize=SMALL, title="inherits", title_fontsize=SMALL)
    childless = sum(1 for name in graph if not numbers[name])
    counts = f"{graph.number_of_edges()} edges; {childless} of {len(graph)} artifacts have no child."
    return finish(ax, kg, title="Direct children", counts=counts, below=10)


def _write_totals(ax: Axes, totals: list[int]) -> None:
    for row, total in enumerate(totals):
        ax.annotate(
            str(total),
            (total, row),
            xytext=(3, 0),
            textcoords="offset points",
            va="center_baseline",
            fontsize=TEXT,
            color=INK,
        )
