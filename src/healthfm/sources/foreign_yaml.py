"""YAML that other people wrote: every scalar is text, every place has its line, nothing is run.

Unlike the catalogue's own strict reader this one takes what it gets: a key that stands twice is
reported and its last value taken, as other readers do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import yaml

from healthfm.errors import InputError

MAX_CHARACTERS: Final = 5_000_000
MAX_DEPTH: Final = 50
_LOADER: Final = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True, slots=True)
class ForeignDocument:
    """A document as plain values; the lines of its outermost items; keys that stand twice, by line."""

    value: Any
    lines: tuple[int, ...]
    repeated: tuple[tuple[int, str], ...]


def read_foreign(text: str) -> ForeignDocument:
    """Read one YAML document.

    Raises
    ------
    InputError
        If it is no YAML, is larger or nested deeper than real data is, or uses aliases.
    """
    if len(text) > MAX_CHARACTERS:
        raise InputError(f"{len(text):,} characters, the limit is {MAX_CHARACTERS:,}; split it")
    try:
        _refuse_deep(text)
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}: " if mark else ""
        problem = getattr(error, "problem", None) or error
        raise InputError(f"{where}not valid YAML: {problem}; mend the syntax") from error
    repeated: list[tuple[int, str]] = []
    items = node.value if isinstance(node, yaml.SequenceNode) else []
    lines = tuple(item.start_mark.line + 1 for item in items)
    return ForeignDocument(_value(node, repeated), lines, tuple(repeated))


def _refuse_deep(text: str) -> None:
    """Look at the events first: composing recurses, and can exhaust the stack of a C library."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise InputError(f"nested deeper than {MAX_DEPTH}; flatten it")
        if isinstance(event, yaml.AliasEvent):
            raise InputError("uses aliases; write the values out")


def _value(node: yaml.Node | None, repeated: list[tuple[int, str]]) -> Any:
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, repeated) for item in node.value]
    if isinstance(node, yaml.MappingNode):
        values: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(_value(key_node, repeated))
            if key in values:
                repeated.append((key_node.start_mark.line + 1, key))
            values[key] = _value(value_node, repeated)
        return values
    return node.value if isinstance(node, yaml.ScalarNode) else None
