"""The named questions: one ``.rq`` file each, runnable as it is in any SPARQL engine.

A file starts with comments that say what it asks and what it answers::

    # question: Which models descend from a model, and how?
    # columns: model name relation
    # parameter: root = model:alphafold2 | the model to start from

A parameter stands in the query as ``VALUES ?root { model:alphafold2 }``; asking with another value
replaces that one block by a serialised term.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from healthfm.analysis.sparql import Value, as_term
from healthfm.errors import InputError, UnknownNameError, UsageError

_HEADER: Final = re.compile(r"^#\s*(question|columns|parameter):\s*(.+?)\s*$", re.MULTILINE)
_PARAMETER: Final = re.compile(r"(\w+)\s*=\s*(.+?)\s*\|\s*(.+)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """What can be set in a question: its name, the value it has by default, and what it means."""

    name: str
    default: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Question:
    """A named question.

    Parameters
    ----------
    name
        By which `KnowledgeGraph.ask` knows it.
    question
        What it asks, in one sentence.
    columns
        Names of the columns of its answer.
    parameters
        What can be set in it.
    text
        The query, which any SPARQL 1.1 engine runs once it has our prefixes.
    """

    name: str
    question: str
    columns: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    text: str

    def require(self, names: Iterable[str]) -> None:
        """Refuse names that are no parameters of the question.

        Parameters
        ----------
        names
            Names without a question mark.

        Raises
        ------
        UsageError
            With the parameters that it has.
        """
        known = {parameter.name for parameter in self.parameters}
        for name in names:
            if name not in known:
                has = ", ".join(sorted(known)) or "none"
                raise UsageError(f"question '{self.name}' has no parameter '{name}'; it has: {has}")

    def query(self, values: Mapping[str, Value] | None = None) -> str:
        """Return the query with some parameters set.

        Parameters
        ----------
        values
            Name of a parameter → its value; the others keep their defaults.

        Raises
        ------
        UsageError
            If the question has no such parameter.
        """
        text = self.text
        self.require(values or {})
        for name, value in (values or {}).items():
            block = f"VALUES ?{name} {{ {as_term(value)} }}"
            before, _, rest = text.partition(f"VALUES ?{name} {{")
            text = before + block + rest.partition("}")[2]
        return text


def read_questions(folder: Path) -> dict[str, Question]:
    """Return all questions of a folder by name, in alphabetical order.

    Raises
    ------
    InputError
        If a file lacks its header.
    """
    return {path.stem: _read(path) for path in sorted(folder.glob("*.rq"))}


def _read(path: Path) -> Question:
    text = path.read_text(encoding="utf-8")
    header = _HEADER.findall(text)
    asked = [value for key, value in header if key == "question"]
    columns = [value for key, value in header if key == "columns"]
    if len(asked) != 1 or len(columns) != 1:
        raise InputError(f"{path.name}:1: needs one '# question:' and one '# columns:' line; add them")
    parameters = []
    for key, value in header:
        if key == "parameter":
            match = _PARAMETER.fullmatch(value)
            if match is None or f"VALUES ?{match.group(1)} {{" not in text:
                raise InputError(
                    f"{path.name}: parameter '{value}' needs 'name = default | meaning' and a VALUES block"
                )
            parameters.append(Parameter(*match.groups()))
    return Question(path.stem, asked[0], tuple(columns[0].split()), tuple(parameters), text)


def find_question(questions: Mapping[str, Question], name: str) -> Question:
    """Return a question by name.

    Raises
    ------
    UnknownNameError
        If there is none; the message has the nearest names.
    """
    if name in questions:
        return questions[name]
    from healthfm.catalog.names import nearest  # only an error needs it

    help_ = nearest(name, questions, otherwise="`healthfm ask` lists them")
    raise UnknownNameError(f"no question is called '{name}'; {help_}")
