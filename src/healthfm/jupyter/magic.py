"""``%%sparql``: a cell that is a query, with Python's variables bound as terms.

A variable written ``$name`` takes the value of the notebook's variable of that name; one written
``?name`` stays a variable of the query. (To SPARQL itself the two signs mean the same.) The value is
bound, never pasted: whatever a text holds, it cannot change the query.

References
----------
SPARQL 1.1 Query Language, section 4.1.3, https://www.w3.org/TR/sparql11-query/#QSynVariables.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Final

from IPython.core.magic import Magics, line_cell_magic, magics_class, no_var_expand
from IPython.core.magic_arguments import argument, magic_arguments, parse_argstring

from healthfm.analysis.results import Rows
from healthfm.analysis.sparql_text import tokens
from healthfm.analysis.unknown_terms import unknown_terms
from healthfm.errors import UsageError
from healthfm.opening import load

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

    from healthfm.analysis.result_formats import Result

#: The variable of the notebook that is asked where none is named.
DEFAULT_GRAPH: Final = "kg"


@magics_class
class SparqlMagics(Magics):
    """The magic ``sparql``, for a cell and for a line."""

    def __init__(self, shell: InteractiveShell) -> None:
        super().__init__(shell)
        self._variables = shell.user_ns
        self._packaged: Any = None

    @no_var_expand
    @magic_arguments()  # type: ignore[untyped-decorator]
    @argument(  # type: ignore[untyped-decorator]
        "--graph", metavar="NAME", default=DEFAULT_GRAPH, help="the variable that holds the graph to ask"
    )
    @argument("--out", metavar="NAME", help="put the result into this variable instead of showing it")  # type: ignore[untyped-decorator]
    @line_cell_magic
    def sparql(self, line: str, cell: str | None = None) -> Result | None:
        """Ask a graph a SPARQL query; ``$name`` takes the value of the Python variable `name`.

        As a cell, ``%%sparql [--graph NAME] [--out NAME]``; as a line, ``rows = %sparql SELECT …``.
        Without ``--graph`` the variable ``kg`` is asked, or the packaged graph where there is none.
        """
        if cell is None:
            return self._answer(line, DEFAULT_GRAPH)
        options = parse_argstring(self.sparql, line)
        # The magic's own line is line 1 of the cell, so that an error names the line people see.
        result = self._answer("\n" + cell, options.graph)
        if options.out is None:
            return result
        if not options.out.isidentifier():
            raise UsageError(f"'{options.out}' cannot be a variable; use a name like rows")
        self._variables[options.out] = result
        return None

    def _answer(self, query: str, graph: str) -> Result:
        asked = self.graph(graph)
        answer: Result = asked.query(query, **self._bindings(query))
        if isinstance(answer, Rows) and not answer:
            for line in unknown_terms(asked.store, query):
                print(f"no rows: {line}", file=sys.stderr)  # noqa: T201  -- a cell has no other place for it
        return answer

    def _bindings(self, query: str) -> dict[str, Any]:
        names = {t.text[1:] for t in tokens(query) if t.kind == "variable" and t.text.startswith("$")}
        for name in sorted(names):
            if name not in self._variables:
                raise UsageError(
                    f"there is no Python variable '{name}' for ${name}; assign it or write ?{name}"
                )
        return {name: self._variables[name] for name in names}

    def graph(self, name: str = DEFAULT_GRAPH) -> Any:
        """Return the graph that a variable of the notebook holds, else the packaged one.

        Raises
        ------
        UsageError
            If a variable was named and holds nothing that answers queries.
        """
        found = self._variables.get(name)
        if hasattr(found, "query"):
            return found
        if name != DEFAULT_GRAPH:
            raise UsageError(f"'{name}' is no graph; assign it, for example {name} = healthfm.load()")
        if self._packaged is None:
            self._packaged = load()
        return self._packaged
