"""The interactive page: pyvis with a template of our own, in one file that fetches nothing.

pyvis's stock page draws a force layout that takes minutes, loads style sheets from other hosts and
runs markup from labels. Here the layout is computed, the library stands in the file, data are inert
JSON, and a content-security policy names the hash of each script.
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import asdict
from functools import cache
from importlib import resources
from typing import Any, Final

from jinja2 import DictLoader, Environment
from markupsafe import Markup

from healthfm.explorer.facts import facts_of
from healthfm.explorer.palette import SHAPES, THEMES
from healthfm.explorer.scene import Scene, Spot
from healthfm.rdf.readable_store import ReadableStore
from healthfm.vocabulary import RELATION_GROUPS

RELATION_NAMES: Final = {
    "fineTunedFrom": "fine-tuned from",
    "continuesPretrainingOf": "continues pretraining of",
    "usesComponent": "uses component",
    "adapterOf": "adapter of",
    "mergedFrom": "merged from",
    "quantizedFrom": "quantized from",
    "distilledFrom": "distilled from",
    "trainedOnOutputsOf": "trained on outputs of",
    "reimplements": "reimplements",
    "extends": "extends",
    "succeeds": "succeeds",
    "reusesCodeOf": "reuses code of",
    "calls": "calls",
}
#: Above this many edges straight lines are drawn: curves cost too much.
MAX_CURVES: Final = 600


def render_page(store: ReadableStore, scene: Scene, *, title: str, footer: str) -> str:
    """Return the page as HTML."""
    from pyvis.network import Network  # slow: it brings IPython

    network = Network(directed=True)
    network.nodes = [_node(spot, scene) for spot in scene.spots]
    network.edges = [
        {"id": f"e{index}", "from": edge.parent, "to": edge.child, "arrows": "to", "width": 1.2}
        for index, edge in enumerate(scene.edges)
    ]
    network.set_options(json.dumps(_options(len(scene.edges))))
    script = _source("page.js")
    vis = _vis_network()
    environment = Environment(loader=DictLoader({"page.html.j2": _source("page.html.j2")}), autoescape=True)
    environment.filters["inert"] = inert
    environment.globals |= {
        "title": title,
        "summary": _summary(scene),
        "footer": footer,
        "policy": _policy([vis, script]),
        "css": Markup(_source("page.css")),  # noqa: S704  -- our own file
        "script": Markup(script),  # noqa: S704  -- our own file
        "vis": Markup(vis),  # noqa: S704  -- the library's file, as pyvis ships it
        "scene": inert(_scene_data(store, scene)),
    }
    network.templateEnv = environment
    network.path = "page.html.j2"
    return str(network.generate_html())


def _node(spot: Spot, scene: Scene) -> dict[str, Any]:
    colour = next(lane.colour for lane in scene.lanes if lane.id == spot.lane)
    size = 6 + min(14.0, 2.2 * spot.descendants**0.5)
    # The label is drawn by the page; an empty one keeps vis from drawing the id in its place.
    return {
        "id": spot.id,
        "label": "",
        "x": spot.x,
        "y": spot.y,
        "shape": SHAPES[colour],
        "size": round(size, 1),
    }


def _options(edges: int) -> dict[str, Any]:
    curved = {"enabled": True, "type": "cubicBezier", "forceDirection": "horizontal", "roundness": 0.35}
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
        },
        "nodes": {"borderWidthSelected": 4, "shadow": False},
    }


def _summary(scene: Scene) -> str:
    listed = sum(spot.in_list for spot in scene.spots)
    return (
        f"{len(scene.spots)} models, systems, methods and libraries ({listed} in the list), "
        f"{len(scene.edges)} lineage edges"
    )


def _scene_data(store: ReadableStore, scene: Scene) -> dict[str, Any]:
    facts = facts_of(store)
    present = {edge.relation for edge in scene.edges}
    return {
        "spots": [
            {
                "id": spot.id,
                "name": spot.name,
                "year": spot.year,
                "inList": spot.in_list,
                "lane": spot.lane,
                "x": spot.x,
                "y": spot.y,
                "otherNames": facts[spot.id].other_names,
                "facts": facts[spot.id].facts,
                "links": facts[spot.id].links,
            }
            for spot in scene.spots
        ],
        "byWeight": [spot.id for spot in sorted(scene.spots, key=lambda spot: (-spot.descendants, spot.id))],
        "edges": [
            {"id": f"e{index}", "group": edge.group}
            | {key: value for key, value in asdict(edge).items() if key != "claim"}
            for index, edge in enumerate(scene.edges)
        ],
        "lanes": [asdict(lane) for lane in scene.lanes],
        "laneColours": {lane.id: lane.colour for lane in scene.lanes},
        "columns": [asdict(column) for column in scene.columns],
        "relations": [
            {"relation": relation, "group": group}
            for relation, group in RELATION_GROUPS.items()
            if relation in present
        ],
        "relationNames": RELATION_NAMES,
        "shapes": SHAPES,
        "theme": THEMES,
    }


def inert(value: Any) -> Markup:
    r"""Return JSON that no HTML parser can leave: every character with a meaning there is escaped.

    Examples
    --------
    >>> print(inert("</script><b>"))
    "\u003c/script\u003e\u003cb\u003e"
    """
    text = json.dumps(value, ensure_ascii=False, sort_keys=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704  -- made inert above


def _policy(scripts: list[str]) -> str:
    hashes = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
        for script in scripts
    )
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )


@cache
def _source(name: str) -> str:
    return (resources.files("healthfm.explorer") / "web" / name).read_text(encoding="utf-8")


@cache
def _vis_network() -> str:
    """Return vis-network as pyvis ships it."""
    library = resources.files("pyvis") / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js"
    return library.read_text(encoding="utf-8").replace("</script", "<\\/script")
