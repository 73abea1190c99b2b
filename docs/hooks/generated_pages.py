"""Pages that the program writes about itself: its verbs, its named questions; and the order of all pages."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Final

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

import healthfm
from healthfm.cli import verb_helps
from healthfm.service.api import openapi

DOCS: Final = Path(__file__).parents[1]
#: Guides in the order of reading; others follow in the order of their names.
FIRST: Final = ("getting-started", "jupyter", "sparql", "data-model", "lineage-and-impact", "curating")
#: Pages of the reference; those of service, verbs and questions are written here.
REFERENCE: Final = "graph results plots remote service command-line questions errors".split()


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Order the pages; a new guide or notebook needs no entry here."""
    os.environ["COLUMNS"] = "100"
    guides = sorted(
        (path.stem for path in (DOCS / "guide").glob("*.md")),
        key=lambda name: (FIRST.index(name) if name in FIRST else len(FIRST), name),
    )
    updates = sorted((f"updates/{path.name}" for path in (DOCS / "updates").glob("*.md")), reverse=True)
    notebooks = sorted(path.stem for path in (DOCS.parent / "notebooks").glob("*.ipynb"))
    config.nav = [
        {"Start": "index.md"},
        {"Guide": [f"guide/{name}.md" for name in guides]},
        {"Notebooks": [f"notebooks/{name}.md" for name in notebooks]},
        {"Updates of lists": updates},
        {"Reference": [f"reference/{name}.md" for name in REFERENCE]},
    ]
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages of the verbs, of the questions and of the service."""
    files.append(File.generated(config, "reference/command-line.md", content=_command_line()))
    files.append(File.generated(config, "reference/questions.md", content=_questions()))
    files.append(File.generated(config, "reference/service.md", content=_service()))
    return files


def _command_line() -> str:
    parts = [
        "# Command line",
        "Every verb is the function of the same name; [exit codes](errors.md).",
    ]
    for name, text in verb_helps().items():
        parts += [f"## healthfm {name}", f"```text\n{text.strip()}\n```"]
    return "\n\n".join(parts) + "\n"


def _questions() -> str:
    parts = [
        "# Named questions",
        "`kg.ask(NAME)` in Python, `healthfm ask NAME` in a shell. Each is one file that any engine runs.",
    ]
    for question in healthfm.load().questions.values():
        parts += [f"## {question.name}", question.question]
        parts += [
            f"* `{parameter.name}`: {parameter.meaning}; by default `{parameter.default}`"
            for parameter in question.parameters
        ]
        body = "\n".join(line for line in question.text.splitlines() if not line.startswith("#"))
        parts.append(f"```sparql\n{body.strip()}\n```")
    return "\n\n".join(parts) + "\n"


def _service() -> str:
    """Return the API as its own description has it, and what starts the service."""
    beginning = """# Service

What `healthfm serve` answers in JSON, beside [SPARQL](../guide/service.md#asking). Each address is the
function of the same name; `/openapi.json` says the same to programs."""
    parts = [beginning]
    for path, operations in openapi(healthfm.__version__)["paths"].items():
        operation = operations["get"]
        parts += [f"## {path}", operation["summary"]]
        rows = [
            f"| `{parameter['name']}` | {'yes' if parameter.get('required') else 'no'} | "
            f"{parameter['description']} | {_allowed(parameter['schema'])} |"
            for parameter in operation["parameters"]
        ]
        if rows:
            parts.append("\n".join(["| parameter | needed | meaning | values |", "|---|---|---|---|", *rows]))
    parts += ["::: healthfm.service.server.serve", "::: healthfm.service.limits.Limits"]
    return "\n\n".join(parts) + "\n"


def _allowed(schema: dict[str, Any]) -> str:
    """Say which values a parameter takes."""
    said = ", ".join(f"`{value}`" for value in schema.get("enum", ())) or str(schema["type"])
    return f"{said}; by default `{schema['default']}`" if "default" in schema else said
