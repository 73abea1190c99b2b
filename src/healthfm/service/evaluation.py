"""Queries of clients, evaluated within limits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pyoxigraph import DefaultGraph, Store

from healthfm.analysis.result_formats import Result
from healthfm.analysis.sparql import Scope, run_query
from healthfm.analysis.sparql_text import may_name_graphs
from healthfm.rdf.readable_store import ReadableStore
from healthfm.vocabulary import ROOT


class Evaluation:
    """The graph, ready to be asked by clients.

    Parameters
    ----------
    max_rows
        Rows or triples that an answer may have.
    """

    def __init__(self, store: ReadableStore, *, max_rows: int) -> None:
        self._store = store
        # The engine walks over the quads of all graphs also where only the default one is asked for;
        # without the others, most queries take two thirds of the time.
        self._default = _default_graph(store)
        self._max_rows = max_rows

    def evaluate(self, job: Mapping[str, Any]) -> Result:
        """Return the result of the ``query`` of a job.

        Raises
        ------
        QueryError
            If it is malformed.
        LimitError
            If it is too complex, or has too many rows.
        """
        scope = Scope(
            tuple(job["default_graphs"]), tuple(job["named_graphs"]), max_rows=self._max_rows, base=ROOT
        )
        named = scope.default_graphs or scope.named_graphs or may_name_graphs(job["query"])
        return run_query(self._store if named else self._default, job["query"], scope=scope)


def _default_graph(store: ReadableStore) -> ReadableStore:
    if next(iter(store.named_graphs()), None) is None:
        return store
    alone = Store()
    alone.bulk_extend(store.quads_for_pattern(None, None, None, DefaultGraph()))
    return alone
