"""From what people type to an IRI: a CURIE, an IRI, a bare id, or a name."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from pyoxigraph import NamedNode

from healthfm.analysis.sparql import solutions
from healthfm.errors import UnknownNameError, UsageError
from healthfm.rdf.readable_store import ReadableStore
from healthfm.vocabulary import ENTITY_PREFIXES, ROOT, curie, expand

_NAMES: Final = f"""
SELECT DISTINCT ?thing ?name WHERE {{
  ?thing rdfs:label|skos:altLabel|skos:prefLabel|hfm:statement ?name .
  FILTER(STRSTARTS(STR(?thing), "{ROOT}"))
}}"""

#: Characters of an unknown name that a message repeats.
_TOLD: Final = 100


def fold(name: str) -> str:
    """Return a name as it is compared: case and outer white space do not count.

    Examples
    --------
    >>> fold(" BioBERT ")
    'biobert'
    """
    return " ".join(name.casefold().split())


class Names:
    """All names of the things in a store.

    Parameters
    ----------
    store
        A store that holds the graph; read once.
    """

    def __init__(self, store: ReadableStore) -> None:
        self._by_curie: dict[str, list[str]] = defaultdict(list)
        for solution in solutions(store, _NAMES):
            self._by_curie[curie(solution["thing"].value)].append(solution["name"].value)
        self._by_id: dict[str, list[str]] = defaultdict(list)
        self._by_name: dict[str, list[str]] = defaultdict(list)
        for thing, names in self._by_curie.items():
            if thing.startswith("hfm:"):  # a term is meant only by who writes the prefix
                continue
            self._by_id[thing.partition(":")[2]].append(thing)
            # A row repeats the title of its work; the title means the work.
            for name in names if not thing.startswith("row:") else ():
                self._by_name[fold(name)].append(thing)

    def resolve(self, name: str, *, kind: str | None = None) -> NamedNode:
        """Return the node that `name` means.

        Parameters
        ----------
        kind
            Prefix that the thing must have (``model``, ``family`` …); any if not given.

        Raises
        ------
        UnknownNameError
            If nothing has that name; the message has the nearest ones.
        UsageError
            If several things have it and none of them is a model; the message has their CURIEs.

        Notes
        -----
        A bare id means the model, else the only match, else it is an error.
        """
        given = curie(expand(name)) if ":" in name else name
        found = (
            [given]
            if given in self._by_curie
            else self._by_id.get(name) or self._by_name.get(fold(name)) or []
        )
        matches = [thing for thing in dict.fromkeys(found) if kind is None or thing.startswith(f"{kind}:")]
        if not matches:
            told = name if len(name) <= _TOLD else f"{name[:_TOLD]}…"
            raise UnknownNameError(f"nothing here is called '{told}'; {self._nearest(name, kind)}")
        models = [thing for thing in matches if thing.startswith("model:")]
        if len(matches) > 1 and len(models) != 1:
            raise UsageError(f"'{name}' may mean {', '.join(sorted(matches, key=_rank))}; write one of these")
        return NamedNode(expand((models or matches)[0]))

    def _nearest(self, name: str, kind: str | None) -> str:
        from healthfm.catalog.names import nearest  # only an error needs it

        wanted = f"{kind}:" if kind else tuple(f"{prefix}:" for prefix in ENTITY_PREFIXES)
        ids = {thing.partition(":")[2] for thing in self._by_curie if thing.startswith(wanted)}
        return nearest(
            name.partition(":")[2] or name, ids, otherwise="`healthfm search` finds by part of a name"
        )


def _rank(thing: str) -> tuple[int, str]:
    return ENTITY_PREFIXES.index(thing.partition(":")[0]), thing
