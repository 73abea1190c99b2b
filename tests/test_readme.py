"""The README is true: its Python runs, its commands print what it says, its numbers are counted."""

from __future__ import annotations

import doctest
import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
FENCES = re.findall(r"^```(\w+)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def test_the_python_in_it_runs_as_shown() -> None:
    """Every `>>>` in the README gives the output below it."""
    examples = "\n".join(body for language, body in FENCES if language == "python")
    test = doctest.DocTestParser().get_doctest(examples, {}, "README.md", "README.md", 0)
    assert len(test.examples) >= 5
    result = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(test)
    assert result.failed == 0


@pytest.mark.parametrize(
    ("command", "output"),
    [
        (match[1], match[2])
        for language, body in FENCES
        if language == "console"
        for match in re.finditer(r"^\$ (healthfm .*)\n((?:(?!\$ ).*\n)*)", body, re.MULTILINE)
    ],
)
def test_the_commands_in_it_print_what_it_says(command: str, output: str, tmp_path: Path) -> None:
    """Each `$ healthfm …` prints what stands below it; `…` stands for lines left out."""
    arguments = shlex.split(command.removeprefix("healthfm "))
    result = subprocess.run(
        [sys.executable, "-m", "healthfm", *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert result.returncode == 0, result.stderr
    pattern = "".join(
        r"(?:.*\n)*?" if line.strip() == "…" else re.escape(line.rstrip()) + r"[ ]*\n"
        for line in output.splitlines()
    )
    printed = "".join(line.rstrip() + "\n" for line in result.stdout.splitlines())
    assert re.fullmatch(pattern, printed), printed


def test_its_counts_are_the_manifests() -> None:
    """The table of counts is what the build counted."""
    manifest = json.loads((ROOT / "graph" / "dist" / "manifest.json").read_text(encoding="utf-8"))
    counted = {**manifest["counts"], "triples": manifest["triples"]["all"]}
    table = dict(re.findall(r"^\| [^|]+\(`?(?:hfm:)?(\w+)`?\) \| ([\d,]+) \|$", README, re.MULTILINE))
    assert len(table) >= 8
    for name, number in table.items():
        assert int(number.replace(",", "")) == counted[name], name


def test_it_says_what_people_must_know() -> None:
    """The date of the list, the lack of advice, and that the addresses are names are in it."""
    assert "2023-03-29" in README
    assert "no regulatory, clinical or legal advice" in " ".join(README.lower().split())
    assert "w3id.org" in README
    assert "names, not yet pages" in README
