"""Lists as files of the catalogue: read a Markdown list into the record that ``graph/lists`` keeps."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from healthfm.catalog.yaml_reader import YamlFault, read_yaml
from healthfm.errors import InputError
from healthfm.sources.markdown import ListReading, read_list
from healthfm.sources.rows import ListRecord, record


@dataclass(frozen=True, slots=True)
class Ingested:
    """What a list says, and the record of it: known rows under their ids, new ones under new ids."""

    reading: ListReading
    record: ListRecord


def ingest(text: str, *, source: str, record_file: Path | None = None) -> Ingested:
    """Read a Markdown list.

    Parameters
    ----------
    text
        The list.
    source
        Where it comes from, for the reading.
    record_file
        The record so far: ids, approvals and disputes in it are kept. A new record is begun where
        there is no such file.

    Raises
    ------
    InputError
        If the record is there but is none.
    LimitError
        If the list is too large.
    """
    reading = read_list(text, source=source)
    if record_file is not None and record_file.exists():
        previous = read_record(record_file)
    else:
        previous = _new_record(reading, record_file)
    return Ingested(reading, record(reading, previous, text=text))


def read_record(path: Path) -> ListRecord:
    """Return the record in a file.

    Raises
    ------
    InputError
        If it cannot be read as one.
    """
    try:
        return TypeAdapter(ListRecord).validate_python(read_yaml(path.read_bytes()).value)
    except YamlFault as fault:
        raise InputError(f"{path}:{fault.line}: {fault}") from fault
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise InputError(
            f"{path}: {where}: {error.errors()[0]['msg']}; mend it or name another file"
        ) from error


def _new_record(reading: ListReading, record_file: Path | None) -> ListRecord:
    name = reading.name or reading.source
    slug = "-".join(re.findall(r"[a-z0-9]+", (record_file.stem if record_file else name).lower())) or "list"
    prefix = "".join(word[0] for word in slug.split("-"))
    return ListRecord(id=slug, name=name, url="https://example.org/", prefix=prefix, minted=0, rows=())
