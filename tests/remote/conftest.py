"""What the tests of remote stores share: two real servers that hold the real graph."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from healthfm.knowledge_graph import KnowledgeGraph
from tests.remote.servers import Server, oxigraph, virtuoso

SERVERS = {"oxigraph": oxigraph, "virtuoso": virtuoso}


@pytest.fixture(scope="session", params=SERVERS)
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return each of the servers in turn, empty at first; its tests write nothing but the real graph."""
    with SERVERS[request.param](tmp_path_factory.mktemp(request.param)) as running:
        yield running


@pytest.fixture(scope="session")
def pushed(server: Server, kg: KnowledgeGraph) -> Server:
    """Return a server after the real graph was pushed to it."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        server.allow(monkeypatch)
        kg.push(server.graph_store, query_url=server.query)
    return server
