"""Sections without entries, rows that stand twice, and rows without a paper."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from rapidfuzz import fuzz

from healthfm.doctor.examined import Examined, KnownWork, paper_links, related, title_mention
from healthfm.doctor.findings import Edit, Finding, Rule
from healthfm.sources.identifiers import to_url
from healthfm.sources.link_kinds import PAPER_IDS
from healthfm.sources.markdown.blocks import Block, blocks_of
from healthfm.sources.markdown.flat import flatten
from healthfm.sources.markdown.hidden import shown_lines
from healthfm.sources.markdown.inline import scan
from healthfm.sources.markdown.outline import heading_text, is_contents, no_entries
from healthfm.sources.markdown.tables import html_table, pipe_table
from healthfm.sources.reading import Entry

#: Two titles of one paper in one section are this close (0 to 100) if they are one row written twice.
_SAME_ROW: Final = 85.0
#: A section in which so large a share of rows has a paper is one in which a row without one is odd.
_USUAL: Final = 0.7


def empty_sections(examined: Examined) -> Iterator[Finding]:
    """Find headings with nothing below them."""
    lines, _ = shown_lines("\n".join(examined.lines))
    blocks = blocks_of(lines).blocks
    headings = [index for index, block in enumerate(blocks) if block.kind == "heading"]
    for index in headings:
        heading = blocks[index]
        end = next((i for i in headings if i > index and blocks[i].level <= heading.level), len(blocks))
        following = blocks[index + 1 : end]
        name = heading_text(scan(heading.lines[0]))
        listed = not no_entries(name) and not is_contents(name)
        if name and listed and not any(block.kind == "heading" or _holds(block) for block in following):
            yield Finding(
                heading.line,
                Rule.EMPTY_SECTION,
                "high",
                f"nothing stands under '{name}'",
                "fill it or take it out",
            )


def _holds(block: Block) -> bool:
    if block.kind in {"rule", "end"}:
        return False
    if block.kind in {"table", "html-table"}:
        return bool((pipe_table(block) if block.kind == "table" else html_table(block)).rows)
    return (
        bool(flatten(scan(" ".join(block.lines))).text.strip())
        or "![" in block.lines[0]
        or "<img" in block.lines[0]
    )


def duplicate_rows(examined: Examined) -> Iterator[Finding]:
    """Find works that stand twice in one section; a work in several sections is no fault."""
    seen: dict[tuple[str, ...], dict[str, Entry]] = defaultdict(dict)
    for entry in examined.entries:
        mention = title_mention(entry)
        keys = [f"title {title}" for title in mention.folded]
        keys += [f"paper {link.id}" for link in paper_links(entry)]
        in_section = seen[entry.section]
        first = next((in_section[key] for key in keys if key in in_section), None)
        same_title = first is not None and bool(mention.rests & title_mention(first).rests)
        if first is not None and first.line != entry.line and (same_title or _one_row(first, entry)):
            yield _duplicate(examined, entry, first, same_title=same_title)
        for key in keys:
            in_section.setdefault(key, entry)


def _one_row(one: Entry, other: Entry) -> bool:
    """Whether two rows with one paper are one work: two models of a paper have names of their own."""
    a, b = title_mention(one), title_mention(other)
    return (
        related(a, b)
        and not (a.called and b.called and not a.called & b.called)
        and a.rests != b.rests
        and any(fuzz.token_set_ratio(x, y) >= _SAME_ROW for x in a.folded for y in b.folded)
    )


def _duplicate(examined: Examined, entry: Entry, first: Entry, *, same_title: bool) -> Finding:
    same = same_title and {link.id for link in entry.links} <= {link.id for link in first.links}
    alone = examined.line_with(entry, entry.links[-1].url) == entry.line if entry.links else True
    return Finding(
        entry.line,
        Rule.DUPLICATE_ROW,
        "high" if same else "medium",
        f"'{entry.title}' stands in this section already, in line {first.line}",
        "take this row out" if same else "put the links of both rows into one",
        (Edit(entry.line, examined.lines[entry.line - 1], None),) if same and alone else (),
    )


def missing_papers(examined: Examined) -> Iterator[Finding]:
    """Find rows without a paper in sections where nearly all others have one."""
    by_section: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
    for entry in examined.works:
        by_section[entry.section].append(entry)
    for entries in by_section.values():
        with_paper = sum(bool(paper_links(entry)) for entry in entries)
        if len(entries) < 4 or with_paper < _USUAL * len(entries):
            continue
        for entry in entries:
            if any(link.kind in {"paper", "blog", "documentation"} for link in entry.links):
                continue
            work = examined.known.by_title(entry)
            # A work that the catalogue knows by a page or its code alone has no paper.
            if work is None or (work.ids and work.ids[0].partition(":")[0] in PAPER_IDS):
                yield _missing(examined, entry, work)


def _missing(examined: Examined, entry: Entry, work: KnownWork | None) -> Finding:
    message = f"'{entry.title}' has no paper, as the other rows of its section have"
    if work is None:
        return Finding(entry.line, Rule.MISSING_PAPER, "low", message)
    url = to_url(work.ids[0])
    line = examined.lines[entry.line - 1]
    an_item = line.lstrip()[:2] in {"* ", "- ", "+ "}
    edit = Edit(entry.line, line.rstrip(), f"{line.rstrip()} [[Paper]]({url})")
    return Finding(
        entry.line, Rule.MISSING_PAPER, "medium", message, f"add {url}", (edit,) if an_item else ()
    )
