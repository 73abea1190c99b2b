"""How a graph is opened: the packaged one, other files, or what a server holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthfm import resources
from healthfm.knowledge_graph import ANSWER_SECONDS, KnowledgeGraph
from healthfm.rdf.loading import open_store

if TYPE_CHECKING:
    from pathlib import Path


def load(*files: str | Path, cached: bool = False) -> KnowledgeGraph:
    """Return the packaged graph, or what other files hold, ready to be asked.

    Parameters
    ----------
    files
        Turtle, N-Triples, N-Quads or TriG, told apart by their endings (``.ttl``, ``.nt``, ``.nq``,
        ``.trig``); the packaged graph if none is given.
    cached
        Keep a store of a TriG file in the user's cache folder and open that: quicker to open,
        slower to ask. The command line does so; a program that asks more than once should not.

    Raises
    ------
    InputError
        If there is no such file, or it is not what it should be.

    Examples
    --------
    >>> kg = load()
    >>> kg.ask("ancestors", thing="model:biobert").variables[:2]
    ('ancestor', 'name')
    """
    return KnowledgeGraph(
        open_store([str(file) for file in files] or [resources.built_graph()], cached=cached)
    )


def connect(url: str, *, timeout: float = ANSWER_SECONDS) -> KnowledgeGraph:
    """Return the graph that a SPARQL 1.1 server holds, to be asked like one that is here.

    Parameters
    ----------
    url
        The server's query endpoint; what `KnowledgeGraph.push` brought there, or any other data.
    timeout
        Seconds that one answer may take; 60 if not given.

    Raises
    ------
    UsageError
        If the URL is none, or carries credentials; they come from the environment
        (``HEALTHFM_USER`` with ``HEALTHFM_PASSWORD``, or ``HEALTHFM_TOKEN``).

    Notes
    -----
    Nothing is asked of the server before the first question.
    """
    from healthfm.remote.connection import Connection
    from healthfm.remote.endpoint import Endpoint
    from healthfm.remote.remote_store import RemoteStore

    return KnowledgeGraph(RemoteStore(Endpoint(url, Connection(timeout=timeout))))
