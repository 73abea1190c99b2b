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

from healthfm.explorer.facts import PROPERTIES, Thing, around, read_things
from healthfm.explorer.palette import SHAPES, THEMES
from healthfm.explorer.relation_names import RELATION_NAMES
from healthfm.explorer.rendering import STYLES, render_network
from healthfm.explorer.scene import Scene, Spot
from healthfm.rdf.readable_store import ReadableStore
from healthfm.vocabulary import PREFIXES, RELATION_GROUPS

#: Above this many edges straight lines are drawn: curves and dashes cost too much.
MAX_CURVES: Final = 600


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
    network.edges = [
        {"id": f"e{index}", "from": edge.parent, "to": edge.child} for index, edge in enumerate(scene.edges)
    ]
    network.set_options(json.dumps(_options(len(scene.edges))))
    return network


def _node(spot: Spot) -> dict[str, Any]:
    # The label is drawn by the page; an empty one keeps vis from drawing the id in its place.
    return {"id": spot.id, "label": "", "size": round(4 + min(9.0, 1.1 * spot.descendants**0.5), 1)}


def _options(edges: int) -> dict[str, Any]:
    curved = {"enabled": True, "type": "cubicBezier", "forceDirection": "horizontal", "roundness": 0.4}
    return {
        "physics": {"enabled": False},
        "layout": {"randomSeed": 1},
        "interaction": {
            "hover": True,
            "hideEdgesOnDrag": edges > MAX_CURVES,
            "keyboard": False,
            "dragNodes": False,
        },
        "edges": {
            "smooth": curved if edges <= MAX_CURVES else False,
            "arrows": {"to": {"enabled": True, "scaleFactor": 0.35}},
            "selectionWidth": 0,
            "hoverWidth": 0,
        },
        "nodes": {"shadow": False},
    }


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
        "edges": [
            {key: value for key, value in asdict(edge).items() if value is not None} for edge in scene.edges
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
