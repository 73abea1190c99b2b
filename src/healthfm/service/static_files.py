"""The files that pages refer to: our style sheet, and what was built for the query page."""

from __future__ import annotations

import gzip
import mimetypes
from pathlib import Path
from typing import NamedTuple

from healthfm.explorer.script import source
from healthfm.service.messages import Reply

_HERE = Path(__file__).parent
#: Built from npm packages when the package is built; a checkout may be without.
_BUILT = _HERE / "assets"


class Asset(NamedTuple):
    """A file, plain and compressed."""

    plain: Reply
    compressed: Reply


def asset_names() -> frozenset[str]:
    """Return the names of the built files."""
    return frozenset(path.name for path in _BUILT.glob("*.*"))


def read_assets() -> dict[str, Asset]:
    """Return all files by the path under which they are served."""
    style = source("colours.css") + (_HERE / "web" / "style.css").read_text(encoding="utf-8")
    built = {f"/assets/{name}": (_BUILT / name).read_bytes() for name in asset_names()}
    return {path: _asset(path, content) for path, content in {"/style.css": style.encode(), **built}.items()}


def _asset(path: str, content: bytes) -> Asset:
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    plain = Reply(200, content, kind, repeatable=True)
    return Asset(plain, plain._replace(body=gzip.compress(content, mtime=0), gzipped=True))
