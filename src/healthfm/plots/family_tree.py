"""The family tree of one root: years from left to right, one row an artifact.

Each artifact hangs under the parent of which it inherits most; its other parents in the family are
drawn as faint curves. Rows follow the tree from top to bottom, so that a name never meets another
name or a line of the tree.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch, PathPatch
from matplotlib.path import Path
from matplotlib.patheffects import withStroke
from matplotlib.transforms import ScaledTranslation

from healthfm.errors import UsageError
from healthfm.plots.style import (
    BAND,
    DOMAINS,
    GROUPS,
    INK,
    QUIET,
    SMALL,
    TEXT,
    bare,
    domain_of,
    figure_of,
    finish,
    new_axes,
)
from healthfm.vocabulary import RELATIONS_OUTSIDE_FAMILIES

if TYPE_CHECKING:
    import networkx
    from matplotlib.axes import Axes
    from matplotlib.text import Text

    from healthfm.knowledge_graph import KnowledgeGraph
    from healthfm.plots.style import Domain

#: Inches that one row takes.
ROW_HEIGHT: Final = 0.2
_ROOT: Final = "SELECT ?root ?name { ?family hfm:familyRoot ?root ; rdfs:label ?name }"
_FAMILY: Final = "SELECT ?family { ?family hfm:familyRoot ?root }"
_STRENGTH: Final = {group: rank for rank, group in enumerate(GROUPS)}


@dataclass(frozen=True, slots=True)
class Tree:
    """Who is drawn where.

    Parameters
    ----------
    title
        Name of the family or of its root.
    positions
        CURIE → year, moved to the right by some part of a year below a parent of the same year, and row
        from the top.
    parents
        CURIE → the parent it hangs under and the group of that edge; the root has none.
    others
        Further edges: parent, child, group.
    """

    title: str
    positions: Mapping[str, tuple[float, int]]
    parents: Mapping[str, tuple[str, str]]
    others: tuple[tuple[str, str, str], ...]


def family_tree(kg: KnowledgeGraph, root: str, *, ax: Axes | None = None) -> Axes:
    """Draw a family by year: who starts from whose weights, outputs or method.

    Parameters
    ----------
    kg
        The graph to draw from.
    root
        A family, or an artifact: its family if it heads one, else whatever descends from it by the
        relations that make a family.
    ax
        Where to draw; new axes as wide as a page and as high as needed if not given.

    Returns
    -------
    Axes
        The axes drawn on.

    Raises
    ------
    UsageError
        If it is neither a family nor an artifact, or nothing descends from it.
    """
    network = kg.to_networkx()
    tree = _plan(kg, network, root)
    ax = new_axes(ax, height=1.1 + ROW_HEIGHT * len(tree.positions))
    _draw_years(ax, tree)
    _make_room(ax, tree, _draw_artifacts(ax, tree, network))
    _draw_edges(ax, tree)
    _legend(ax, {group for _, group in tree.parents.values()} | {group for *_, group in tree.others})
    edges = len(tree.parents) + len(tree.others)
    first, last = (round(edge(x for x, _ in tree.positions.values()) - 0.49) for edge in (min, max))
    return finish(
        ax,
        kg,
        title=tree.title,
        counts=f"{len(tree.positions)} artifacts, {edges} lineage edges, {first} to {last}.{_reading(tree)}",
        below=36,
    )


def _reading(tree: Tree) -> str:
    """Say what a reader of the figure alone could not guess."""
    moved = any(x != int(x) for x, _ in tree.positions.values())
    return (" Within a year, children stand to the right of parents." if moved else "") + (
        " Faint curves lead from further parents." if tree.others else ""
    )


def _plan(kg: KnowledgeGraph, network: networkx.MultiDiGraph, name: str) -> Tree:
    found = kg.show(name)
    families = [found.id]
    if not found.id.startswith("family:"):
        families = [row["family"] for row in kg.query(_FAMILY, root=found.id).plain()]  # type: ignore[union-attr]
    if families:
        heads = kg.query(_ROOT, family=families[0]).plain()  # type: ignore[union-attr]
        root, title = heads[0]["root"], heads[0]["name"]
        wanted = families[0].partition(":")[2]
        members = {node for node, data in network.nodes(data=True) if wanted in data["families"]}
    elif found.id in network:
        root, title = found.id, found.name
        members = _descendants(network, root)
    else:
        raise UsageError(f"'{found.id}' has no family tree: it is neither a family nor an artifact")
    if len(members) < 2:
        raise UsageError(f"nothing descends from '{root}' in a family's way; `lineage` shows what it has")
    return _arrange(network.subgraph(members), root, title)


def _descendants(network: networkx.MultiDiGraph, root: str) -> set[str]:
    import networkx

    kept = networkx.subgraph_view(
        network, filter_edge=lambda _parent, _child, key: key not in RELATIONS_OUTSIDE_FAMILIES
    )
    return {root, *networkx.descendants(kept, root)}


def _arrange(family: networkx.MultiDiGraph, root: str, title: str) -> Tree:
    years = {name: data["year"] for name, data in family.nodes(data=True)}
    placing = _without_circles(family)
    parents: dict[str, tuple[str, str]] = {}
    for name in placing:
        above = [(parent, data["group"]) for parent, _, data in placing.in_edges(name, data=True)]
        if above and name != root:
            parents[name] = min(above, key=lambda edge: (_STRENGTH[edge[1]], -years[edge[0]], edge[0]))
    edges = Counter((parent, child, group) for parent, child, group in family.edges(data="group"))
    edges -= Counter((parent, child, group) for child, (parent, group) in parents.items())
    moved = _moved(placing, years)
    deepest = max(moved.values())
    positions = {
        name: (years[name] + moved[name] / (deepest + 1), row)
        for name, row in _rows(years, parents, root).items()
    }
    return Tree(title, positions, parents, tuple(sorted(edges.elements())))


def _without_circles(family: networkx.MultiDiGraph) -> networkx.MultiDiGraph:
    """Return the edges that can place: two things that call each other place neither."""
    import networkx

    part = {
        name: number
        for number, names in enumerate(networkx.strongly_connected_components(family))
        for name in names
    }
    return networkx.subgraph_view(family, filter_edge=lambda parent, child, _key: part[parent] != part[child])


def _moved(placing: networkx.MultiDiGraph, years: Mapping[str, int]) -> dict[str, int]:
    """Count, for each artifact, the longest chain above it that came out in the same year."""
    import networkx

    moved: dict[str, int] = {}
    for name in networkx.topological_sort(placing):
        above = [parent for parent in placing.predecessors(name) if years[parent] == years[name]]
        moved[name] = max((moved[parent] + 1 for parent in above), default=0)
    return moved


def _rows(years: Mapping[str, int], parents: Mapping[str, tuple[str, str]], root: str) -> dict[str, int]:
    """Give each artifact its row: a tree is written before the next one, small branches before large ones."""
    children: dict[str, list[str]] = defaultdict(list)
    for child, (parent, _) in parents.items():
        children[parent].append(child)

    def size(name: str) -> int:
        return 1 + sum(map(size, children[name]))

    rows: dict[str, int] = {}
    # Whoever a curator counts in without an edge stands below the tree.
    alone = sorted(name for name in years if name not in parents and name != root)
    stack = [*reversed(alone), root]
    while stack:
        name = stack.pop()
        rows[name] = len(rows)
        stack += sorted(children[name], key=lambda child: (-size(child), -years[child], child))
    return rows


def _draw_years(ax: Axes, tree: Tree) -> None:
    years = sorted({int(x) for x, _ in tree.positions.values()})
    for year in range(years[0], years[-1] + 1, 2):
        ax.axvspan(year - 0.2, year + 0.8, color=BAND, zorder=0, linewidth=0)
    ax.set_xticks(range(years[0], years[-1] + 1))
    ax.set_yticks([])
    ax.set_ylim(len(tree.positions) - 0.4, -0.6)
    bare(ax)


def _draw_edges(ax: Axes, tree: Tree) -> None:
    left, right = ax.get_xlim()
    lowest: dict[str, int] = {}
    for child, (parent, _) in tree.parents.items():
        lowest[parent] = max(lowest.get(parent, 0), tree.positions[child][1])
    # The trunk belongs to all children; what each inherits is told from its own branch.
    for parent, row in lowest.items():
        x0, y0 = tree.positions[parent]
        ax.plot([x0, x0], [y0, row - 0.45], color=QUIET, linewidth=0.8, zorder=1, gid="trunk")
    for child, (parent, group) in tree.parents.items():
        (x0, _), (x1, y1) = tree.positions[parent], tree.positions[child]
        turn = min(0.012 * (right - left), abs(x1 - x0)) * (1 if x1 >= x0 else -1)
        branch = Path(
            [(x0, y1 - 0.45), (x0, y1), (x0 + turn, y1), (x1, y1)],
            [Path.MOVETO, Path.CURVE3, Path.CURVE3, Path.LINETO],
        )
        ax.add_patch(PathPatch(branch, fill=False, zorder=2, gid="branch", **_line(group)))
    for parent, child, group in tree.others:
        ends = tree.positions[parent], tree.positions[child]
        bow: dict[str, Any] = {
            "connectionstyle": "arc3,rad=0.12",
            "arrowstyle": "-",
            "alpha": 0.4,
            "zorder": 1,
        }
        ax.add_patch(FancyArrowPatch(ends[0], ends[1], gid="other edge", **bow, **_line(group)))


def _line(group: str) -> dict[str, Any]:
    style = GROUPS[group]
    return {"edgecolor": style.colour, "linestyle": style.line, "linewidth": style.width}


def _draw_artifacts(ax: Axes, tree: Tree, network: networkx.MultiDiGraph) -> list[tuple[float, Text]]:
    halo = withStroke(linewidth=2.5, foreground="white")
    labels: list[tuple[float, Text]] = []
    for name, (x, y) in tree.positions.items():
        data = network.nodes[name]
        ax.plot(x, y, zorder=3, **_marker(DOMAINS[domain_of(data["domains"])]))
        label = ax.annotate(
            data["label"],
            (x, y),
            xytext=(5, 0),
            textcoords="offset points",
            va="center_baseline",
            fontsize=TEXT,
            color=INK,
            zorder=4,
            path_effects=[halo],
            gid="name",
        )
        labels.append((x, label))
    return labels


def _marker(style: Domain) -> dict[str, Any]:
    return {
        "marker": style.marker,
        "markersize": 5,
        "color": style.face,
        "markeredgecolor": INK,
        "markeredgewidth": 0.8,
    }


def _make_room(ax: Axes, tree: Tree, labels: Iterable[tuple[float, Text]]) -> None:
    """Widen the axis to the right until every name ends inside the frame."""
    left = min(x for x, _ in tree.positions.values()) - 0.25
    right = max(x for x, _ in tree.positions.values()) + 0.25
    ax.set_xlim(left, right)
    figure_of(ax).draw_without_rendering()
    width = ax.get_window_extent().width
    for x, label in labels:
        room = width - label.get_window_extent().width - 8 * figure_of(ax).dpi / 72
        right = max(right, left + (x - left) * width / max(room, width / 4))
    ax.set_xlim(left, right)


def _legend(ax: Axes, groups: set[str]) -> None:
    lines = [Line2D([], [], linestyle="", label="inherits")] + [
        Line2D([], [], color=style.colour, linestyle=style.line, linewidth=style.width, label=style.label)
        for name, style in GROUPS.items()
        if name in groups
    ]
    markers = [
        Line2D([], [], linestyle="", label=style.label, **_marker(style)) for style in DOMAINS.values()
    ]
    below = ax.transAxes + ScaledTranslation(0, -18 / 72, figure_of(ax).dpi_scale_trans)
    ax.legend(
        handles=[*lines, *markers],
        loc="upper left",
        bbox_to_anchor=(0, 0),
        bbox_transform=below,
        ncols=8,
        frameon=False,
        fontsize=SMALL,
        borderpad=0,
        borderaxespad=0,
        columnspacing=1.2,
        handletextpad=0.5,
    )
