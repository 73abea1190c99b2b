"""The reader of lists against a CommonMark parser: on 450 KB of rows, on four times that, on odd input.

Run with ``make benchmarks``. The list is made of recorded rows in four dialects. The parser only makes
tokens of it; the reader makes entries.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from pathlib import Path

from markdown_it import MarkdownIt
from tests.recorded_lists import read_record

from healthfm.sources.markdown.reader import read_list

ROOT = Path(__file__).parents[2]
RECORD = ROOT / "graph" / "lists" / "awesome-healthcare-foundation-models.yaml"
SIZE = 450_000
ODD = {
    "100,000 brackets": "[" * 100_000,
    "2,000 nested items": "* " * 2_000 + "x",
    "30,000 items": "- [A title](https://a.org)\n" * 30_000,
    "30,000 open comments": "<!--" * 30_000,
}


def a_list() -> str:
    """Return a list of about `SIZE` characters."""
    rows = [
        (row.title, " ".join(f"[[{link.label}]]({link.url})" for link in row.links))
        for row in read_record(RECORD).rows
    ]
    parts = [
        "\n".join(f"* {title} {links}" for title, links in rows),
        "\n\n".join(f"**{title}**<br>\n*Jane Doe, Li Wei*<br>\n{links}" for title, links in rows),
        "| Title | Links |\n|--|--|\n" + "\n".join(f"| {title} | {links} |" for title, links in rows),
    ]  # fmt: skip
    once = "".join(f"## Section\n\n{part}\n\n" for part in parts)
    return once * (SIZE // len(once) + 1)


def seconds(action: Callable[[], object]) -> float:
    """Return how much processor time an action takes."""
    start = time.process_time()
    action()
    return time.process_time() - start


def reading(text: str) -> float:
    """Return how much processor time reading a list takes."""
    return seconds(lambda: read_list(text, source="-"))


def main() -> None:
    """Print every comparison."""
    text = a_list()
    parser = MarkdownIt("commonmark").enable("table")
    pairs = [(reading(text), seconds(lambda: parser.parse(text))) for _ in range(3)]
    ours, peer = (statistics.median(column) for column in zip(*pairs, strict=True))
    entries = len(read_list(text, source="-").entries)
    print(f"reading {len(text):,} characters, {entries:,} entries: {ours:.2f} s")
    print(f"markdown-it-py makes tokens of them in {peer:.2f} s: {ours / peer:.1f} times")
    print(f"four times as much: {reading(text * 4) / ours:.1f} times as long")
    for name, odd in ODD.items():
        print(f"{name}: {reading(odd):.2f} s")


if __name__ == "__main__":
    main()
