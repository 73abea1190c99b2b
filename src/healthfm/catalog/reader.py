"""Read the catalogue's files; collect every fault of every file before saying no."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, get_args

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from healthfm.catalog.catalogue import Catalogue, SourceFile
from healthfm.catalog.entries import (
    ID_PATTERN,
    Artifact,
    Dataset,
    Family,
    License,
    Organization,
    Paper,
)
from healthfm.catalog.names import nearest
from healthfm.catalog.yaml_reader import MAX_BYTES, MAX_RECORD, Document, YamlFault, read_yaml
from healthfm.errors import CatalogueError, InputError
from healthfm.sources.rows import ListRecord

#: Field of `Catalogue` → folder of one-entry files.
FOLDERS: Final[Mapping[str, tuple[str, type[Any]]]] = {
    "artifacts": ("models", Artifact),
    "papers": ("papers", Paper),
    "lists": ("lists", ListRecord),
}
#: Field of `Catalogue` → file that maps ids to entries.
REGISTERS: Final[Mapping[str, tuple[str, type[Any]]]] = {
    "organizations": ("organizations.yaml", Organization),
    "families": ("families.yaml", Family),
    "datasets": ("datasets.yaml", Dataset),
    "licenses": ("licenses.yaml", License),
}


def read_catalogue(root: Path) -> Catalogue:
    """Read all entries under `root` (the folder ``graph/``).

    Raises
    ------
    CatalogueError
        With every fault of every file; nothing is left out because another file is bad.
    InputError
        If `root` is no folder.
    """
    if not (root / "models").is_dir():
        # An installed package has no catalogue beside its built graph: nobody builds there by mistake.
        raise InputError(f"{root}: no catalogue: no folder models/ in it; name one with --graph")
    reading = _Reading(root)
    for kind, (folder, entry_type) in FOLDERS.items():
        for path in sorted((root / folder).glob("*.y*ml")):
            reading.add_file(kind, path, entry_type)
    for kind, (name, entry_type) in REGISTERS.items():
        if (root / name).exists():
            reading.add_register(kind, root / name, entry_type)
    if reading.faults:
        raise CatalogueError(reading.faults)
    return Catalogue(**reading.entries, files=reading.files, drafts=reading.drafts)


def open_file(path: Path, name: str, *, max_bytes: int = MAX_BYTES) -> SourceFile:
    """Read one file of a catalogue, which messages call by `name`.

    Raises
    ------
    CatalogueError
        If it is a link, no YAML, or cannot be read.
    """
    if path.is_symlink():
        raise CatalogueError([f"{name}:1: is a symbolic link; put the file itself here"])
    try:
        return SourceFile(name, read_yaml(path.read_bytes(), max_bytes=max_bytes))
    except YamlFault as fault:
        raise CatalogueError([f"{name}:{fault.line}: {fault}"]) from fault
    except OSError as error:
        raise CatalogueError(
            [f"{name}:1: cannot be read: {error.strerror}; check the file's permissions"]
        ) from error


class _Reading:
    """The entries and faults met so far."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root.resolve().name
        self.faults: list[str] = []
        self.entries: dict[str, dict[str, Any]] = {kind: {} for kind in (*FOLDERS, *REGISTERS)}
        self.files: dict[tuple[str, str], SourceFile] = {}
        self.drafts: dict[tuple[str, str], str] = {}

    def add_file(self, kind: str, path: Path, entry_type: type[Any]) -> None:
        source = self._open(path, MAX_RECORD if kind == "lists" else MAX_BYTES)
        if source is None:
            return
        if path.suffix != ".yaml" or not re.fullmatch(ID_PATTERN, path.stem) or len(path.stem) > 80:
            self.faults.append(
                f"{source.name}:1: '{path.name}' is no id; use a-z, 0-9 and single hyphens, at most 80"
            )
            return
        self._validate(kind, path.stem, source, source.document.value, entry_type)

    def add_register(self, kind: str, path: Path, entry_type: type[Any]) -> None:
        source = self._open(path, MAX_BYTES)
        if source is None:
            return
        if not isinstance(source.document.value, dict):
            self.faults.append(
                f"{source.name}:1: expected a mapping from ids to entries; see graph/README.md"
            )
            return
        for key, value in source.document.value.items():
            entry = SourceFile(source.name, source.document, (key,))
            if kind == "licenses" or re.fullmatch(ID_PATTERN, key):
                self._validate(kind, key, entry, value, entry_type)
            else:
                self.faults.append(f"{entry.place()}: '{key}' is no id; use [a-z0-9] and single hyphens")

    def _open(self, path: Path, max_bytes: int) -> SourceFile | None:
        name = f"{self.folder}/{path.relative_to(self.root).as_posix()}"
        try:
            return open_file(path, name, max_bytes=max_bytes)
        except CatalogueError as error:
            self.faults += error.faults
            return None

    def _validate(self, kind: str, key: str, source: SourceFile, value: Any, entry_type: type[Any]) -> None:
        if not isinstance(value, dict):
            self.faults.append(f"{source.place()}: expected keys with values; see graph/README.md")
            return
        if "draft" in value:
            self.drafts[kind, key] = str(value["draft"])
            self.files[kind, key] = source
            return
        try:
            self.entries[kind][key] = TypeAdapter(entry_type).validate_python(value)
        except ValidationError as error:
            self.faults.extend(_explain(error, source, entry_type))
            return
        self.files[kind, key] = source


