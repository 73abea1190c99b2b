"""What a graph holds, as one table for people in Jupyter."""

from __future__ import annotations

from typing import Final

from healthfm.analysis.html import link, pairs, text
from healthfm.analysis.sparql import solutions
from healthfm.rdf.readable_store import ReadableStore
from healthfm.vocabulary import curie

_COUNTS: Final = """
SELECT ?class (COUNT(DISTINCT ?it) AS ?n) WHERE {
  VALUES ?class { hfm:Model hfm:System hfm:Method hfm:Library hfm:Paper hfm:Organization hfm:Family
                  hfm:Dataset hfm:LineageClaim hfm:ListRow }
  ?it a ?class
} GROUP BY ?class ORDER BY DESC(?n)"""


def overview_html(store: ReadableStore, *, triples: int, footer: str) -> str:
    """Return how many things of each class a store holds, what to ask next, and the footer."""
    counts = pairs(
        (link(row["class"].value, curie(row["class"].value)), f"{int(row['n'].value):,}")
        for row in solutions(store, _COUNTS)
    )
    return (
        f"<p><strong>healthfm knowledge graph</strong>: {triples:,} triples</p>\n"
        f"{counts}\n<p>kg.query(…) · kg.ask(…) · kg.show(…) · kg.search(…) · kg.lineage(…) · kg.impact(…) · "
        f"kg.to_networkx() · kg.draw()</p>\n<p><small>{text(footer)}</small></p>"
    )
