"""Records of lists, read alone: what a test needs of one file, without the rest of the catalogue."""

from __future__ import annotations

from pathlib import Path

from pydantic import TypeAdapter

from healthfm.catalog.yaml_reader import MAX_RECORD, read_yaml
from healthfm.sources.rows import ListRecord


def read_record(path: Path) -> ListRecord:
    """Return the record in a file."""
    value = read_yaml(path.read_bytes(), max_bytes=MAX_RECORD).value
    return TypeAdapter(ListRecord).validate_python(value)
