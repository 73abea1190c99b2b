"""Notebooks as pages: executed when the site is built, so that what they say is what they find.

Outputs are HTML already and bypass Markdown: a page holds a mark for each, replaced at the end.
"""

from __future__ import annotations

import base64
import html
import os
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

import markdown
import nbformat
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from nbclient import NotebookClient

NOTEBOOKS: Final = Path(__file__).parents[2] / "notebooks"
#: Page → mark → the output that stands there.
_outputs: dict[str, dict[str, str]] = {}


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add a page and the file to take away for each notebook."""
    paths = sorted(NOTEBOOKS.glob("*.ipynb"))
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:  # each kernel is a process of its own
        executed = list(pool.map(_executed, paths))
    for path, notebook in zip(paths, executed, strict=True):
        page = f"notebooks/{path.stem}.md"
        files.append(File.generated(config, page, content=_markdown(page, path.name, notebook)))
        files.append(File.generated(config, f"notebooks/{path.name}", content=path.read_bytes()))
    return files


def on_page_content(content: str, page: Page, **_: Any) -> str:
    """Put the outputs in the places of their marks."""
    for mark, output in _outputs.get(page.file.src_uri, {}).items():
        content = content.replace(mark, output)
    return content


def _markdown(page: str, name: str, notebook: Any) -> str:
    marks = _outputs[page] = {}
    parts = []
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            parts.append(cell.source)
            continue
        language = "sparql" if cell.source.startswith("%%sparql") else "python"
        parts.append(f"````{language}\n{cell.source}\n````")
        shown = "".join(_output(output) for output in cell.outputs)
        if shown:
            mark = f'<div data-output="{len(marks)}"></div>'
            marks[mark] = f'<div class="output">{shown}</div>'
            parts.append(mark)
    title, _, rest = parts[0].partition("\n")
    note = f"*A notebook, executed when this page was built. [Download it]({name}).*"
    return "\n\n".join([title, note, rest, *parts[1:]]) + "\n"


def _executed(path: Path) -> Any:
    notebook = nbformat.read(path, as_version=4)
    with tempfile.TemporaryDirectory() as folder:
        client = NotebookClient(
            notebook,
            timeout=240,
            kernel_name="python3",
            extra_arguments=["--InlineBackend.figure_formats=['svg']"],
            resources={"metadata": {"path": folder}},
        )
        client.execute(env={**os.environ, "MPLBACKEND": "module://matplotlib_inline.backend_inline"})
    return notebook


def _output(output: Any) -> str:
    """Return an output as HTML, in the richest of its forms."""
    if output.output_type == "stream":
        return f"<pre>{html.escape(output.text)}</pre>" if output.name == "stdout" else ""
    data = output.data
    if "text/html" in data:
        return str(data["text/html"])
    if "text/markdown" in data:
        return markdown.markdown(data["text/markdown"], extensions=["tables", "fenced_code"])
    if "image/svg+xml" in data:
        picture = base64.b64encode(data["image/svg+xml"].encode()).decode()
        return f'<img alt="{html.escape(data["text/plain"])}" src="data:image/svg+xml;base64,{picture}">'
    return f"<pre>{html.escape(data['text/plain'])}</pre>"
