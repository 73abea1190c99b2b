"""Where ontology/ and graph/ are: beside the code in an installed wheel, at the top level in a checkout.

`built_graph` is on the path of every cold query and does without pathlib, which would cost that path
a tenth of its time.
"""

from __future__ import annotations

import os.path
from typing import TYPE_CHECKING

from healthfm.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path


def _find(name: str) -> str:
    package = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120
    for root in (f"{package}/data", f"{package}/../.."):
        if os.path.isdir(f"{root}/{name}"):  # noqa: PTH112
            return os.path.normpath(f"{root}/{name}")
    raise InputError(f"no folder '{name}' beside the package or in a checkout; reinstall healthfm")


def ontology_folder() -> Path:
    """Return the folder with the ontology, its shapes, vocabularies and named questions."""
    from pathlib import Path

    return Path(_find("ontology"))


def graph_folder() -> Path:
    """Return the folder with the catalogue (in a checkout) and the built graph (``dist/``)."""
    from pathlib import Path

    return Path(_find("graph"))


def catalogue_folder() -> Path:
    """Return the folder with the entries that the packaged graph was built from."""
    from pathlib import Path

    packaged = Path(__file__).parent / "data" / "catalogue"
    return packaged if packaged.is_dir() else graph_folder()


def built_graph() -> str:
    """Return the TriG file of the last good build.

    Raises
    ------
    InputError
        If nothing was built yet.
    """
    path = f"{_find('graph')}/dist/healthfm.trig"
    if not os.path.exists(path):  # noqa: PTH110
        raise InputError(f"{path}: no built graph; run `healthfm build`")
    return path
