"""Results in the formats of the standards, and as a table.

References
----------
SPARQL 1.1 Query Results JSON, https://www.w3.org/TR/sparql11-results-json/; CSV and TSV,
https://www.w3.org/TR/sparql11-results-csv-tsv/; XML, https://www.w3.org/TR/rdf-sparql-XMLres/.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple

from healthfm.analysis.results import Rows, Triples
from healthfm.analysis.text_table import text_table
from healthfm.analysis.values import Node
from healthfm.errors import UsageError
from healthfm.vocabulary import PREFIXES

Result = Rows | Triples | bool

GRAPH_FORMATS: Final[Mapping[str, RdfFormat]] = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "xml": RdfFormat.RDF_XML,
}


def format_result(result: Result, name: str) -> str:
    """Return a result in the format `name`.

    Raises
    ------
    UsageError
        If the format does not exist or does not fit the result; the message names those that do.
    """
    if isinstance(result, Triples):
        name = "ttl" if name == "table" else name
        if name not in GRAPH_FORMATS:
            raise UsageError(f"triples cannot be written as '{name}'; use {', '.join(GRAPH_FORMATS)}")
        return result.serialize(GRAPH_FORMATS[name]).decode()
    formats = ROW_FORMATS if isinstance(result, Rows) else TRUTH_FORMATS
    if name not in formats:
        kind = "rows" if isinstance(result, Rows) else "yes and no"
        raise UsageError(f"{kind} cannot be written as '{name}'; use {', '.join(formats)}")
    return formats[name](result)


def as_json(value: Any) -> str:
    """Return plain values as JSON for people."""
    import json

    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _csv(rows: Rows) -> str:
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(rows.variables)
    writer.writerows([_csv_value(cell) for cell in row] for row in rows.cells)
    return out.getvalue()


def _csv_value(cell: Node | None) -> str:
    if cell is None:
        return ""
    return f"_:{cell.value}" if isinstance(cell, BlankNode) else getattr(cell, "value", str(cell))


def _tsv(rows: Rows) -> str:
    head = "\t".join(f"?{name}" for name in rows.variables)
    lines = ["\t".join("" if cell is None else _tsv_value(cell) for cell in row) for row in rows.cells]
    return "\n".join([head, *lines]) + "\n"


def _tsv_value(cell: Node) -> str:
    return str(cell).replace("\t", "\\t")


def _json(result: Rows | bool) -> str:
    import json

    if not isinstance(result, Rows):
        return json.dumps({"head": {}, "boolean": result}) + "\n"
    # One line per row: short enough for people, and the quick encoder does not indent.
    encode = json.JSONEncoder(ensure_ascii=False).encode
    bindings = ",\n".join(
        encode(
            {
                name: _json_term(cell)
                for name, cell in zip(result.variables, row, strict=True)
                if cell is not None
            }
        )
        for row in result.cells
    )
    head = encode({"vars": list(result.variables)})
    return f'{{"head": {head}, "results": {{"bindings": [\n{bindings}\n]}}}}\n'


def _json_term(cell: Node) -> dict[str, Any]:
    if isinstance(cell, NamedNode):
        return {"type": "uri", "value": cell.value}
    if isinstance(cell, BlankNode):
        return {"type": "bnode", "value": cell.value}
    if isinstance(cell, Triple):
        parts = {"subject": cell.subject, "predicate": cell.predicate, "object": cell.object}
        return {"type": "triple", "value": {name: _json_term(part) for name, part in parts.items()}}
    term = {"type": "literal", "value": cell.value}
    if cell.language:
        term["xml:lang"] = cell.language
    elif cell.datatype.value != PREFIXES["xsd"] + "string":
        term["datatype"] = cell.datatype.value
    return term


def _xml(result: Rows | bool) -> str:
    from healthfm.analysis.result_xml import to_xml

    return to_xml(result)


ROW_FORMATS: Final[Mapping[str, Callable[[Any], str]]] = {
    "table": lambda rows: text_table(rows.variables, rows.cells),
    "json": _json,
    "csv": _csv,
    "tsv": _tsv,
    "xml": _xml,
}
TRUTH_FORMATS: Final[Mapping[str, Callable[[Any], str]]] = {
    "table": lambda value: "yes\n" if value else "no\n",
    "json": _json,
    "xml": _xml,
    "csv": lambda value: f"{str(value).lower()}\r\n",
    "tsv": lambda value: f"{str(value).lower()}\n",
}
