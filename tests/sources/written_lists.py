"""Recorded lists as Markdown again, so that real rows are there to be read on any machine."""

from __future__ import annotations

from healthfm.sources.rows import ListRecord


def write_back(record: ListRecord) -> str:
    """Return a Markdown list with the recorded rows; reading it gives their titles, sections and links."""
    lines = [f"# {record.name}", ""]
    section: tuple[str, ...] = ()
    for row in record.rows:
        if row.section != section:
            shared = next(
                (i for i, (a, b) in enumerate(zip(row.section, section, strict=False)) if a != b), None
            )
            start = min(len(row.section) - 1, len(section)) if shared is None else shared
            lines += [
                f"\n{'#' * (level + 2)} {row.section[level]}\n" for level in range(start, len(row.section))
            ]
            section = row.section
        links = " ".join(f"[[{link.label}]](<{link.url}>)" for link in row.links if link.label != row.title)
        titled = next(
            (f"[{_escaped(row.title)}](<{link.url}>)" for link in row.links if link.label == row.title), None
        )
        lines.append(f"* {titled or _escaped(row.title)} {links}")
    return "\n".join(lines) + "\n"


def _escaped(title: str) -> str:
    return "".join(f"\\{character}" if character in "\\`*_[]<>#&!" else character for character in title)
