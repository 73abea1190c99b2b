"""The verbs of a curator: new, ingest, update, diff, doctor."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any

from healthfm.cli.plumbing import folders, output, read_list_text, sources, verb, write, written
from healthfm.errors import UsageError

if TYPE_CHECKING:
    from healthfm.catalog.candidates import ArtifactNames
    from healthfm.sources.source_kinds import SourceKind


def new(verbs: Any) -> None:
    """Declare ``healthfm new``."""

    def run(options: argparse.Namespace) -> int:
        from healthfm.catalog.skeleton import model_draft, write_draft

        graph, _ = folders(options)
        print(write_draft(graph, model_draft(options.name)))
        return 0

    parser = verb(verbs, "new", run, "Write the skeleton of a new entry.", "healthfm new model 'My model'")
    parser.add_argument("what", choices=("model",), help="what to write")
    parser.add_argument("name", metavar="NAME", help="the name people use")
    sources(parser)


def ingest(verbs: Any) -> None:
    """Declare ``healthfm ingest``."""

    def run(options: argparse.Namespace) -> int:
        from healthfm.sources.source_kinds import SourceKind, source_kind

        kind = SourceKind(options.kind) if options.kind else source_kind(options.source)
        return _ingest_list(options) if kind is SourceKind.LIST else _ingest_items(options, kind)

    parser = verb(
        verbs,
        "ingest",
        run,
        "Read a list, model cards, Ecosystem Graphs or BibTeX; `healthfm update` records a list.",
        "healthfm ingest LIST.md --format json",
    )
    parser.add_argument(
        "source", metavar="SOURCE",
        help="a Markdown list (a file, an http(s) address, or - for stdin); a model card, or a folder or "
        ".jsonl file of them; a folder or YAML file of Ecosystem Graphs; a .bib file",
    )  # fmt: skip
    parser.add_argument(
        "--from", dest="kind", choices=("list", "ecosystem-graphs", "model-cards", "bibtex"),
        help="what it is, where that is not to be found out by looking",
    )  # fmt: skip
    parser.add_argument(
        "--format", choices=("yaml", "json", "jsonl"),
        help="how to write it: yaml or json for a list, jsonl (one thing a line) for all else",
    )  # fmt: skip
    parser.add_argument(
        "--graph", metavar="FOLDER", help="a catalogue: say which of its artifacts candidate claims speak of"
    )
    output(parser)


def _ingest_list(options: argparse.Namespace) -> int:
    from healthfm.analysis.result_formats import as_json
    from healthfm.catalog.formatting import yaml_text
    from healthfm.sources.markdown.reader import read_list

    if options.graph:
        raise UsageError("a list makes no claims, so --graph is of no use; `healthfm update` joins its rows")
    if options.format == "jsonl":
        raise UsageError("a list is one document; use --format json or yaml")
    reading = read_list(read_list_text(options.source), source=options.source)
    values = reading.to_dict()
    write(options.output, as_json(values) if options.format == "json" else yaml_text(values))
    print(reading.summary(), file=sys.stderr)
    return 0


def _ingest_items(options: argparse.Namespace, kind: SourceKind) -> int:
    """Write each thing as soon as it is read: a dump may be larger than the memory."""
    import json
    from collections import Counter

    from healthfm.sources.imported import CandidateClaim, Imported, Oddity
    from healthfm.sources.source_kinds import read_items

    if options.format not in {None, "jsonl"}:
        raise UsageError(f"{kind} is written one thing a line; use --format jsonl")
    names = {Imported: "entry", CandidateClaim: "claim", Oddity: "oddity"}
    known = _known_artifacts(options.graph)
    counts: Counter[str] = Counter()
    oddities: Counter[str] = Counter()
    with written(options.output) as out:
        for item in read_items(options.source, kind):
            counts[names[type(item)]] += 1
            if isinstance(item, Oddity):
                oddities[item.what] += 1
            if isinstance(item, CandidateClaim) and known:
                item = known.joined(item)  # noqa: PLW2901
            line = json.dumps({names[type(item)]: item.to_dict()}, ensure_ascii=False)
            # What is no character becomes \ud800, which is how JSON writes it.
            out.write(line.encode(errors="backslashreplace") + b"\n")
    print(f"{counts['entry']} entries, {counts['claim']} candidate claims, {counts['oddity']} oddities",
          file=sys.stderr)  # fmt: skip
    for what, number in oddities.most_common():
        print(f"{number:>7}  {what}", file=sys.stderr)
    return 0


def _known_artifacts(graph: str | None) -> ArtifactNames | None:
    from pathlib import Path

    from healthfm.catalog.candidates import ArtifactNames
    from healthfm.catalog.whole import read_whole

    return ArtifactNames(read_whole(Path(graph))) if graph else None


def update(verbs: Any) -> None:
    """Declare ``healthfm update``."""

    def run(options: argparse.Namespace) -> int:
        from healthfm.catalog.update import plan_update, write_update
        from healthfm.catalog.update_report import report_markdown, report_text
        from healthfm.rdf.writing import write_one

        graph, _ = folders(options)
        plan = plan_update(
            graph,
            read_list_text(options.list),
            source=options.list,
            list_id=options.list_id,
            url=options.url,
            date=options.date,
            commit=options.commit,
        )
        if options.write:
            for path in write_update(plan, graph, write_one):
                print(path, file=sys.stderr)
        write(options.output, report_markdown(plan) if options.report else report_text(plan))
        return 0

    parser = verb(
        verbs,
        "update",
        run,
        "Compare a list with its recorded rows, and join its new rows with the catalogue.",
        "healthfm update LIST.md --report",
    )
    _update_options(parser)
    sources(parser)


def _update_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("list", metavar="LIST.md", help="a Markdown file, an http(s) address, or - for stdin")
    parser.add_argument(
        "--write", action="store_true", help="record the rows and write skeletons for new works"
    )
    parser.add_argument("--report", action="store_true", help="write Markdown, fit for a pull request")
    output(parser)
    parser.add_argument(
        "--list", dest="list_id", metavar="ID", help="the list's id; by default from its heading"
    )
    parser.add_argument("--url", metavar="URL", help="where people find the list; for one never recorded")
    parser.add_argument("--date", metavar="DATE", help="when this version was made, as YYYY-MM-DD")
    parser.add_argument("--commit", metavar="REVISION", help="the revision of the list's repository")


def diff(verbs: Any) -> None:
    """Declare ``healthfm diff``."""

    def run(options: argparse.Namespace) -> int:
        from healthfm.analysis.result_formats import as_json
        from healthfm.knowledge_graph import KnowledgeGraph
        from healthfm.rdf.revisions import open_build

        graph, _ = folders(options)
        old, new = (KnowledgeGraph(open_build(name, graph)) for name in (options.old, options.new))
        difference = old.diff(new)
        forms = {"table": difference.text, "md": difference.markdown}
        form = forms.get(options.format)
        write(options.output, form() if form else as_json(difference.to_dict()))
        return 0

    parser = verb(
        verbs,
        "diff",
        run,
        "Show what two builds say differently, in works, models, claims and facts.",
        "healthfm diff HEAD graph/dist",
    )
    parser.add_argument("old", metavar="OLD", help="a file or folder with a build, or a git revision")
    parser.add_argument("new", metavar="NEW", help="the same")
    parser.add_argument(
        "--format", choices=("table", "json", "md"), default="table", help="how to write the answer"
    )
    output(parser)
    sources(parser)


def doctor(verbs: Any) -> None:
    """Declare ``healthfm doctor``."""

    def run(options: argparse.Namespace) -> int:
        from healthfm.analysis.result_formats import as_json
        from healthfm.catalog.whole import read_whole
        from healthfm.doctor.examination import examine
        from healthfm.doctor.patch import unified_diff

        graph, _ = folders(options)
        catalogue = None if options.alone else read_whole(graph)
        text = read_list_text(options.list)
        diagnosis = examine(text, source=options.list, catalogue=catalogue)
        if options.patch:
            content = unified_diff(text, diagnosis.findings, source=options.list)
        else:
            content = as_json(diagnosis.to_dict()) if options.format == "json" else diagnosis.text()
        write(options.output, content)
        print(diagnosis.summary(), file=sys.stderr)
        return 0

    parser = verb(
        verbs,
        "doctor",
        run,
        "Say what is wrong with a list, without asking the web.",
        "healthfm doctor LIST.md --patch > fixes.diff",
    )
    _doctor_options(parser)
    sources(parser)


def _doctor_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("list", metavar="LIST.md", help="a Markdown file, an http(s) address, or - for stdin")
    form = parser.add_mutually_exclusive_group()
    form.add_argument(
        "--format", choices=("table", "json"), default="table", help="how to write the findings"
    )
    form.add_argument(
        "--patch", action="store_true", help="write the sure fixes as a unified diff, for `git apply`"
    )
    parser.add_argument(
        "--alone", action="store_true", help="compare the list with itself only, not with the catalogue"
    )
    output(parser)
