"""A small picture of one lineage: static SVG, ancestors on the left, descendants on the right.

It stands in a notebook beside text, on a light or a dark ground, and in what is exported from it; so
it has no script, no ground of its own, and text in the colour that the notebook gives to text.
"""

from __future__ import annotations

import html
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from healthfm.analysis.lineage_graph import Artifact, Edge
from healthfm.vocabulary import expand

#: Artifacts drawn, the nearest first; what is left out is said.
MOST_DRAWN: Final = 60
#: Colours with a contrast of at least 3:1 on white and on near-black alike, and a dash for each.
_STROKES: Final = {
    "weights": ("#3f7fbf", ""),
    "behaviour": ("#b5679b", "6 3"),
    "method": ("#7d868f", "2 3"),
    "code": ("#b8722c", "8 3 2 3"),
    "calls": ("#3f8f57", "1 4"),
}
_ROW: Final = 22
_DOT: Final = 4
_GAP: Final = 70
#: Width of a character of 12 px sans-serif, on the wide side.
_CHARACTER: Final = 6.9
_BOLD_CHARACTER: Final = 7.8


def lineage_svg(root: Artifact, edges: Iterable[Edge], artifacts: Mapping[str, Artifact]) -> str:
    """Return the picture as SVG for an HTML page, with a legend and what was left out in words.

    Parameters
    ----------
    root
        The artifact that stands in the middle.
    edges
        Its lineage both ways, each way nearest first.
    artifacts
        Every artifact that the edges mention, by its CURIE.
    """
    edges = _unique(edges)
    drawn = _nearest(root, edges)
    shown = [edge for edge in edges if edge.child in drawn and edge.parent in drawn]
    columns = _columns(drawn, shown)
    labels = {name: str(artifacts[name]) for name in drawn}
    ends = {name: _end(label, bold=name == root.id) for name, label in labels.items()}
    places, width = _places(columns, ends)
    height = max(len(column) for column in columns) * _ROW
    parts = [_path(edge, places, ends, _said(edge, labels)) for edge in shown]
    parts += [_node(name, places[name], labels[name], root=name == root.id) for name in drawn]
    title = html.escape(f"Lineage of {root.name}: ancestors left, descendants right")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{title}" width="{width:.0f}" '
        f'height="{height}" viewBox="0 0 {width:.0f} {height}" style="max-width: 100%; height: auto" '
        f'font-family="system-ui, sans-serif" font-size="12" fill="currentColor">{"".join(parts)}</svg>'
        f"{_caption(shown, left_out=len(artifacts) - len(drawn))}"
    )


def _unique(edges: Iterable[Edge]) -> list[Edge]:
    return list({edge.claim: edge for edge in edges}.values())


def _nearest(root: Artifact, edges: Iterable[Edge]) -> list[str]:
    """Return the root and the artifacts nearest to it; the nearest edges come first."""
    found = {root.id: None}
    for edge in edges:
        found |= {edge.parent: None, edge.child: None}
    return list(found)[:MOST_DRAWN]


def _columns(names: Collection[str], edges: Sequence[Edge]) -> list[list[str]]:
    """Put every child right of all its parents; what lies between neighbours decides the order."""
    rank = dict.fromkeys(names, 0)
    # As many rounds as there are artifacts are enough, and an end even if data hold a circle.
    for _ in names:
        behind = [edge for edge in edges if rank[edge.child] <= rank[edge.parent]]
        if not behind:
            break
        for edge in behind:
            rank[edge.child] = rank[edge.parent] + 1
    _pull_right(rank, edges)
    by_rank: dict[int, list[str]] = defaultdict(list)
    for name in names:
        by_rank[rank[name]].append(name)
    columns = [sorted(by_rank[level]) for level in sorted(by_rank)]
    for _ in range(4):
        for index in (*range(1, len(columns)), *range(len(columns) - 2, -1, -1)):
            columns[index] = _ordered(columns[index], _heights(columns), edges)
    return columns


