"""The doctor's patch is one that ``git apply`` and ``patch`` take, and changes what it says, no more."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from healthfm.doctor.examination import examine
from healthfm.doctor.findings import Edit, Finding, Rule
from healthfm.doctor.patch import unified_diff

LIST = (
    "# L\n\n## S\n* A model of organs [Code](a.org/x) [Paper](https://arxiv.org/abs/2301.00009)\n"
    "* Another model [Paper](https://arxiv.org/abs/2301.00010)\n"
    "* Another model [Paper](https://arxiv.org/abs/2301.00010)\n* The last model [Code](https://a.org/a b)"
)
MENDED = (
    "# L\n\n## S\n* A model of organs [Code](https://a.org/x) [Paper](https://arxiv.org/abs/2301.00009)\n"
    "* Another model [Paper](https://arxiv.org/abs/2301.00010)\n"
    "* The last model [Code](https://a.org/a%20b)"
)


def applied(folder: Path, text: str, diff: str, command: list[str]) -> str:
    """Return a file after a program applied a diff to it."""
    file = folder / "README.md"
    file.write_bytes(text.encode())
    (folder / "fixes.diff").write_bytes(diff.encode())
    if shutil.which(command[0]) is None and not os.environ.get("CI"):
        pytest.skip(f"{command[0]} is not here")
    result = subprocess.run([*command, "fixes.diff"], cwd=folder, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr + result.stdout
    return file.read_bytes().decode()


@pytest.mark.parametrize("command", [["git", "apply", "-p1"], ["patch", "-s", "-p1", "-i"]])
@pytest.mark.parametrize("end", ["", "\n"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_the_patch_applies(tmp_path: Path, command: list[str], end: str, ends: str) -> None:
    """With and without a line end at the end of the file, with either kind of line end."""
    text, wanted = ((part + end).replace("\n", ends) for part in (LIST, MENDED))
    diff = unified_diff(text, examine(text, source="README.md").findings, source="README.md")
    binary = ["--binary"] if command[0] == "patch" else []
    assert applied(tmp_path, text, diff, [command[0], *binary, *command[1:]]) == wanted


def test_nothing_is_left_to_mend() -> None:
    """After the patch the doctor finds nothing that it would change."""
    assert not unified_diff(MENDED, examine(MENDED, source="t").findings, source="t")


def test_only_sure_fixes_are_in_the_patch() -> None:
    """What is not of high confidence is said, not changed."""
    edits = (Edit(1, "a", "b"),)
    unsure = Finding(1, Rule.YEAR, "medium", "…", "…", edits)
    assert unified_diff("a\n", [unsure], source="t") == ""
    assert "+b" in unified_diff("a\n", [Finding(1, Rule.YEAR, "high", "…", "…", edits)], source="t")


@given(st.lists(st.text("ab \t\u2028\x0c", max_size=5), min_size=1, max_size=6), st.booleans())
def test_lines_are_those_of_the_file(lines: list[str], end: bool) -> None:
    """Only line feeds divide lines: what git and patch count, the diff counts."""
    text = "\n".join(lines) + ("\n" if end else "")
    assume(lines[-1])
    number = len(lines)
    diff = unified_diff(
        text, [Finding(number, Rule.YEAR, "high", "", "", (Edit(number, lines[-1], "c"),))], source="t"
    )
    removed = [line for line in diff.split("\n")[2:] if line.startswith("-")]
    assert removed == [f"-{lines[-1]}"]


def test_the_command_line(tmp_path: Path) -> None:
    """Findings as text, as JSON, as a patch; talk on stderr."""
    file = tmp_path / "README.md"
    file.write_text(LIST, encoding="utf-8")

    def run(*options: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "healthfm", "doctor", str(file), "--alone", *options]
        return subprocess.run(command, capture_output=True, text=True, check=True)

    assert f"{file}:4: malformed-link (high): the address a.org/x lacks its scheme" in run().stdout
    document = json.loads(run("--format", "json").stdout)
    assert document["findings"][0] == {
        "line": 4,
        "rule": "malformed-link",
        "confidence": "high",
        "message": "the address a.org/x lacks its scheme",
        "fix": "write https://a.org/x",
    }
    assert run("--patch").stdout.startswith("--- a/README.md\n+++ b/README.md\n")
    assert run().stderr == "3 findings: 3 high\n"
