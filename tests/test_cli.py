"""The command line: data on stdout, talk on stderr, exit codes by contract, never a traceback."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import networkx
import pytest
import yaml

from healthfm.cli import _VERBS
from healthfm.knowledge_graph import KnowledgeGraph
from tests.conftest import ROOT

VERBS = (
    "build",
    "check",
    "new",
    "query",
    "ask",
    "show",
    "search",
    "lineage",
    "impact",
    "licences",
    "gaps",
    "coverage",
    "diff",
    "draw",
    "export",
    "push",
    "ingest",
    "serve",
    "update",
    "doctor",
)


def run(*arguments: str, stdin: bytes = b"", cwd: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    """Run the command line in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "healthfm", *arguments], input=stdin, capture_output=True, check=False, cwd=cwd
    )


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help_that_ends_in_an_example(verb: str) -> None:
    """`--help` of each verb shows one line that can be run."""
    result = run(verb, "--help")
    assert result.returncode == 0
    assert result.stdout.decode().rstrip().splitlines()[-1].startswith(("example: healthfm", "family"))
    assert b"example: healthfm" in result.stdout


def test_verbs_have_the_names_of_functions() -> None:
    """Who knows the library knows the command line."""
    functions = {name for name in dir(KnowledgeGraph) if not name.startswith("_")}
    assert set(VERBS) - functions == {"build", "check", "new", "ingest", "serve", "update", "doctor"}
    assert set(VERBS) == set(_VERBS)


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["query", "SELECT ?x {"], 3, "not a SPARQL 1.1 query: line 1, column 12"),
        (["query", "nowhere.rq"], 3, "cannot be read"),
        (["query", "PREFIX a: <http://a/> INSERT DATA { a:b a:c 1 }"], 3, "INSERT is an update"),
        (["query", "SELECT * { SERVICE <http://127.0.0.1:1/> {} }"], 3, "SERVICE"),
        (["query", "SELECT * {" + "{" * 3000], 4, "nested deeper"),
        (["query", "ASK {}", "--format", "ttl"], 2, "cannot be written as 'ttl'"),
        (["ask", "bert-variant"], 2, "nearest: 'bert-variants'"),
        (["ask", "family-members", "--set", "famly=x"], 2, "it has: family"),
        (["show", "qqqq zzzz"], 2, "nothing here is called"),
        (["lineage", "family:bert"], 2, "has no lineage"),
        (["export", "--format", "csv"], 2, "name a stem with -o"),
        (["build", "--graph", "/nowhere/at/all"], 3, "no catalogue"),
        (["query", "ASK {}", "--data", "pyproject.toml"], 3, "is no ending of"),
        (["draw", "--focus", "bert", "-o", "/nowhere/at/all.html"], 3, "cannot write"),
        (["frobnicate"], 2, "invalid choice"),
        ([], 2, "see `healthfm --help`"),
        (["show", "bert", "base"], 2, "no use for 'base'"),
        (["show", ""], 2, "argument 2 is empty"),
        (["query", "ASK {}", "-o", ""], 2, "argument 4 is empty"),
        (["query", "ASK {}", "--timeout", "inf"], 2, "cannot be kept"),
        (["push", "http://127.0.0.1:1/store", "--timeout", "inf"], 2, "cannot be kept"),
        (["query", "bert"], 3, "it needs SELECT, ASK, CONSTRUCT or DESCRIBE"),
        (["query", "ASK { ?m modle:x 1 }"], 3, "line 1, column 10: the prefix of 'modle:x' is not known"),
        (["query", "PREFIX a: <http://a/> ASK { a:b b:c 1 }"], 3, "the prefix of 'b:c' is not known"),
        (["query", "ASK { _:b a 1 1 }"], 3, "did not expect"),
        (["query", "ASK { ?m rdfs:label 'x'@en:us }"], 3, "did not expect"),
        (["ask", "--set", "thing=bert"], 2, "name one before it"),
        (["query", "SELECT ?x { ?m a ?b } GROUP BY ?m"], 3, "a variable that is unbound"),
        (["lineage", "bert", "--to", "clip", "--depth", "2"], 2, "leave direction and depth out"),
        (["impact", "family:bert"], 2, "`healthfm search` finds those"),
        (
            ["ask", "evidence", "--set", "thing=bert", "--set", "thing=clip"],
            2,
            "more than one value; give one",
        ),
        (["coverage", "--limit", "-1"], 2, "use 0 or more"),
        (["draw", "-o", "-"], 2, "the page is a file"),
        (["build", "--ontology", "tests"], 3, "no ontology"),
        (["update", "-"], 3, "no row of a list is in it"),
        (["ingest", "-", "--graph", "graph"], 2, "a list makes no claims"),
    ],
)
def test_faults_are_one_line_with_a_code(arguments: list[str], code: int, message: str) -> None:
    """Each expected fault says what and what to do, on stderr, with its code."""
    result = run(*arguments, cwd=ROOT)
    assert result.returncode == code, result.stderr.decode()
    assert message in result.stderr.decode()
    assert b"Traceback" not in result.stderr
    assert result.stdout == b""


