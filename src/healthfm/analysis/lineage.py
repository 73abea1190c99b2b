"""The lineage of one artifact: what it was built on, what was built on it, with which evidence."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from healthfm.analysis.lineage_graph import Artifact, Edge, LineageGraph
from healthfm.errors import UsageError

Direction = Literal["up", "down", "both"]


@dataclass(frozen=True, slots=True, repr=False)
class Lineage:
    """What one artifact was built on (up), and what was built on it (down).

    Parameters
    ----------
    root
        The artifact asked for.
    up, down
        Edges towards ancestors and descendants, nearest first; empty where that way was not asked.
    artifacts
        Every artifact that the edges mention.
    """

    root: Artifact
    up: tuple[Edge, ...]
    down: tuple[Edge, ...]
    artifacts: Mapping[str, Artifact]

    def __repr__(self) -> str:
        return f"<lineage of {self.root.name}: {len(self.up)} edges up, {len(self.down)} down>"

    def _repr_html_(self) -> str:
        from healthfm.analysis.lineage_picture import lineage_svg  # only Jupyter needs it

        return lineage_svg(self.root, (*self.up, *self.down), self.artifacts)

    @property
    def ancestors(self) -> frozenset[str]:
        """CURIEs of everything above the root, by any relation."""
        return frozenset(edge.parent for edge in self.up) - {self.root.id}

    @property
    def descendants(self) -> frozenset[str]:
        """CURIEs of everything below the root, by any relation."""
        return frozenset(edge.child for edge in self.down) - {self.root.id}

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain values, for JSON."""
        return {
            "root": asdict(self.root),
            "nodes": [asdict(self.artifacts[name]) for name in sorted(self.artifacts)],
            "up": [_edge_dict(edge) for edge in self.up],
            "down": [_edge_dict(edge) for edge in self.down],
        }

    def tree(self, *, evidence: bool = False) -> str:
        """Return the lineage as indented text; a thing met again is named, not unfolded twice.

        Parameters
        ----------
        evidence
            Also write the statement, source, basis and confidence of each edge.
        """
        lines = [str(self.root)]
        for title, edges, upwards in (("built on", self.up, True), ("built upon by", self.down, False)):
            if edges:
                lines += [title, *_branches(self, edges, upwards=upwards, evidence=evidence)]
        if not self.up and not self.down:
            lines.append("  no lineage edge in the direction asked")
        return "\n".join(lines) + "\n"


def _edge_dict(edge: Edge) -> dict[str, Any]:
    return asdict(edge) | {"group": edge.group}


def _branches(lineage: Lineage, edges: tuple[Edge, ...], *, upwards: bool, evidence: bool) -> Iterator[str]:
    index: dict[str, list[Edge]] = defaultdict(list)
    for edge in edges:
        index[edge.child if upwards else edge.parent].append(edge)
    seen = {lineage.root.id}
    stack = [(edge, 1) for edge in reversed(index[lineage.root.id])]
    while stack:
        edge, depth = stack.pop()
        other = edge.parent if upwards else edge.child
        artifact = lineage.artifacts[other]
        again = " …" if other in seen and index[other] else ""
        yield f"{'  ' * depth}{edge.relation} {artifact}{again}"
        if evidence:
            yield f"{'  ' * depth}  {edge.statement} [{edge.source}; {edge.basis}, {edge.confidence}]"
        if other not in seen:
            seen.add(other)
            stack.extend((following, depth + 1) for following in reversed(index[other]))


def trace(
    graph: LineageGraph, name: str, *, direction: Direction = "both", depth: int | None = None
) -> Lineage:
    """Return the lineage of one artifact.

    Parameters
    ----------
    name
        CURIE of the artifact.
    depth
        How many steps to go; all if not given.

    Raises
    ------
    UsageError
        If the thing is no artifact, the direction none of ``up``, ``down``, ``both``, or the depth below 1.
    """
    graph.require(name)
    if direction not in {"up", "down", "both"}:
        raise UsageError(f"'{direction}' is no direction; use up, down or both")
    if depth is not None and depth < 1:
        raise UsageError(f"a depth of {depth} shows nothing; use 1 or more")
    up = _walk(graph.by_child, name, depth, upwards=True) if direction != "down" else ()
    down = _walk(graph.by_parent, name, depth, upwards=False) if direction != "up" else ()
    mentioned = {name, *(edge.child for edge in up + down), *(edge.parent for edge in up + down)}
    return Lineage(graph.artifacts[name], up, down, {item: graph.artifacts[item] for item in mentioned})


def _walk(
    index: Mapping[str, tuple[Edge, ...]], start: str, depth: int | None, *, upwards: bool
) -> tuple[Edge, ...]:
    found: list[Edge] = []
    seen = {start}
    queue = deque([(start, 0)])
    while queue:
        name, steps = queue.popleft()
        if depth is not None and steps >= depth:
            continue
        for edge in index.get(name, ()):
            found.append(edge)
            other = edge.parent if upwards else edge.child
            if other not in seen:
                seen.add(other)
                queue.append((other, steps + 1))
    return tuple(found)
