"""Results in the XML format of the standard; a module of its own because few need an XML writer.

References
----------
SPARQL Query Results XML Format, https://www.w3.org/TR/rdf-sparql-XMLres/.
"""

from __future__ import annotations

from typing import Final
from xml.etree import ElementTree as ET

from pyoxigraph import Literal, NamedNode

from healthfm.analysis.results import Rows
from healthfm.analysis.values import Node
from healthfm.vocabulary import PREFIXES

_NAMESPACE: Final = "http://www.w3.org/2005/sparql-results#"


def to_xml(result: Rows | bool) -> str:
    """Return rows, or yes and no, as an XML document."""
    root = ET.Element("sparql", xmlns=_NAMESPACE)
    head = ET.SubElement(root, "head")
    if isinstance(result, Rows):
        _add_rows(root, head, result)
    else:
        ET.SubElement(root, "boolean").text = str(result).lower()
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _add_rows(root: ET.Element, head: ET.Element, rows: Rows) -> None:
    for name in rows.variables:
        ET.SubElement(head, "variable", name=name)
    results = ET.SubElement(root, "results")
    for row in rows.cells:
        result = ET.SubElement(results, "result")
        for name, cell in zip(rows.variables, row, strict=True):
            if cell is not None:
                _add_term(ET.SubElement(result, "binding", name=name), cell)


def _add_term(parent: ET.Element, cell: Node) -> None:
    if isinstance(cell, NamedNode):
        ET.SubElement(parent, "uri").text = cell.value
    elif isinstance(cell, Literal):
        literal = ET.SubElement(parent, "literal")
        literal.text = cell.value
        if cell.language:
            literal.set("xml:lang", cell.language)
        elif cell.datatype.value != PREFIXES["xsd"] + "string":
            literal.set("datatype", cell.datatype.value)
    else:
        ET.SubElement(parent, "bnode").text = getattr(cell, "value", str(cell))
