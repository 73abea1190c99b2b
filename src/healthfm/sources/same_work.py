"""Whether two mentions are of one work, and why: by identifier, title, name in front, or close title.

A decision is sure or it is a question. Nothing is merged on a question: a misspelt title, a wrong
link and a new version look alike to a program, and only a person can look.

A *work* is a paper with all its versions; a preprint and its journal version share the title, not the
identifier. Two models of one paper are one work and stay two models: models are not compared here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz, process

from healthfm.sources.titles import folded_title, split_name

#: Titles this close (0 to 100, of the words in any order) are asked about.
_CLOSE: Final = 88.0
#: Below this, two titles of one identifier may be of two works, one with a wrong link: of all pairs of
#: titles in the catalogue, 99 in 100 lie below, and of one work's titles none.
_RELATED: Final = 66.0
#: A title of so few words may be nothing but a name: "T5".
_NAME_WORDS: Final = 2
#: A title shorter than this (bytes of UTF-8: a Chinese character says as much as three letters) may
#: well be that of two works.
_TELLING_BYTES: Final = 12


@dataclass(frozen=True, slots=True)
class Mention:
    """How one place speaks of a work.

    Parameters
    ----------
    titles
        As written; a work of the catalogue has the title of its paper and those of its rows.
    ids
        Canonical identifiers of its versions.
    names
        Short names: of the models it introduces, or those that a list marks.
    """

    titles: tuple[str, ...]
    ids: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()

    @property
    def folded(self) -> frozenset[str]:
        """The titles as they are compared."""
        return frozenset(filter(None, map(folded_title, self.titles)))

    @property
    def called(self) -> frozenset[str]:
        """The short names as they are compared: those given, those in front of titles, short titles."""
        marked = {folded_title(name) for name in self.names}
        short = {title for title in self.folded if len(title.split()) <= _NAME_WORDS}
        return frozenset(filter(None, marked | short | {split_name(title)[0] for title in self.titles}))

    @property
    def rests(self) -> frozenset[str]:
        """The titles as they are compared, without a short name in front."""
        return frozenset(filter(None, (split_name(title)[1] for title in self.titles)))


def joined(mentions: Sequence[Mention]) -> Mention:
    """Return several mentions of one work as one."""
    return Mention(
        tuple(dict.fromkeys(title for mention in mentions for title in mention.titles)),
        frozenset().union(*(mention.ids for mention in mentions)),
        tuple(dict.fromkeys(name for mention in mentions for name in mention.names)),
    )


@dataclass(frozen=True, slots=True)
class Match:
    """Why two mentions are, or may be, of one work; a match that is not sure is a question."""

    sure: bool
    reason: str


def compare(one: Mention, other: Mention) -> Match | None:
    """Return why two mentions are or may be of one work, or `None` where nothing speaks for it.

    Notes
    -----
    Symmetric: the order of the two does not matter.
    """
    shared = one.ids & other.ids
    if shared:
        return _by_identifier(one, other, min(shared))
    if same := one.folded & other.folded:
        return _by_title(one, other, min(same), "the same title")
    if _names_allow_one_work(one, other) and (same := one.rests & other.rests):
        return _by_title(one, other, min(same), "the same title but for the name in front")
    if names := one.called & other.called:
        return Match(sure=False, reason=f"both are called '{min(names)}', but their titles differ")
    return _by_close_title(one, other)


def _by_identifier(one: Mention, other: Mention, identifier: str) -> Match:
    likeness = max((fuzz.token_set_ratio(a, b) for a in one.folded for b in other.folded), default=100.0)
    if likeness >= _RELATED or one.called & other.called:
        return Match(sure=True, reason=f"the same identifier {identifier}")
    return Match(
        sure=False,
        reason=f"the same identifier {identifier}, but unrelated titles: one of the links may be wrong",
    )


def _by_title(one: Mention, other: Mention, title: str, how: str) -> Match:
    clash = {_arxiv_ids(one), _arxiv_ids(other)}
    if len(clash) == 2 and frozenset() not in clash:
        ids = " and ".join(sorted(min(part) for part in clash))
        return Match(sure=False, reason=f"{how}, but two preprints: {ids}")
    if len(title.encode()) < _TELLING_BYTES:
        return Match(sure=False, reason=f"{how}, which is short: '{title}'")
    return Match(sure=True, reason=how)


def _arxiv_ids(mention: Mention) -> frozenset[str]:
    return frozenset(name for name in mention.ids if name.startswith("arxiv:"))


def _names_allow_one_work(one: Mention, other: Mention) -> bool:
    """Return whether no two names speak against it: ChatCAD and ChatCAD+ are two works."""
    return not one.called or not other.called or bool(one.called & other.called)


def _by_close_title(one: Mention, other: Mention) -> Match | None:
    likeness = max(
        (fuzz.token_sort_ratio(a, b) for a in one.folded for b in other.folded if _numbers(a) == _numbers(b)),
        default=0.0,
    )
    if likeness < _CLOSE:
        return None
    return Match(sure=False, reason=f"a close title ({likeness:.0f} of 100)")


def _numbers(title: str) -> list[str]:
    """Return what tells versions apart: Command R is not Command R+, Med-PaLM is not Med-PaLM 2."""
    return sorted(re.findall(r"\d+|\+", title))


class KnownWorks:
    """Works by id, with indexes that find the few a mention has to be compared with."""

    def __init__(self, works: Iterable[tuple[str, Mention]] = ()) -> None:
        self._works: dict[str, Mention] = {}
        self._by_key: dict[str, set[str]] = defaultdict(set)
        self._titles: list[str] = []
        self._owners: list[str] = []
        for name, work in works:
            self.add(name, work)

    def add(self, name: str, mention: Mention) -> None:
        """Add a work, or another mention of one that is there."""
        known = self._works.get(name, Mention(()))
        self._works[name] = joined([known, mention])
        for key in _keys(mention):
            self._by_key[key].add(name)
        for title in sorted(mention.folded - known.folded):
            self._titles.append(title)
            self._owners.append(name)

    def matches(self, mention: Mention) -> dict[str, Match]:
        """Return each work that a mention is or may be of, the sure ones first."""
        found = {
            name: match
            for name in sorted(self._candidates(mention))
            if (match := compare(mention, self._works[name])) is not None
        }
        return dict(sorted(found.items(), key=lambda item: not item[1].sure))

    def _candidates(self, mention: Mention) -> set[str]:
        candidates = {name for key in _keys(mention) for name in self._by_key.get(key, ())}
        for title in mention.folded:
            close = process.extract_iter(
                title, self._titles, scorer=fuzz.token_sort_ratio, processor=None, score_cutoff=_CLOSE
            )
            candidates |= {self._owners[index] for _, _, index in close}
        return candidates


def _keys(mention: Mention) -> Iterator[str]:
    yield from (f"id {name}" for name in mention.ids)
    yield from (f"title {title}" for title in mention.folded | mention.rests)
    yield from (f"name {name}" for name in mention.called)
