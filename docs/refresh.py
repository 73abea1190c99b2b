"""Bring README.md and the guides up to date: run their examples, count their tables.

``python docs/refresh.py`` runs every ``$ healthfm …`` of a console block and writes its output below
it; an output that ends in ``…`` keeps its number of lines. Every ``>>>`` is run likewise. A block
with the title of a file is that file, for them to read. What stands between ``<!-- NAME -->`` and
``<!-- end -->`` is written anew by the function of that name below. So each document says what the
project prints, and the tests compare the two.
"""

from __future__ import annotations

import contextlib
import doctest
import io
import json
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import healthfm
from healthfm.knowledge_graph import KnowledgeGraph

ROOT: Final = Path(__file__).parents[1]
#: Everything written by hand that shows people what to type.
DOCUMENTS: Final = (
    ROOT / "README.md",
    ROOT / "graph" / "README.md",
    ROOT / "docs" / "index.md",
    *sorted((ROOT / "docs" / "guide").glob("*.md")),
)
CUT: Final = "…"
_CONSOLE: Final = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
_PYTHON: Final = re.compile(r"(?<=^```python\n)>>> .*?(?=^```$)", re.MULTILINE | re.DOTALL)
_FILE: Final = re.compile(r"^```\w+ title=\"([\w.-]+)\"\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_COMMAND: Final = re.compile(r"^\$ (healthfm .*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
_MARKED: Final = re.compile(r"(<!-- ([\w-]+) -->)(.*?)(<!-- end -->)", re.DOTALL)


def refreshed(text: str) -> str:
    """Return the text with every output and every marked part as the project gives it now."""
    kg = healthfm.load()
    names: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        for name, content in _FILE.findall(text):
            Path(name).write_text(content, encoding="utf-8")
        text = _CONSOLE.sub(lambda block: _COMMAND.sub(_run_command, block.group()), text)
        text = _PYTHON.sub(lambda block: _run_python(block.group(), names), text)
    return _MARKED.sub(lambda part: f"{part[1]}{PARTS[part[2]](kg)}{part[4]}", text)


def named_parts(text: str) -> list[str]:
    """Return the names of the marked parts of a text."""
    return [part[1] for part in _MARKED.findall(text)]


def _run_command(match: re.Match[str]) -> str:
    command, old = match.groups()
    arguments = shlex.split(command)[1:]
    result = subprocess.run(
        [sys.executable, "-m", "healthfm", *arguments], capture_output=True, text=True, check=True
    )
    lines = [line.rstrip() for line in result.stdout.splitlines()]
    kept = old.splitlines()
    if kept and kept[-1].strip() == CUT:
        lines = [*lines[: len(kept) - 1], CUT]
    return f"$ {command}\n" + "".join(f"{line}\n" for line in lines)


def _run_python(block: str, names: dict[str, Any]) -> str:
    written = []
    for example in doctest.DocTestParser().get_examples(block):
        prompts = ">>> " + example.source.rstrip("\n").replace("\n", "\n... ") + "\n"
        with contextlib.redirect_stdout(io.StringIO()) as output:
            exec(compile(example.source, "example", "single"), names)
        written.append(prompts + output.getvalue())
    return "".join(written) + "\n"


def _counts(_: KnowledgeGraph) -> str:
    manifest = json.loads((ROOT / "graph" / "dist" / "manifest.json").read_text(encoding="utf-8"))
    counts = manifest["counts"]
    rows = [
        ("artifacts", counts["Artifact"]),
        ("of these models", counts["Model"]),
        ("papers, posts and reports", counts["Paper"]),
        ("lineage claims", counts["LineageClaim"]),
        ("rows of lists", counts["ListRow"]),
        ("families", counts["Family"]),
        ("organizations", counts["Organization"]),
        ("datasets", counts["Dataset"]),
        ("triples", manifest["triples"]["all"]),
    ]
    return _table(("what", "count"), [(name, f"{number:,}") for name, number in rows])


def _relations(kg: KnowledgeGraph) -> str:
    rows = kg.query(
        """SELECT ?relation (COUNT(?claim) AS ?claims) (SUM(?read) AS ?sourceRead) WHERE {
             ?claim a hfm:LineageClaim ; hfm:relation ?relation ; hfm:basis ?basis
             BIND(IF(?basis = "source-read", 1, 0) AS ?read)
           } GROUP BY ?relation ORDER BY DESC(?claims) ?relation"""
    ).plain()  # type: ignore[union-attr]
    return _table(
        ("relation", "claims", "of these source-read"),
        [(f"`{r['relation'].removeprefix('hfm:')}`", str(r["claims"]), str(r["sourceRead"])) for r in rows],
    )


def _coverage(kg: KnowledgeGraph) -> str:
    everywhere = [field for field in kg.coverage(limit=0).fields if field.section == "all"]
    return _table(
        ("fact of models", "known", "not reported", "nobody looked"),
        [(f.field, str(f.known), str(f.not_reported), str(f.not_looked)) for f in everywhere],
    )


def _families(kg: KnowledgeGraph) -> str:
    rows = kg.ask("families").plain()
    return _table(
        ("family", "root", "members"),
        [(row["name"], f"`{row['root']}`", str(row["members"])) for row in rows],
    )


def _source_read(kg: KnowledgeGraph) -> str:
    claims = kg.coverage(limit=0).claims[0]
    return f"{claims.source_read} of {claims.claims}"


def _list_date(kg: KnowledgeGraph) -> str:
    rows = kg.query("SELECT (MAX(?date) AS ?newest) { ?list a hfm:List ; dcterms:date ?date }").plain()  # type: ignore[union-attr]
    return str(rows[0]["newest"])


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n" + "".join(f"| {' | '.join(line)} |\n" for line in lines)


#: What can stand in a mark.
PARTS: Final[dict[str, Callable[[KnowledgeGraph], str]]] = {
    "counts": _counts,
    "relations": _relations,
    "coverage": _coverage,
    "families": _families,
    "source-read": _source_read,
    "list-date": _list_date,
}


def main() -> int:
    """Rewrite what is not up to date."""
    for path in DOCUMENTS:
        path.write_text(refreshed(path.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
