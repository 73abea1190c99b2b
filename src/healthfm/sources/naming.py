"""Title, short name and tag of an entry: what is left when tags, quotes, authors and links are taken away."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from healthfm.sources.flat import Flat, Span, flatten
from healthfm.sources.inline import Piece
from healthfm.sources.tags import are_authors, has_et_al, is_date, is_label, is_name, is_tag, is_venue


@dataclass(frozen=True, slots=True)
class Naming:
    """What an entry is called; `title` is empty where nothing names it."""

    title: str
    name: str | None = None
    tag: str | None = None


_OPENING: Final = re.compile(r"\[([^\[\]\n]{1,90})\]|[(（]([^()（）\n]{1,90})[)）]|【([^【】\n]{1,90})】")
_EMOJI: Final = (
    r"[\U0001F000-\U0001FAFF\u2190-\u21FF\u2300-\u27BF\u2B00-\u2BFF\uFE0F\u200D\u20E3]|:[a-z0-9_+-]{2,30}:"
)
_LEADING_NOISE: Final = re.compile(rf"(?:\s|{_EMOJI}|[-–—:|,.;•·*>~\\：，。；、])+", re.IGNORECASE)
_TRAILING_NOISE: Final = re.compile(rf"(?:\s|{_EMOJI}|[\[(（【:|,;–—*~\\：，。；、-])+$", re.IGNORECASE)
_QUOTES: Final = '"“”„‟″«»『「'
_CLOSING_QUOTE: Final = re.compile(r"[\"“”‟″«»』」](?=[\s,.;:)\]]|$)|''(?=[\s,.;:)\]]|$)")
_NAME_COLON: Final = re.compile(r"\s*[::]\s*")
_DATE_LEAD: Final = re.compile(
    r"((?:19|20)\d{2}(?:[-./]\d{1,2}){0,2}|\d{1,2}/\d{1,2}(?:/\d{2,4})?|[A-Z][A-Za-z]+\s*['’]?(?:19|"
    r"20)?\d{2})\s*(?:[:|,]|[-–—](?=\s)|\s(?=[\[\"“*]))\s*"
)
_TITLE_WORD: Final = re.compile(r"(?:paper )?title\s*[::]\s*", re.IGNORECASE)
_LABEL_BEFORE: Final = re.compile(r"([^\W\d_]+)\s*[::]\s*[\[(]*$")
_DATE_ALONE: Final = re.compile(r"((?:19|20)\d{2}(?:[-./]\d{1,2}){0,2}|\d{1,2}/\d{1,2}(?:/\d{2,4})?)\s+")
_BY: Final = re.compile(r",?\s+by:?\s+(?=[A-Z])")
_SENTENCE: Final = re.compile(r"(?<=[\w)”\"’]{2}[.?!])\s+(?=[A-Z\"“])")
_DASH: Final = re.compile(r"\s+[-–—|]+\s+|\s*[-–—|]+$")
_PART: Final = re.compile(r"[,;|·•\n]|\s[-–—]\s|\.\s")


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
    >>> from healthfm.sources.inline import scan
    >>> naming(scan("[**CVPR, 2024**] **A Title**, Jane Doe, Li Wei [[Paper]](https://a.b)"))
    Naming(title='A Title', name=None, tag='CVPR, 2024')
    >>> naming(scan("**BioBERT**: a pre-trained model [Paper](https://a.b)"))
    Naming(title='BioBERT: a pre-trained model', name='BioBERT', tag=None)
    """
    return _Namer(flatten(pieces), brackets_are_tags=brackets_are_tags).run()


def clean_title(text: str) -> str:
    """Return a title without emoji, quotes and punctuation around it, and without a full stop at its end."""
    title = " ".join(text.split())
    while True:
        before = title
        title = _TRAILING_NOISE.sub("", _LEADING_NOISE.sub("", title, count=1) if _noise(title) else title)
        title = title.rstrip(".") if re.search(r"[^.]\.$", title) else title
        if len(title) > 1 and title[0] in _QUOTES and title[-1] in _QUOTES + "'":
            title = title[1:-1]
        title = _without_stray_quote(title)
        if title == before:
            return title


