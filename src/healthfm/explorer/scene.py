"""What the picture shows: which artifacts, in which lane, in which order, and the edges between them.

Nothing is simulated: x is the year of first release, y the lane of the family, and the place within
a lane follows from the order given here. Only the page knows the shape of its window, so only there
lanes and years become pixels. The same graph always gives the same picture.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from healthfm.analysis.lineage import trace
from healthfm.analysis.lineage_graph import Artifact, Edge, LineageGraph, read_lineage
from healthfm.analysis.network import node_attributes
from healthfm.analysis.sparql import solutions
from healthfm.errors import UsageError
from healthfm.rdf.readable_store import ReadableStore
from healthfm.vocabulary import RELATIONS_OUTSIDE_FAMILIES, curie

#: Families with a lane, colour and shape of their own; the others share a grey lane.
COLOURED_LANES: Final = 7
OTHER_FAMILIES: Final = "other-families"
UNCONNECTED: Final = "unconnected"
_SHARED_LANES: Final = {OTHER_FAMILIES: "Other families", UNCONNECTED: "No lineage"}

_FAMILIES: Final = (
    "SELECT ?family ?name ?root { ?family a hfm:Family ; rdfs:label ?name ; hfm:familyRoot ?root }"
)


@dataclass(frozen=True, slots=True)
class Lane:
    """A horizontal band of the picture, and the index of its colour and shape."""

    id: str
    name: str
    colour: int


@dataclass(frozen=True, slots=True)
class Spot:
    """An artifact with its lane; a year of None means that nobody dated it."""

    id: str
    name: str
    year: int | None
    kind: str
    in_list: bool
    lane: str
    families: tuple[str, ...]
    descendants: int


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything the picture shows; spots and lanes are in the order in which they are laid out."""

    spots: tuple[Spot, ...]
    edges: tuple[Edge, ...]
    lanes: tuple[Lane, ...]


@dataclass(frozen=True, slots=True)
class _Family:
    name: str
    root: str


def make_scene(
    store: ReadableStore, *, focus: str | None = None, family: str | None = None, depth: int | None = None
) -> Scene:
    """Give every artifact its lane and its place in the order.

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
        If nothing is left to show, `focus` is no artifact, or a depth is below 1 or without a focus.
    """
    lineage = read_lineage(store)
    attributes = node_attributes(store)
    shown = _selection(lineage, attributes, focus=focus, family=family, depth=depth)
    families = {
        curie(row["family"].value): _Family(row["name"].value, curie(row["root"].value))
        for row in solutions(store, _FAMILIES)
    }
    home = {name: _home(name, attributes[name]["families"], families, lineage) for name in shown}
    spots = _spots(lineage, attributes, _lane_of(home, attributes))
    lanes = _lanes(spots, families)
    rank = {lane.id: index for index, lane in enumerate(lanes)}
    spots.sort(key=lambda spot: (rank[spot.lane], home[spot.id] or "", -spot.descendants, spot.id))
    edges = tuple(edge for edge in lineage.edges if edge.child in shown and edge.parent in shown)
    return Scene(tuple(spots), edges, lanes)


def _spots(lineage: LineageGraph, attributes: Mapping[str, Any], lane_of: Mapping[str, str]) -> list[Spot]:
    descendants = count_descendants(lineage)
    return [
        Spot(
            id=name,
            name=artifact.name,
            year=artifact.year,
            kind=attributes[name]["kind"],
            in_list=attributes[name]["in_list"],
            lane=lane,
            families=attributes[name]["families"],
            descendants=descendants.get(name, 0),
        )
        for name, lane in lane_of.items()
        for artifact in [lineage.artifacts.get(name, Artifact(name, name, None))]
    ]


