"""Which recorded list a reading is a version of; each has a record under ``graph/lists``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from healthfm.catalog.entries import ID_PATTERN
from healthfm.errors import UsageError
from healthfm.sources.identifiers import canonical
from healthfm.sources.reading import ListReading
from healthfm.sources.rows import ListRecord


def record_of(
    reading: ListReading, records: Mapping[str, ListRecord], *, list_id: str | None, url: str | None
) -> ListRecord:
    """Return the record that a reading is a version of, or a new one without rows.

    Parameters
    ----------
    list_id
        The record's id; that of the list's own heading if not given.
    url
        Where people find the list; needed for a list that was never recorded.

    Raises
    ------
    UsageError
        If a new list has no address, a recorded one another, or no id can be made of a heading.
    InputError
        If that address is none.
    """
    name = reading.name or Path(reading.source).stem
    key = list_id or "-".join(re.findall(r"[a-z0-9]+", name.lower()))
    if key in records:
        if url not in {None, records[key].url}:
            raise UsageError(f"list '{key}' is recorded already, at {records[key].url}; leave --url out")
        return records[key]
    if not re.fullmatch(ID_PATTERN, key):
        raise UsageError(f"'{key}' is no id of a list; use a-z, 0-9 and single hyphens with --list")
    known = ", ".join(f"'{record}'" for record in records) or "none yet"
    if url is None:
        raise UsageError(
            f"{reading.source}: no recorded list is called '{key}' (recorded: {known}); "
            "name one with --list, or give a new list its address with --url"
        )
    canonical(url)
    return ListRecord(id=key, name=name, url=url, prefix=_prefix(key, records), minted=0, rows=())


def _prefix(key: str, records: Mapping[str, ListRecord]) -> str:
    taken = {record.prefix for record in records.values()}
    initials = "".join(word[0] for word in key.split("-"))
    return next(
        prefix
        for prefix in (initials, *(f"{initials}{number}" for number in range(2, len(taken) + 3)))
        if prefix not in taken
    )
