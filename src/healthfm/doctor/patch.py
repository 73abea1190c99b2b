"""Fixes as a unified diff that ``git apply`` and ``patch`` take."""

from __future__ import annotations

import difflib
import io
from collections import defaultdict
from collections.abc import Iterable
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from healthfm.doctor.findings import Edit, Finding
from healthfm.sources.download import is_address


def unified_diff(text: str, findings: Iterable[Finding], *, source: str) -> str:
    """Return the fixes that are sure as a unified diff; empty where there is none.

    Parameters
    ----------
    text
        The list, with its line ends as they are.
    findings
        Those of high confidence with a change of lines are taken.
    source
        The list's file or address; its last part names the file in the diff.
    """
    # Only line feeds divide lines, as for git and patch.
    before = list(io.StringIO(text, newline="\n"))
    after: list[str] = []
    edits: dict[int, list[Edit]] = defaultdict(list)
    for finding in findings:
        if finding.confidence == "high":
            for edit in finding.edits:
                edits[edit.line].append(edit)
    for number, line in enumerate(before, 1):
        changed = _changed(line, edits.get(number, []))
        if changed is not None:
            after.append(changed)
    name = PurePosixPath(urlsplit(source).path if is_address(source) else source).name
    name = "README.md" if name in {"", "-"} else name
    return "".join(_terminated(difflib.unified_diff(before, after, f"a/{name}", f"b/{name}")))


def _changed(line: str, edits: list[Edit]) -> str | None:
    for edit in edits:
        if edit.new is None:
            return None
        line = line.replace(edit.old, edit.new, 1)
    return line


def _terminated(lines: Iterable[str]) -> Iterable[str]:
    for line in lines:
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
