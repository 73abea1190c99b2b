"""A page that was written: still a path, and in Jupyter the page itself."""

from __future__ import annotations

import html
import sys
from typing import Final

if sys.platform == "win32":
    from pathlib import WindowsPath as NativePath
else:
    from pathlib import PosixPath as NativePath

#: Height of the frame in a notebook, in pixels: the picture and its panels, and text around it.
FRAME_HEIGHT: Final = 680


class Drawing(NativePath):
    """The file that `KnowledgeGraph.draw` wrote: a path like any other; Jupyter shows the page.

    Notes
    -----
    The page stands in the notebook itself (``srcdoc``), so an export shows it without the file. The
    frame has an origin of its own: the page runs its script and opens links, and reaches nothing of
    the notebook.
    """

    def _repr_html_(self) -> str | None:
        if not self.is_file():  # a path made from this one, such as its parent
            return None
        page = html.escape(self.read_text(encoding="utf-8"))
        return (
            f'<iframe title="{html.escape(self.name)}" srcdoc="{page}" '
            f'style="width: 100%; height: {FRAME_HEIGHT}px; border: 1px solid currentColor" '
            'sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads"></iframe>'
        )
