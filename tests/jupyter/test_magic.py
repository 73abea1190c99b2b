"""`%load_ext healthfm` in a real IPython: the magic, its bindings, its errors, its completion."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from IPython.core.completer import provisionalcompleter
from IPython.core.interactiveshell import InteractiveShell

from healthfm.analysis.results import Rows
from healthfm.knowledge_graph import KnowledgeGraph


@pytest.fixture
def shell(kg: KnowledgeGraph) -> Iterator[InteractiveShell]:
    """Return a shell with the extension loaded and the graph in `kg`."""
    shell = InteractiveShell()
    shell.run_line_magic("load_ext", "healthfm")
    shell.user_ns["kg"] = kg
    yield shell
    shell.reset(new_session=False)


def run(shell: InteractiveShell, cell: str) -> Any:
    """Run a cell as a person would, and return its result."""
    result = shell.run_cell(cell)
    result.raise_error()
    return result.result


def complete(shell: InteractiveShell, cell: str) -> list[str]:
    """Return what Tab offers at the end of a cell."""
    with provisionalcompleter():
        return [cell[: found.start] + found.text for found in shell.Completer.completions(cell, len(cell))]


def test_a_cell_is_a_query_and_shows_its_rows(shell: InteractiveShell, kg: KnowledgeGraph) -> None:
    """The cell gives what `kg.query` gives."""
    query = "SELECT ?m { ?m hfm:memberOf family:bert }"
    assert run(shell, f"%%sparql\n{query}").cells == kg.query(query).cells  # type: ignore[union-attr]
    assert run(shell, "%%sparql\nASK { model:bert a hfm:Model }") is True


def test_a_line_is_a_query_too(shell: InteractiveShell) -> None:
    """Braces and quotes of the line reach the query as they are."""
    run(shell, "rows = %sparql SELECT ?m { ?m a hfm:Model ; rdfs:label 'BERT' }")
    assert shell.user_ns["rows"].plain() == [{"m": "model:bert"}]


def test_out_keeps_the_result_and_shows_nothing(shell: InteractiveShell) -> None:
    assert run(shell, "%%sparql --out found\nSELECT ?m { ?m rdfs:label 'BERT' }") is None
    assert isinstance(shell.user_ns["found"], Rows)


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("'BERT'", ["BERT"]),
        ("['BERT', 'CLIP']", ["BERT", "CLIP"]),
        ("'x\" } UNION { ?m rdfs:label ?name'", []),
    ],
)
def test_a_dollar_takes_the_value_of_a_python_variable(
    shell: InteractiveShell, value: str, names: list[str]
) -> None:
    """One value, several, or text that looks like SPARQL: it is bound as a term."""
    run(shell, f"wanted = {value}")
    rows = run(
        shell, "%%sparql\nSELECT DISTINCT ?wanted { ?m a hfm:Model ; rdfs:label $wanted } ORDER BY ?wanted"
    )
    assert [row["wanted"] for row in rows.plain()] == names


def test_a_question_mark_never_takes_a_python_variable(shell: InteractiveShell) -> None:
    run(shell, "m = 'model:bert'")
    assert len(run(shell, "%%sparql\nSELECT ?m { ?m a hfm:Model }")) > 100


def test_another_graph_can_be_asked(shell: InteractiveShell) -> None:
    """`--graph` names a variable, and without `kg` the packaged graph answers."""
    run(shell, "class Echo:\n    def query(self, text): return text.strip()\nother = Echo()")
    assert run(shell, "%%sparql --graph other\nASK {}") == "ASK {}"
    del shell.user_ns["kg"]
    assert run(shell, "%%sparql\nASK { model:bert a hfm:Model }") is True


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        (
            "%%sparql\nSELECT ?m {\n  ?m hfm:memberOf ]\n}",
            "QueryError: not a SPARQL 1.1 query: line 3, column 19: did not expect ']' here; correct it",
        ),
        (
            "%%sparql\nSELECT ?m { ?m rdfs:label $nothing }",
            "UsageError: there is no Python variable 'nothing' for $nothing; assign it or write ?nothing",
        ),
        (
            "%%sparql --graph nobody\nASK {}",
            "UsageError: 'nobody' is no graph; assign it, for example nobody = he",
        ),
        ("%%sparql --out 1a\nASK {}", "UsageError: '1a' cannot be a variable; use a name like rows"),
        ("%%sparql --nonsense\nASK {}", "UsageError: unrecognized arguments: --nonsense"),
        ("kg.show('biobrt-x-y')", "UnknownNameError: nothing here is called 'biobrt-x-y'"),
    ],
)
def test_an_error_is_one_message(
    shell: InteractiveShell, capsys: pytest.CaptureFixture[str], cell: str, message: str
) -> None:
    """No traceback: what, where and what to do, and the cell has failed."""
    assert not shell.run_cell(cell).success
    shown = "".join(capsys.readouterr())
    assert message in shown
    assert len(shown.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("cell", "offered"),
    [
        ("%%sparql\nSELECT ?m { ?m hfm:memberOf fam", "family:"),
        ("%%sparql\nSELECT ?m { ?m hfm:memberOf family:alph", "family:alphafold"),
        ("%%sparql\nSELECT ?m { ?m hfm:fineT", "hfm:fineTunedFrom"),
        ("%%sparql\nSELECT ?model { ?mod", "?model"),
        ("rows = %sparql SELECT ?m { ?m a hfm:Mod", "hfm:Model"),
    ],
)
def test_tab_completes_in_a_query(shell: InteractiveShell, cell: str, offered: str) -> None:
    """Prefixes, the names behind them and the query's own variables are offered, and nothing of Python."""
    found = [text.split()[-1] for text in complete(shell, cell)]
    assert offered in found
    assert all(name.startswith(cell.rsplit(maxsplit=1)[-1]) for name in found)


def test_tab_elsewhere_is_pythons(shell: InteractiveShell) -> None:
    assert "kg.query" in complete(shell, "kg.quer")[0]


def test_tab_is_silent_where_no_server_answers(
    shell: InteractiveShell, capsys: pytest.CaptureFixture[str]
) -> None:
    """No name of the graph is offered, and no traceback breaks into the line."""
    run(shell, "import healthfm\nkg = healthfm.connect('http://127.0.0.1:9/sparql')")
    assert "model:biobert" not in " ".join(complete(shell, "%%sparql\nASK { model:bi"))
    assert capsys.readouterr() == ("", "")


def test_loading_twice_offers_nothing_twice(shell: InteractiveShell) -> None:
    run(shell, "%reload_ext healthfm")
    assert complete(shell, "%%sparql\nASK { famil").count("%%sparql\nASK { family:") == 1


def test_an_empty_answer_names_the_terms_that_no_triple_has(
    shell: InteractiveShell, capsys: pytest.CaptureFixture[str]
) -> None:
    """A mistyped property is no error to SPARQL; people are told all the same, where nothing came."""
    assert len(run(shell, "%%sparql\nSELECT ?x { ?x hfm:yeer ?y ; a hfm:Model }")) == 0
    assert capsys.readouterr().err == "no rows: no triple has 'hfm:yeer'; nearest: 'year'\n"
    run(shell, "%%sparql\nSELECT ?x { ?x a hfm:Model OPTIONAL { ?x hfm:yeer ?y } } LIMIT 1")
    run(shell, "%%sparql\nSELECT ?x { ?x hfm:year 1066 }")
    assert capsys.readouterr().err == ""
