"""How the relations of lineage read in a sentence: the child … the parent."""

from __future__ import annotations

from typing import Final

RELATION_NAMES: Final = {
    "fineTunedFrom": "fine-tuned from",
    "continuesPretrainingOf": "continues pretraining of",
    "usesComponent": "uses component",
    "adapterOf": "adapter of",
    "mergedFrom": "merged from",
    "quantizedFrom": "quantized from",
    "distilledFrom": "distilled from",
    "trainedOnOutputsOf": "trained on outputs of",
    "reimplements": "reimplements",
    "extends": "extends",
    "succeeds": "succeeds",
    "reusesCodeOf": "reuses code of",
    "calls": "calls",
}