def _explain(error: ValidationError, source: SourceFile, entry_type: type[Any]) -> Iterator[str]:
    seen = set()
    for detail in error.errors(include_url=False):
        # A union reports each of its members; the path up to the union's tag is what people know.
        path = tuple(part for part in detail["loc"] if _is_key(part, source.document, source.prefix, detail))
        line = f"{source.place(*path)}: {_dotted(path)}{_message(detail, path, entry_type)}"
        if line not in seen:
            seen.add(line)
            yield line


def _is_key(part: str | int, document: Document, prefix: tuple[str | int, ...], detail: ErrorDetails) -> bool:
    if isinstance(part, int) or detail["type"] in {"missing", "extra_forbidden"}:
        return True
    return any(part in path[len(prefix) :] for path in document.lines)


def _dotted(path: tuple[str | int, ...]) -> str:
    return ".".join(str(part) for part in path) + ": " if path else ""


def _message(detail: ErrorDetails, path: tuple[str | int, ...], entry_type: type[Any]) -> str:
    kind, given = detail["type"], detail["input"]
    context = detail.get("ctx", {})
    if kind == "extra_forbidden":
        known = _keys(entry_type, path[:-1])
        remedy = nearest(str(path[-1]), known, otherwise=f"the keys here are {', '.join(known)}")
        return f"unknown key; {remedy}"
    if kind == "missing" or given is None:
        return "is missing; write it" if kind == "missing" else "is empty; write a value or delete the key"
    if kind == "literal_error":
        return f"'{given}' is not one of {context['expected']}"
    if kind == "value_error":
        return f"'{given}': {context['error']}" if isinstance(given, str | int) else str(context["error"])
    if kind == "string_pattern_mismatch":
        return f"'{given}' does not have the form {context['pattern']}"
    return f"{_shown(given)}: {detail['msg'][0].lower()}{detail['msg'][1:]}"


def _keys(entry_type: Any, path: tuple[str | int, ...]) -> list[str]:
    """Return the keys that may stand at a place within an entry."""
    for part in path:
        if isinstance(part, str) and part in getattr(entry_type, "model_fields", {}):
            entry_type = _mapping_type(entry_type.model_fields[part].annotation)
    return list(getattr(entry_type, "model_fields", {}))


def _mapping_type(annotation: Any) -> Any:
    """Return the type of entry in an annotation such as ``tuple[Claim, ...]`` or ``Placement | None``."""
    if hasattr(annotation, "model_fields"):
        return annotation
    return next(filter(None, map(_mapping_type, get_args(annotation))), None)


def _shown(value: object) -> str:
    text = repr(value) if isinstance(value, str | int | bool) else type(value).__name__
    return text if len(text) <= 60 else text[:57] + "..."
