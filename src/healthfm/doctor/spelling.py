"""Titles that differ from the catalogue's by letters, not by words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from healthfm.doctor.examined import Examined, KnownWork, paper_links
from healthfm.doctor.findings import Edit, Finding, Rule
from healthfm.sources.reading import Entry
from healthfm.sources.titles import folded_title, split_name

_CLOSE: Final = 90.0
#: A misspelt word has at most this many letters changed, added or left out.
_LETTERS: Final = 3


def misspelt_titles(examined: Examined) -> Iterator[Finding]:
    """Find titles that are the catalogue's but for a few letters; a retitled work differs by words."""
    for entry in examined.entries:
        work = _work_of(examined, entry)
        if work is None:
            continue
        wrong = _misspelt(entry.title, work.title)
        if wrong is not None:
            yield _finding(examined, entry, work, wrong)


def _work_of(examined: Examined, entry: Entry) -> KnownWork | None:
    for link in paper_links(entry):
        if work := examined.known.owner(link.id):
            return work
    return examined.known.by_title(entry)


def _misspelt(title: str, right: str) -> list[tuple[str, str]] | None:
    """Return the misspelt words of a title with what they ought to be, or `None` if it is another title."""
    if re.search(r"\w\(", title + right):
        return None  # letters in brackets, as in GPT-4V(ision), are spelt in many ways
    said, wanted = split_name(title)[1], split_name(right)[1]
    if said == wanted or "".join(said.split()) == "".join(wanted.split()):
        return None
    if fuzz.ratio(said, wanted) < _CLOSE:
        return None
    ours, theirs = said.split(), wanted.split()
    pairs: list[tuple[str, str]] = []
    for tag, i, i_end, j, j_end in _opcodes(ours, theirs):
        if tag == "equal":
            continue
        a, b = "".join(ours[i:i_end]), "".join(theirs[j:j_end])
        if (
            not a
            or not b
            or not 0 < Levenshtein.distance(a, b) <= _LETTERS
            or len(b) < 4
            or a + "s" == b
            or b + "s" == a
        ):
            return None
        if any(character.isdigit() for character in a + b):
            return None
        pairs.append((" ".join(ours[i:i_end]), " ".join(theirs[j:j_end])))
    return pairs or None


def _opcodes(ours: list[str], theirs: list[str]) -> Iterator[tuple[str, int, int, int, int]]:
    for block in Levenshtein.opcodes(ours, theirs):
        yield block.tag, block.src_start, block.src_end, block.dest_start, block.dest_end


def _finding(examined: Examined, entry: Entry, work: KnownWork, wrong: list[tuple[str, str]]) -> Finding:
    line = examined.lines[entry.line - 1]
    edits = []
    for said, right in wrong:
        words = [
            word for word in line.replace("[", " ").replace("*", " ").split() if folded_title(word) == said
        ]
        original = next((word for word in work.title.split() if folded_title(word) == right), right)
        if words:
            core, wanted = (word.strip(".,:;!?()[]\"'") for word in (words[0], original))
            # A list writes titles in capitals or not, whatever the catalogue does.
            if wanted[1:].islower():
                wanted = wanted.capitalize() if core[0].isupper() else wanted.lower()
            edits.append(Edit(entry.line, core, wanted))
    said_words = ", ".join(f"'{said}' for '{right}'" for said, right in wrong)
    return Finding(
        entry.line,
        Rule.MISSPELT_TITLE,
        "high" if all(len(right) > 5 for _, right in wrong) else "medium",
        f"'{entry.title}' is misspelt: {said_words} (paper:{work.name})",
        f"write '{work.title}'",
        tuple(edits),
    )
