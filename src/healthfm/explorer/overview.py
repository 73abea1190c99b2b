"""The page of a graph too large to be drawn at once: counts first, then one neighbourhood after another.

Above `MOST_DRAWN` artifacts no layout says anything. The page opens on counts, computed here, and
draws what is around one thing, at most a few hundred things at a time. Its data are columns, not
records: a hundred thousand artifacts fit into a file that a browser opens in seconds.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

from healthfm.analysis.network import node_attributes
from healthfm.analysis.sparql import solutions
from healthfm.explorer.palette import THEMES
from healthfm.explorer.relation_names import RELATION_NAMES
from healthfm.explorer.rendering import STYLES, render_network
from healthfm.rdf.readable_store import ReadableStore
from healthfm.vocabulary import RELATION_GROUPS, curie

#: Artifacts that a picture holds; beyond, the page opens on counts.
MOST_DRAWN: Final = 10_000
#: Families with a row of their own; the others share one.
_FAMILY_ROWS: Final = 20
_COUNT: Final = "SELECT (COUNT(DISTINCT ?it) AS ?n) { ?it a hfm:Artifact }"
_ARTIFACTS: Final = """
SELECT ?it (MIN(?label) AS ?name) (MIN(?when) AS ?year) WHERE {
  ?it a hfm:Artifact ; rdfs:label ?label . OPTIONAL { ?it hfm:year ?when }
} GROUP BY ?it"""
_FAMILIES: Final = "SELECT ?family ?name { ?family a hfm:Family ; rdfs:label ?name }"
_EDGES: Final = """
SELECT ?child ?relation ?parent WHERE {
  ?claim hfm:child ?child ; hfm:relation ?relation ; hfm:parent ?parent ; hfm:claimStatus "accepted" .
}"""
_OTHER: Final = "other families"
_NONE: Final = "no family"
_UNDATED: Final = "undated"

_OPTIONS: Final[dict[str, Any]] = {
    "physics": {"enabled": False},
    "interaction": {"hover": True, "keyboard": False, "dragNodes": False},
    "nodes": {"shape": "dot"},
}


def is_too_large(store: ReadableStore) -> bool:
    """Say whether there are more artifacts than a picture holds."""
    return int(next(solutions(store, _COUNT))["n"].value) > MOST_DRAWN


def render_overview(store: ReadableStore, *, title: str, footer: str, sparql: str | None = None) -> str:
    """Return the page as HTML; the parameters are those of `render_page`."""
    from pyvis.network import Network  # slow: it brings IPython

    network = Network(directed=True)
    network.set_options(json.dumps(_OPTIONS))
    values = {"title": title, "footer": footer, "sparql": sparql, "overview": overview_data(store)}
    return render_network(
        network, "overview.html.j2", values, entry="overview-main.js", styles=(*STYLES, "overview.css")
    )


def overview_data(store: ReadableStore) -> dict[str, Any]:
    """Return the graph as columns, and its counts.

    Returns
    -------
    dict
        ``ids``, ``names``, ``years`` (0 where none is known), ``kinds`` and ``rows`` (positions in
        the table of families) of the artifacts; ``children``, ``parents``, ``relations`` of the edges,
        as positions; ``tables``: the counts.
    """
    attributes = node_attributes(store)
    found = {curie(row["it"].value): row for row in solutions(store, _ARTIFACTS)}
    ids = sorted(found)
    position = {name: index for index, name in enumerate(ids)}
    years = [int(found[name]["year"].value) if found[name]["year"] else 0 for name in ids]
    kinds = [attributes[name]["kind"] for name in ids]
    edges = _edges(store, position)
    families = _family_rows(attributes)
    rows = [_rows_of(attributes[name]["families"], families) for name in ids]
    names = {
        curie(row["family"].value).partition(":")[2]: row["name"].value for row in solutions(store, _FAMILIES)
    }
    return {
        "ids": ids,
        "names": [found[name]["name"].value for name in ids],
        "years": years,
        "kinds": kinds,
        "rows": rows,
        "children": [child for child, _, _ in edges],
        "parents": [parent for _, parent, _ in edges],
        "relations": [relation for _, _, relation in edges],
        "relationNames": [RELATION_NAMES[relation] for relation in RELATION_GROUPS],
        "relationGroups": list(RELATION_GROUPS.values()),
        "tables": {
            "families": _families_by_year([names.get(family, family) for family in families], rows, years),
            "kinds": _kinds_by_kinds(kinds, edges),
        },
        "themes": THEMES,
    }


def _edges(store: ReadableStore, position: Mapping[str, int]) -> list[tuple[int, int, int]]:
    """Return child, parent and relation of every edge, as positions."""
    relations = list(RELATION_GROUPS)
    return sorted(
        (position[child], position[parent], relations.index(curie(row["relation"].value).partition(":")[2]))
        for row in solutions(store, _EDGES)
        if (child := curie(row["child"].value)) in position
        and (parent := curie(row["parent"].value)) in position
    )


def _family_rows(attributes: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Return the largest families, then the rows that the others share."""
    sizes = Counter(family for own in attributes.values() for family in own["families"])
    largest = sorted(sizes, key=lambda family: (-sizes[family], family))[:_FAMILY_ROWS]
    return [*largest, *([_OTHER] if len(sizes) > _FAMILY_ROWS else []), _NONE]


def _rows_of(families: Sequence[str], rows: Sequence[str]) -> list[int]:
    if not families:
        return [rows.index(_NONE)]
    return sorted({rows.index(family) if family in rows else rows.index(_OTHER) for family in families})


def _families_by_year(
    names: list[str], rows: Sequence[Sequence[int]], years: Sequence[int]
) -> dict[str, Any]:
    counted = Counter((row, year) for own, year in zip(rows, years, strict=True) for row in own)
    columns = sorted(set(years))
    return {
        "label": "Families by year of first release; what is in several families counts in each",
        "rows": names,
        "columns": [str(year) if year else _UNDATED for year in columns],
        "years": columns,
        "cells": [[counted[row, year] for year in columns] for row in range(len(names))],
    }


def _kinds_by_kinds(kinds: Sequence[str], edges: Sequence[tuple[int, int, int]]) -> dict[str, Any]:
    counted: dict[tuple[str, str], int] = defaultdict(int)
    for child, parent, _ in edges:
        counted[kinds[child], kinds[parent]] += 1
    names = sorted(set(kinds))
    return {
        "label": "Lineage edges from the kind of the child (row) to the kind of the parent (column)",
        "rows": names,
        "columns": names,
        "cells": [[counted[row, column] for column in names] for row in names],
    }
