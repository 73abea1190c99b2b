"""Ecosystem Graphs: models, datasets and applications as YAML, with dependencies by display name.

References
----------
Bommasani et al., Ecosystem Graphs: The Social Footprint of Foundation Models, arXiv:2303.15772;
https://github.com/stanford-crfm/ecosystem-graphs (folder ``assets``).
"""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from rapidfuzz import fuzz, process

from healthfm.errors import InputError
from healthfm.sources.foreign_yaml import read_foreign
from healthfm.sources.imported import CandidateClaim, FactValue, Imported, Item, Oddity, as_link
from healthfm.sources.list_text import list_text
from healthfm.sources.reading import Entry
from healthfm.sources.titles import folded_title

SOURCE: Final = "https://github.com/stanford-crfm/ecosystem-graphs"
KINDS: Final = ("model", "dataset", "application")
#: What is said for "not known"; a spelling this close to the first is a mistyped one.
_UNKNOWN: Final = ("unknown", "", "n/a", "na", "not specified", "not reported", "null", "tbd", "?")
_MISTYPED: Final = 80.0
_CLOSE: Final = 90.0
_ADDRESS: Final = re.compile(r"https?://[^\s)\]'\"]+")
#: Keys that an entry has already, or that become claims.
_ELSEWHERE: Final = {"name", "type", "url", "dependencies"}


@dataclass(frozen=True, slots=True)
class _Asset:
    place: str
    line: int
    section: tuple[str, ...]
    values: Mapping[str, Any]

    @property
    def name(self) -> str:
        return str(_unwrapped(self.values.get("name")) or "").strip()


def read_ecosystem(path: Path) -> Iterator[Item]:
    """Yield what a file of assets, or every file of a folder of them, says.

    Notes
    -----
    A dependency is a display name. It is resolved within the source: as written, or by its folded
    spelling where only one asset has it; what names nothing is kept as it is and reported.

    Raises
    ------
    InputError
        If nothing there can be read.
    """
    root = path / "assets" if (path / "assets").is_dir() else path
    files = sorted(root.glob("*.y*ml")) if root.is_dir() else [root]
    if not files or not all(file.is_file() for file in files):
        raise InputError(f"{path}: no YAML file there; name the repository's folder or a file of assets")
    assets: list[_Asset] = []
    for file in files:
        for item in _assets(file):
            if isinstance(item, _Asset):
                assets.append(item)
            else:
                yield item
    names = _Names(asset.name for asset in assets)
    for asset in assets:
        yield from _asset_items(asset, names)


def _assets(file: Path) -> Iterator[_Asset | Oddity]:
    try:
        document = read_foreign(list_text(str(file)))
    except InputError as error:
        yield Oddity(file.name, "a file that cannot be read", str(error))
        return
    for line, key in document.repeated:
        yield Oddity(f"{file.name}:{line}", "a key that stands twice", key)
    if not isinstance(document.value, list):
        yield Oddity(f"{file.name}:1", "a file that is no list of assets")
        return
    for line, value in zip(document.lines, document.value, strict=True):
        place = f"{file.name}:{line}"
        if isinstance(value, dict) and value.get("name") and value.get("type") in KINDS:
            yield _Asset(place, line, (file.stem, value["type"]), value)
        else:
            yield Oddity(place, "an item without a name or a known type", str(value)[:80])


def _is_wrapped(value: Any) -> bool:
    return isinstance(value, dict) and value.keys() <= {"value", "explanation"}


def _unwrapped(value: Any) -> Any:
    return value.get("value") if _is_wrapped(value) else value


