"""The one way an entry is written: keys in the order of its type, short lists on one line.

A canonical form keeps differences between two versions of the catalogue down to what changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import yaml
from pydantic import BaseModel

from healthfm.catalog.catalogue import Catalogue
from healthfm.catalog.reader import FOLDERS, REGISTERS

_COMMENT: Final = re.compile(r"^\s*#|\s#\s", re.MULTILINE)


def canonical_text(entry: BaseModel) -> str:
    """Return the canonical YAML of one entry; what equals its default is left out.

    Examples
    --------
    >>> from healthfm.catalog.entries import Organization
    >>> print(canonical_text(Organization(name="Norwegian Institute", country="NO")), end="")
    name: Norwegian Institute
    country: 'NO'
    """
    return yaml_text(entry.model_dump(exclude_defaults=True, exclude_none=True))


def yaml_text(values: Mapping[str, Any]) -> str:
    """Return plain values as YAML in the canonical style, keys in their order."""
    return "".join(_mapping(values, 0))


def register_text(entries: Mapping[str, BaseModel]) -> str:
    """Return the canonical YAML of a register: its entries by id, in alphabetical order."""
    values = {
        name: entry.model_dump(exclude_defaults=True, exclude_none=True)
        for name, entry in sorted(entries.items())
    }
    return yaml_text(values)


def _mapping(values: Mapping[str, Any], depth: int) -> list[str]:
    indent = "  " * depth
    lines = []
    for key, value in values.items():
        if isinstance(value, Mapping):
            lines += [f"{indent}{key}:\n", *_mapping(value, depth + 1)]
        elif (
            isinstance(value, Sequence)
            and not isinstance(value, str)
            and value
            and isinstance(value[0], Mapping)
        ):
            lines += [f"{indent}{key}:\n", *(line for item in value for line in _item(item, depth + 1))]
        elif isinstance(value, Sequence) and not isinstance(value, str):
            lines.append(f"{indent}{key}: [{', '.join(map(_scalar, value))}]\n")
        else:
            lines.append(f"{indent}{key}: {_scalar(value)}\n")
    return lines


def _item(values: Mapping[str, Any], depth: int) -> list[str]:
    lines = _mapping(values, depth + 1)
    return [f"{'  ' * depth}- {lines[0].lstrip()}", *lines[1:]]


def _scalar(value: Any) -> str:
    # One-element flow lists make PyYAML quote whatever would be read differently inside brackets.
    dumped = yaml.safe_dump([value], default_flow_style=True, allow_unicode=True, width=float("inf"))
    return dumped.strip()[1:-1]


def canonical_files(catalogue: Catalogue) -> dict[str, str]:
    """Return the canonical text of each file but the recorded lists, by its name under graph/."""
    files: dict[str, str] = {}
    for kind, (folder, _) in FOLDERS.items():
        if kind != "lists":
            files |= {
                f"{folder}/{name}.yaml": canonical_text(entry)
                for name, entry in getattr(catalogue, kind).items()
            }
    for kind, (name, _) in REGISTERS.items():
        if getattr(catalogue, kind):
            files[name] = register_text(getattr(catalogue, kind))
    return files


def uncanonical(catalogue: Catalogue, root: Path) -> dict[str, str]:
    """Return the files that are not in canonical form, with the text they ought to have."""
    return {
        name: text
        for name, text in canonical_files(catalogue).items()
        if (root / name).read_text(encoding="utf-8") != text
    }


def mend(root: Path, text_by_name: Mapping[str, str], write: Callable[[Path, bytes], None]) -> list[str]:
    """Write files in canonical form; return the names of those left alone because comments would be lost.

    Parameters
    ----------
    write
        Writes a file whole or not at all.
    """
    left = []
    for name, text in text_by_name.items():
        if _COMMENT.search((root / name).read_text(encoding="utf-8")):
            left.append(name)
        else:
            write(root / name, text.encode())
    return left
