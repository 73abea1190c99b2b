"""Title, short name and tag of an entry: what is left when tags, quotes, authors and links are taken away."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from healthfm.sources.markdown.authors import (
    are_authors,
    begins_with_people,
    end_of_title,
    has_et_al,
    is_person,
)
from healthfm.sources.markdown.entry_text import BRACKETED, NAME_COLON, inside
from healthfm.sources.markdown.flat import Span, flatten
from healthfm.sources.markdown.inline import Piece
from healthfm.sources.markdown.leading import Leading
from healthfm.sources.markdown.title_text import QUOTES, clean_title
from healthfm.sources.markdown.trailing import keep_tags_behind
from healthfm.sources.tags import has_year, is_label, is_name, is_tag, is_venue, is_venue_like

_CLOSING_QUOTE: Final = re.compile(r"(?:[\"“”‟″«»』」》]|'')(?=[\s,.;:)\]，。；：、）]|$)")
#: An apostrophe ends a word that others follow; a quote is followed by punctuation, brackets or nothing.
_CLOSING_SINGLE_QUOTE: Final = re.compile(r"['’](?=[,.;:)\]]|\s*(?:$|[\[(\n]))")
_OPENING_QUOTE: Final = re.compile(r"[\"“]")
_NAME_BEFORE_PIPE: Final = re.compile(r"([^|\n]{1,40}?)\s+\|\s+")
_END_OF_PEOPLE: Final = re.compile(r"\.\s+(?=[A-Z])|\s+[|–—-]\s+|(?<=\bal),\s+|(?<=\bal\.),\s+")


@dataclass(frozen=True, slots=True)
class Naming:
    """What an entry is called; `title` is empty where nothing names it."""

    title: str
    name: str | None = None
    tag: str | None = None


def naming(pieces: Sequence[Piece], *, brackets_are_tags: bool = True) -> Naming:
    """Return what an entry is called.

    Parameters
    ----------
    pieces
        The entry, links included.
    brackets_are_tags
        Whether an unknown word in leading brackets is a venue, as in most lists, or a name.

    Examples
    --------
    >>> from healthfm.sources.markdown.inline import scan
    >>> naming(scan("[**CVPR, 2024**] **A Title**, Jane Doe, Li Wei [[Paper]](https://a.b)"))
    Naming(title='A Title', name=None, tag='CVPR, 2024')
    >>> naming(scan("**BioBERT**: a pre-trained model [Paper](https://a.b)"))
    Naming(title='BioBERT: a pre-trained model', name='BioBERT', tag=None)
    """
    namer = _Namer(flatten(pieces), brackets_are_tags=brackets_are_tags)
    named = namer.run()
    if named.tag is None and named.title:
        # A badge that links nowhere may say when and where.
        said = (piece.text for piece in pieces if piece.kind == "image")
        return replace(named, tag=next((text for text in said if has_year(text) and is_tag(text)), None))
    return named


@dataclass(slots=True)
class _Namer(Leading):
    def run(self) -> Naming:
        self.to_title()
        title, end = self._title()
        if has_et_al(title) and are_authors(title):
            title = ""
        name = clean_title(self.name) if self.name else None
        if title:
            keep_tags_behind(self, end)
        elif name:
            # Brackets in front are all there is to name it.
            return Naming(name, None, self._tag())
        elif self.tags and not is_tag(self.tags[-1]):
            title = clean_title(self.tags.pop())
        return Naming(title, name, self._tag())

    def _tag(self) -> str | None:
        unique = list(dict.fromkeys(tag for tag in self.tags if tag))
        said = [tag for tag in unique if not any(tag != other and tag in other for other in unique)]
        return ", ".join(said) or None

    def _title(self) -> tuple[str, int]:
        """Return the title and where it ends."""
        flat, text = self.flat, self.flat.text
        if self.at >= len(text):
            return "", self.at
        if link := flat.link_at(self.at):
            return self._linked(link)
        quoted = text[self.at] in QUOTES + "'‘" or text.startswith("``", self.at)
        if quoted and (found := self._quoted()):
            return found
        if found := self._behind_marked_people():
            return found
        if run := flat.run_at("strong", self.at):
            return self._bold(run)
        return self._italic() or self._after_authors() or self._plain(self.at)

    def _behind_marked_people(self) -> tuple[str, int] | None:
        """Return the title behind authors in italics or in bold."""
        run = self.flat.run_at("em", self.at) or self.flat.run_at("strong", self.at)
        if run is None or run[0] < self.at - 1 or not begins_with_people(self.flat.text[self.at : run[1]]):
            return None
        self.at = run[1]
        self.to_title()
        return self._title()

    def _italic(self) -> tuple[str, int] | None:
        """Return the title in italics."""
        run = self.flat.run_at("em", self.at)
        if run is None or run[0] < self.at - 1:
            return None
        content = self.flat.text[self.at : run[1]]
        return (clean_title(content), run[1]) if len(content.split()) >= 4 else None

    def _after_authors(self) -> tuple[str, int] | None:
        """Return the title that follows authors: in bold, in quotes, or behind a full stop."""
        text, end = self.flat.text, self.zone_end(self.at)

        def people_until(position: int) -> bool:
            before = text[self.at : position].rstrip(" .,:")
            return is_person(before) or begins_with_people(before)

        bold = next((run for run in self.flat.strong if self.at < run[0] < end), None)
        behind = bold and (text[self.at : bold[0]].rstrip().endswith("|") or people_until(bold[0]))
        if bold and behind and len(text[slice(*bold)].split()) >= 3:
            return self._trailing(clean_title(text[slice(*bold)])), bold[1]
        stops = list(_END_OF_PEOPLE.finditer(text, self.at, min(end, self.at + 600)))[:15]
        for stop in reversed(stops):
            if len(text[stop.end() : end].split()) >= 3 and are_authors(text[self.at : stop.start()]):
                return self._plain(stop.end())
        quote = _OPENING_QUOTE.search(text, self.at, end)
        if quote and people_until(quote.start()):
            self.at = quote.start()
            return self._quoted()
        return None

    def _linked(self, link: Span) -> tuple[str, int]:
        title = self._name_in(link)
        following = self.next_link(link.end)
        short = len(title.split()) <= 3
        if short and link.piece.strong and (found := self._marked_behind(link.end)):
            self.name = title
            return found
        if short and following and len(following.piece.text.split()) >= 4 and not self.labels(following):
            self.name = title
            return clean_title(following.piece.text), following.end
        colon = NAME_COLON.match(self.flat.text, link.end)
        if (
            link.piece.strong
            and short
            and colon
            and is_name(title)
            and self.zone_end(colon.end()) > colon.end()
        ):
            self.name = title
            rest, end = self._plain(colon.end())
            return f"{title}: {rest}", end
        return title, link.end

    def _name_in(self, link: Span) -> str:
        """Return the title in a link's label, and keep the name that is bold in it."""
        label = flatten(link.piece.inner) if link.piece.inner else None
        if label and label.strong:
            start, end = label.strong[0]
            bold = label.text[start:end].strip(" :")
            if not label.text[:start].strip() and label.text[end:].strip(" :") and len(bold.split()) <= 4:
                self.name = bold
        inner = _Namer(label, self.brackets_are_tags) if label and label.text[:1] in "[(" else None
        if inner:
            while inner.lead_bracket() and label and label.text[inner.at : inner.at + 1] in {"[", "("}:
                pass
            self.tags += inner.tags
            self.name = self.name or inner.name
            return self._trailing(clean_title(inner.flat.text[inner.at :]) or link.piece.text)
        return self._trailing(clean_title(link.piece.text))

    def _quoted(self) -> tuple[str, int] | None:
        text = self.flat.text
        start = self.at + (2 if text.startswith("``", self.at) else 1)
        limit = self.zone_end(start)
        closing = _CLOSING_SINGLE_QUOTE if text[self.at] in "'‘" else _CLOSING_QUOTE
        for match in closing.finditer(text, start + 1, max(limit + 1, start + 1)):
            inside = text[start : match.start()]
            if len(inside.split()) >= 3 or match.end() >= limit - 2 or text[self.at] in "《「『":
                # A title that begins with a quotation goes on behind its colon.
                rest = text[colon.end() : limit] if (colon := NAME_COLON.match(text, match.end())) else ""
                goes_on = len(rest.split()) >= 2 and not (is_tag(rest) or begins_with_people(rest))
                return None if goes_on else (clean_title(inside), match.end())
        return None

    def _bold(self, run: tuple[int, int]) -> tuple[str, int]:
        text = self.flat.text
        bold, end = text[self.at : run[1]], run[1]
        if "\n" in bold.strip():
            end = self.at + len(bold) - len(bold.lstrip()) + bold.strip().index("\n")
            bold = text[self.at : end]
        inside = [span for span in self.flat.links if self.at <= span.start < end]
        if inside and self.labels(inside[0]):
            return self._plain(self.at)
        bare = self._trailing(bold.strip(" :")).strip(" :[]()")
        named = (
            self._behind_name(bare, end, colon=bold.rstrip().endswith(":"))
            if len(bare.split()) <= 4
            else None
        )
        if named:
            self.name = bare
            return named
        return self._trailing(clean_title(bold)), end

    def _behind_name(self, bare: str, end: int, *, colon: bool) -> tuple[str, int] | None:
        """Return the title that follows a short bold name; None where the name is all there is."""
        following = self.next_link(end)
        if following and len(following.piece.text.split()) >= 3 and not self.labels(following):
            return self._trailing(clean_title(following.piece.text)), following.end
        if found := self._marked_behind(end):
            return found
        end = self._past_tag(end)
        divider = NAME_COLON.match(self.flat.text, end)
        after = divider.end() if divider else end
        if (divider or colon) and self.zone_end(after) > after + 2:
            rest, end = self._after_name(after)
            # Many write the name once more, as the title does.
            again = rest.casefold().startswith(bare.casefold()) or not rest
            mark = "：" if divider and "：" in divider[0] else ": "
            return (rest or bare if again else f"{bare}{mark}{rest}"), end
        zone = self.flat.text[end : self.zone_end(end)]
        apart = len(zone.split()) >= 4 and re.match(r"\.?\s+[A-Z]", zone)
        return (
            self._plain(end)
            if apart and is_name(bare) and not begins_with_people(zone.lstrip(". "))
            else None
        )

    def _marked_behind(self, position: int) -> tuple[str, int] | None:
        """Return the title in italics or quotes that follows a short name."""
        gap = re.compile(r"[\s,:|–—-]*").match(self.flat.text, position)
        start = gap.end() if gap else position
        run = self.flat.run_at("strong", start) or self.flat.run_at("em", start)
        if run and run[0] == start > position:
            content = self.flat.text[start : run[1]]
            if len(content.split()) >= 4 and not is_tag(content) and not begins_with_people(content):
                return clean_title(content), run[1]
        if self.flat.text[start : start + 1] in {'"', "“"}:
            self.at = start
            found = self._quoted()
            return found if found and len(found[0].split()) >= 3 else None
        return None

    def _past_tag(self, position: int) -> int:
        """Step over a date between a name and its colon, as in ``**Name** (2023): a title``."""
        match = BRACKETED.match(self.flat.text, position + (self.flat.text[position : position + 1] == " "))
        if match and is_tag(inside(match)) and NAME_COLON.match(self.flat.text, match.end()):
            self.add_tag(inside(match))
            return match.end()
        return position

    def _after_name(self, position: int) -> tuple[str, int]:
        self.at = position
        text = self.flat.text
        if text[position : position + 1] and text[position] in QUOTES and (found := self._quoted()):
            return found
        return self._after_authors() or self._plain(position)

    def _plain(self, start: int) -> tuple[str, int]:
        text = self.flat.text
        end = self.zone_end(start)
        named = _NAME_BEFORE_PIPE.match(text, start, end)
        if named and is_name(named[1]) and len(text[named.end() : end].split()) >= 3:
            self.name = named[1]
            return self._plain(named.end())
        link = next((span for span in self.flat.links if start <= span.start < end), None)
        if link and len(link.piece.text.split()) >= 3 and self._only_names(text[start : link.start]):
            return self._trailing(clean_title(link.piece.text)), link.end
        end = min([end, *(run[0] for run in self.flat.em if start < run[0] < end and self._is_apart(run))])
        end = start + end_of_title(text[start:end])
        return self._trailing(clean_title(text[start:end])), end

    def _only_names(self, before: str) -> bool:
        """Keep what stands before a linked title as its name or tag; False where it is part of the title."""
        name = before.strip(" :-–—|,([")
        if begins_with_people(name):
            self.add_tag(name)
            return True
        if len(before.split()) > 4:
            return False
        if name and is_tag(name):
            self.tags.append(name)
        elif name and (is_name(name) or ":" in before) and not is_label(name):
            self.name = name
        elif name and name == before.strip(" (["):
            return False
        return True

    def _is_apart(self, run: tuple[int, int]) -> bool:
        """Whether a run in italics is no part of the title: authors, a venue, or after a full stop."""
        content = self.flat.text[run[0] : run[1]]
        before = self.flat.text[: run[0]].rstrip()[-1:]
        return is_tag(content) or begins_with_people(content) or (before in ".,;" and is_venue(content))

    def _trailing(self, title: str) -> str:
        """Return a title without the tag or name in brackets at its end."""
        while match := re.search(r"\s*[\[(（]([^\[\]()（）]{1,60})[\])）]$", title):
            content = match[1].strip()
            rest = title[: match.start()]
            if is_tag(content) and is_venue_like(content) and rest:
                self.tags.append(content)
            elif (
                self.name is None
                and is_name(content)
                and len(rest.split()) >= 2
                and not _abbreviates(content, rest)
                and ":" not in rest
            ):
                self.name = content
            else:
                break
            title = clean_title(rest)
        return title


def _abbreviates(name: str, words: str) -> bool:
    """Whether letters in brackets only shorten the words before them: Large Language Model (LLM)."""
    initials = "".join(word[0] for word in re.findall(r"\w+", words)).casefold()
    letters = re.sub(r"[^\w]|s$", "", name).casefold()
    return letters in initials or len(letters) <= 3
