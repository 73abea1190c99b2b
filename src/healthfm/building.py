"""The build as a whole: the graph and the pages that show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthfm import resources
from healthfm.knowledge_graph import SPARQL_PAGE, KnowledgeGraph

if TYPE_CHECKING:
    from pathlib import Path

    from healthfm.rdf.build import Build
    from healthfm.rdf.progress import Progress


def build(
    graph: str | Path | None = None, ontology: str | Path | None = None, *, progress: Progress | None = None
) -> Build:
    """Build the graph and its pages from the catalogue into ``dist/`` of the graph folder.

    Parameters
    ----------
    graph, ontology
        The folders of the catalogue and of the ontology; those of the checkout if not given.
    progress
        Is told each step, as a function that returns a context for the time it takes.

    Returns
    -------
    Build
        What was built, where it is, and what changed since the last build.

    Raises
    ------
    CatalogueError
        If anything does not conform, with every fault; the last good build stays.
    """
    # Whoever only asks the graph need not wait for what a build takes.
    from importlib.metadata import version
    from pathlib import Path

    from healthfm.rdf import build as graph_build
    from healthfm.rdf.progress import silent

    return graph_build.build(
        Path(graph) if graph else resources.graph_folder(),
        Path(ontology) if ontology else resources.ontology_folder(),
        version=version("healthfm"),
        extra=lambda dataset: _pages(KnowledgeGraph(dataset.store())),
        progress=progress or silent,
    )


def _pages(kg: KnowledgeGraph) -> dict[str, bytes]:
    """Return the pages of a build; the one that answers SPARQL only where its program was built."""
    from healthfm.explorer.sparql_page import has_sparql_page

    if not has_sparql_page():
        return {"healthfm.html": kg.page().encode()}
    return {
        "healthfm.html": kg.page(sparql=SPARQL_PAGE).encode(),
        SPARQL_PAGE: kg.sparql_page().encode(),
    }