def _asset_items(asset: _Asset, names: _Names) -> Iterator[Item]:
    facts: dict[str, FactValue] = {}
    unknown: list[str] = []
    for key, value in asset.values.items():
        if _is_wrapped(value):
            what = "a value wrapped in its explanation" if "value" in value else "an explanation alone"
            yield Oddity(asset.place, what, key)
            if value.get("explanation"):
                facts[f"{key} explanation"] = str(value["explanation"]).strip()
        plain = _unwrapped(value)
        if key in _ELSEWHERE:
            continue
        if _says_unknown(plain):
            unknown.append(key)
            if plain and plain.strip() != _UNKNOWN[0]:
                yield Oddity(asset.place, f"unknown, spelt '{plain.strip()}'", key)
        else:
            facts[key] = tuple(map(str, plain)) if isinstance(plain, list) else str(plain).strip()
    yield from _date_oddities(asset, facts.get("created_date"))
    if names.count(asset.name) > 1:
        yield Oddity(asset.place, "a name that several assets have", asset.name)
    entry = _entry(asset)
    if not entry.links and not _says_unknown(url := _unwrapped(asset.values.get("url"))):
        yield Oddity(asset.place, "an address that cannot be used", str(url)[:80])
    yield Imported(asset.place, entry, facts, tuple(unknown))
    yield from _dependencies(asset, names)


def _says_unknown(value: Any) -> bool:
    if value is None or value == []:
        return True
    if not isinstance(value, str) or len(value) > 20:
        return False
    said = value.strip().lower()
    return said in _UNKNOWN or fuzz.ratio(said, _UNKNOWN[0]) >= _MISTYPED


def _date_oddities(asset: _Asset, date: FactValue | None) -> Iterator[Oddity]:
    if isinstance(date, str):
        try:
            datetime.date.fromisoformat(date)
        except ValueError:
            yield Oddity(asset.place, "a date that is no day", date)


def _entry(asset: _Asset) -> Entry:
    address = _ADDRESS.search(str(_unwrapped(asset.values.get("url"))))
    link = as_link("url", address[0]) if address else None
    return Entry(asset.line, asset.name, asset.section, (link,) if link else (), name=asset.name)


class _Names:
    """The names of all assets, to resolve a dependency by."""

    def __init__(self, names: Iterable[str]) -> None:
        self._counts: dict[str, int] = defaultdict(int)
        self._by_spelling: dict[str, set[str]] = defaultdict(set)
        for name in names:
            self._counts[name] += 1
            self._by_spelling[_spelling(name)].add(name)

    def count(self, name: str) -> int:
        """Return how many assets have exactly this name."""
        return self._counts.get(name, 0)

    def otherwise_spelt(self, name: str) -> str | None:
        """Return the one name that differs in case, spaces and punctuation only."""
        found = self._by_spelling.get(_spelling(name), set())
        return next(iter(found)) if len(found) == 1 else None

    def nearest(self, name: str) -> str:
        """Return what a mistyped name may have meant, in words; nothing is decided by it."""
        best = process.extractOne(name, list(self._counts), scorer=fuzz.ratio, score_cutoff=_CLOSE)
        return f"nearest: '{best[0]}'" if best else ""


def _spelling(name: str) -> str:
    return folded_title(name).replace(" ", "") or name


def _dependencies(asset: _Asset, names: _Names) -> Iterator[Item]:
    written = _unwrapped(asset.values.get("dependencies"))
    if not isinstance(written, list):
        if not _says_unknown(written):
            yield Oddity(asset.place, "dependencies that are no list", str(written)[:80])
        # A text is a dependency where it is a name, and prose where it is none.
        written = [written] if isinstance(written, str) and names.count(written.strip()) else []
    for item in written:
        said = _unwrapped(item)
        name = str(said or "").strip()
        parent = name
        if _says_unknown(said):
            yield Oddity(asset.place, "a dependency that is not known", name)
            continue
        if names.count(name) > 1:
            yield Oddity(asset.place, "a dependency that several assets answer to", name)
        elif not names.count(name):
            parent = names.otherwise_spelt(name) or name
            what = "a dependency spelt otherwise" if parent != name else "a dependency that names nothing"
            yield Oddity(asset.place, what, f"{name} {names.nearest(name)}".strip())
        yield CandidateClaim(
            child=asset.name,
            relation="dependsOn",
            parent=parent,
            statement=f"Ecosystem Graphs lists '{name}' among the dependencies of '{asset.name}'.",
            source=SOURCE,
            locator=f"assets/{asset.place}",
            parent_described=names.count(parent) > 0,
        )