def _selection(
    lineage: LineageGraph,
    attributes: Mapping[str, Any],
    *,
    focus: str | None,
    family: str | None,
    depth: int | None,
) -> set[str]:
    if depth is not None and focus is None:
        raise UsageError("a depth needs a focus; name one")
    shown = set(attributes)
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
    name: str, families: Collection[str], roots: Mapping[str, _Family], lineage: LineageGraph
) -> str | None:
    """Return the family with the nearest root; ties go to the older root.

    What has no lineage at all is in no family's lane, not even as the root of one.
    """
    if name not in lineage.by_child and name not in lineage.by_parent:
        return UNCONNECTED
    known = [f"family:{family}" for family in families]
    if len(known) < 2:
        return known[0] if known else None
    steps = _steps_up(lineage, name)

    def nearness(family: str) -> tuple[int, int, str]:
        root = roots[family].root
        dated = lineage.artifacts.get(root)
        return steps.get(root, sys.maxsize), (dated and dated.year) or sys.maxsize, family

    return min(known, key=nearness)


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


def count_descendants(lineage: LineageGraph) -> dict[str, int]:
    """Return how many artifacts descend from each one that has any, by any relation.

    Notes
    -----
    A set of artifacts is a number with one bit for each, so that a union is one operation. Children
    come before their parents, so that one pass is enough but for circles (two things that reuse code
    of one another); passes follow until nothing is added.
    """
    order = _children_first(lineage)
    bit = {name: 1 << index for index, name in enumerate(order)}
    below = dict.fromkeys(order, 0)
    changed = True
    while changed:
        changed = False
        for name in order:
            found = below[name]
            for edge in lineage.by_parent.get(name, ()):
                found |= bit[edge.child] | below[edge.child]
            changed |= found != below[name]
            below[name] = found
    return {name: (below[name] & ~bit[name]).bit_count() for name in lineage.by_parent}


def _children_first(lineage: LineageGraph) -> list[str]:
    order: list[str] = []
    seen: set[str] = set()
    stack = [(name, False) for name in lineage.by_parent]
    while stack:
        name, finished = stack.pop()
        if finished:
            order.append(name)
        elif name not in seen:
            seen.add(name)
            stack.append((name, True))
            stack += [(edge.child, False) for edge in lineage.by_parent.get(name, ())]
    return order


def _lane_of(home: Mapping[str, str | None], attributes: Mapping[str, Any]) -> dict[str, str]:
    """Give the largest families lanes of their own, the rest one together, the others one a category."""
    sizes = Counter(family for family in home.values() if family and family != UNCONNECTED)
    largest = sorted(sizes, key=lambda family: (-sizes[family], family))[:COLOURED_LANES]
    own = {*largest, UNCONNECTED}
    return {
        name: family if family in own else OTHER_FAMILIES if family else _category_lane(attributes[name])
        for name, family in home.items()
    }


def _category_lane(attributes: Mapping[str, Any]) -> str:
    """Return the lane of a thing without a family: what joins several kinds of data is multimodal."""
    categories = attributes["categories"]
    if len(categories) > 1:
        return "category:multimodal"
    return f"category:{categories[0]}" if categories else "category:"


def _lanes(spots: Collection[Spot], families: Mapping[str, _Family]) -> tuple[Lane, ...]:
    """Order the lanes: families, the larger first, then what has none, last what is unconnected."""
    sizes = Counter(spot.lane for spot in spots)

    def rank(lane: str) -> tuple[int, int, str]:
        kind = 0 if lane in families else {OTHER_FAMILIES: 1, UNCONNECTED: 3}.get(lane, 2)
        return kind, -sizes[lane], lane

    return tuple(
        Lane(lane, _lane_name(lane, families), index if lane in families else COLOURED_LANES)
        for index, lane in enumerate(sorted(sizes, key=rank))
    )


def _lane_name(lane: str, families: Mapping[str, _Family]) -> str:
    if lane in families:
        return families[lane].name
    return _SHARED_LANES.get(lane) or f"Other {lane.partition(':')[2] or 'models'}"