def clean_heading(text: str) -> str:
    """Return a heading without emoji and punctuation around it.

    Examples
    --------
    >>> clean_heading("🔥 Papers (2024) :fire:")
    'Papers (2024)'
    """
    heading = _LEADING_NOISE.sub("", " ".join(text.split()), count=1) if _LEADING_NOISE.match(text) else text
    return " ".join(_TRAILING_NOISE.sub("", heading).split())


def _noise(title: str) -> bool:
    return bool(_LEADING_NOISE.match(title)) and not re.match(r"\.\w|:\w", title)


def _without_stray_quote(title: str) -> str:
    quotes = sum(title.count(quote) for quote in '"“”')
    if quotes == 1 and title[:1] in '"“':
        return title[1:]
    return title[:-1] if quotes == 1 and title[-1:] in '"”' else title


@dataclass(slots=True)
class _Namer:
    flat: Flat
    brackets_are_tags: bool
    tags: list[str] = field(default_factory=list)
    name: str | None = None
    at: int = 0

    def run(self) -> Naming:
        while self._lead():
            pass
        start = self.at
        title, end = self._title()
        if not title:
            return Naming("", self.name, self._tag())
        self._tail(end)
        if self.name and clean_title(self.name) == title and not self.tags and start == 0:
            self.name = clean_title(self.name)
        return Naming(title, clean_title(self.name) if self.name else None, self._tag())

    def _tag(self) -> str | None:
        unique = list(dict.fromkeys(tag for tag in self.tags if tag))
        said = [tag for tag in unique if not any(tag != other and tag in other for other in unique)]
        return ", ".join(said) or None

    def _labels(self, link: Span) -> bool:
        """Whether a link is a label such as [Paper] and no title; double brackets say so as well."""
        label = link.piece.text
        inner = link.piece.inner[0].text if link.piece.inner else ""
        doubled = inner.startswith("[") or self.flat.text[max(link.start - 1, 0) : link.start] == "["
        return is_label(label) or (doubled and link.start > 1 and len(label.split()) <= 3)

    def _add_tag(self, content: str) -> None:
        """Keep a tag; of authors and venue in one only the venue."""
        parts = content.split(",") if has_et_al(content) else [content]
        venues = [part.strip() for part in parts if is_tag(part) and not has_et_al(part)]
        self.tags += venues if len(parts) > 1 else parts

    # ---- before the title

    def _lead(self) -> bool:
        """Step over one thing that stands before the title; False where the title begins."""
        text = self.flat.text
        if noise := _TITLE_WORD.match(text, self.at) or _LEADING_NOISE.match(text, self.at):
            self.at = noise.end()
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
        if not self._labels(link):
            return False
        if is_tag(link.piece.text) and is_venue(link.piece.text):
            self.tags.append(link.piece.text)
        self.at = self._past_bracket(link.end)
        return True

    def _past_bracket(self, position: int) -> int:
        text = self.flat.text
        return position + 1 if position < len(text) and text[position] in ")]" else position

    def lead_bracket(self) -> bool:
        text = self.flat.text
        match = _OPENING.match(text, self.at)
        if not match:
            inner = self.flat.link_at(self.at + 1)
            self.at += 1
            return bool(inner) or self.at < len(text)
        content = _inside(match)
        inner = self.flat.link_at(match.start() + 1)
        if inner and not self._labels(inner):
            self.at += 1
            return True
        if inner or not any(character.isalnum() for character in content):
            self.at = match.start() + 1 if inner else match.end()
            return True
        square = text[self.at] in "[【"
        if is_tag(content):
            self._add_tag(content)
        elif is_name(content) and not (square and self.brackets_are_tags):
            self.name = content
        elif square and len(content.split()) <= 7:
            self.tags.append(content)
        else:
            return False
        self.at = match.end()
        return self.at < len(text)

    def _lead_run(self) -> bool:
        for style in ("code", "strong", "em"):
            run = self.flat.run_at(style, self.at)
            if run and run[0] >= self.at - 1 and not self.flat.link_at(run[0]):
                if _NAME_COLON.match(self.flat.text, run[1]):
                    continue  # CHI is a venue, but what stands before a colon is a name
                content = self.flat.text[self.at : run[1]]
                bare = content.strip(" []():,.|")
                if is_tag(bare) and (style == "code" or is_venue(bare) or content.strip()[:1] in "[("):
                    self.tags.append(bare)
                    self.at = run[1]
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

    # ---- the title

    def _title(self) -> tuple[str, int]:
        flat, text = self.flat, self.flat.text
        if self.at >= len(text):
            return "", self.at
        link = flat.link_at(self.at)
        if link:
            return self._linked(link)
        if text[self.at] in _QUOTES or text.startswith("``", self.at):
            found = self._quoted()
            if found:
                return found
        run = flat.run_at("strong", self.at)
        if run:
            return self._bold(run)
        run = flat.run_at("em", self.at)
        if run and run[0] >= self.at - 1 and len(text[self.at : run[1]].split()) >= 4:
            return clean_title(text[self.at : run[1]]), run[1]
        return self._after_authors() or self._plain(self.at)

    def _after_authors(self) -> tuple[str, int] | None:
        """Return the bold or quoted title that follows authors."""
        text, end = self.flat.text, self._zone_end(self.at)
        later = [run for run in self.flat.strong if self.at < run[0] < end][:1]
        for start, stop in later:
            if len(text[start:stop].split()) >= 3 and _are_people(text[self.at : start].rstrip(" .,:")):
                return self._trailing(clean_title(text[start:stop])), stop
        first = _SENTENCE.search(text, self.at, end)
        if first and len(text[first.end() : end].split()) >= 3 and are_authors(text[self.at : first.start()]):
            return self._plain(first.end())
        quote = re.compile(r"[\"“]").search(text, self.at, end)
        if quote and _are_people(text[self.at : quote.start()].rstrip(" .,:")):
            self.at = quote.start()
            return self._quoted()
        return None

    def _linked(self, link: Span) -> tuple[str, int]:
        title = self._name_in(link)
        following = self._next_link(link.end)
        short = len(title.split()) <= 3
        if short and link.piece.strong and (found := self._marked_behind(link.end)):
            self.name = title
            return found
        if short and following and len(following.piece.text.split()) >= 4 and not self._labels(following):
            self.name = title
            return clean_title(following.piece.text), following.end
        colon = _NAME_COLON.match(self.flat.text, link.end)
        if (
            link.piece.strong
            and short
            and colon
            and is_name(title)
            and self._zone_end(colon.end()) > colon.end()
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

    def _next_link(self, position: int) -> Span | None:
        text = self.flat.text
        gap = re.compile(r"[\s:|,\-–—\[(]*").match(text, position)
        return self.flat.link_at(gap.end()) if gap and gap.end() < len(text) else None

    def _quoted(self) -> tuple[str, int] | None:
        text = self.flat.text
        start = self.at + (2 if text.startswith("``", self.at) else 1)
        limit = self._zone_end(start)
        for match in _CLOSING_QUOTE.finditer(text, start + 1, max(limit + 1, start + 1)):
            inside = text[start : match.start()]
            if len(inside.split()) >= 3 or match.end() >= limit - 2:
                return clean_title(inside), match.end()
        return None

    def _bold(self, run: tuple[int, int]) -> tuple[str, int]:
        flat, text = self.flat, self.flat.text
        bold, end = text[self.at : run[1]], run[1]
        if "\n" in bold.strip():
            end = self.at + len(bold) - len(bold.lstrip()) + bold.strip().index("\n")
            bold = text[self.at : end]
        inside = [span for span in flat.links if self.at <= span.start < end]
        if inside and self._labels(inside[0]):
            return self._plain(self.at)
        bare = bold.strip(" :[]()")
        if len(bare.split()) <= 4:
            following = self._next_link(end)
            if following and len(following.piece.text.split()) >= 3 and not self._labels(following):
                self.name = bare
                return self._trailing(clean_title(following.piece.text)), following.end
            if found := self._marked_behind(end):
                self.name = bare
                return found
            end = self._past_tag(end)
            colon = _NAME_COLON.match(text, end)
            after = colon.end() if colon else end
            if (colon or bold.rstrip().endswith(":")) and self._zone_end(after) > after + 2:
                self.name = bare
                rest, end = self._after_name(after)
                # Many write the name once more, as the title does.
                again = rest.casefold().startswith(bare.casefold()) or not rest
                return (rest or bare if again else f"{bare}: {rest}"), end
            zone = text[end : self._zone_end(end)]
            if (
                len(zone.split()) >= 4
                and re.match(r"\s+[A-Z]", zone)
                and is_name(bare)
                and not _are_people(zone)
            ):
                self.name = bare
                return self._plain(end)
        return self._trailing(clean_title(bold)), end

    def _marked_behind(self, position: int) -> tuple[str, int] | None:
        """Return the title in italics or quotes that follows a short name."""
        gap = re.compile(r"[\s,:–—-]*").match(self.flat.text, position)
        start = gap.end() if gap else position
        run = self.flat.run_at("em", start)
        if run and run[0] == start and not self.flat.run_at("strong", start):
            content = self.flat.text[start : run[1]]
            if len(content.split()) >= 4 and not is_tag(content) and not _are_people(content):
                return clean_title(content), run[1]
        if self.flat.text[start : start + 1] in {'"', "“"}:
            self.at = start
            found = self._quoted()
            return found if found and len(found[0].split()) >= 3 else None
        return None

    def _past_tag(self, position: int) -> int:
        """Step over a date between a name and its colon, as in ``**Name** (2023): a title``."""
        match = _OPENING.match(self.flat.text, position + (self.flat.text[position : position + 1] == " "))
        if match and is_tag(_inside(match)) and _NAME_COLON.match(self.flat.text, match.end()):
            self._add_tag(_inside(match))
            return match.end()
        return position

    def _after_name(self, position: int) -> tuple[str, int]:
        self.at = position
        text = self.flat.text
        if text[position : position + 1] and text[position] in _QUOTES and (found := self._quoted()):
            return found
        return self._plain(position)

    def _zone_end(self, start: int) -> int:
        """Return where the text that may be a title ends: at the end of its line, or at a label."""
        text = self.flat.text
        newline = text.find("\n", start)
        end = len(text) if newline < 0 else newline
        for span in self.flat.links:
            if span.start >= end:
                break
            if span.start >= start and (self._labels(span) or span.piece.text == span.piece.url):
                return self._before_its_label(start, span.start)
        return end

    def _before_its_label(self, start: int, position: int) -> int:
        """Step back over the word that says what the next link is, as in ``Code: https://…``."""
        match = _LABEL_BEFORE.search(self.flat.text[max(start, position - 60) : position])
        return position - len(match[0]) if match and is_label(match[1]) else position

    def _plain(self, start: int) -> tuple[str, int]:
        text = self.flat.text
        end = self._zone_end(start)
        links = [span for span in self.flat.links if start <= span.start < end]
        if links:
            before = text[start : links[0].start]
            if len(before.split()) <= 4 and len(links[0].piece.text.split()) >= 3:
                name = before.strip(" :-–—|,([")
                if name and (is_tag(name) or is_date(name)):
                    self.tags.append(name)
                elif name and (is_name(name) or ":" in before) and not is_label(name):
                    self.name = name
                if name != before.strip(" ([") or not name or self.name == name or self.tags[-1:] == [name]:
                    return self._trailing(clean_title(links[0].piece.text)), links[0].end
        end = min([end, *(run[0] for run in self.flat.em if start < run[0] < end and self._ends_title(run))])
        title, length = self._cut(text[start:end])
        return title, start + length

    def _ends_title(self, run: tuple[int, int]) -> bool:
        """Whether a run in italics is no part of the title: authors, a venue, or after a full stop."""
        content = self.flat.text[run[0] : run[1]]
        before = self.flat.text[: run[0]].rstrip()[-1:]
        return is_tag(content) or _are_people(content) or (before in ".,;" and is_venue(content))

    def _cut(self, zone: str) -> tuple[str, int]:
        """Return the title at the start of a text that goes on with authors and venue."""
        cut = len(zone)
        for match in _BY.finditer(zone):
            if len(zone[: match.start()].split()) >= 2 and _are_people(zone[match.end() :]):
                cut = match.start()
                break
        for match in [*_SENTENCE.finditer(zone, 0, cut)][:20]:
            rest = zone[match.end() : cut]
            if len(zone[: match.start()].split()) >= 2 and (_are_people(rest) or is_tag(rest)):
                cut = match.start()
                break
        for match in [*re.finditer(r"[,|]\s+|\s[-–—]\s", zone[:cut])][:20]:
            rest = zone[match.end() : cut]
            enough = len(zone[: match.start()].split()) >= 2
            if enough and (_are_people(rest) or (is_tag(rest) and is_venue_like(rest))):
                cut = match.start()
                break
        return self._trailing(clean_title(zone[:cut])), cut

    def _trailing(self, title: str) -> str:
        """Return a title without the tag or name in brackets at its end."""
        while match := re.search(r"\s*[\[(（]([^\[\]()（）]{1,60})[\])）]$", title):
            content = match[1].strip()
            rest = title[: match.start()]
            if len(rest.split()) < 2:
                break
            if is_tag(content) and is_venue_like(content):
                self.tags.append(content)
            elif (
                self.name is None and is_name(content) and not _abbreviates(content, rest) and ":" not in rest
            ):
                self.name = content
            else:
                break
            title = clean_title(rest)
        return title

    # ---- after the title

    def _tail(self, start: int) -> None:
        """Find tags behind the title: in brackets, emphasized, or between commas."""
        text = self.flat.text
        described = _DASH.match(text, start) or re.match(r"\s*[::]\s", text[start:])
        for match in list(_OPENING.finditer(text, start))[:40]:
            content = _inside(match)
            if not self.flat.link_at(match.start() + 1) and is_tag(content) and is_venue_like(content):
                self._add_tag(content)
        for run in [*self.flat.em, *self.flat.strong, *self.flat.code]:
            content = text[max(run[0], start) : run[1]].strip(" .,;:()[]")
            if run[1] > start and "\n" not in content and not self.flat.link_at(run[0]) and is_tag(content):
                self._add_tag(content)
        if described:
            return
        shown = _OPENING.sub(lambda found: "," * len(found[0]), self._without_links(start))
        for part in _PART.split(shown[:2_000]):
            bare = part.strip(" .()[]*")
            if bare and is_tag(bare) and is_venue_like(bare) and bare not in ", ".join(self.tags):
                self.tags.append(bare)

    def _without_links(self, start: int) -> str:
        characters = list(self.flat.text[start:])
        for span in self.flat.links:
            for index in range(max(span.start - start, 0), max(span.end - start, 0)):
                characters[index] = ","
        return "".join(characters)


def _inside(match: re.Match[str]) -> str:
    """Return what stands in brackets."""
    return " ".join(match[match.lastindex or 0].split())


def is_venue_like(text: str) -> bool:
    """Whether a tag is a known venue or has a year in it, so that it may stand anywhere."""
    return is_venue(text) or bool(re.search(r"(?:19|20)\d{2}|'\d{2}\b", text)) or len(text.split()) <= 4


def _are_people(text: str) -> bool:
    head = text.split("\n", 1)[0][:2_000]
    first = _SENTENCE.split(head, maxsplit=1)[0] or head
    return are_authors(first) or (has_et_al(first) and are_authors(re.split(r"(?<=al)\.", first)[0]))


def _abbreviates(name: str, words: str) -> bool:
    """Whether letters in brackets only shorten the words before them: Large Language Model (LLM)."""
    initials = "".join(word[0] for word in re.findall(r"\w+", words)).casefold()
    letters = re.sub(r"[^\w]|s$", "", name).casefold()
    return letters in initials or len(letters) <= 3
