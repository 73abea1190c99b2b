"""The first version of a new entry: every key a curator will want, ready to be filled in."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

from healthfm.catalog.entries import ID_PATTERN
from healthfm.errors import UsageError

_SKELETON = """\
name: {name}
kind: model
year: {year}
introduced_by: []
developed_by: []
modalities: []
tasks: []
placement:
  categories: []
  domains: []
  reason: Say why the list does not place it, or delete this block if a row does.
no_known_parent:
  statement: Say what it was built on in 'lineage' instead, or how it is known that there is nothing.
  basis: curator-knowledge
  date: {today}
"""


def id_of(name: str) -> str:
    """Return the id that a name gets: lower case, ``.`` as ``-``, ``+`` as ``-plus``.

    Raises
    ------
    UsageError
        If nothing usable is left, or more than 80 characters.

    Examples
    --------
    >>> id_of("GPT-3.5"), id_of("T0++"), id_of("Bio+Clinical BERT")
    ('gpt-3-5', 't0-plus-plus', 'bio-plus-clinical-bert')
    """
    words = re.findall(r"[a-z0-9]+", name.lower().replace("+", "-plus-"))
    made = "-".join(words)
    if not re.fullmatch(ID_PATTERN, made) or len(made) > 80:
        raise UsageError(f"'{name}' gives no id of a-z and 0-9 with at most 80 characters; name it otherwise")
    return made


def write_skeleton(graph: Path, name: str, today: datetime.date) -> Path:
    """Write the skeleton of an artifact's entry and return its path.

    Raises
    ------
    UsageError
        If there is such an entry already, or the folder is no catalogue.
    """
    path = graph / "models" / f"{id_of(name)}.yaml"
    if not path.parent.is_dir():
        raise UsageError(f"{path.parent}: no such folder; run this in a checkout, or name one with --graph")
    quoted = name if re.fullmatch(r"[\w][\w .+-]*", name) else f"'{name.replace(chr(39), chr(39) * 2)}'"
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(_SKELETON.format(name=quoted, year=today.year, today=today.isoformat()))
    except FileExistsError as error:
        raise UsageError(f"{path}: is there already; edit it") from error
    return path
