"""Random catalogues for properties: artifacts that descend from older ones, in any shape but a circle."""

from __future__ import annotations

import unicodedata

from hypothesis import strategies as st

from healthfm.catalog.catalogue import Catalogue
from healthfm.catalog.entries import Artifact, Claim, Family, NoKnownParent, Placement
from healthfm.vocabulary import RELATION_GROUPS

NONE_KNOWN = NoKnownParent(
    statement="A new architecture, trained from scratch.", basis="source-read", date="2026-11-24"
)
# The reader keeps text in NFC, so that one name is one sequence of characters.
NAMES = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=20).map(
    lambda text: unicodedata.normalize("NFC", text)
)
PLACEMENT = Placement(categories=("language",), domains=("general",), reason="Outside the list.")


def claim(child: str, number: int, relation: str, parent: str) -> Claim:
    """Return an accepted claim with some evidence."""
    return Claim(
        id=f"{child}-{number}",
        relation=relation,
        parent=parent,
        statement="Takes over the whole architecture and goes further.",
        source="https://example.org/evidence",
        basis="curator-knowledge",
        confidence="high",
        date="2026-11-24",
    )


@st.composite
def catalogues(draw: st.DrawFn) -> Catalogue:
    """Draw a catalogue of up to twelve artifacts; each may descend from any drawn before it."""
    size = draw(st.integers(1, 12))
    artifacts = {}
    for index in range(size):
        name = f"thing-{index}"
        edges = draw(
            st.lists(
                st.tuples(st.sampled_from(list(RELATION_GROUPS)), st.integers(0, max(index - 1, 0))),
                max_size=3,
                unique=True,
            )
        )
        lineage = tuple(
            claim(name, number, relation, f"thing-{parent}")
            for number, (relation, parent) in enumerate(edges, 1)
            if parent < index
        )
        artifacts[name] = Artifact(
            name=draw(NAMES),
            kind=draw(st.sampled_from(["model", "system", "method", "library"])),
            year=2000 + index,
            placement=PLACEMENT,
            lineage=lineage,
            no_known_parent=None if lineage else NONE_KNOWN,
        )
    families = {"root": Family(name="Root", root="thing-0", description="Everything after the first.")}
    return Catalogue(artifacts=artifacts, papers={}, families=families)
