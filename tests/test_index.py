"""Build aside, verify, swap: what is served is always whole, and says what it was made of."""

from __future__ import annotations

import shutil
import threading
from dataclasses import replace

import numpy as np
import pytest
from fakes import BigramEmbedder
from indexing import article, articles, split_lines, store

from vectorstore import part as part_module
from vectorstore import writing
from vectorstore.generations import PARTS, part_folder
from vectorstore.index import (
    IndexMismatch,
    IndexStore,
    IndexUnreadable,
    NoIndex,
    VerificationError,
)
from vectorstore.manifest import hash_of
from vectorstore.vectors import Vectors

pytestmark = pytest.mark.slow  # a real Chroma in a real folder: a third of a second a build

NEW = article("sea", "바다 소식", "등대가 밤마다 열두 번 깜빡인다.")


def test_no_index_names_the_cure(tmp_path):
    with pytest.raises(NoIndex, match="Build it first: kai ingest"):
        store(tmp_path).open()


def test_passages_come_back_as_they_were_split(tmp_path):
    served = store(tmp_path)
    report = served.build(articles())
    index = served.open()
    split = [passage for each in articles() for passage in split_lines(each)]
    assert list(index.passages()) == split
    assert list(index.articles()) == articles()
    assert (report.articles, report.passages, report.embedded) == (3, 9, 9)
    assert [index.id_of(row) for row in index.rows_of("bridge")] == [p.id for p in split[3:6]]
    assert not index.rows_of("unheard-of")


def test_the_same_corpus_is_current_and_another_is_not(tmp_path):
    served = store(tmp_path)
    served.build(articles())
    assert served.is_current(hash_of(articles()))
    assert not served.is_current(hash_of([*articles(), NEW]))


def test_hash_sees_a_changed_date_and_no_order(tmp_path):
    swapped = articles()[::-1]
    assert hash_of(swapped) == hash_of(articles())
    assert hash_of([article("cafe", "동네 카페", "글")]) != hash_of([article("cafe", "카페", "글")])


def test_an_open_store_serves_the_new_generation_and_the_old_handle_still_reads(tmp_path):
    reader, writer = store(tmp_path), store(tmp_path)
    writer.build(articles())
    old = reader.open()
    assert reader.open() is old
    writer.build([*articles(), NEW])
    new = reader.open()
    assert (len(old), len(new)) == (9, 11)
    assert old.passage(8).text.startswith("사육사")
    assert len(old.vectors) == 9


def test_a_rebuild_embeds_only_what_is_new(tmp_path):
    embedder = BigramEmbedder()
    store(tmp_path, embedder).build(articles())
    report = store(tmp_path, embedder).build([*articles(), NEW])
    assert report.embedded == 2
    assert len(embedder.embedded) == 11


@pytest.mark.parametrize("damage", [b"", b"nonsense" * 500], ids=["emptied", "overwritten"])
def test_a_damaged_cache_is_ignored(tmp_path, damage):
    store(tmp_path).build(articles())
    for path in (tmp_path / "cache").iterdir():
        path.write_bytes(damage)
    assert _anew(tmp_path).embedded == 9
    assert _anew(tmp_path).embedded == 0


def test_a_torn_cache_record_costs_only_itself(tmp_path):
    store(tmp_path).build(articles())
    (path,) = (tmp_path / "cache").iterdir()
    path.write_bytes(path.read_bytes()[:-7])
    assert _anew(tmp_path).embedded == 1
    assert _anew(tmp_path).embedded == 0


def test_a_damaged_cache_record_costs_only_itself(tmp_path):
    store(tmp_path).build(articles())
    (path,) = (tmp_path / "cache").iterdir()
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    assert _anew(tmp_path).embedded == 1
    assert _anew(tmp_path).embedded == 0


@pytest.mark.parametrize(
    ("embedder", "splitter", "what"),
    [
        (BigramEmbedder(name="other"), "lines", "embedder 'bigram', now it is 'other'"),
        (BigramEmbedder(dimension=64), "lines", "dimension 256, now it is 64"),
        (BigramEmbedder(), "words", "splitter 'lines', now it is 'words'"),
    ],
    ids=["embedder", "dimension", "splitter"],
)
def test_a_mismatch_says_rebuild(tmp_path, embedder, splitter, what):
    store(tmp_path).build(articles())
    other = store(tmp_path, embedder, splitter=splitter)
    with pytest.raises(IndexMismatch, match=f"{what}; rebuild: kai ingest"):
        other.open()
    assert not other.is_current(hash_of(articles()))


@pytest.mark.parametrize(
    "file",
    [
        "manifest.json",
        "runs.npy",
        "passages.jsonl",
        "articles.jsonl",
        "ids.txt",
        "marks.bin",
        "firsts.npy",
        "keyword/rows.npy",
    ],
)
@pytest.mark.parametrize("damage", [None, b"", b"\0garbage"], ids=["gone", "empty", "garbage"])
def test_a_damaged_part_is_unreadable(tmp_path, built, file, damage):
    path = _copied(built, tmp_path, file) / file
    path.unlink() if damage is None else path.write_bytes(damage)
    with pytest.raises(IndexUnreadable, match="rebuild: kai ingest"):
        store(tmp_path).open()
    assert not store(tmp_path).is_current(hash_of(articles()))


def test_a_rebuild_cures_a_damaged_index(tmp_path, built):
    (_copied(built, tmp_path, "ids.txt") / "ids.txt").unlink()
    served = store(tmp_path)
    served.build(articles())
    assert len(served.open()) == 9


