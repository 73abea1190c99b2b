"""The lineage as a networkx graph, and as files for Gephi, Neo4j and Cytoscape."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from healthfm.analysis.lineage_graph import CONFIDENCES, Edge, LineageGraph, read_lineage
from healthfm.analysis.sparql import solutions
from healthfm.errors import UsageError
from healthfm.rdf.readable_store import ReadableStore
from healthfm.vocabulary import RELATION_GROUPS, curie

if TYPE_CHECKING:
    import networkx

_KINDS: Final = """
SELECT ?it ?kind WHERE { VALUES ?kind { hfm:Model hfm:System hfm:Method hfm:Library } ?it a ?kind }"""
_LISTED: Final = "SELECT DISTINCT ?it WHERE { ?row hfm:about ?paper . ?it hfm:introducedBy ?paper }"
#: What an edge says of itself, beside its two ends.
_EDGE_FACTS: Final = ("relation", "group", "confidence", "basis", "statement", "source", "claim")
#: Node attribute → property whose values it collects.
_COLLECTED: Final = {
    "families": "hfm:memberOf",
    "categories": "hfm:category",
    "domains": "hfm:domain",
    "areas": "hfm:applicationArea",
    "modalities": "hfm:modality",
}
_VALUES: Final = f"""
SELECT ?it ?attribute ?value WHERE {{
  VALUES (?attribute ?property) {{ {" ".join(f'("{name}" {term})' for name, term in _COLLECTED.items())} }}
  ?it ?property ?value
}}"""
#: What is said of an artifact that nothing but a lineage claim mentions.
_UNPLACED: Final[dict[str, Any]] = {"kind": "artifact", "in_list": False, **dict.fromkeys(_COLLECTED, ())}


def to_networkx(store: ReadableStore, *, group: str | None = None) -> networkx.MultiDiGraph:
    """Return the lineage as a multigraph from parent to child; see `KnowledgeGraph.to_networkx`."""
    import networkx  # slow, and only analysis needs it

    graph = networkx.MultiDiGraph(name="healthfm lineage")
    lineage = read_lineage(store)
    _add_nodes(graph, lineage, node_attributes(store))
    for edge in _edges(lineage, group):
        facts = {fact: getattr(edge, fact) for fact in _EDGE_FACTS}
        graph.add_edge(edge.parent, edge.child, key=edge.relation, **facts)
    return graph


def to_simple_networkx(store: ReadableStore, *, group: str | None = None) -> networkx.DiGraph:
    """Return the lineage with one edge a pair; see `KnowledgeGraph.to_networkx`."""
    import networkx

    graph = networkx.DiGraph(name="healthfm lineage")
    lineage = read_lineage(store)
    _add_nodes(graph, lineage, node_attributes(store))
    pairs: dict[tuple[str, str], list[Edge]] = defaultdict(list)
    for edge in _edges(lineage, group):
        pairs[edge.parent, edge.child].append(edge)
    for (parent, child), edges in pairs.items():
        graph.add_edge(
            parent,
            child,
            relations=tuple(edge.relation for edge in edges),
            groups=tuple(dict.fromkeys(edge.group for edge in edges)),
            confidence=max((edge.confidence for edge in edges), key=CONFIDENCES.index),
        )
    return graph


def _add_nodes(
    graph: networkx.DiGraph, lineage: LineageGraph, attributes: Mapping[str, Mapping[str, Any]]
) -> None:
    for name, artifact in sorted(lineage.artifacts.items()):
        dated = {} if artifact.year is None else {"year": artifact.year}
        graph.add_node(name, label=artifact.name, **dated, **attributes.get(name, _UNPLACED))


def _edges(lineage: LineageGraph, group: str | None) -> list[Edge]:
    if group is not None and group not in RELATION_GROUPS.values():
        raise UsageError(
            f"no group '{group}'; use one of {', '.join(dict.fromkeys(RELATION_GROUPS.values()))}"
        )
    return [edge for edge in lineage.edges if group in {None, edge.group}]


def node_attributes(store: ReadableStore) -> dict[str, dict[str, Any]]:
    """Return, for the CURIE of each artifact, its kind, its place, and whether a list has it."""
    listed = {row["it"].value for row in solutions(store, _LISTED)}
    found: dict[str, dict[str, Any]] = {}
    for row in solutions(store, _KINDS):
        iri, kind = row["it"].value, curie(row["kind"].value).partition(":")[2].lower()
        found[iri] = _UNPLACED | {"kind": kind, "in_list": iri in listed}
    collected: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in solutions(store, _VALUES):
        collected[row["it"].value, row["attribute"].value].add(curie(row["value"].value).partition(":")[2])
    for (iri, attribute), values in collected.items():
        if iri in found:  # studies have areas, too
            found[iri][attribute] = tuple(sorted(values))
    return {curie(iri): attributes for iri, attributes in found.items()}


def to_graphml(store: ReadableStore) -> str:
    """Return the lineage as GraphML; tuples of ids become text with ``|`` between them."""
    import networkx

    graph = to_networkx(store)
    for _, data in graph.nodes(data=True):
        for key, value in data.items():
            if isinstance(value, tuple):
                data[key] = "|".join(value)
    return "\n".join(networkx.generate_graphml(graph)) + "\n"


def to_csv_pair(store: ReadableStore) -> tuple[str, str]:
    """Return the lineage as two CSV texts, nodes and edges, with headers that Gephi and Neo4j read."""
    lineage, attributes = read_lineage(store), node_attributes(store)
    return _nodes_csv(lineage, attributes), _edges_csv(lineage)


def _nodes_csv(lineage: LineageGraph, attributes: dict[str, dict[str, Any]]) -> str:
    columns = ["Id", "Label", "year", "kind", "in_list", *_COLLECTED]
    lines = []
    for name, artifact in sorted(lineage.artifacts.items()):
        own = attributes.get(name, _UNPLACED)
        lists = ["|".join(own[attribute]) for attribute in _COLLECTED]
        lines.append([name, artifact.name, artifact.year, own["kind"], str(own["in_list"]).lower(), *lists])
    return _csv(columns, lines)


def _edges_csv(lineage: LineageGraph) -> str:
    return _csv(
        ["Source", "Target", "Type", *_EDGE_FACTS],
        [
            [edge.parent, edge.child, "Directed", *(getattr(edge, fact) for fact in _EDGE_FACTS)]
            for edge in lineage.edges
        ],
    )


def _csv(columns: list[str], lines: list[list[Any]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_inert(cell) for cell in line] for line in lines)
    return out.getvalue()


def _inert(cell: Any) -> Any:
    """Keep a spreadsheet from taking text for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@")) else cell
