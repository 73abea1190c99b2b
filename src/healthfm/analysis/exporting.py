"""The graph as files in other people's formats."""

from __future__ import annotations

from typing import Final

from pyoxigraph import DefaultGraph, RdfFormat

from healthfm.analysis.bibliography import to_bibtex
from healthfm.analysis.network import to_csv_pair, to_graphml
from healthfm.analysis.result_formats import GRAPH_FORMATS
from healthfm.errors import UsageError
from healthfm.rdf.dataset import in_order, ordered_quads
from healthfm.rdf.readable_store import ReadableStore
from healthfm.rdf.serialization import stable_bytes

EXPORT_FORMATS: Final = (*GRAPH_FORMATS, "trig", "nq", "graphml", "csv", "bibtex")


def export_files(store: ReadableStore, name: str) -> dict[str, bytes]:
    """Return the content of each file of a format, by the file's ending.

    Raises
    ------
    UsageError
        If there is no such format.
    """
    if name not in EXPORT_FORMATS:
        raise UsageError(f"no export format '{name}'; use one of {', '.join(EXPORT_FORMATS)}")
    if name == "csv":
        nodes, edges = to_csv_pair(store)
        return {"nodes.csv": nodes.encode(), "edges.csv": edges.encode()}
    if name == "bibtex":
        return {"bib": to_bibtex(store).encode()}
    if name == "graphml":
        return {"graphml": to_graphml(store).encode()}
    if name in GRAPH_FORMATS:
        quads = store.quads_for_pattern(None, None, None, DefaultGraph())
        return {name: stable_bytes(in_order(quad.triple for quad in quads), GRAPH_FORMATS[name])}
    rdf_format = {"trig": RdfFormat.TRIG, "nq": RdfFormat.N_QUADS}[name]
    return {name: stable_bytes(ordered_quads(store), rdf_format)}
