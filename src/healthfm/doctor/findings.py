"""What the doctor says: findings, each with its line, rule, confidence and, where there is one, a fix."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, Literal

Confidence = Literal["high", "medium", "low"]


class Rule(StrEnum):
    """What can be wrong with a list."""

    SHARED_IDENTIFIER = "shared-identifier"
    TWO_IDENTIFIERS = "two-identifiers"
    YEAR = "year"
    VENUE = "venue"
    REPEATED_CODE = "repeated-code"
    THIRD_PARTY_CODE = "third-party-code"
    EMPTY_SECTION = "empty-section"
    MISSING_PAPER = "missing-paper"
    MALFORMED_LINK = "malformed-link"
    DUPLICATE_ROW = "duplicate-row"
    MISSPELT_TITLE = "misspelt-title"


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of one line: `old` becomes `new` where it first stands; the line goes if `new` is `None`."""

    line: int
    old: str
    new: str | None


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault.

    Parameters
    ----------
    line
        Where it is, from 1.
    message
        What is wrong, and what speaks for it.
    fix
        What to write instead, in words; `None` where only a person can say.
    edits
        The same as changes of lines, for a patch.
    """

    line: int
    rule: Rule
    confidence: Confidence
    message: str
    fix: str | None = None
    edits: tuple[Edit, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the finding as plain values."""
        values = {
            "line": self.line,
            "rule": str(self.rule),
            "confidence": self.confidence,
            "message": self.message,
        }
        return values | ({"fix": self.fix} if self.fix else {})


_ORDER: Final[dict[Confidence, int]] = {"high": 0, "medium": 1, "low": 2}


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """All findings about a list, in the order of its lines."""

    source: str
    findings: tuple[Finding, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the findings as plain values, for JSON."""
        return {"source": self.source, "findings": [finding.to_dict() for finding in self.findings]}

    def text(self) -> str:
        """Return one line a finding, and the fix below it."""
        lines = []
        for finding in self.findings:
            lines.append(
                f"{self.source}:{finding.line}: {finding.rule} ({finding.confidence}): {finding.message}"
            )
            if finding.fix:
                lines.append(f"    fix: {finding.fix}")
        return "\n".join([*lines, ""]) if lines else ""

    def summary(self) -> str:
        """Say in one line how many findings of which confidence there are."""
        counts = Counter(finding.confidence for finding in self.findings)
        parts = [f"{counts[confidence]} {confidence}" for confidence in _ORDER if counts[confidence]]
        number = len(self.findings)
        return f"{number} finding{'s' * (number != 1)}" + (f": {', '.join(parts)}" if parts else "")


def in_order(findings: list[Finding]) -> tuple[Finding, ...]:
    """Return findings by line, the surest first, each said once."""
    unique = {(finding.line, finding.rule, finding.message): finding for finding in reversed(findings)}
    return tuple(
        sorted(unique.values(), key=lambda found: (found.line, _ORDER[found.confidence], found.rule))
    )
