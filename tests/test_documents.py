"""README and guides are true: what they show is run, what they say is printed is, what they name exists."""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import pytest
from IPython.core.interactiveshell import InteractiveShell

from healthfm.analysis.results import Rows
from healthfm.cli import _VERBS, _options, verb_helps
from healthfm.explorer.sparql_page import has_sparql_page
from healthfm.knowledge_graph import KnowledgeGraph
from tests.conftest import ROOT
from tests.recorded_lists import as_markdown, read_record
from tests.remote.servers import oxigraph
from tests.service.servers import running_server


def _refresh() -> ModuleType:
    spec = importlib.util.spec_from_file_location("refresh", ROOT / "docs" / "refresh.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


REFRESH: Final = _refresh()
TEXTS: Final = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in REFRESH.DOCUMENTS
}
README: Final = TEXTS["README.md"]
#: What stands in a shell block and is not run here, with the reason. Verbs among it are parsed all the same.
NOT_RUN: Final = {
    "make": "sets up the checkout that the tests run in",
    "make test": "runs these tests",
    "make notebook": "opens JupyterLab until it is closed; the notebooks are executed in test_notebooks.py",
    "healthfm serve": "runs until it is stopped; tests/service/ starts it",
    "healthfm serve mine.ttl more.nq": "runs until it is stopped; tests/service/ starts it",
    "healthfm serve --port 8080 --timeout 5": "runs until it is stopped; tests/service/ starts it",
    "healthfm push http://localhost:8890/sparql-graph-crud-auth": "needs Virtuoso; tests/remote/ has one",
    "healthfm push http://localhost:3030/ds/data --query-url http://localhost:3030/ds/query": "needs Fuseki",
    "healthfm ingest https://example.org/LIST.md --format json": "needs a network",
}
EXAMPLES: Final = [re.findall("example: (.*)", text)[0] for text in verb_helps().values()]
LIST: Final = ROOT / "graph" / "lists" / "awesome-healthcare-foundation-models.yaml"
CARD: Final = {"id": "a/b", "cardData": {"base_model": "bert", "base_model_relation": "finetune"}}
BIB: Final = "@article{a, title = {A work}, year = {2024}, eprint = {2401.00001}, archivePrefix = {arXiv}}\n"


def blocks(text: str, language: str) -> list[str]:
    """Return the fenced blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def shell_lines(text: str) -> list[str]:
    """Return the commands of the shell blocks, without comments."""
    lines = [re.sub(r"\s+# .*", "", line) for block in blocks(text, "sh") for line in block.splitlines()]
    return [line for line in lines if line and not line.startswith("#")]


def having(language: str) -> list[str]:
    """Return the names of the documents with a block of a language."""
    return [name for name, text in TEXTS.items() if blocks(text, language)]


def parse(command: str) -> None:
    """Have the command line's own parser read a command, which is not run."""
    try:
        _options(shlex.split(command)[1:])
    except SystemExit as ended:
        if ended.code:
            pytest.fail(command)


@pytest.fixture(scope="module")
def addresses(tmp_path_factory: pytest.TempPathFactory, kg: KnowledgeGraph) -> Iterator[dict[str, str]]:
    """Return where the servers that the guides speak of really are; they hold the graph."""
    folders = [tmp_path_factory.mktemp(name) for name in ("service", "store")]
    with running_server(folders[0]) as service, oxigraph(folders[1]) as store:
        kg.push(store.graph_store, query_url=store.query)
        yield {
            "http://127.0.0.1:8000": service.url,
            "http://localhost:7878": store.query.removesuffix("/query"),
        }


