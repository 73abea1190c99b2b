"""What stands behind a title: venue and date in brackets, emphasized, or between commas."""

from __future__ import annotations

import re
from typing import Final

from healthfm.sources.markdown.authors import begins_with_people
from healthfm.sources.markdown.entry_text import BRACKETED, EntryText, inside
from healthfm.sources.markdown.flat import Flat
from healthfm.sources.tags import has_year, is_tag, is_venue_like

_DASH: Final = re.compile(r"\s+[-–—|]+\s+|\s*[-–—|]+$")
_PART: Final = re.compile(r"[,;|·•\n]|\s[-–—]\s|\.\s")


def keep_tags_behind(entry: EntryText, start: int) -> None:
    """Keep the tags behind a title: in brackets, emphasized, or between commas."""
    text = entry.flat.text
    described = _is_described(text, start)
    for match in list(BRACKETED.finditer(text, start))[:40]:
        content = inside(match)
        says = (is_tag(content) and is_venue_like(content)) or begins_with_people(content)
        if says and not entry.flat.link_at(match.start() + 1):
            entry.add_tag(content)
    for span in entry.flat.links:
        label = span.piece.text
        if span.start >= start and has_year(label) and (is_tag(label) or begins_with_people(label)):
            entry.add_tag(label)
    for run in [*entry.flat.em, *entry.flat.strong, *entry.flat.code]:
        content = text[max(run[0], start) : run[1]].strip(" .,;:()[]")
        if run[1] > start and "\n" not in content and not entry.flat.link_at(run[0]) and is_tag(content):
            entry.add_tag(content)
    if described:
        return
    shown = BRACKETED.sub(lambda found: "," * len(found[0]), _without_links(entry.flat, start))
    for part in _PART.split(shown[:2_000]):
        bare = re.sub(r"^in:?\s+", "", part.strip(" .()[]*"), flags=re.IGNORECASE)
        if bare and is_tag(bare) and is_venue_like(bare) and bare not in ", ".join(entry.tags):
            entry.tags.append(bare)


def _is_described(text: str, start: int) -> bool:
    """Whether a description follows a title: behind a colon, or behind a dash and no people or venue."""
    if re.match(r"\s*[:：]\s", text[start:]):
        return True
    dash = _DASH.match(text, start)
    if not dash:
        return False
    behind = _DASH.split(text[dash.end() :].split("\n", 1)[0], maxsplit=1)[0]
    return not (is_tag(behind) or begins_with_people(behind))


def _without_links(flat: Flat, start: int) -> str:
    characters = list(flat.text[start:])
    for span in flat.links:
        for index in range(max(span.start - start, 0), max(span.end - start, 0)):
            characters[index] = ","
    return "".join(characters)
