"""The pages that people see: what is behind an address, where to ask, and what there is.

They work without a script. Nothing in them comes from elsewhere.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Final
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader
from pyoxigraph import NamedNode

from healthfm.analysis.description import describe
from healthfm.analysis.lineage import read_lineage
from healthfm.analysis.query_help import query_help
from healthfm.analysis.result_formats import GRAPH_FORMATS, Result, format_result
from healthfm.analysis.results import Rows, Triples, shown
from healthfm.analysis.sparql import solutions
from healthfm.errors import HealthfmError
from healthfm.knowledge_graph import KnowledgeGraph
from healthfm.service.limits import Limits
from healthfm.service.negotiation import DUMP_TYPES, GRAPH_TYPES, ROW_TYPES
from healthfm.service.static_files import asset_names
from healthfm.vocabulary import ROOT, expand

#: More rows are not shown, and the page says so; a download has them all.
_SHOWN_ROWS: Final = 500
_SHOWN_CHARACTERS: Final = 100_000
_FAMILIES: Final = "SELECT ?iri ?name WHERE { ?iri a hfm:Family ; rdfs:label ?name } ORDER BY ?name"


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("healthfm.service", "web"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters |= {"address": address, "question_link": lambda question: _link(question.text)}
    return environment


def address(value: str) -> str:
    """Return where a link to a CURIE or IRI goes: our own things to this service, others only to the web.

    Examples
    --------
    >>> address("model:bert"), address("https://arxiv.org/abs/1810.04805"), address("javascript:alert(1)")
    ('/model/bert', 'https://arxiv.org/abs/1810.04805', '')
    """
    iri = expand(value)
    if iri.startswith(ROOT):
        return "/" + iri.removeprefix(ROOT)
    return iri if iri.startswith(("http://", "https://")) else ""


def resource(kg: KnowledgeGraph, thing: NamedNode) -> str:
    """Return the page of one thing: its facts, lineage with evidence, and where it is mentioned."""
    return (
        _templates()
        .get_template("resource.html.j2")
        .render(
            title=f"{thing.value.removeprefix(ROOT)} in healthfm",
            thing=describe(kg.store, read_lineage(kg.store), thing),
            document=address(thing.value),
            formats=[(name, types[0]) for name, types in GRAPH_TYPES.items()],
            footer=kg.footer(),
        )
    )


def home(kg: KnowledgeGraph) -> str:
    """Return the first page: what is here, and how to ask it."""
    families = [
        {"iri": row["iri"].value, "name": row["name"].value} for row in solutions(kg.store, _FAMILIES)
    ]
    return (
        _templates()
        .get_template("home.html.j2")
        .render(
            title="healthfm: the knowledge graph of healthcare foundation models",
            triples=f"{len(kg):,}",
            dumps=list(DUMP_TYPES.items()),
            families=families,
            questions=kg.questions.values(),
            footer=kg.footer(),
        )
    )


class QueryPage:
    """The page where people ask: a form, the named questions as examples, and the result.

    Parameters
    ----------
    limits
        The page tells them to its script.
    """

    def __init__(self, kg: KnowledgeGraph, limits: Limits) -> None:
        questions = list(kg.questions.values())
        assets = asset_names()
        self._constant = {
            "title": "Ask healthfm in SPARQL",
            "questions": [(question, _link(question.text)) for question in questions],
            "script": "query.js" in assets,
            "style": "query.css" in assets,
            "footer": kg.footer(),
            "data": {
                "endpoint": "/sparql",
                "root": ROOT,
                **query_help(kg.store, questions),
                "formats": {"rows": list(ROW_TYPES), "triples": list(GRAPH_TYPES)},
                "timeout": limits.timeout,
                "longest": limits.longest,
            },
        }
        self._example = questions[0].text if questions else "SELECT * WHERE { ?s ?p ?o } LIMIT 10"

    def empty(self) -> str:
        """Return the page as it is before anything was asked."""
        return self._render(query=self._example)

    def error(self, query: str, error: HealthfmError) -> str:
        """Return the page for a query that was not answered."""
        return self._render(query=query, error=" ".join(str(error).split()))

    def result(self, query: str, result: Result) -> str:
        """Return the page with an answer."""
        if isinstance(result, Rows):
            shown_rows = [[_cell(cell) for cell in row] for row in result.cells[:_SHOWN_ROWS]]
            formats, found = ROW_TYPES, {"columns": result.variables, "rows": shown_rows}
            note = _note(len(result), _SHOWN_ROWS, "rows")
        elif isinstance(result, Triples):
            text = result.serialize(GRAPH_FORMATS["ttl"]).decode()
            formats, found = GRAPH_TYPES, {"text": text[:_SHOWN_CHARACTERS]}
            note = f"{len(result):,} triples; " + _note(len(text), _SHOWN_CHARACTERS, "characters")
        else:
            formats, found, note = ROW_TYPES, {"text": format_result(result, "table")}, ""
        downloads = [(name, _link(query, format=name)) for name in formats]
        return self._render(query=query, note=note, downloads=downloads, **found)

    def _render(self, **what: Any) -> str:
        return _templates().get_template("query.html.j2").render(self._constant, **what)


def _note(number: int, shown_number: int, what: str) -> str:
    return f"{number:,} {what}" + (
        f", of which the first {shown_number:,} are shown" * (number > shown_number)
    )


def _link(query: str, **parameters: str) -> str:
    return f"/sparql?{urlencode({'query': query} | parameters)}"


def _cell(cell: Any) -> tuple[str, str]:
    """Return a cell's text and where it links to, if anywhere."""
    return shown(cell), address(cell.value) if isinstance(cell, NamedNode) else ""
