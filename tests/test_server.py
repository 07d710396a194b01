"""Vectors on a Chroma server: one pointer for every kai, and a clear line when it is away."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from fakes import BigramEmbedder
from indexing import article, articles, split_lines, split_whole

from vectorstore import server as server_module
from vectorstore import server_generations
from vectorstore.generations import PARTS
from vectorstore.index import IndexStore, IndexUnreadable, NoIndex
from vectorstore.search import Searcher
from vectorstore.server import ChromaServer, ServerAway, ServerVectors

NEW = article("sea", "바다 소식", "등대가 밤마다 열두 번 깜빡인다.")


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@pytest.fixture(scope="module")
def running(tmp_path_factory) -> Iterator[str]:
    """A real Chroma server on loopback."""
    port, folder = free_port(), tmp_path_factory.mktemp("chroma")
    command = Path(sys.executable).with_name("chroma")
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            [command, "run", "--path", folder, "--host", "127.0.0.1", "--port", str(port)],
            stdout=log,
            stderr=log,
        )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_for(url)
        yield url
    finally:
        process.terminate()
        process.wait(20)


def _wait_for(url: str) -> None:
    ends = time.monotonic() + 60
    while time.monotonic() < ends:
        try:
            httpx.get(f"{url}/api/v2/heartbeat").raise_for_status()
        except httpx.HTTPError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(url)


@pytest.fixture
def url(running, monkeypatch) -> str:
    """The server without collections, the pointer looked at before every question."""
    monkeypatch.setattr(server_generations, "PAUSE", 0.0)
    server = ChromaServer(running)
    for each in server.collections():
        server.delete(each.name)
    return running


def store(home: Path, url: str, **kind: object) -> IndexStore:
    return IndexStore(
        home, BigramEmbedder(), split=split_lines, splitter="lines", chroma_url=url, **kind
    )


def seen(served: IndexStore):
    index = served.open()
    found = [(e.passage, e.article, round(e.score, 5)) for e in Searcher(served).search("북극곰")]
    return list(index.articles()), list(index.passages()), found


@pytest.mark.slow
def test_a_second_kai_serves_what_the_first_built_and_sees_the_next(tmp_path, url):
    one, two = store(tmp_path / "one", url), store(tmp_path / "two", url)
    with pytest.raises(NoIndex):
        two.open()
    first = one.build(articles()).generation
    assert seen(two) == seen(one)
    assert Searcher(two).search("북극곰")[0].article.id == "zoo"
    second = one.build([*articles(), NEW]).generation
    assert [e.article.id for e in Searcher(two).search("등대", k=1)] == ["sea"]
    assert two.generations() == [first, second]
    two.rollback(first)
    assert len(one.open()) == 9


@pytest.mark.slow
def test_a_second_kai_knows_the_sentences_too(tmp_path, url):
    one, two = (
        IndexStore(home, BigramEmbedder(), split=split_whole, splitter="whole", chroma_url=url)
        for home in (tmp_path / "one", tmp_path / "two")
    )
    one.build(articles())
    found = Searcher(one).search("북극곰")
    assert [len(each.sentences) for each in found if each.article.id == "zoo"] == [2, 1]
    assert Searcher(two).search("북극곰") == found
    one.build([*articles(), NEW])
    assert Searcher(two).search("북극곰") == Searcher(one).search("북극곰")


@pytest.mark.slow
def test_the_server_holds_texts_metadata_and_the_manifest(tmp_path, url):
    name = store(tmp_path, url).build(articles()).generation
    collection = ChromaServer(url).collection(f"kai-{name}")
    found = collection.get(ids=["zoo:0"], include=["documents", "metadatas", "embeddings"])
    assert found["documents"] == ["동물원 소식"]
    assert '"article_id": "zoo"' in found["metadatas"][0]["json"]
    assert len(found["embeddings"][0]) == 256
    assert '"passages": 9' in collection.metadata["manifest"]


@pytest.mark.slow
def test_odd_texts_and_an_empty_library_survive_the_server(tmp_path, url):
    odd = article("odd", "제목 \u0000 \ud800", "줄\u2028바꿈 😀 \x85끝")
    store(tmp_path / "one", url).build([odd])
    assert list(store(tmp_path / "two", url).open().articles()) == [odd]
    store(tmp_path / "one", url).build([])
    assert len(store(tmp_path / "two", url).open()) == 0


@pytest.mark.slow
def test_old_generations_go_and_three_stay(tmp_path, url):
    one = store(tmp_path, url)
    names = [one.build(articles()[:n]).generation for n in (1, 2, 3, 2)]
    assert one.generations() == names[1:]
    left = {each.name for each in ChromaServer(url).collections()}
    whole = {f"kai-{name}" for name in names[1:]}
    assert left == whole | {f"{name}.articles" for name in whole} | {"kai-current"}
    folder = tmp_path / "index-server"
    assert sorted(path.name for path in folder.iterdir()) == [*names[1:], PARTS]
    assert sorted(path.name for path in (folder / PARTS).iterdir()) == names[1:]


@pytest.mark.slow
def test_a_failed_upload_leaves_the_old_generation_and_no_litter(tmp_path, url, monkeypatch):
    one = store(tmp_path, url)
    first = one.build(articles()).generation
    monkeypatch.setattr(ServerVectors, "put", _full)
    with pytest.raises(OSError, match="full"):
        one.build([*articles(), NEW])
    assert one.generations() == [first]
    assert len(ChromaServer(url).collections()) == 3
    assert len(store(tmp_path / "two", url).open()) == 9


def _full(*_: object) -> None:
    raise OSError("full")


@pytest.mark.slow
def test_rows_that_changed_on_the_server_are_not_served(tmp_path, url):
    name = store(tmp_path / "one", url).build(articles()).generation
    ChromaServer(url).collection(f"kai-{name}").delete(ids=["zoo:0"])
    with pytest.raises(IndexUnreadable, match="missing or changed"):
        store(tmp_path / "two", url).open()


@pytest.mark.slow
def test_sixteen_threads_ask_one_server(tmp_path, url):
    served = store(tmp_path, url)
    served.build(articles())
    searcher, found = Searcher(served), {}
    alone = searcher.search("다리 공사비")

    def ask(number: int) -> None:
        found[number] = searcher.search("다리 공사비")

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert list(found.values()) == [alone] * 16


@pytest.mark.parametrize("way", ["refused", "silent", "garbage"])
def test_a_server_that_is_away_gives_one_clear_line(tmp_path, monkeypatch, way):
    monkeypatch.setattr(server_module, "TRIES", 2)
    monkeypatch.setattr(server_module, "ANSWER_SECONDS", 0.2)
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{door.getsockname()[1]}"
        if way != "refused":
            door.listen()
        if way == "garbage":
            threading.Thread(target=_answer_garbage, args=(door,), daemon=True).start()
        with pytest.raises(ServerAway, match="does not answer") as away:
            store(tmp_path, url).open()
        door.close()
    assert url in str(away.value)
    assert "\n" not in str(away.value)


def _answer_garbage(door: socket.socket) -> None:
    for _ in range(2):
        caller, _ = door.accept()
        with caller:
            caller.recv(1_000)
            caller.sendall(b"nonsense\r\n\r\n")


@pytest.mark.parametrize("url", ["not a url", "http://", "ftp://127.0.0.1:1"])
def test_a_url_that_is_none_is_named(tmp_path, monkeypatch, url):
    monkeypatch.setattr(server_module, "TRIES", 1)
    with pytest.raises(ServerAway, match=url):
        store(tmp_path, url).open()


def test_a_short_absence_is_waited_out(monkeypatch):
    failures = [httpx.ConnectError("away"), httpx.ReadTimeout("slow")]

    def request(client: str) -> str:
        if failures:
            raise failures.pop()
        return client

    monkeypatch.setattr(server_module, "_connect", lambda url: f"client of {url}")
    assert ChromaServer("http://x/").run(request) == "client of http://x"
    assert not failures
