"""List items with what is nested in them, and the notes among these."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from healthfm.sources.markdown.blocks import Block
from healthfm.sources.markdown.flat import flatten
from healthfm.sources.markdown.inline import Piece
from healthfm.sources.markdown.links import links_in
from healthfm.sources.markdown.naming import Naming, naming
from healthfm.sources.tags import is_label, is_tag

#: What begins with one of these says something of the work above.
NOTE: Final = re.compile(
    r"\W*(?:papers?|pdf|codes?|github|projects?(?: page)?|links?|arxiv|datasets?|data|demo|authors?|venue|"
    r"publish(?:er|ed)(?: in)?|publication|journal|conference|date|"
    r"year|abstract|summary|tl;?dr|keywords?|notes?|description|website|homepage|institutions?|"
    r"affiliations?|official.*|"
    r"models?|weights|checkpoints?|videos?|blogs?|slides|tasks?|modality|citation|bibtex|hugging ?face|"
    r"license|source|url|"
    r"论文|代码|作者|链接|地址|项目|简介|摘要|会议)\s*[:：]",
    re.IGNORECASE,
)
#: What begins with this says the title outright.
STATED_TITLE: Final = re.compile(r"\W*(?:paper )?titles?\s*[:：]|\W*标题\s*[:：]", re.IGNORECASE)
_LEADING_BRACKET: Final = re.compile(
    r"[\[【]\s*(?:\*\*|__)?\s*([^\[\]]{1,60}?)\s*(?:\*\*|__)?\s*[\]】](?!\()"
)


@dataclass(slots=True)
class Item:
    """A list item with what is nested in it."""

    block: Block
    pieces: list[Piece]
    children: list[Item] = field(default_factory=list)

    @property
    def line(self) -> int:
        """Where it begins, from 1."""
        return self.block.line

    def links(self) -> int:
        """Return how many links it and all below it hold."""
        return sum(links_in(item.pieces) for item in self.walk())

    def walk(self) -> Iterator[Item]:
        """Yield it and all below it, in the order of the list."""
        waiting = [self]
        while waiting:
            item = waiting.pop()
            yield item
            waiting += reversed(item.children)


def tags_of_note(pieces: Sequence[Piece]) -> list[str]:
    """Return the tag that a note consists of, if it does."""
    text = re.sub(NOTE, "", flatten(pieces).text).strip(" *_()[]")
    return [text] if not links_in(pieces) and text and is_tag(text) else []


def named_by_notes(notes: Sequence[Item]) -> Naming | None:
    """Return what the first note with a title calls the work."""
    for note in notes:
        named = naming(note.pieces)
        if named.title and not is_label(named.title):
            return named
    return None


def brackets_are_tags(blocks: Sequence[Block]) -> bool:
    """Whether the brackets in which items of this list begin hold venues and dates, not names."""
    leading = [
        match[1]
        for block in blocks
        if block.kind == "item" and (match := _LEADING_BRACKET.match(block.lines[0]))
    ]
    return bool(leading) and 3 * sum(is_tag(text) for text in leading) >= len(leading)