@pytest.mark.parametrize(
    "command",
    [
        "ask", "ask families --format json", "ask families --format csv", "ask families --format tsv",
        "ask families --format xml", "show biobert", "show biobert --format json", "show claim:biobert-1",
        "show family:bert", "search bert", "search bert --format json --limit 2", "lineage bert",
        "lineage bert --format json --direction down --depth 1", "lineage bert --evidence",
        "lineage biobert --to pubmedbert", "lineage biobert --to pubmedbert --format json",
        "impact clip --through weights", "impact clip --format json", "licences", "licences --format json",
        "gaps", "gaps --format json", "coverage", "coverage --format json --limit 3",
        "diff graph graph/dist", "diff HEAD graph --format json", "diff graph graph --format md",
        "export --format nt", "export --format jsonld", "export --format xml", "export --format nq",
        "--version",
    ],
)  # fmt: skip
def test_every_door_opens(command: str) -> None:
    """Each verb answers in each of its formats, and JSON is JSON."""
    result = run(*command.split(), cwd=ROOT)
    assert result.returncode == 0, result.stderr.decode()
    assert result.stdout
    assert result.stderr == b""
    if "--format json" in command:
        assert json.loads(result.stdout)


def test_an_unknown_name_is_not_repeated_at_any_length() -> None:
    """What was pasted by mistake does not fill the screen."""
    result = run("show", "x" * 10_000)
    assert result.returncode == 2
    assert len(result.stderr) < 300


def test_the_questions_come_in_every_format_of_rows() -> None:
    """Without a name, `ask` lists the questions as it writes answers."""
    names = [
        row["name"]["value"]
        for row in json.loads(run("ask", "--format", "json").stdout)["results"]["bindings"]
    ]
    assert [
        line["name"] for line in csv.DictReader(run("ask", "--format", "csv").stdout.decode().splitlines())
    ] == names
    assert "bert-variants" in names


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize(
    "arguments", [["ask"], ["check", "--graph", "graph"], ["--version"], ["ask", "-o", "/dev/full"]]
)
def test_a_full_disk_is_said_and_a_device_stays_a_device(arguments: list[str]) -> None:
    """No answer is lost without a word; `-o` writes into a device and does not replace it."""
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "healthfm", *arguments]
        result = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False, cwd=ROOT)
    assert result.returncode == 3
    assert b"No space left on device" in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert Path("/dev/full").is_char_device()


def test_a_pipe_can_be_the_output(tmp_path: Path) -> None:
    """What `-o` names may be a pipe; it is still one afterwards."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE) as reader:
        assert run("query", "ASK {}", "-o", str(pipe)).returncode == 0
        assert reader.communicate(timeout=60)[0] == b"yes\n"
    assert pipe.is_fifo()


def test_ctrl_c_ends_a_query_that_the_engine_is_busy_with() -> None:
    """The engine's own code knows no interrupt; the process ends all the same."""
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    code = (
        "import sys, healthfm.analysis.sparql as sparql; from healthfm.cli import main\n"
        "evaluate = sparql._evaluate\n"
        "def told(*given):\n"
        "    print('busy', flush=True)\n"
        "    return evaluate(*given)\n"
        "sparql._evaluate = told\n"
        "sys.exit(main(sys.argv[1:]))"
    )
    command = [sys.executable, "-c", code, "query", endless]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "busy\n"
        process.send_signal(signal.SIGINT)
        try:
            assert process.wait(timeout=60) == -signal.SIGINT
        finally:
            process.kill()


def test_a_bad_catalogue_is_code_1_with_all_faults(toy: Path) -> None:
    """Faults of the catalogue come one a line."""
    (toy / "models" / "bad.yaml").write_text("name: bad\nname: worse\n", encoding="utf-8")
    (toy / "papers" / "bad.yaml").write_text("", encoding="utf-8")
    result = run("check", "--graph", str(toy))
    assert result.returncode == 1
    assert result.stderr.decode().splitlines() == [
        "graph/models/bad.yaml:2: duplicate key 'name'; keep one of the two",
        "graph/papers/bad.yaml:1: the file is empty; write at least the required keys",
    ]


def test_a_query_can_come_from_stdin_and_go_to_a_file(tmp_path: Path) -> None:
    """`-` reads stdin, `-o` writes a file and nothing to stdout."""
    out = tmp_path / "rows.json"
    result = run(
        "query", "-", "--format", "json", "-o", str(out), stdin=b"SELECT ?y { model:bert hfm:year ?y }"
    )
    assert result.returncode == 0
    assert result.stdout == b""
    assert json.loads(out.read_text(encoding="utf-8"))["results"]["bindings"][0]["y"]["value"] == "2018"


