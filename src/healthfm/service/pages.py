"""The pages that people see: what is behind an address, where to ask, and what there is.

They work without a script. Nothing in them comes from elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, Final
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader
from pyoxigraph import NamedNode

from healthfm.analysis.describing import describe
from healthfm.analysis.lineage_graph import read_lineage
from healthfm.analysis.query_help import query_help
from healthfm.analysis.result_formats import GRAPH_FORMATS, Result, format_result
from healthfm.analysis.results import Rows, Triples
from healthfm.analysis.search import Hit
from healthfm.analysis.sparql import solutions
from healthfm.analysis.values import shown
from healthfm.errors import HealthfmError
from healthfm.knowledge_graph import KnowledgeGraph
from healthfm.service.limits import Limits
from healthfm.service.negotiation import DUMP_TYPES, GRAPH_TYPES, ROW_TYPES
from healthfm.service.static_files import asset_names
from healthfm.vocabulary import ONTOLOGY, ROOT, expand

#: More rows are not shown, and the page says so; a download has them all.
_SHOWN_ROWS: Final = 500
_SHOWN_CHARACTERS: Final = 100_000
_TERMS: Final = f"""
SELECT DISTINCT ?term ?label ?definition WHERE {{
  ?term rdfs:isDefinedBy <{ONTOLOGY}> ; skos:prefLabel|rdfs:label ?label .
  OPTIONAL {{ ?term skos:definition ?definition }}
}} ORDER BY ?term"""
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
    for name in environment.list_templates(extensions=["j2"]):
        environment.get_template(name)  # a worker can open none later
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


class Pages:
    """All pages of one graph.

    Parameters
    ----------
    limits
        The page where people ask tells them to its script.
    """

    def __init__(self, kg: KnowledgeGraph, limits: Limits) -> None:
        self._store = kg.store
        self._lineage = read_lineage(kg.store)
        self._footer = kg.footer()
        self._triples = len(kg)
        self._questions = list(kg.questions.values())
        assets = asset_names()
        self._asking = {
            "title": "Ask healthfm in SPARQL",
            "questions": [(question, _link(question.text)) for question in self._questions],
            "script": "query.js" in assets,
            "style": "query.css" in assets,
            "data": {
                "endpoint": "/sparql",
                "root": ROOT,
                **query_help(kg.store, self._questions),
                "formats": {"rows": list(ROW_TYPES), "triples": list(GRAPH_TYPES)},
                "timeout": limits.timeout,
                "longest": limits.longest,
            },
        }

    def resource(self, thing: NamedNode) -> str:
        """Return the page of one thing: its facts, lineage with evidence, and where it is mentioned."""
        return self._page(
            "resource",
            title=f"{thing.value.removeprefix(ROOT)} in healthfm",
            thing=describe(self._store, self._lineage, thing),
            document=address(thing.value),
            formats=[(name, types[0]) for name, types in GRAPH_TYPES.items()],
            terms=self._terms() if thing.value == ONTOLOGY else [],
        )

    def _terms(self) -> list[dict[str, str]]:
        return [
            {name: shown(row[name]) for name in ("term", "label", "definition")}
            for row in solutions(self._store, _TERMS)
        ]

    def home(self) -> str:
        """Return the first page: what is here, and how to ask it."""
        rows = solutions(self._store, _FAMILIES)
        return self._page(
            "home",
            title="healthfm: the knowledge graph of healthcare foundation models",
            triples=f"{self._triples:,}",
            dumps=list(DUMP_TYPES.items()),
            families=[{"iri": row["iri"].value, "name": row["name"].value} for row in rows],
            questions=self._questions,
        )

    def missing(self, name: str, nearest: Sequence[Hit]) -> str:
        """Return the page for a name that does not exist."""
        return self._page("missing", title=f"No {name} in healthfm", name=name, nearest=nearest)

    def no_query(self) -> str:
        """Return the page where people ask, as it is before anything was asked."""
        return self._page("query", **self._asking, query=self._questions[0].text)

    def error(self, query: str, error: HealthfmError) -> str:
        """Return the page for a query that was not answered."""
        return self._page("query", **self._asking, query=query, error=" ".join(str(error).split()))

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
        return self._page("query", **self._asking, query=query, note=note, downloads=downloads, **found)

    def _page(self, name: str, /, **what: Any) -> str:
        return _templates().get_template(f"{name}.html.j2").render(what, footer=self._footer)


def _note(number: int, shown_number: int, what: str) -> str:
    return f"{number:,} {what}" + (
        f", of which the first {shown_number:,} are shown" * (number > shown_number)
    )


def _link(query: str, **parameters: str) -> str:
    return f"/sparql?{urlencode({'query': query} | parameters)}"


def _cell(cell: Any) -> tuple[str, str]:
    """Return a cell's text and where it links to, if anywhere."""
    return shown(cell), address(cell.value) if isinstance(cell, NamedNode) else ""
