"""The nearest names: what somebody who mistyped one probably meant."""

from __future__ import annotations

from collections.abc import Collection

from rapidfuzz import fuzz, process, utils

MIN_SCORE = 60.0


def nearest(name: str, known: Collection[str], *, otherwise: str = "", limit: int = 3) -> str:
    """Return ``nearest: 'a', 'b'`` for a name that is not among `known`, or `otherwise`.

    Examples
    --------
    >>> nearest("gpt2-medium", ["gpt-2-medium", "bert", "t5"])
    "nearest: 'gpt-2-medium'"
    >>> nearest("gpt2", ["zebra"], otherwise="add it first")
    'add it first'
    """
    matches = process.extract(
        name,
        sorted(known),
        scorer=fuzz.ratio,
        processor=utils.default_process,
        limit=limit,
        score_cutoff=MIN_SCORE,
    )
    if not matches:
        return otherwise
    best = matches[0][1]
    return "nearest: " + ", ".join(f"'{match}'" for match, score, _ in matches if score >= best - 10)
