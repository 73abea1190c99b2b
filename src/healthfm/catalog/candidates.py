"""Candidate claims joined with the catalogue: which artifacts their names mean."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from healthfm.catalog.catalogue import Catalogue
from healthfm.sources.identifiers import canonical
from healthfm.sources.imported import CandidateClaim
from healthfm.sources.titles import folded_title


class ArtifactNames:
    """Artifacts by the names people use and by the model pages that hold their weights."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._by_key: dict[str, set[str]] = defaultdict(set)
        for name, artifact in catalogue.artifacts.items():
            for spelt in (artifact.name, *artifact.other_names):
                self._by_key[folded_title(spelt)].add(name)
            for link in artifact.links:
                if link.kind == "weights":
                    self._by_key[canonical(link.url).id.lower()].add(name)

    def find(self, name: str) -> str | None:
        """Return the one artifact of a name or of a HuggingFace id; `None` for none, or for several."""
        found = self._by_key.get(f"hf:{name}".lower()) or self._by_key.get(folded_title(name)) or set()
        return next(iter(found)) if len(found) == 1 else None

    def joined(self, claim: CandidateClaim) -> CandidateClaim:
        """Return a claim with the ids of the artifacts it speaks of, where the catalogue has them."""
        return replace(claim, child_id=self.find(claim.child), parent_id=self.find(claim.parent))