@pytest.mark.parametrize("damage", ["gone", "garbage", "rows"])
def test_a_damaged_vector_store_is_unreadable(tmp_path, built, damage):
    chroma = _copied(built, tmp_path, "chroma") / "chroma"
    if damage == "garbage":
        (chroma / "chroma.sqlite3").write_bytes(b"not a database" * 400)
    elif damage == "gone":
        chroma.rename(chroma.with_name("elsewhere"))
    else:
        _take_a_vector_out(chroma)
    with pytest.raises(IndexUnreadable, match="rebuild: kai ingest"):
        store(tmp_path).open()


def test_a_failed_verification_keeps_the_old_generation(tmp_path, monkeypatch):
    served = store(tmp_path)
    first = served.build(articles()).generation
    monkeypatch.setattr(Vectors, "add", lambda self, ids, vectors: None)
    with pytest.raises(VerificationError, match="old one is still served"):
        served.build([*articles(), NEW])
    assert served.open().name == first
    assert _folders(tmp_path) == [first]


def test_verification_compares_vectors(tmp_path, monkeypatch):
    add = Vectors.add
    monkeypatch.setattr(Vectors, "add", lambda self, ids, v: add(self, ids, np.roll(v, 1)))
    with pytest.raises(VerificationError, match="the vector of passage"):
        store(tmp_path).build(articles())


def test_verification_compares_places(tmp_path):
    def shifted(article):
        return [_moved(passage) for passage in split_lines(article)]

    broken = IndexStore(tmp_path, BigramEmbedder(), split=shifted, splitter="lines")
    with pytest.raises(VerificationError, match="not the text at its place"):
        broken.build(articles())
    with pytest.raises(NoIndex):
        broken.open()


@pytest.mark.parametrize("part", ["save", "add", "postings"])
def test_a_full_disk_leaves_the_old_generation_and_no_litter(tmp_path, monkeypatch, part):
    served = store(tmp_path)
    first = served.build(articles()).generation

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    owner = {"save": writing.Manifest, "add": Vectors, "postings": writing.KeywordWriter}
    monkeypatch.setattr(owner[part], part, full)
    with pytest.raises(OSError, match="No space left"):
        served.build([*articles(), NEW])
    assert _folders(tmp_path) == [first]
    assert served.open().name == first


def test_an_embedder_given_as_a_function_is_made_on_first_use(tmp_path):
    store(tmp_path).build(articles())
    made = []
    lazy = IndexStore(
        tmp_path, lambda: made.append(1) or BigramEmbedder(), split=split_lines, splitter="lines"
    )
    assert lazy.manifest().passages == 9
    assert not made
    assert len(lazy.open()) == 9
    assert made == [1]


def test_a_home_that_cannot_be_written_is_read_through_a_copy(tmp_path, monkeypatch):
    served = store(tmp_path)
    served.build(articles())
    monkeypatch.setattr("os.access", lambda path, mode: False)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert len(store(tmp_path).open().vectors) == 9
    assert not list(tmp_path.glob("kai-index-*"))  # so few were read into memory at once
    monkeypatch.setattr(part_module, "FEW", 0)
    index = served.open()
    assert len(index.vectors) == 9
    (copy,) = tmp_path.glob("kai-index-*")
    index.close()
    assert not copy.exists()


def test_an_empty_library_builds_an_empty_index(tmp_path):
    served = store(tmp_path)
    served.build([])
    assert len(served.open()) == 0


def test_texts_with_odd_characters_survive(tmp_path):
    odd = article("odd", "제목 \u0000 \ud800", "줄\u2028바꿈 😀 \x85끝")
    served = store(tmp_path)
    served.build([odd])
    assert list(served.open().articles()) == [odd]


def test_many_threads_open_one_index(tmp_path):
    served = store(tmp_path)
    served.build(articles())
    seen: list[int] = []
    threads = [threading.Thread(target=lambda: seen.append(id(served.open()))) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(seen)) == 1


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    home = tmp_path_factory.mktemp("built")
    store(home).build(articles())
    return home


def _copied(built, home, file):
    """A copy of what was built; the folder of the generation or of its part that has ``file``."""
    shutil.copytree(built, home, dirs_exist_ok=True)
    (name,) = _folders(home)
    generation = home / "index" / name
    return generation if file in ("manifest.json", "runs.npy") else part_folder(generation, name)


def _anew(home):
    """Build with nothing but the cache to take from."""
    shutil.rmtree(home / "index")
    return store(home).build(articles())


def _folders(home):
    folders = [path.name for path in (home / "index").iterdir() if path.is_dir()]
    return [name for name in folders if name != PARTS]


def _take_a_vector_out(chroma):
    vectors = Vectors(chroma)
    vectors.delete(["zoo:0"])
    vectors.close()


def _moved(passage):
    return replace(passage, start=passage.start + 1, end=passage.end + 1)


def test_forgetting_leaves_no_memory_of_the_process_beside_the_vectors(tmp_path):
    served = store(tmp_path)
    served.build(articles())
    served.build(articles()[:2], carry=False)
    served.forget({"zoo"})
    assert len(served.generations()) == 1
    for path in (tmp_path / "index").rglob("*.bin"):
        if path.name in ("data_level0.bin", "length.bin"):
            assert not any(path.read_bytes())
    assert len(served.open().vectors.nearest(np.ones(256, dtype=np.float32), 9)) == 6
