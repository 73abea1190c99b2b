"""Statements as bytes, the same on every run."""

from __future__ import annotations

from collections.abc import Sequence

from pyoxigraph import Quad, RdfFormat, Triple, serialize

from healthfm.vocabulary import PREFIXES


def stable_bytes(statements: Sequence[Triple] | Sequence[Quad], rdf_format: RdfFormat) -> bytes:
    """Serialise ordered statements to the same bytes every time.

    Notes
    -----
    Oxigraph keeps the order of statements but not that of prefixes, so the header is sorted here;
    N-Triples and N-Quads are sorted by line, as their readers expect of canonical files.
    """
    content = serialize(statements, format=rdf_format, prefixes=PREFIXES) or b""
    lines = content.splitlines(keepends=True)
    if rdf_format in {RdfFormat.N_QUADS, RdfFormat.N_TRIPLES}:
        return b"".join(sorted(lines))
    header = next((i for i, line in enumerate(lines) if not line.startswith(b"@prefix")), len(lines))
    return b"".join([*sorted(lines[:header]), *lines[header:]])
