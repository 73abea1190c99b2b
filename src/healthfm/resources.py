"""Where ontology/ and graph/ are: beside the code in an installed wheel, at the top level in a checkout."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from healthfm.errors import InputError

_PACKAGED: Final = Path(__file__).parent / "data"
_CHECKOUT: Final = Path(__file__).parents[2]


def _find(name: str) -> Path:
    for root in (_PACKAGED, _CHECKOUT):
        if (root / name).is_dir():
            return root / name
    raise InputError(f"no folder '{name}' beside the package or in a checkout; reinstall healthfm")


def ontology_folder() -> Path:
    """Return the folder with the ontology, its shapes, vocabularies and named questions."""
    return _find("ontology")


def graph_folder() -> Path:
    """Return the folder with the catalogue (in a checkout) and the built graph (``dist/``)."""
    return _find("graph")


def built_graph(*, named_graphs: bool = True) -> Path:
    """Return the file of the last good build: TriG, or Turtle where the named graphs are not needed.

    Raises
    ------
    InputError
        If nothing was built yet.
    """
    path = graph_folder() / "dist" / ("healthfm.trig" if named_graphs else "healthfm.ttl")
    if not path.exists():
        raise InputError(f"{path}: no built graph; run `healthfm build`")
    return path
