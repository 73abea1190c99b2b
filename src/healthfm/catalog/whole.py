"""A catalogue together with the packaged one, where it says that it goes on from there.

Whoever adds models of their own need not copy what these stand on: with ``goes_on_from: packaged``
in ``catalogue.yaml``, every entry of the packaged catalogue can be referred to as if it stood beside
theirs, and a build holds both.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from healthfm import resources
from healthfm.catalog.catalogue import Catalogue
from healthfm.catalog.reader import FOLDERS, REGISTERS, open_file, read_catalogue
from healthfm.errors import CatalogueError

#: Where a catalogue says it.
DECLARATION: Final = "catalogue.yaml"


def read_whole(root: Path) -> Catalogue:
    """Read the catalogue under `root`, with the packaged one where it goes on from there.

    Raises
    ------
    CatalogueError
        With every fault; what is in the packaged catalogue cannot be described again.
    InputError
        If `root` is no catalogue.
    """
    return with_packaged(read_catalogue(root), root)


def with_packaged(own: Catalogue, root: Path) -> Catalogue:
    """Return a catalogue with the packaged one, where the file under `root` says so.

    Raises
    ------
    CatalogueError
        As `read_whole` does.
    """
    if not _goes_on(root):
        return own
    packaged = read_catalogue(resources.catalogue_folder())
    faults, joined = [], {}
    for kind in (*FOLDERS, *REGISTERS):
        theirs, ours = getattr(packaged, kind), getattr(own, kind)
        faults += [
            f"{own.place(kind, name)}: '{name}' is in the packaged catalogue already; "
            "delete this entry and refer to that one, or take another id"
            for name in ours
            if name in theirs
        ]
        joined[kind] = {**theirs, **ours}
    if faults:
        raise CatalogueError(faults)
    return Catalogue(**joined, files={**packaged.files, **own.files}, drafts=own.drafts)


def _goes_on(root: Path) -> bool:
    path = root / DECLARATION
    if not path.exists() and not path.is_symlink():
        return False
    source = open_file(path, f"{root.resolve().name}/{DECLARATION}")
    if source.document.value != {"goes_on_from": "packaged"}:
        raise CatalogueError(
            [f"{source.place()}: can say 'goes_on_from: packaged' and nothing else; write that"]
        )
    return True
