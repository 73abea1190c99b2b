"""What is not there: empty cells, general models nobody took into healthcare, and how long others took."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from healthfm.analysis.html import Report
from healthfm.analysis.lineage import trace
from healthfm.analysis.lineage_graph import Artifact, LineageGraph
from healthfm.analysis.network import node_attributes
from healthfm.analysis.sparql import solutions
from healthfm.analysis.text_table import aligned
from healthfm.rdf.disclaimer import DISCLAIMER
from healthfm.rdf.readable_store import ReadableStore
from healthfm.vocabulary import curie

_CELLS = """
SELECT ?modality ?area (COUNT(DISTINCT ?it) AS ?n) WHERE {
  ?modality skos:inScheme <https://w3id.org/healthfm/modality> .
  ?area skos:inScheme <https://w3id.org/healthfm/area> .
  OPTIONAL { ?it a hfm:Artifact ; hfm:modality ?modality ; hfm:applicationArea ?area }
} GROUP BY ?modality ?area ORDER BY ?modality ?area"""
#: Domains that count as healthcare when a general model's transfer is looked for.
_HEALTHCARE = {"healthcare", "life-science"}


@dataclass(frozen=True, slots=True)
class Transfer:
    """How a general model came to healthcare.

    Parameters
    ----------
    base
        The general model.
    first
        Its first descendant in healthcare or life science, by any lineage relation.
    years
        Whole years between the two; 0 is the same calendar year.
    """

    base: Artifact
    first: Artifact
    years: int


@dataclass(frozen=True, slots=True, repr=False)
class Gaps(Report):
    """What is not there.

    Parameters
    ----------
    cells
        (modality, area) → how many artifacts; every cell is there, empty ones with 0.
    untransferred
        General models without a descendant in healthcare or life science, by any lineage relation.
    transfers
        The others, with the first such descendant; the slowest first.
    """

    cells: Mapping[tuple[str, str], int]
    untransferred: tuple[Artifact, ...]
    transfers: tuple[Transfer, ...]

    @property
    def empty(self) -> tuple[tuple[str, str], ...]:
        """The cells that have nothing."""
        return tuple(cell for cell, number in self.cells.items() if not number)

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain values, for JSON."""
        return {
            "cells": [{"modality": m, "area": a, "artifacts": n} for (m, a), n in self.cells.items()],
            "untransferred": [artifact.id for artifact in self.untransferred],
            "transfers": [{"base": t.base.id, "first": t.first.id, "years": t.years} for t in self.transfers],
            "notice": DISCLAIMER,
        }

    def text(self) -> str:
        """Return the report for a terminal."""
        areas = sorted({area for _, area in self.cells})
        modalities = sorted({modality for modality, _ in self.cells})
        matrix = [
            (modality, *(str(self.cells[modality, area] or ".") for area in areas)) for modality in modalities
        ]
        transfers = [
            (t.base.id, str(t.base.year), t.first.id, str(t.first.year), str(t.years)) for t in self.transfers
        ]
        return (
            f"artifacts by modality and area; {len(self.empty)} of {len(self.cells)} cells are empty\n"
            + aligned([("modality", *areas), *matrix])
            + f"\n{len(self.transfers)} general models have a descendant in healthcare or life science\n"
            + aligned([("base model", "year", "first descendant", "year", "years"), *transfers])
            + f"\n{len(self.untransferred)} general models have none\n"
            + "".join(f"  {artifact.id}  {artifact}\n" for artifact in self.untransferred)
            + f"\n{DISCLAIMER}\n"
        )


def find_gaps(store: ReadableStore, graph: LineageGraph) -> Gaps:
    """Return what the graph lacks; an empty cell says that no listed work fills it, not that none exists."""
    cells = {
        (_local(row["modality"].value), _local(row["area"].value)): int(row["n"].value)
        for row in solutions(store, _CELLS)
    }
    attributes = node_attributes(store)
    general = [
        name
        for name, own in sorted(attributes.items())
        if own["kind"] == "model" and "general" in own["domains"] and not _HEALTHCARE & set(own["domains"])
    ]
    untransferred, transfers = [], []
    for name in general:
        base = graph.artifacts[name]
        found = [
            (artifact.year, artifact.id)
            for other in trace(graph, name, direction="down").descendants
            if _HEALTHCARE & set(attributes[other]["domains"])
            and (artifact := graph.artifacts[other]).year is not None
        ]
        if found and base.year is not None:
            year, first = min(found)
            transfers.append(Transfer(base, graph.artifacts[first], year - base.year))
        else:
            untransferred.append(base)
    transfers.sort(key=lambda transfer: (-transfer.years, transfer.base.id))
    return Gaps(cells, tuple(untransferred), tuple(transfers))


def _local(iri: str) -> str:
    return curie(iri).partition(":")[2]
