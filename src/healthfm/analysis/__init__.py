"""Questions to the graph: SPARQL, names, search, lineage, networkx."""
