"""Files of RDF as one store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from pyoxigraph import RdfFormat, Store

from healthfm.errors import InputError
from healthfm.rdf.store_cache import cached_store

#: Formats of data by the ending of a file.
DATA_FORMATS: Final[Mapping[str, RdfFormat]] = MappingProxyType(
    {
        "ttl": RdfFormat.TURTLE,
        "nt": RdfFormat.N_TRIPLES,
        "nq": RdfFormat.N_QUADS,
        "trig": RdfFormat.TRIG,
    }
)


def open_store(files: Sequence[str], *, cached: bool = False) -> Store:
    """Return what all files hold together.

    Parameters
    ----------
    files
        Told apart by their endings, those of `DATA_FORMATS`.
    cached
        For a single TriG file, open the store that is kept of it (`healthfm.rdf.store_cache`).

    Raises
    ------
    InputError
        If a file cannot be read, or has another ending.
    """
    if cached and len(files) == 1 and files[0].endswith(".trig"):
        store = cached_store(files[0])
        if store:
            return store
    store = Store()
    for file in files:
        try:
            store.bulk_load(path=file, format=_format_of(file))
        except SyntaxError as error:
            raise InputError(
                f"{file}:{error.lineno}: {' '.join(error.msg.split())}; mend it there"
            ) from error
        except (OSError, ValueError) as error:
            raise InputError(f"{file}: cannot be read: {error}; check the path") from error
    return store


def _format_of(file: str) -> RdfFormat:
    ending = file.rpartition(".")[2].lower()
    if ending not in DATA_FORMATS:
        raise InputError(
            f"{file}: '.{ending}' is no ending of {', '.join(DATA_FORMATS)}; convert or rename the file"
        )
    return DATA_FORMATS[ending]
