"""JSON Schemas of the catalogue's files, from the entry types, so that editors complete and check fields.

An editor sees one file at a time: what must hold between files (ids that exist, time, circles) is for
`healthfm check`.

References
----------
JSON Schema, draft 2020-12, https://json-schema.org/draft/2020-12.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

from pydantic import BaseModel

from healthfm.catalog.reader import FOLDERS, REGISTERS


def schema_files(concepts: Mapping[str, Collection[str]]) -> dict[str, bytes]:
    """Return each kind of file's schema, by the name of the schema's file.

    Parameters
    ----------
    concepts
        The ids of the ontology's closed lists, by the key that the catalogue uses for each.

    Examples
    --------
    >>> sorted(schema_files({}))[:2]
    ['datasets.schema.json', 'families.schema.json']
    """
    schemas = {
        folder: _completed(entry_type.model_json_schema(), concepts)
        for folder, entry_type in FOLDERS.values()
        if issubclass(entry_type, BaseModel)
    }
    for name, entry_type in REGISTERS.values():
        entry = _completed(entry_type.model_json_schema(), concepts)
        definitions = entry.pop("$defs", {})
        schemas[name.removesuffix(".yaml")] = {
            "type": "object",
            "additionalProperties": {"$ref": "#/$defs/entry"},
            "$defs": definitions | {"entry": entry},
        }
    return {
        f"{name}.schema.json": json.dumps(
            {"$schema": "https://json-schema.org/draft/2020-12/schema"} | schema, indent=1, sort_keys=True
        ).encode()
        + b"\n"
        for name, schema in schemas.items()
    }


def _completed(schema: Any, concepts: Mapping[str, Collection[str]]) -> Any:
    """Return a schema without what YAML files never say (null, titles), and with the closed lists."""
    if isinstance(schema, list):
        return [_completed(item, concepts) for item in schema if item != {"type": "null"}]
    if not isinstance(schema, dict):
        return schema
    kept = {
        key: _completed(value, concepts)
        for key, value in schema.items()
        if not (key == "title" and isinstance(value, str)) and not (key == "default" and value is None)
    }
    for key, ids in concepts.items():
        if key in kept.get("properties", {}):
            kept["properties"][key]["items"] = {"enum": sorted(ids)}
    return kept
