"""Why a query may have found nothing: names of ours in it that the graph does not hold."""

from __future__ import annotations

import re

from pyoxigraph import Literal, NamedNode, Store

from healthfm.analysis.sparql import run_query
from healthfm.analysis.sparql_text import tokens
from healthfm.catalog.names import nearest
from healthfm.rdf.readable_store import ReadableStore
from healthfm.vocabulary import PREFIXES, ROOT

_HELD = "ASK { { ?term ?p ?o } UNION { ?s ?term ?o } UNION { ?s ?p ?term } }"
_NAMES = "SELECT DISTINCT ?term { ?term ?property ?value FILTER(STRSTARTS(STR(?term), ?start)) }"


def unknown_terms(store: ReadableStore, query: str) -> list[str]:
    """Return a line for each name of ours in a query that no triple has, with the nearest ones.

    Parameters
    ----------
    query
        One that can be answered. A prefix that it declares itself is left alone.

    Notes
    -----
    A server elsewhere is asked nothing that nobody asked of it; there is then no line.

    Examples
    --------
    >>> import healthfm
    >>> unknown_terms(healthfm.load().store, "SELECT ?m { ?m hfm:yeer 2020 ; a hfm:Model }")
    ["no triple has 'hfm:yeer'; nearest: 'year'"]
    """
    if not isinstance(store, Store):
        return []
    names = dict.fromkeys(token.text for token in tokens(query) if token.kind == "name")
    lines = []
    for name in names:
        prefix, _, local = name.partition(":")
        local = re.sub(r"\\(.)", r"\1", local)
        namespace = PREFIXES.get(prefix, "")
        if not local or f"{prefix}:" in names or not namespace.startswith(ROOT):
            continue
        if not run_query(store, _HELD, {"term": NamedNode(namespace + local)}):
            rows = run_query(store, _NAMES, {"start": Literal(namespace)})
            known = [row["term"].partition(":")[2] for row in rows.plain()]  # type: ignore[union-attr]
            help_ = nearest(local, known, otherwise="`healthfm search` finds things by name")
            lines.append(f"no triple has '{name}'; {help_}")
    return lines
