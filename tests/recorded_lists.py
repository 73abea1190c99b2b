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


def as_markdown(record: ListRecord) -> str:
    """Return the newest version of a list as somebody could have written it."""
    lines = [f"# {record.name}"]
    above: tuple[str, ...] = ()
    for row in record.rows:
        for depth, heading in enumerate(row.section):
            if row.section[: depth + 1] != above[: depth + 1]:
                lines += ["", f"{'#' * (depth + 2)} {heading}", ""]
        above = row.section
        links = "".join(f" [[{link.label}]]({link.url})" for link in row.links)
        lines.append(f"* {row.title}{links}")
    return "\n".join(lines) + "\n"