def placed(text: str, addresses: dict[str, str]) -> str:
    """Return a text with the addresses of servers that run."""
    for written, real in addresses.items():
        text = text.replace(written, real)
    return text


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a checkout of its own, with the files that the guides take for granted."""
    for name in ("src", "ontology", "graph"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", ".lock"))
    (tmp_path / "LIST.md").write_text(as_markdown(read_record(LIST)), encoding="utf-8")
    (tmp_path / "cards.jsonl").write_text(json.dumps(CARD) + "\n", encoding="utf-8")
    (tmp_path / "papers.bib").write_text(BIB, encoding="utf-8")
    (tmp_path / "ecosystem-graphs").mkdir()
    (tmp_path / "ecosystem-graphs" / "a.yaml").write_text("- {type: model, name: A, dependencies: [BERT]}\n")
    (tmp_path / ".curlrc").write_text("fail\nsilent\n")  # or an error of the server would be no error
    author = ["-c", "user.name=test", "-c", "user.email=test@example.org"]
    for git in (["init", "-q"], ["add", "graph"], [*author, "commit", "-qm", "as it was"]):
        subprocess.run(["git", *git], cwd=tmp_path, check=True)
    return tmp_path


@pytest.mark.parametrize("name", TEXTS)
def test_it_says_what_the_project_prints_now(name: str) -> None:
    """Every output, table and number in it is what running and counting gives."""
    assert REFRESH.refreshed(TEXTS[name]) == TEXTS[name], "run `make readme` and look at what it changed"


def type_in(lines: list[str], checkout: Path, addresses: dict[str, str]) -> None:
    """Run commands one after the other, as a person in a checkout does; only parse what cannot be run."""
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(checkout / "src"),
        "CURL_HOME": str(checkout),
    }
    for line in lines:
        if line in NOT_RUN:
            if line.startswith("healthfm "):
                parse(line)
            continue
        if "--sparql" in line and not has_sparql_page() and "CI" not in os.environ:
            pytest.skip("the SPARQL page was not built: `make web` needs Node.js")
        command = ["bash", "-ec", placed(line, addresses)]
        done = subprocess.run(command, cwd=checkout, env=environment, capture_output=True, check=False)
        assert done.returncode == 0, f"{line}: {done.stderr.decode()}"


@pytest.mark.parametrize("name", having("sh"))
def test_what_it_tells_people_to_type_works(name: str, checkout: Path, addresses: dict[str, str]) -> None:
    """Every line of its shell blocks, with the servers that it speaks of."""
    type_in(shell_lines(TEXTS[name]), checkout, addresses)


def test_what_help_tells_people_to_type_works(checkout: Path, addresses: dict[str, str]) -> None:
    """The example at the end of each verb's `--help`."""
    type_in(EXAMPLES, checkout, addresses)


def test_every_exception_is_one() -> None:
    """A reason is given for what people are told to type, and for nothing else."""
    assert set(NOT_RUN) <= {*EXAMPLES, *(line for text in TEXTS.values() for line in shell_lines(text))}


@pytest.mark.parametrize("name", [*TEXTS, "CHANGELOG.md"])
def test_the_verbs_and_options_in_its_sentences_exist(name: str) -> None:
    """`healthfm …` between backticks is a verb, or a command that the command line understands."""
    for command in re.findall(r"`(healthfm [a-z-][^`]*)`", (ROOT / name).read_text(encoding="utf-8")):
        words = command.split()
        if len(words) > 2 or words[1].startswith("-"):
            parse(command)
        else:
            assert words[1] in _VERBS, command


def test_the_entries_shown_to_curators_are_sound(checkout: Path) -> None:
    """Written as the six steps write them, they are entries without a fault."""
    text = TEXTS["graph/README.md"]
    fences = re.findall(r'^```yaml title="(.*?)"\n(.*?)^```$', text, re.MULTILINE | re.DOTALL)
    entries: dict[str, str] = {}
    for path, fence in fences:
        entries[path] = entries.get(path, "") + re.sub(r" +# .*", "", fence)
    assert len(fences) > len(entries) == 2
    for path, entry in entries.items():
        (checkout / "graph" / path).write_text(entry, encoding="utf-8")
    type_in(["healthfm check --fix", "healthfm build"], checkout, {})


@pytest.mark.parametrize("name", having("sparql"))
def test_its_queries_are_answered(name: str, kg: KnowledgeGraph) -> None:
    """Each has rows."""
    for query in blocks(TEXTS[name], "sparql"):
        rows = kg.query(query)
        assert isinstance(rows, Rows)
        assert len(rows) > 0, query


@pytest.mark.parametrize("name", having("python"))
def test_its_programs_run(name: str, tmp_path: Path, addresses: dict[str, str]) -> None:
    """Python without prompts, from the first block to the last; what has prompts was run above."""
    names: dict[str, Any] = {}
    with contextlib.chdir(tmp_path):
        for block in blocks(TEXTS[name], "python"):
            if not block.startswith(">>> "):
                exec(compile(placed(block, addresses), name, "exec"), names)


@pytest.mark.parametrize("name", [name for name in having("text") if "\n%" in TEXTS[name]])
def test_its_cells_run(name: str) -> None:
    """What begins with a magic runs in a real IPython."""
    shell = InteractiveShell()
    for block in blocks(TEXTS[name], "text"):
        if block.startswith("%"):
            shell.run_cell(block).raise_error()
    shell.reset(new_session=False)


def test_the_marks_of_the_readme_are_all_in_use() -> None:
    """What is counted for it stands in it."""
    assert set(REFRESH.PARTS) == set(REFRESH.named_parts(README))


def test_what_the_readme_points_to_is_there() -> None:
    """Every relative link leads to a file of the project."""
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", README)
    assert len(targets) > 8
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_the_readme_says_what_people_must_know() -> None:
    """The lack of advice, and that the addresses are names, are in it."""
    assert "no regulatory, clinical or legal advice" in " ".join(README.lower().split())
    assert "w3id.org" in README
    assert "names, not yet pages" in README
