"""What the picture shows: artifacts with their place, edges, and what the panel says of each.

The layout is computed, not simulated: x is the year of first release, y the lane of the family.
Nothing moves on load, and the same graph always gives the same picture.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from healthfm.analysis.lineage import Edge, LineageGraph, read_lineage, trace
from healthfm.analysis.network import node_attributes
from healthfm.analysis.sparql import solutions
from healthfm.errors import UsageError
from healthfm.rdf.readable_store import ReadableStore
from healthfm.vocabulary import RELATIONS_OUTSIDE_FAMILIES, curie

#: Lanes with a colour and shape of their own; further families share the last lane's grey.
COLOURED_LANES: Final = 7
NO_FAMILY: Final = "no family"
OTHER_FAMILIES: Final = "other families"
#: Rows that a lane's cell (one year) may have before it grows in width.
CELL_ROWS: Final = 5
COLUMN_WIDTH: Final = 110
ROW_HEIGHT: Final = 34
LANE_GAP: Final = 26

_FAMILIES: Final = (
    "SELECT ?family ?name ?root { ?family a hfm:Family ; rdfs:label ?name ; hfm:familyRoot ?root }"
)


@dataclass(frozen=True, slots=True)
class Lane:
    """A horizontal band of the picture: a family, from `top` to `bottom`."""

    id: str
    name: str
    top: float
    bottom: float
    colour: int


@dataclass(frozen=True, slots=True)
class Spot:
    """An artifact with its place in the picture."""

    id: str
    name: str
    year: int
    kind: str
    in_list: bool
    lane: str
    families: tuple[str, ...]
    descendants: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Column:
    """A year of the axis, from `left` to `right`."""

    year: int
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything the picture shows."""

    spots: tuple[Spot, ...]
    edges: tuple[Edge, ...]
    lanes: tuple[Lane, ...]
    columns: tuple[Column, ...]


def make_scene(
    store: ReadableStore, *, focus: str | None = None, family: str | None = None, depth: int | None = None
) -> Scene:
    """Lay the lineage out.

    Parameters
    ----------
    focus
        CURIE of an artifact: only it, its ancestors and descendants are shown.
    family
        CURIE of a family: only its members are shown.
    depth
        How many steps from the focus; all if not given.

    Raises
    ------
    UsageError
        If nothing is left to show.
    """
    lineage = read_lineage(store)
    attributes = node_attributes(store)
    shown = _selection(lineage, attributes, focus, family, depth)
    edges = tuple(edge for edge in lineage.edges if edge.child in shown and edge.parent in shown)
    families = {
        curie(row["family"].value): (row["name"].value, curie(row["root"].value))
        for row in solutions(store, _FAMILIES)
    }
    home = {name: _home(name, attributes[name]["families"], families, lineage) for name in shown}
    lane_of, lane_names = _lanes(home, families)
    descendants = {name: len(_below(lineage, name)) for name in shown}
    columns = _columns(lineage, lane_of)
    places, bands = _places(lineage, lane_of, lane_names, columns, descendants)
    spots = tuple(
        Spot(
            id=name,
            name=lineage.artifacts[name].name,
            year=lineage.artifacts[name].year,
            kind=attributes[name]["kind"],
            in_list=attributes[name]["in_list"],
            lane=lane_of[name],
            families=attributes[name]["families"],
            descendants=descendants[name],
            x=places[name][0],
            y=places[name][1],
        )
        for name in sorted(shown)
    )
    return Scene(spots, edges, bands, columns)


def _selection(
    lineage: LineageGraph,
    attributes: Mapping[str, Any],
    focus: str | None,
    family: str | None,
    depth: int | None,
) -> set[str]:
    if depth is not None and focus is None:
        raise UsageError("a depth needs a focus; name one")
    shown = set(lineage.artifacts)
    if focus is not None:
        found = trace(lineage, focus, depth=depth)
        shown &= set(found.artifacts)
    if family is not None:
        members = {
            name for name, own in attributes.items() if family.removeprefix("family:") in own["families"]
        }
        shown &= members
    if not shown:
        raise UsageError("nothing to draw: no artifact is in that selection; widen it")
    return shown


