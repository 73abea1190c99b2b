"""What stands before a title: emoji, links that are labels, tags and names in brackets, dates."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from healthfm.sources.markdown.authors import begins_with_people
from healthfm.sources.markdown.entry_text import BRACKETED, NAME_COLON, EntryText, inside
from healthfm.sources.markdown.flat import Span
from healthfm.sources.markdown.title_text import LEADING_NOISE
from healthfm.sources.tags import is_label, is_name, is_tag, is_venue

_DATE_LEAD: Final = re.compile(
    r"((?:19|20)\d{2}(?:[-./]\d{1,2}){0,2}|\d{1,2}/\d{1,2}(?:/\d{2,4})?|[A-Z][A-Za-z]+\s*['’]?(?:19|"
    r"20)?\d{2})\s*(?:[:|,]|[-–—.](?=\s)|\s(?=[\[\"“*]))\s*"
)
_ARXIV_NUMBER: Final = re.compile(r"(?:arxiv:?\s*)?\d{4}\.\d{4,5}(?:v\d+)?", re.IGNORECASE)
_TITLE_WORD: Final = re.compile(r"(?:paper )?title\s*[:：]\s*", re.IGNORECASE)
_NUMBER: Final = re.compile(r"\d{1,3}[.)]\s+")
_PRAISE: Final = re.compile(
    r"\W*(?:new|hot|updated?|popular|featured|recommended|must.read)\W*", re.IGNORECASE
)
_DATE_ALONE: Final = re.compile(r"((?:19|20)\d{2}(?:[-./]\d{1,2}){0,2}|\d{1,2}/\d{1,2}(?:/\d{2,4})?)\s+")


@dataclass(slots=True)
class Leading(EntryText):
    """An entry whose text is read up to its title."""

    def to_title(self) -> None:
        """Step over everything that stands before the title."""
        while self._lead():
            pass

    def _lead(self) -> bool:
        """Step over one thing that stands before the title; False where the title begins."""
        text = self.flat.text
        for noise in (_TITLE_WORD, LEADING_NOISE, _NUMBER):
            if match := noise.match(text, self.at):
                self.at = match.end()
                return True
        if self.at >= len(text):
            return False
        if link := self.flat.link_at(self.at):
            return self._lead_label(link)
        if text[self.at] in "[(（【":
            return self.lead_bracket()
        return self._lead_run() or self._lead_date()

    def _lead_label(self, link: Span) -> bool:
        """Step over a link that is a label; one that says venue or date is a tag as well."""
        if not self.labels(link):
            return False
        label = link.piece.text
        if (is_tag(label) and is_venue(label)) or begins_with_people(label):
            self.add_tag(label)
        self.at = self._past_bracket(link.end)
        return True

    def _past_bracket(self, position: int) -> int:
        text = self.flat.text
        return position + 1 if position < len(text) and text[position] in ")]" else position

    def lead_bracket(self) -> bool:
        """Step over brackets; False where they belong to the title."""
        text = self.flat.text
        match = BRACKETED.match(text, self.at)
        if not match:
            inner = self.flat.link_at(self.at + 1)
            self.at += 1
            return bool(inner) or self.at < len(text)
        content = inside(match)
        inner = self.flat.link_at(match.start() + 1)
        if inner and not self.labels(inner):
            self.at += 1
            return True
        if inner or not any(character.isalnum() for character in content):
            self.at = match.start() + 1 if inner else match.end()
            return True
        square = text[self.at] in "[【"
        if (content.isdigit() and len(content) <= 3) or _PRAISE.fullmatch(content):
            pass  # the number of a reference, or a word that says nothing of when and where
        elif is_tag(content):
            self.add_tag(content)
        elif is_name(content) and not (square and self.brackets_are_tags and content.isupper()):
            self.name = content
        elif _ARXIV_NUMBER.fullmatch(content):
            pass
        elif square and len(content.split()) <= 7:
            self.add_tag(content)
        else:
            return False
        self.at = match.end()
        return self.at < len(text)

    def _lead_run(self) -> bool:
        text = self.flat.text
        for style in ("code", "strong", "em"):
            run = self.flat.run_at(style, self.at)
            if not run or run[0] < self.at - 1 or self.flat.link_at(run[0]):
                continue
            content = text[self.at : run[1]]
            colon = NAME_COLON.match(text, run[1])
            end = colon.end() if colon else run[1]
            bare = content.strip(" []():,.|")
            of_a_link = (
                is_label(content) and (colon or content.rstrip().endswith(":")) and self.next_link(end)
            )
            # CHI is a venue, but what stands before a colon is a name.
            surely = style == "code" or is_venue(bare) or content.strip()[:1] in "[("
            if of_a_link or (is_tag(bare) and surely and not colon):
                self.tags += [] if of_a_link else [bare]
                self.at = end
                return True
        return False

    def _lead_date(self) -> bool:
        match = _DATE_LEAD.match(self.flat.text, self.at) or self._date_before_a_title()
        if match and is_tag(match[1]) and is_venue(match[1]) and match.end() < len(self.flat.text):
            self.tags.append(match[1])
            self.at = match.end()
            return True
        return False

    def _date_before_a_title(self) -> re.Match[str] | None:
        """Return a date at whose end something bold or a link begins."""
        match = _DATE_ALONE.match(self.flat.text, self.at)
        marked = match and (self.flat.run_at("strong", match.end()) or self.flat.link_at(match.end()))
        return match if marked else None