def test_ingest_reads_stdin_and_writes_the_machines_form() -> None:
    """JSON on stdout has entries and what was skipped; YAML says the same."""
    text = (
        "\ufeff# T\r\n\r\n[home](https://example.org)\r\n\r\n## Large Language Models\r\n\r\n"
        "* A work [[Paper]](https://arxiv.org/abs/1901.08746v2)\r\n"
    )
    result = run("ingest", "-", "--format", "json", stdin=text.encode())
    assert result.returncode == 0
    assert json.loads(result.stdout) == {
        "source": "-",
        "entries": [
            {
                "line": 7,
                "title": "A work",
                "section": ["Large Language Models"],
                "links": [
                    {
                        "label": "Paper",
                        "url": "https://arxiv.org/abs/1901.08746v2",
                        "kind": "paper",
                        "id": "arxiv:1901.08746",
                        "version": "v2",
                    }
                ],
            }
        ],
        "skipped": [{"line": 3, "reason": "before the first section", "links": 1}],
    }
    in_yaml = run("ingest", "-", stdin=text.encode())
    assert yaml.safe_load(in_yaml.stdout) == json.loads(result.stdout)


def test_ingest_writes_other_sources_line_by_line(tmp_path: Path) -> None:
    """Each line is an entry, a claim or an oddity, whatever characters are in it; the counts are talk."""
    dump = tmp_path / "cards.jsonl"
    card = {"id": "a/模型\ud800", "cardData": {"base_model": "bert", "base_model_relation": "finetune"}}
    dump.write_text(json.dumps(card) + "\n{\n", encoding="utf-8")
    result = run("ingest", str(dump), "--graph", str(ROOT / "graph"))
    assert result.returncode == 0, result.stderr.decode()
    entry, claim, oddity = map(json.loads, result.stdout.splitlines())
    assert entry["entry"]["title"] == "a/模型\ud800"
    assert (claim["claim"]["relation"], claim["claim"]["parent_id"]) == ("fineTunedFrom", "bert")
    assert oddity["oddity"]["what"] == "a line that is no JSON"
    assert result.stderr.decode().startswith("1 entries, 1 candidate claims, 1 oddities\n")


def test_exports_are_what_was_built(tmp_path: Path) -> None:
    """Turtle and TriG come out as the build wrote them; GraphML and CSV hold every edge."""
    for name in ("ttl", "trig"):
        assert run("export", "--format", name, "-o", str(tmp_path / name)).returncode == 0
        assert (tmp_path / name).read_bytes() == (ROOT / "graph" / "dist" / f"healthfm.{name}").read_bytes()
    assert run("export", "--format", "graphml", "-o", str(tmp_path / "g.graphml")).returncode == 0
    assert run("export", "--format", "csv", "-o", str(tmp_path / "lineage")).returncode == 0
    edges = networkx.read_graphml(tmp_path / "g.graphml").number_of_edges()
    lines = list(csv.DictReader((tmp_path / "lineage-edges.csv").open(encoding="utf-8")))
    assert len(lines) == edges > 100
    nodes = {line["Id"] for line in csv.DictReader((tmp_path / "lineage-nodes.csv").open(encoding="utf-8"))}
    assert {line[end] for line in lines for end in ("Source", "Target")} <= nodes


def test_a_reader_that_stops_early_is_no_error() -> None:
    """`healthfm export | head` ends quietly."""
    command = f"{sys.executable} -m healthfm export --format nt | head -1"
    result = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, check=False)
    assert result.stderr == b""


def test_a_cold_query_imports_nothing_heavy() -> None:
    """Query's path stays light: no rdflib, networkx, pyvis, pydantic, rich or YAML."""
    code = (
        "import sys; from healthfm.cli import main\n"
        "code = main(['query', 'SELECT ?m { ?m hfm:memberOf family:bert } LIMIT 1'])\n"
        "heavy = {'rdflib', 'networkx', 'pyvis', 'pydantic', 'rich', 'yaml', 'pyshacl', 'pandas', 'jinja2',\n"
        "         'rapidfuzz', 'importlib.resources', 'importlib.metadata', 'markdown_it', 'asyncio'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr); sys.exit(code)"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env={**os.environ})
    assert result.stderr.decode().strip() == "[]"


def test_importing_healthfm_imports_nothing_heavy() -> None:
    """`import healthfm` costs little more than Python itself."""
    heavy = "{'rdflib', 'networkx', 'pyvis', 'pydantic', 'rich', 'yaml', 'pandas'}"
    code = f"import sys, healthfm; print(sorted({heavy} & set(sys.modules)))"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout.strip() == b"[]"
    )
