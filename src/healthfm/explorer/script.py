"""The page's script: the modules of ``web/``, joined into one that a page can hold.

The modules import one another by name only (``import { a, b } from "./x.js";``), so that joining them
is taking the imports out and putting them in order; no other tool is needed to build the page. That
their top-level names do not clash is tested.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from graphlib import TopologicalSorter
from importlib import resources
from typing import Final

_IMPORT: Final = re.compile(r'^import \{[^}]*\} from "\./([^"]+)";\n', re.MULTILINE)
_EXPORT: Final = re.compile(r"^export ", re.MULTILINE)


@cache
def source(name: str) -> str:
    """Return a file of ``web/``."""
    return (resources.files("healthfm.explorer") / "web" / name).read_text(encoding="utf-8")


def modules_of(entry: str, read: Callable[[str], str] = source) -> tuple[str, ...]:
    """Return the names of a module and of all it imports, the imported first."""
    needs: dict[str, list[str]] = {}
    pending = [entry]
    while pending:
        name = pending.pop()
        if name not in needs:
            needs[name] = _IMPORT.findall(read(name))
            pending += needs[name]
    return tuple(TopologicalSorter(needs).static_order())


def join_modules(entry: str, read: Callable[[str], str] = source) -> str:
    r"""Return a module and all it imports as one script, the imported first.

    Parameters
    ----------
    entry
        Name of the module to start from.
    read
        Returns the text of a module.

    Examples
    --------
    >>> files = {"main.js": 'import { one } from "./one.js";\nlog(one);', "one.js": "export const one = 1;"}
    >>> print(join_modules("main.js", files.__getitem__))
    const one = 1;
    log(one);
    """
    texts = map(read, modules_of(entry, read))
    return "\n".join(_EXPORT.sub("", _IMPORT.sub("", text)).strip("\n") for text in texts)