def _pull_right(rank: dict[str, int], edges: Sequence[Edge]) -> None:
    """Move what has children as near to them as it can be: a short edge is easier to follow."""
    children: dict[str, list[str]] = defaultdict(list)
    for edge in edges:
        children[edge.parent].append(edge.child)
    for name in sorted(children, key=lambda name: -rank[name]):
        rank[name] = max(rank[name], min(rank[child] for child in children[name]) - 1)


def _heights(columns: Iterable[Sequence[str]]) -> dict[str, float]:
    return {
        name: index - (len(column) - 1) / 2
        for column in columns
        for index, name in enumerate(column)
    }  # fmt: skip


def _ordered(column: Sequence[str], heights: Mapping[str, float], edges: Iterable[Edge]) -> list[str]:
    neighbours: dict[str, list[float]] = defaultdict(list)
    for edge in edges:
        neighbours[edge.child].append(heights[edge.parent])
        neighbours[edge.parent].append(heights[edge.child])

    def middle(name: str) -> tuple[float, str]:
        around = neighbours[name]
        return (sum(around) / len(around) if around else heights[name]), name

    return sorted(column, key=middle)


def _places(
    columns: Sequence[Sequence[str]], ends: Mapping[str, float]
) -> tuple[dict[str, tuple[float, float]], float]:
    rows = max(len(column) for column in columns)
    places, left = {}, float(_DOT * 2)
    for column in columns:
        top = (rows - len(column)) / 2
        for index, name in enumerate(column):
            places[name] = (left, (top + index + 0.5) * _ROW)
        left += max(ends[name] for name in column) + _GAP
    return places, left - _GAP


def _end(label: str, *, bold: bool) -> float:
    """Return how far dot and label reach to the right."""
    return _DOT * 3 + len(label) * (_BOLD_CHARACTER if bold else _CHARACTER)


def _node(name: str, place: tuple[float, float], label: str, *, root: bool) -> str:
    x, y = place
    weight = ' font-weight="700"' if root else ""
    return (
        f'<a href="{html.escape(expand(name))}" target="_blank" rel="noopener">'
        f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{_DOT}"/>'
        f'<text x="{x + _DOT * 2:.0f}" y="{y + 4:.0f}"{weight} fill="currentColor">'
        f"{html.escape(label)}</text></a>"
    )


def _said(edge: Edge, labels: Mapping[str, str]) -> str:
    return f"{labels[edge.child]} {edge.relation} {labels[edge.parent]}: {edge.statement}"


def _path(edge: Edge, places: Mapping[str, tuple[float, float]], ends: Mapping[str, float], said: str) -> str:
    (x1, y1), (x2, y2) = places[edge.parent], places[edge.child]
    x1, x2 = x1 + ends[edge.parent], x2 - _DOT * 2
    colour, dash = _STROKES[edge.group]
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    middle = (x1 + x2) / 2
    return (
        f'<path d="M{x1:.0f} {y1:.0f}C{middle:.0f} {y1:.0f} {middle:.0f} {y2:.0f} {x2:.0f} {y2:.0f}" '
        f'fill="none" stroke="{colour}" stroke-width="1.5"{dashed}><title>{html.escape(said)}</title></path>'
    )


def _caption(edges: Iterable[Edge], *, left_out: int) -> str:
    groups = {edge.group for edge in edges}
    legend = [
        f'<svg width="26" height="8" aria-hidden="true"><path d="M0 4h26" stroke="{colour}" '
        f'stroke-width="2" stroke-dasharray="{dash}"/></svg> {group}'
        for group, (colour, dash) in _STROKES.items()
        if group in groups
    ]
    if left_out:
        legend.append(f"{left_out} farther ones not shown; kg.draw(focus=…) shows all")
    if not legend:
        legend.append("no lineage edge in the direction asked")
    return f'<p style="font-size: 0.85em">{" &nbsp; ".join(legend)}</p>'
