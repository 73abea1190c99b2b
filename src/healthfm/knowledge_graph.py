"""The one object a user holds: the graph, and everything that can be asked of it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal, overload

from pyoxigraph import DefaultGraph, NamedNode, Store

from healthfm import resources
from healthfm.analysis.result_formats import Result
from healthfm.analysis.results import Rows
from healthfm.analysis.sparql import Scope, Value, Values, run_query, solutions
from healthfm.errors import UsageError
from healthfm.rdf.disclaimer import DISCLAIMER
from healthfm.rdf.readable_store import ReadableStore
from healthfm.vocabulary import curie

if TYPE_CHECKING:
    from pathlib import Path

    import networkx
    import rdflib

    from healthfm.analysis.coverage import Coverage
    from healthfm.analysis.description import Description
    from healthfm.analysis.difference import Difference
    from healthfm.analysis.gaps import Gaps
    from healthfm.analysis.impact import Impact, Through
    from healthfm.analysis.licences import Licences
    from healthfm.analysis.lineage import Direction, Lineage
    from healthfm.analysis.lineage_graph import LineageGraph
    from healthfm.analysis.names import Names
    from healthfm.analysis.questions import Question
    from healthfm.analysis.relation import Relation
    from healthfm.analysis.search import Hit, SearchIndex
    from healthfm.explorer.drawing import Drawing
    from healthfm.rdf.progress import Progress
    from healthfm.remote.pushing import Pushed

#: Seconds that one answer of a server elsewhere may take.
ANSWER_SECONDS: Final = 60.0
#: File of the page that answers SPARQL, beside the page that it belongs to.
SPARQL_PAGE: Final = "sparql.html"
_LISTS: Final = (
    "SELECT ?name ?date WHERE { ?l a hfm:List ; rdfs:label ?name ; dcterms:date ?date } ORDER BY ?name"
)


def _version() -> str:
    from importlib.metadata import version

    return version("healthfm")


class KnowledgeGraph:
    """A graph of models, papers and applications.

    Parameters
    ----------
    store
        Holds every triple once in the default graph, and the named graphs that partition it.
    """

    def __init__(self, store: ReadableStore) -> None:
        self.store = store

    def __len__(self) -> int:
        return int(next(solutions(self.store, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"))["n"].value)

    def __repr__(self) -> str:
        return f"<healthfm knowledge graph: {len(self):,} triples>"

    def _repr_html_(self) -> str:
        from healthfm.analysis.overview import overview_html

        return overview_html(self.store, triples=len(self), footer=self.footer())

    def query(
        self, query: str, *, timeout: float | None = None, allow_service: bool = False, **bindings: Values
    ) -> Result:
        """Answer a SPARQL 1.1 query; all our prefixes are known.

        Parameters
        ----------
        query
            SELECT, ASK, CONSTRUCT or DESCRIBE.
        timeout
            Seconds. The query is then evaluated in a process of its own, which is ended when they
            are over or its memory does not suffice, and can reach neither file nor network. Without
            one it is evaluated in this process, as long as it takes. Needs Linux or macOS; a graph
            elsewhere has the deadline of `connect`.
        allow_service
            Let ``SERVICE`` clauses call the servers they name.
        bindings
            Values for variables of the query, bound as terms: one value, or a list of those it may take.

        Returns
        -------
        Rows, Triples or bool
            For SELECT; for CONSTRUCT and DESCRIBE; for ASK.

        Raises
        ------
        QueryError
            If the query is malformed, or would call another server.
        LimitError
            If it is too complex, or time or memory did not suffice.
        UsageError
            If a timeout is not possible here.

        Examples
        --------
        >>> import healthfm
        >>> kg = healthfm.load()
        >>> [str(row.name) for row in kg.query("SELECT ?name WHERE { ?m rdfs:label ?name }", m="model:bert")]
        ['BERT']
        """
        scope = Scope(allow_service=allow_service)
        if timeout is None:
            return run_query(self.store, query, bindings, scope)
        if not isinstance(self.store, Store):
            raise UsageError("a graph elsewhere has its own deadline; give it to connect(url, timeout=...)")
        from healthfm.isolation.child import run_isolated

        return run_isolated(
            lambda: run_query(self.store, query, bindings, scope), timeout=timeout, network=allow_service
        )

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """The named questions, by name."""
        from healthfm.analysis.questions import read_questions

        return read_questions(resources.ontology_folder() / "questions")

    def ask(self, question: str, **parameters: Value) -> Rows:
        """Answer a named question.

        Parameters
        ----------
        question
            One of the names in `questions`.
        parameters
            Values for parameters of the question, which has defaults for all; in place of a CURIE a
            name of the same kind will do.

        Returns
        -------
        Rows
            In the order that the question says.

        Raises
        ------
        UnknownNameError
            If there is no such question, or nothing has a name given; the message has the nearest names.
        UsageError
            If the question has no such parameter.

        Examples
        --------
        >>> import healthfm
        >>> rows = healthfm.load().ask("evidence", thing="biobert")
        >>> [(row["relation"], row["parent"]) for row in rows.plain()]
        [('hfm:continuesPretrainingOf', 'model:bert')]
        """
        from healthfm.analysis.questions import find_question

        found = find_question(self.questions, question)
        found.require(parameters)
        kinds = {parameter.name: parameter.default.partition(":")[0] for parameter in found.parameters}
        values = {name: self._value(value, kinds[name]) for name, value in parameters.items()}
        result = run_query(self.store, found.query(values))
        assert isinstance(result, Rows)
        return result

    def _value(self, value: Value, kind: str) -> Value:
        return self._names.resolve(value, kind=kind) if isinstance(value, str) else value

    def show(self, name: str) -> Description:
        """Return all that is known of one thing, with sources.

        Parameters
        ----------
        name
            A name, id, CURIE, words of a title, DOI, arXiv id, HuggingFace id or link; a typing
            mistake is tolerated where only one thing can be meant.

        Raises
        ------
        UnknownNameError
            If nothing is called so; the message has the nearest names.
        """
        from healthfm.analysis.describing import describe

        return describe(self.store, self._lineage, self._find(name))

    def _find(self, name: str) -> NamedNode:
        """Resolve a name; where it is none, take what a search finds beyond doubt."""
        from healthfm.errors import UnknownNameError

        try:
            return self._names.resolve(name)
        except UnknownNameError:
            if meant := self._search_index.meant(name):
                return self._names.resolve(meant)
            raise

    def search(self, words: str, *, limit: int = 10) -> list[Hit]:
        """Find things by name, other name, title word, DOI, arXiv id, HuggingFace id or link.

        Parameters
        ----------
        words
            What is looked for; upper and lower case are the same, a typing mistake costs some score.
        limit
            How many hits at most, 1 or more.

        Returns
        -------
        list of Hit
            The best first, each with a score from 0 to 100; empty if nothing is near.

        Raises
        ------
        UsageError
            If the limit is below 1.

        Examples
        --------
        >>> import healthfm
        >>> [hit.id for hit in healthfm.load().search("pubmedbret", limit=1)]
        ['model:pubmedbert']
        """
        if limit < 1:
            raise UsageError(f"a limit of {limit} shows nothing; use 1 or more")
        return self._search_index.search(words, limit=limit)

    @overload
    def lineage(
        self, name: str, *, direction: Direction = ..., depth: int | None = ..., to: None = ...
    ) -> Lineage: ...

    @overload
    def lineage(self, name: str, *, to: str) -> Relation: ...

    def lineage(
        self, name: str, *, direction: Direction = "both", depth: int | None = None, to: str | None = None
    ) -> Lineage | Relation:
        """Return what one artifact was built on and what was built on it, or how two are related.

        Parameters
        ----------
        name
            A name, id or CURIE of a model, system, method or library.
        direction
            ``up``, ``down`` or ``both``.
        depth
            How many steps to go; all if not given.
        to
            Another artifact: the result is then the nearest common ancestors and the paths to them.

        Returns
        -------
        Lineage or Relation
            The edges each way, nearest first; with `to`, how the two are related.

        Raises
        ------
        UnknownNameError
            If nothing is called so; the message has the nearest names.
        UsageError
            If the name is that of something without lineage, such as a paper, the direction is none of
            the three, the depth is below 1, or `to` is given with either.

        Examples
        --------
        >>> import healthfm
        >>> kg = healthfm.load()
        >>> sorted(kg.lineage("biobert", direction="up").ancestors)
        ['model:bert', 'model:transformer']
        >>> kg.lineage("biobert", to="pubmedbert")
        <BioBERT and PubMedBERT meet in BERT>
        """
        from healthfm.analysis.lineage import trace
        from healthfm.analysis.relation import relate

        if to is not None:
            if direction != "both" or depth is not None:
                raise UsageError("to another artifact there is one way; leave direction and depth out")
            return relate(self._lineage, self._curie(name), self._curie(to))
        return trace(self._lineage, self._curie(name), direction=direction, depth=depth)

    def impact(self, name: str, *, through: Through = "any") -> Impact:
        """Return everything affected if an artifact is withdrawn, relicensed or found faulty.

        Parameters
        ----------
        name
            A name, id or CURIE of a model, system, method or library.
        through
            ``weights``: what carries its weights; ``behaviour``: also what its outputs taught;
            ``method``: also what took over its method; ``any``: also what reuses its code or calls it.

        Returns
        -------
        Impact
            Each affected artifact with a shortest path to it, nearest first.

        Raises
        ------
        UnknownNameError
            If nothing is called so; the message has the nearest names.
        UsageError
            If the name is that of something without lineage, or there is no such `through`.
        """
        from healthfm.analysis.impact import impact_of
        from healthfm.analysis.network import node_attributes

        areas = {key: own["areas"] for key, own in node_attributes(self.store).items()}
        return impact_of(self._lineage, areas, self._curie(name), through=through)

    def licences(self) -> Licences:
        """Return whose licence is more permissive than that of an ancestor whose weights it carries."""
        from healthfm.analysis.licences import compare_licences

        return compare_licences(self.store, self._lineage)

    def gaps(self) -> Gaps:
        """Return empty cells of modality and area, and how general models reached healthcare or did not."""
        from healthfm.analysis.gaps import find_gaps

        return find_gaps(self.store, self._lineage)

    def coverage(self, *, limit: int = 20) -> Coverage:
        """Return how complete the catalogue is, and what to look up next.

        Parameters
        ----------
        limit
            How many models to name that are worth looking up, those with the most descendants first;
            0 for none.

        Raises
        ------
        UsageError
            If the limit is below 0.
        """
        from healthfm.analysis.coverage import measure_coverage

        return measure_coverage(self.store, self._lineage, limit=limit)

    def diff(self, other: KnowledgeGraph) -> Difference:
        """Return what another graph says otherwise: things and facts that are new, gone or changed in it.

        Parameters
        ----------
        other
            The graph that is compared with this one, usually a newer version of it.
        """
        from healthfm.analysis.difference import compare_graphs

        return compare_graphs(self.store, other.store)

    def _curie(self, name: str) -> str:
        return curie(self._names.resolve(name).value)

    @overload
    def to_networkx(
        self, *, group: str | None = ..., simple: Literal[False] = ...
    ) -> networkx.MultiDiGraph: ...

    @overload
    def to_networkx(self, *, group: str | None = ..., simple: Literal[True]) -> networkx.DiGraph: ...

    def to_networkx(
        self, *, group: str | None = None, simple: bool = False
    ) -> networkx.MultiDiGraph | networkx.DiGraph:
        """Return the lineage as a networkx graph from parent to child.

        Because edges run from parent to child, ``networkx.descendants`` gives descendants.

        Parameters
        ----------
        group
            Keep only edges of one group: ``weights``, ``behaviour``, ``method``, ``code`` or
            ``calls``; every artifact stays a node.
        simple
            One edge a pair, as most measures need it, in place of one for each claim.

        Returns
        -------
        networkx.MultiDiGraph or networkx.DiGraph
            Nodes are CURIEs with `label`, `kind` (model, system, method, library), `year`,
            `in_list` and, each a tuple of ids, `families`, `categories`, `domains`, `areas`,
            `modalities`. Edges of the multigraph have their `relation` as key, and `relation`,
            `group`, `confidence` (low, medium, high), `basis`, `statement`, `source` and `claim`;
            those of the simple graph have `relations` and `groups`, each a tuple, and the highest
            `confidence` of their claims.

        Raises
        ------
        UsageError
            If there is no such group.

        Examples
        --------
        >>> import healthfm
        >>> import networkx
        >>> weights = healthfm.load().to_networkx(group="weights", simple=True)
        >>> sorted(networkx.ancestors(weights, "model:biobert"))
        ['model:bert']
        """
        from healthfm.analysis import network

        return (network.to_simple_networkx if simple else network.to_networkx)(self.store, group=group)

    def to_rdflib(self) -> rdflib.Graph:
        """Return all triples as an rdflib graph with our prefixes."""
        from healthfm.rdf.rdflib_graph import to_graph

        return to_graph(
            quad.triple for quad in self.store.quads_for_pattern(None, None, None, DefaultGraph())
        )

    def export(self, format: str) -> dict[str, bytes]:  # noqa: A002  -- the word of every door
        """Return the graph in a format, as files by their endings.

        Parameters
        ----------
        format
            ``ttl``, ``nt``, ``jsonld``, ``xml`` (RDF/XML): all triples. ``trig``, ``nq``: with the
            named graphs. ``graphml``, ``csv``: the lineage; CSV is a pair, nodes and edges. ``bibtex``:
            the papers (needs the extra ``bibtex``).
        """
        from healthfm.analysis.exporting import export_files

        return export_files(self.store, format)

    def push(
        self,
        url: str,
        *,
        query_url: str | None = None,
        update: bool = False,
        timeout: float = ANSWER_SECONDS,
        progress: Progress | None = None,
    ) -> Pushed:
        """Bring the graph into a SPARQL 1.1 server, where `connect` asks it as it is asked here.

        Parameters
        ----------
        url
            Where the server takes graphs (SPARQL 1.1 Graph Store Protocol).
        query_url
            Where it takes queries; if not given, the place that goes with `url` in servers we know.
        update
            `url` takes SPARQL Update instead.
        timeout
            Seconds that one answer may take; 60 if not given.
        progress
            Is told each step, as a function that returns a context for the time it takes.

        Returns
        -------
        Pushed
            How many triples the server counts in each graph.

        Raises
        ------
        UsageError
            If nothing says where the server takes queries, if its default graph holds other data, or
            if our named graphs do not partition the default graph.
        RemoteError
            If the server fails; pushing again goes on where this push broke off.

        Notes
        -----
        Pushing the same graph again changes nothing. A server whose default graph is a graph of its
        own gets all triples there too; one that takes all named graphs together (Virtuoso) does not.
        """
        from healthfm.rdf.progress import silent
        from healthfm.remote.graph_store import graph_store
        from healthfm.remote.pushing import push

        target, endpoint = graph_store(url, query_url=query_url, update=update, timeout=timeout)
        return push(self.store, target, endpoint, progress or silent)

    def draw(
        self,
        path: str | Path = "healthfm.html",
        *,
        focus: str | None = None,
        family: str | None = None,
        depth: int | None = None,
        sparql: bool = False,
    ) -> Drawing:
        """Write the interactive page: one file that needs no network.

        Parameters
        ----------
        path
            Where to write; a file that is there is replaced.
        focus
            Only this artifact, its ancestors and its descendants.
        family
            Only the members of this family.
        depth
            How many steps from the focus; all if not given.
        sparql
            Also write ``sparql.html`` beside it: a page that holds the whole graph and an engine, and
            answers SPARQL without a server.

        Returns
        -------
        Drawing
            The path of the file written; in Jupyter it shows the page.

        Raises
        ------
        UsageError
            If nothing would be left to show.
        InputError
            If the program of the SPARQL page was not built.
        """
        from healthfm.explorer.drawing import Drawing
        from healthfm.rdf.writing import write_one

        target = Drawing(path)
        page = self.page(focus=focus, family=family, depth=depth, sparql=SPARQL_PAGE if sparql else None)
        if sparql:
            write_one(target.with_name(SPARQL_PAGE), self.sparql_page().encode())
        write_one(target, page.encode())
        return target

    def page(
        self,
        *,
        focus: str | None = None,
        family: str | None = None,
        depth: int | None = None,
        sparql: str | None = None,
    ) -> str:
        """Return the interactive page as HTML; the parameters are those of `draw`.

        Parameters
        ----------
        focus, family, depth
            What is shown, as in `draw`.
        sparql
            Address of a page that answers SPARQL, for the page to link to.
        """
        from healthfm.explorer.overview import is_too_large, render_overview
        from healthfm.explorer.page import render_page
        from healthfm.explorer.scene import make_scene

        title = "healthfm: lineage of foundation models"
        if focus is None and family is None and is_too_large(self.store):
            return render_overview(self.store, title=title, footer=self.footer(), sparql=sparql)
        scene = make_scene(
            self.store,
            focus=self._curie(focus) if focus else None,
            family=curie(self._names.resolve(family, kind="family").value) if family else None,
            depth=depth,
        )
        return render_page(
            self.store,
            scene,
            title=title,
            version=_version(),
            footer=self.footer(),
            sparql=sparql,
        )

    def sparql_page(self) -> str:
        """Return the page that holds the whole graph and answers SPARQL without a server, as HTML.

        Raises
        ------
        InputError
            If its program was not built.
        """
        from healthfm.explorer.sparql_page import render_sparql_page

        return render_sparql_page(
            self.store, self.questions.values(), title="healthfm: SPARQL", footer=self.footer()
        )

    def footer(self) -> str:
        """Return the line under every page: version, date of the list, disclaimer."""
        dates = ", ".join(
            f"{row[0]} as of {row[1]}"
            for row in run_query(self.store, _LISTS)  # type: ignore[union-attr]
        )
        return ". ".join(part for part in (f"healthfm {_version()}", dates, DISCLAIMER) if part)

    @cached_property
    def _names(self) -> Names:
        from healthfm.analysis.names import Names

        return Names(self.store)

    @cached_property
    def _search_index(self) -> SearchIndex:
        from healthfm.analysis.search import SearchIndex

        return SearchIndex(self.store)

    @cached_property
    def _lineage(self) -> LineageGraph:
        from healthfm.analysis.lineage_graph import read_lineage

        return read_lineage(self.store)
