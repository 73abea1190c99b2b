"""A pyvis network as a page of ours: its library, our template, script and styles in one file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any, Final

from jinja2 import DictLoader, Environment
from markupsafe import Markup

from healthfm.explorer.embedding import packed, packed_json, script_hashes
from healthfm.explorer.script import join_modules, source

#: Style sheets of every page with a picture, in the order in which they override one another.
STYLES: Final = ("colours.css", "page.css", "panels.css", "views.css", "narrow.css")


def render_network(
    network: Any, template: str, values: Mapping[str, Any], *, entry: str, styles: Sequence[str]
) -> str:
    """Return the page that pyvis makes of a network with a template of ours.

    Parameters
    ----------
    template, entry, styles
        Files of ``web/``: the template, the module that starts the page, and the style sheets.
    values
        What the template names besides nodes, edges, options, policy, css, script and vis.
    """
    script, vis = join_modules(entry), _vis_network()
    environment = Environment(loader=DictLoader({template: source(template)}), autoescape=True)
    environment.filters["packed"] = packed_json
    environment.globals |= values
    environment.globals |= {
        "policy": (
            f"default-src 'none'; script-src {script_hashes([vis, script])}; style-src 'unsafe-inline'; "
            "img-src data: blob:; base-uri 'none'; form-action 'none'"
        ),
        "css": Markup("".join(map(source, styles))),  # noqa: S704  -- our own files
        "script": Markup(script),  # noqa: S704  -- our own files
        "vis": packed(vis),
    }
    network.templateEnv = environment
    network.path = template
    return str(network.generate_html())


@cache
def _vis_network() -> str:
    """Return vis-network as pyvis ships it."""
    library = resources.files("pyvis") / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js"
    return library.read_text(encoding="utf-8")
