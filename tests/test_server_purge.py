"""A purge where the index is on a Chroma server: nothing of the article can be had any more."""

from __future__ import annotations

import httpx
import numpy as np
import pytest
from fakes import BigramEmbedder
from indexing import article, articles
from test_server import running, store, url  # noqa: F401 - fixtures

from vectorstore import server_generations
from vectorstore.server import ChromaServer, ServerAway
from vectorstore.server_generations import OnServer

pytestmark = pytest.mark.slow

MARKER = "은빛 고래가 항구에 세 번 나타났다"


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "articles"
    folder.mkdir()
    for name, text in {"whale": f"{MARKER}.", "mill": "강가의 방앗간이 다시 돈다."}.items():
        (folder / f"{name}.md").write_text(f"---\nid: {name}\n---\n# {name} 소식\n\n{text}\n")
    return folder


@pytest.fixture
def on_server(kai, url, monkeypatch):  # noqa: F811 - a fixture
    monkeypatch.setenv("KAI_CHROMA_URL", url)
    monkeypatch.setattr(server_generations, "TIDY", 0.0)
    return kai


def everything(url) -> str:  # noqa: F811 - a fixture's value
    """All that the server gives out: names, metadata, ids, texts, as one text."""
    collections = ChromaServer(url).collections()
    rows = [each.get(include=["documents", "metadatas"]) for each in collections]
    return repr([(each.name, each.metadata) for each in collections]) + repr(rows)


def vectors(url) -> np.ndarray:  # noqa: F811 - a fixture's value
    """Every vector of every collection of passages."""
    found = [
        each.get(include=["embeddings"])["embeddings"]
        for each in ChromaServer(url).collections()
        if each.name.startswith("kai-2") and not each.name.endswith(".articles")
    ]
    return np.concatenate(found)


def holding(home) -> list[str]:
    wanted = MARKER.encode(), MARKER.encode("unicode-escape"), b"whale"
    files = (path for path in home.rglob("*") if path.is_file())
    return [path.name for path in files if any(one in path.read_bytes() for one in wanted)]


def test_a_purge_leaves_no_text_id_or_vector_on_the_server_or_here(
    on_server,
    folder,
    own_home,
    url,  # noqa: F811
):
    assert on_server("ingest", folder)[0] == 0
    (folder / "sea.md").write_text("---\nid: sea\n---\n# 바다 소식\n\n바다가 잔잔하다.\n")
    assert on_server("ingest", folder)[0] == 0
    vector = BigramEmbedder().embed_query(f"whale 소식\n{MARKER}.")
    assert MARKER in everything(url)
    assert np.max(vectors(url) @ vector) > 0.999
    code, out, error = on_server("articles", "remove", "whale", "--purge")
    assert (code, out) == (0, "whale is erased.\n")
    assert "the server's own files" in error
    assert MARKER not in everything(url)
    assert "whale" not in everything(url)
    assert np.max(vectors(url) @ vector) < 0.999
    assert len(ChromaServer(url).collections()) == 3
    assert holding(own_home) == []
    cached = b"".join(path.read_bytes() for path in (own_home / "cache").glob("*.bin"))
    assert vector.astype("<f4").tobytes() not in cached
    assert "바다가 잔잔하다" in on_server("search", "바다가 잔잔")[1]


def test_another_kai_that_only_answers_lets_go_of_it_too(on_server, folder, own_home, tmp_path):
    other = tmp_path / "other"
    on_server("ingest", folder)
    assert MARKER in on_server("search", "은빛 고래", "--home", other)[1]
    assert holding(other)
    on_server("articles", "remove", "whale", "--purge")
    assert MARKER not in on_server("search", "은빛 고래", "--home", other)[1]
    assert holding(other) == []


def test_what_a_killed_job_left_on_the_server_goes_with_the_purge(
    on_server,
    folder,
    url,  # noqa: F811
    own_home,
    monkeypatch,
):
    on_server("ingest", folder)
    (folder / "sea.md").write_text("---\nid: sea\n---\n# 바다 소식\n\n바다가 잔잔하다.\n")
    with monkeypatch.context() as killed:
        killed.setattr(OnServer, "drop", lambda *_: None)
        killed.setattr("vectorstore.index.shutil.rmtree", lambda *_, **__: None)
        killed.setattr("vectorstore.index.verify_generation", _die)
        on_server("ingest", folder)
    assert len(ChromaServer(url).collections()) == 5
    on_server("articles", "remove", "whale", "--purge")
    assert MARKER not in everything(url)
    assert len(ChromaServer(url).collections()) == 3


def _die(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_server_that_goes_away_in_a_purge_is_no_success(
    tmp_path,
    url,  # noqa: F811
    monkeypatch,
):
    one = store(tmp_path, url)
    old = one.build([*articles(), article("sea", "바다 소식", "등대가 깜빡인다.")]).generation
    one.build(articles(), carry=False)
    with monkeypatch.context() as away:
        away.setattr(ChromaServer, "delete", _away)
        with pytest.raises(ServerAway):
            one.forget({"sea"})
    assert old in one.generations()
    one.forget({"sea"})
    assert old not in one.generations()


def _away(self: ChromaServer, name: str) -> None:
    raise ServerAway(self.url, str(httpx.ConnectError("refused")))
