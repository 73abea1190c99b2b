"""A build by what names it: a file, a folder, or a revision of the repository that holds the catalogue."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Final

from pyoxigraph import RdfFormat, Store

from healthfm.errors import InputError
from healthfm.rdf.loading import open_store

_BUILT: Final = "healthfm.trig"


def open_build(name: str, graph: Path) -> Store:
    """Return the build that a name means.

    Parameters
    ----------
    name
        A file of RDF, a folder with a build in it, the folder of a catalogue, or a git revision: then
        the build that was committed with it.
    graph
        The catalogue whose repository knows the revision.

    Raises
    ------
    InputError
        If it is none of these, or cannot be read.
    """
    path = Path(name)
    if path.is_dir():
        built = next((p for p in (path / _BUILT, path / "dist" / _BUILT) if p.is_file()), None)
        if built is None:
            raise InputError(f"{name}: no build: no {_BUILT} in it nor in dist/; run `healthfm build`")
        return open_store([str(built)])
    if path.exists():
        return open_store([name])
    return _committed(name, graph)


def _committed(revision: str, graph: Path) -> Store:
    commit = _git(graph, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if commit is None:
        raise InputError(f"{revision}: no file, folder or revision of {graph} is called so; correct the name")
    data = _git(graph, "show", f"{commit.decode().strip()}:./dist/{_BUILT}")
    if data is None:
        raise InputError(f"{revision}: has no build (dist/{_BUILT}) in {graph.name}; name a later revision")
    store = Store()
    try:
        store.bulk_load(data, RdfFormat.TRIG)
    except (SyntaxError, ValueError) as error:
        raise InputError(f"{revision}: its build cannot be read: {' '.join(str(error).split())}") from error
    return store


def _git(folder: Path, *arguments: str) -> bytes | None:
    try:
        done = subprocess.run(  # noqa: S603  -- no shell; the revision stands behind --end-of-options
            ["git", "-C", str(folder), *arguments],  # noqa: S607
            capture_output=True,
            check=False,
        )
    except OSError as error:
        raise InputError(f"{folder}: git cannot be run: {error.strerror}; install it") from error
    return done.stdout if done.returncode == 0 else None
