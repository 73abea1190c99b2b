"""One server with the real graph for the tests that leave it as it is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.service.servers import Server, running_server


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a server with the real graph and a deadline of two seconds."""
    with running_server(tmp_path_factory.mktemp("server"), "--timeout", "2") as running:
        yield running


@pytest.fixture(scope="session")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a server with the real graph and a deadline of one second, to be attacked."""
    with running_server(tmp_path_factory.mktemp("target"), "--timeout", "1") as running:
        yield running
