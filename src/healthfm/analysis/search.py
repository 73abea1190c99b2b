"""Find things by name, other name, title word, DOI, arXiv id, HuggingFace id or any of their links."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz

from healthfm.analysis.names import fold
from healthfm.analysis.sparql import solutions
from healthfm.errors import InputError
from healthfm.rdf.readable_store import ReadableStore
from healthfm.sources.identifiers import canonical
from healthfm.vocabulary import ROOT, curie

#: Below this similarity (0 to 100) two words are different words, not one with a typing mistake.
MIN_SIMILARITY: Final = 80.0
#: What is as near as this (0 to 100) to all the words asked for, spaces apart, is what was meant.
SURE: Final = 90.0
#: Hits among which what was meant is looked for.
MEANT_AMONG: Final = 20
#: Words this short are too easily alike: they must match to the letter.
SHORT_WORD: Final = 3

_TEXTS: Final = f"""
SELECT ?thing ?kind ?text WHERE {{
  {{ ?thing rdfs:label|skos:prefLabel ?text BIND("name" AS ?kind) }}
  UNION {{ ?thing skos:altLabel ?text BIND("other name" AS ?kind) }}
  UNION {{ ?thing dcterms:identifier ?text BIND("identifier" AS ?kind) }}
  UNION {{ ?thing hfm:introducedBy/dcterms:title ?text BIND("title" AS ?kind) }}
  UNION {{ ?thing ?link ?page . FILTER(ISIRI(?page) && STRSTARTS(STR(?page), "http"))
          VALUES ?link {{ hfm:code hfm:weights hfm:project hfm:blog hfm:documentation hfm:fullText
                         rdfs:seeAlso foaf:homepage hfm:listedLink }}
          BIND(STR(?page) AS ?text) BIND("link" AS ?kind) }}
  FILTER(STRSTARTS(STR(?thing), "{ROOT}") && !STRSTARTS(STR(?thing), STR(hfm:)))
}}"""
_WEIGHT: Final = {"name": 1.0, "other name": 0.95, "title": 0.7}


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing found.

    Parameters
    ----------
    id, name
        CURIE, and name for people.
    matched
        The text of the graph that the words are near to.
    score
        How near: 0 to 100.
    """

    id: str
    name: str
    matched: str
    score: float


class SearchIndex:
    """What can be searched in a store; reads the store once."""

    def __init__(self, store: ReadableStore) -> None:
        self._names: dict[str, str] = {}
        self._texts: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._keys: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for solution in solutions(store, _TEXTS):
            thing, kind, text = (solution[name].value for name in ("thing", "kind", "text"))
            name = curie(thing)
            if kind == "name":
                self._names.setdefault(name, text)
            if kind in _WEIGHT:
                self._texts[name].append((kind, text))
            else:
                for key in _keys(text):
                    self._keys[key].append((name, text))

    def search(self, words: str, *, limit: int = 10) -> list[Hit]:
        """Return the best hits, best first; rows of lists come only where nothing else matches.

        Parameters
        ----------
        words
            A name or words of a title, a typing mistake tolerated, or an identifier or link.
        """
        exact = [
            Hit(name, self._names[name], text, 100.0)
            for key in _keys(words)
            for name, text in self._keys.get(key, [])
        ]
        hits = exact or list(self._similar(words))
        best: dict[str, Hit] = {}
        for hit in sorted(hits, key=lambda hit: (-hit.score, _rank(hit.id), hit.id)):
            best.setdefault(hit.id, hit)
        things = [hit for hit in best.values() if not hit.id.startswith("row:")]
        return (things or list(best.values()))[:limit]

    def meant(self, words: str) -> str | None:
        """Return the CURIE of what words mean beyond doubt, if anything.

        A number is no typing mistake: AlphaFold3 is a version of its own, not AlphaFold.
        """
        hits = self.search(words, limit=MEANT_AMONG)
        if any(key in self._keys for key in _keys(words)):  # an identifier or a link
            return hits[0].id
        near = {hit.id: fuzz.ratio(_squeezed(words), _squeezed(hit.matched)) for hit in hits
                if _numbers(hit.matched) == _numbers(words)}  # fmt: skip
        best = max(near, key=near.__getitem__, default=None)
        return best if best and near[best] >= SURE else None

    def _similar(self, words: str) -> Iterator[Hit]:
        wanted = _words(words)
        if not wanted:
            return
        for name, texts in self._texts.items():
            for kind, text in texts:
                score = _score(wanted, fold(words), text) * _WEIGHT[kind]
                if score > 0:
                    yield Hit(name, self._names[name], text, round(score, 1))


def _score(wanted: list[str], folded: str, text: str) -> float:
    if fold(text) == folded:
        return 100.0
    found = [max((_alike(word, other) for other in _words(text)), default=0.0) for word in wanted]
    if not all(found):
        return 0.0
    # A name that is little more than the words asked for is a better hit than a long title with them.
    return 0.9 * sum(found) / len(found) + 0.09 * fuzz.ratio(folded, fold(text))


def _alike(word: str, other: str) -> float:
    if word == other:
        return 100.0
    if len(word) <= SHORT_WORD:
        return 0.0
    if other.startswith(word):
        return 95.0
    similarity = fuzz.ratio(word, other)
    return similarity if similarity >= MIN_SIMILARITY else 0.0


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", fold(text))


def _squeezed(text: str) -> str:
    return "".join(_words(text))


def _numbers(text: str) -> list[str]:
    return re.findall(r"\d+", text)


def _rank(name: str) -> int:
    order = ("model", "family", "paper", "dataset", "organization", "task")
    prefix = name.partition(":")[0]
    return order.index(prefix) if prefix in order else len(order)


def _keys(text: str) -> Iterator[str]:
    """Yield the forms under which an identifier or link is known."""
    text = text.strip()
    if re.fullmatch(r"(arxiv:)?\d{4}\.\d{4,5}(v\d+)?", text, re.IGNORECASE):
        yield canonical("https://arxiv.org/abs/" + text.lower().removeprefix("arxiv:")).id
    elif re.fullmatch(r"(doi:)?10\.\d{4,9}/\S+", text, re.IGNORECASE):
        yield canonical("https://doi.org/" + text.lower().removeprefix("doi:")).id
    elif text.startswith(("http://", "https://")):
        try:
            yield canonical(text).id
        except InputError:
            return
    elif re.fullmatch(r"[a-z]+:\S+", text):
        yield text
    elif re.fullmatch(r"[\w.-]+/[\w.-]+", text):
        yield f"hf:{text}"
        yield f"github:{text.lower()}"
