"""The whole suite runs with the network closed; only loopback is open, for our own servers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fakes import BigramEmbedder
from pytest_socket import socket_allow_hosts


@pytest.fixture(autouse=True)
def _network_closed():
    socket_allow_hosts(["127.0.0.1", "localhost", "::1"], allow_unix_socket=True)


@pytest.fixture
def own_home(monkeypatch, tmp_path):
    """A home of the test's own, set as ``KAI_HOME``; the embedder is one that costs nothing."""
    for name in ("EMBEDDING_MODEL", "HOST", "PORT", "TITLE"):
        monkeypatch.delenv(f"KAI_{name}", raising=False)
    monkeypatch.setenv("KAI_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(
        "vectorstore.embeddings.load_embedder", lambda *_args, **_options: BigramEmbedder()
    )
    return tmp_path / "home"


@pytest.fixture
def kai(own_home, capsysbinary) -> Callable[..., tuple[int, str, str]]:
    """Run the command in a home of its own: its exit code, stdout and stderr."""
    from assistant.cli import main

    def run(*arguments: object) -> tuple[int, str, str]:
        code = 0
        try:
            main(list(map(str, arguments)))
        except SystemExit as end:
            code = int(end.code or 0)
        said = capsysbinary.readouterr()
        return code, said.out.decode(), said.err.decode()

    return run
