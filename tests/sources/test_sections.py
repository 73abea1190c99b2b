"""What headings say of the rows below them, and what they do not."""

from __future__ import annotations

import pytest

from healthfm.sources.sections import Placement, placement


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        (["Large Language Models", "Healthcare Domain"], Placement("language", "healthcare", None)),
        (["Large Vision Models", "General Domain", "CNNs + ViTs"], Placement("vision", "general", None)),
        (["Large Audio Models", "General Domain"], Placement("audio", "general", None, ("audio",))),
        (["Large Multi-modal Models", "General Domain"], Placement("multimodal", "general", None)),
        (
            ["Applications of Large AI Models in Healthcare", "Bioinformatics"],
            Placement(None, None, "bioinformatics"),
        ),
        (
            ["Applications of Large AI Models in Healthcare", "Medical Imaging and Vision"],
            Placement(None, None, "medical-imaging"),
        ),
        (["Methods", "LFM methods", "2024"], Placement("language", None, None)),
        (["Methods", "VFM methods", "2024"], Placement("vision", None, None)),
        (["Methods", "BFM methods"], Placement(None, None, "bioinformatics")),
        (["Datasets", "MFM datasets"], Placement("multimodal", None, None)),
        (["2024", "NeurIPS", "Google"], Placement()),
        (["Methods", "Text-to-Image Generation"], Placement(modalities=("text", "image"))),
        (["Video", "Image-Text Models", "2024"], Placement(modalities=("text", "image"))),
        (["Audio & Speech"], Placement(modalities=("audio", "speech"))),
        (["CT and MRI"], Placement(modalities=("volume",))),
        (["Models for EHRs"], Placement(modalities=("health-record",))),
        (["Electronic Health Records"], Placement(modalities=("health-record",))),
        (["Protein Language Models"], Placement("language", modalities=("protein-sequence",))),
        (["Protein Structure Prediction"], Placement(modalities=("protein-structure",))),
        (["DNA, RNA and Small Molecules"], Placement(modalities=("molecule", "nucleotide-sequence"))),
        (["Long Context", "Healthcare Records of Success", "Select Papers"], Placement()),
    ],
)
def test_headings_say_only_what_they_say(section: list[str], expected: Placement) -> None:
    """Words decide; years, venues and vendors say nothing."""
    assert placement(section) == expected