def _home(
    name: str, families: Collection[str], roots: Mapping[str, tuple[str, str]], lineage: LineageGraph
) -> str | None:
    """Return the family with the nearest root; ties go to the older root."""
    steps = _steps_up(lineage, name)
    known = [f"family:{family}" for family in families]

    def nearness(family: str) -> tuple[int, int, str]:
        root = roots[family][1]
        return steps.get(root, len(lineage.artifacts)), lineage.artifacts[root].year, family

    return min(known, key=nearness, default=None)


def _steps_up(lineage: LineageGraph, name: str) -> dict[str, int]:
    steps, frontier = {name: 0}, [name]
    while frontier:
        following = []
        for child in frontier:
            for edge in lineage.by_child.get(child, ()):
                if edge.relation not in RELATIONS_OUTSIDE_FAMILIES and edge.parent not in steps:
                    steps[edge.parent] = steps[child] + 1
                    following.append(edge.parent)
        frontier = following
    return steps


def _below(lineage: LineageGraph, name: str) -> set[str]:
    seen: set[str] = set()
    stack = [name]
    while stack:
        for edge in lineage.by_parent.get(stack.pop(), ()):
            if edge.child not in seen:
                seen.add(edge.child)
                stack.append(edge.child)
    return seen - {name}


def _lanes(
    home: Mapping[str, str | None], families: Mapping[str, tuple[str, str]]
) -> tuple[dict[str, str], dict[str, str]]:
    """Give the largest families lanes of their own, the rest one together, and the others none."""
    sizes = Counter(family for family in home.values() if family)
    own = [
        family for family, _ in sorted(sizes.items(), key=lambda item: (-item[1], item[0]))[:COLOURED_LANES]
    ]
    lane_of = {
        name: family if family in own else OTHER_FAMILIES if family else NO_FAMILY
        for name, family in home.items()
    }
    names = {family: families[family][0] for family in own}
    names |= {lane: lane for lane in (OTHER_FAMILIES, NO_FAMILY) if lane in lane_of.values()}
    return lane_of, names


def _columns(lineage: LineageGraph, lane_of: Mapping[str, str]) -> tuple[Column, ...]:
    cells = Counter((lane, lineage.artifacts[name].year) for name, lane in lane_of.items())
    width: dict[int, int] = defaultdict(int)
    for (_, year), number in cells.items():
        width[year] = max(width[year], -(-number // CELL_ROWS))
    columns, left = [], 0.0
    for year in sorted(width):
        right = left + width[year] * COLUMN_WIDTH
        columns.append(Column(year, left, right))
        left = right
    return tuple(columns)


def _places(
    lineage: LineageGraph,
    lane_of: Mapping[str, str],
    lane_names: Mapping[str, str],
    columns: Iterable[Column],
    descendants: Mapping[str, int],
) -> tuple[dict[str, tuple[float, float]], tuple[Lane, ...]]:
    left = {column.year: column.left for column in columns}
    cells: dict[tuple[str, int], list[str]] = defaultdict(list)
    for name in sorted(lane_of, key=lambda name: (-descendants[name], name)):
        cells[lane_of[name], lineage.artifacts[name].year].append(name)
    places: dict[str, tuple[float, float]] = {}
    lanes, top = [], 0.0
    for index, (lane, title) in enumerate(lane_names.items()):
        rows = min(CELL_ROWS, max(len(names) for (own, _), names in cells.items() if own == lane))
        for (own, year), names in cells.items():
            if own == lane:
                for position, name in enumerate(names):
                    column, row = divmod(position, CELL_ROWS)
                    places[name] = (
                        left[year] + (column + 0.5) * COLUMN_WIDTH,
                        top + (row + 0.5) * ROW_HEIGHT,
                    )
        bottom = top + rows * ROW_HEIGHT
        colour = index if index < COLOURED_LANES and lane.startswith("family:") else COLOURED_LANES
        lanes.append(Lane(lane, title, top, bottom, colour))
        top = bottom + LANE_GAP
    return places, tuple(lanes)
