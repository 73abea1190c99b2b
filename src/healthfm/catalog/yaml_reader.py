"""YAML to plain values, with the line of every key, and without YAML's surprises.

The curated files are a small, strict part of YAML 1.2: plain scalars are integers, ``true``,
``false`` or text and nothing else, so that ``NO`` stays the country code it is, ``1.10`` keeps its
zero and ``12:30:45`` is no number. Duplicate keys, aliases, tags and more than one document are
faults, because each of them loses data silently in a general reader.

References
----------
YAML 1.2.2, https://yaml.org/spec/1.2.2/ (chapter 3.2.1.3 on duplicate keys).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

import yaml

MAX_BYTES: Final = 1_000_000
#: A recorded list repeats each address; a list of half a megabyte fits with room to grow.
MAX_RECORD: Final = 5_000_000
MAX_DEPTH: Final = 50

Value: TypeAlias = "str | int | bool | tuple[Value, ...] | dict[str, Value] | None"
Path: TypeAlias = "tuple[str | int, ...]"

_INTEGER: Final = re.compile(r"-?(0|[1-9][0-9]{0,17})")
# Events, not nodes: composing nodes in libyaml recurses and can exhaust the C stack on hostile input.
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class YamlFault(Exception):  # noqa: N818  -- a fault of a file, turned into a line of a CatalogueError
    """One thing that is wrong with a YAML file, and the line it is on."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML file as values, and where each of them stands."""

    value: Value
    lines: dict[Path, int]

    def line_of(self, path: Path) -> int:
        """Return the 1-based line of the value at `path`, or of the nearest value around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_yaml(data: bytes, *, max_bytes: int = MAX_BYTES) -> Document:
    r"""Read one YAML document.

    Raises
    ------
    YamlFault
        At the first thing that is wrong; the reader cannot go on behind it.

    Examples
    --------
    >>> document = read_yaml(b"country: NO\nyear: 2019\nnames: [BERT]")
    >>> document.value
    {'country': 'NO', 'year': 2019, 'names': ('BERT',)}
    >>> document.line_of(("names", 0))
    3
    """
    text = _decode(data, max_bytes)
    builder = _Builder(yaml.parse(text, Loader=_LOADER))
    try:
        return builder.document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise YamlFault(line, f"not valid YAML: {error.problem or error}; mend the syntax") from error
    except yaml.YAMLError as error:
        raise YamlFault(1, f"not valid YAML: {error}; mend the syntax") from error


def _decode(data: bytes, max_bytes: int) -> str:
    if len(data) > max_bytes:
        raise YamlFault(1, f"file has {len(data):,} bytes, the limit is {max_bytes:,}; split it")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise YamlFault(
            line, f"byte {error.start} (0x{data[error.start]:02x}) is not UTF-8; save the file as UTF-8"
        ) from error
    for number, content in enumerate(text.split("\n"), 1):
        _refuse_control_characters(content, number)
    return text


def _refuse_control_characters(content: str, line: int) -> None:
    if content.isprintable():
        return
    for character in content:
        if character not in "\t\r" and unicodedata.category(character) in {"Cc", "Cs", "Co"}:
            raise YamlFault(line, f"control character U+{ord(character):04X} in the text; delete it")


class _Builder:
    """Walk the events of one document into values."""

    def __init__(self, events: Iterator[yaml.Event]) -> None:
        self._events = events
        self._lines: dict[Path, int] = {}

    def document(self) -> Document:
        event = self._skip_to_content()
        if event is None:
            raise YamlFault(1, "the file is empty; write at least the required keys")
        value = self._value(event, ())
        self._refuse_second_document()
        return Document(value, self._lines)

    def _skip_to_content(self) -> yaml.Event | None:
        for event in self._events:
            if isinstance(event, yaml.StreamEndEvent):
                return None
            if isinstance(event, yaml.NodeEvent):
                return event
        return None

    def _refuse_second_document(self) -> None:
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                raise YamlFault(_line(event), "a second document starts here; keep one document a file")

    def _value(self, event: yaml.Event, path: Path) -> Value:
        line = _line(event)
        self._lines.setdefault(path, line)
        if len(path) > MAX_DEPTH:
            raise YamlFault(line, f"nested deeper than {MAX_DEPTH} levels; flatten it")
        if isinstance(event, yaml.AliasEvent):
            raise YamlFault(line, f"alias '*{event.anchor}' is not allowed; write the value out")
        if getattr(event, "anchor", None):
            raise YamlFault(line, f"anchor '&{event.anchor}' is not allowed; write the value out")  # type: ignore[attr-defined]
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event, line)
        if getattr(event, "tag", None):
            raise YamlFault(line, f"tag '{event.tag}' is not allowed; write plain values")  # type: ignore[attr-defined]
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path)
        return self._mapping(path)

    def _sequence(self, path: Path) -> tuple[Value, ...]:
        items: list[Value] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._value(event, (*path, len(items))))
        return tuple(items)

    def _mapping(self, path: Path) -> dict[str, Value]:
        mapping: dict[str, Value] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            line = _line(event)
            if not isinstance(event, yaml.ScalarEvent):
                raise YamlFault(line, "a key must be plain text; quote it")
            key = event.value
            if key in mapping:
                raise YamlFault(line, f"duplicate key '{key}'; keep one of the two")
            self._lines[(*path, key)] = line
            mapping[key] = self._value(next(self._events), (*path, key))
        return mapping


def _line(event: yaml.Event) -> int:
    assert event.start_mark is not None
    return event.start_mark.line + 1


def _scalar(event: yaml.ScalarEvent, line: int) -> Value:
    if event.tag:
        raise YamlFault(line, f"tag '{event.tag}' is not allowed; write plain values")
    text: str = event.value
    if any(unicodedata.category(character) in {"Cc", "Cs"} for character in text if character not in "\n\t"):
        raise YamlFault(line, "an escaped control character or surrogate in the text; delete it")
    if not event.implicit[0]:
        return unicodedata.normalize("NFC", text)
    if text in {"", "~", "null"}:
        return None
    if text in {"true", "false"}:
        return text == "true"
    if _INTEGER.fullmatch(text):
        return int(text)
    return unicodedata.normalize("NFC", text)
