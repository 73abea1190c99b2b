"""The graph in IPython and Jupyter: ``%load_ext healthfm`` brings ``%%sparql`` and completion of names."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell


def load_ipython_extension(shell: InteractiveShell) -> None:
    """Register the magic and the completion; IPython calls this on ``%load_ext healthfm``."""
    from healthfm.jupyter.completion import IDENTIFIER, sparql_matcher
    from healthfm.jupyter.magic import SparqlMagics

    magics = SparqlMagics(shell)
    shell.register_magics(magics)
    # Loaded a second time, the extension takes its own place.
    others = [
        matcher
        for matcher in shell.Completer.custom_matchers
        if getattr(matcher, "matcher_identifier", None) != IDENTIFIER
    ]
    shell.Completer.custom_matchers = [*others, sparql_matcher(magics.graph)]
