"""The interactive page: pyvis with a template of our own, in one file that fetches nothing.

pyvis's stock page draws a force layout that takes minutes, loads style sheets from other hosts and
runs markup from labels. Here the layout is computed, the library stands in the file, data are inert,
and a content-security policy names the hash of each script.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final

from healthfm.analysis.lineage_graph import Edge
from healthfm.explorer.facts import PROPERTIES, Thing, around, read_things
from healthfm.explorer.palette import SHAPES, THEMES
from healthfm.explorer.relation_names import RELATION_NAMES
from healthfm.explorer.rendering import STYLES, render_network
from healthfm.explorer.scene import Scene, Spot
from healthfm.rdf.readable_store import ReadableStore
from healthfm.vocabulary import PREFIXES, RELATION_GROUPS

_EDGE_FIELDS: Final = ("relation", "statement", "source", "locator", "basis", "confidence", "claim")
_OPTIONS: Final[dict[str, Any]] = {
    "physics": {"enabled": False},
    "layout": {"randomSeed": 1},
    "interaction": {"hover": True, "keyboard": False, "dragNodes": False},
}


def render_page(
    store: ReadableStore, scene: Scene, *, title: str, version: str, footer: str, sparql: str | None = None
) -> str:
    """Return the page as HTML.

    Parameters
    ----------
    title
        Heading of the page.
    version
        Of the graph; it stands in the names and contents of files taken away from the page.
    footer
        The line under the page.
    sparql
        Where the page that answers SPARQL is, if there is one.
    """
    values = {
        "title": title,
        "footer": footer,
        "sparql": sparql,
        "scene": _scene_data(read_things(store), scene) | {"title": title, "version": version},
    }
    return render_network(make_network(scene), "page.html.j2", values, entry="main.js", styles=STYLES)


def make_network(scene: Scene) -> Any:
    """Return the scene as a pyvis network.

    Notes
    -----
    The lists are filled directly: `add_edge` looks every node up in a list, and takes for the edges
    of an undirected network the square of their number.
    """
    from pyvis.network import Network  # slow: it brings IPython

    network = Network(directed=True)
    network.nodes = [_node(spot) for spot in scene.spots]
    network.edges = [_edge(edge) for edge in scene.edges]
    network.set_options(json.dumps(_OPTIONS))
    return network


def _node(spot: Spot) -> dict[str, Any]:
    # The label is drawn by the page; an empty one keeps vis from drawing the id in its place.
    return {"id": spot.id, "label": "", "size": round(4 + min(9.0, 1.1 * spot.descendants**0.5), 1)}


def _edge(edge: Edge) -> dict[str, Any]:
    """Return an edge with its evidence, which the page tells."""
    told = {name: getattr(edge, name) for name in _EDGE_FIELDS}
    return {"from": edge.parent, "to": edge.child} | {key: value for key, value in told.items() if value}


def _scene_data(things: Mapping[str, Thing], scene: Scene) -> dict[str, Any]:
    present = {edge.relation for edge in scene.edges}
    shown = around(things, (spot.id for spot in scene.spots), (edge.source for edge in scene.edges))
    return {
        "spots": [
            {
                "id": spot.id,
                "year": spot.year,
                "inList": spot.in_list,
                "lane": spot.lane,
                "descendants": spot.descendants,
            }
            for spot in scene.spots
        ],
        "lanes": [asdict(lane) for lane in scene.lanes],
        "things": [thing.to_dict() for thing in shown],
        "properties": [
            {"key": own.key, "term": own.term, "label": own.label, "inverse": own.inverse}
            for own in PROPERTIES
        ],
        "relations": [
            {"relation": relation, "group": group, "name": RELATION_NAMES[relation]}
            for relation, group in RELATION_GROUPS.items()
            if relation in present
        ],
        "prefixes": PREFIXES,
        "shapes": SHAPES,
        "themes": THEMES,
    }
