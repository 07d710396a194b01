"""The vectors of sentences: small, carried over, checked, erased, and heard in the ranking."""

from __future__ import annotations

import shutil

import numpy as np
import pytest
from fakes import BigramEmbedder
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from indexing import article, split_whole

from vectorstore import fusion, plan, sentence_writing
from vectorstore.cache import EmbeddingCache, text_key
from vectorstore.context import sentence_texts
from vectorstore.fusion import Found, fuse
from vectorstore.index import IndexStore, IndexUnreadable, VerificationError
from vectorstore.search import Searcher
from vectorstore.sentences import SentenceVectors, cosines, shrunk

SHELF = (
    article("sea", "항구", "등대는 밤마다 열두 번 깜빡인다.\n어부는 그물을 고친다.\n배가 떠난다."),
    article("inn", "여관", "방은 스무 개다."),
    article("shop", "가게", "생선은 새벽에 들어온다.\n문은 아홉 시에 연다."),
)


def store(home, embedder: BigramEmbedder | None = None) -> IndexStore:
    return IndexStore(home, embedder or BigramEmbedder(), split=split_whole, splitter="whole")


def unit(count: int, dimension: int = 384, seed: int = 0) -> np.ndarray:
    vectors = np.random.default_rng(seed).standard_normal((count, dimension)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_eight_bits_keep_the_cosine():
    vectors, question = unit(200), unit(1, seed=1)[0]
    small = shrunk(vectors)
    (found,) = cosines(question, [small])
    assert np.abs(np.array(found) - vectors @ question).max() < 0.002
    assert cosines(vectors[7], [small])[0][7] == pytest.approx(1, abs=0.001)


@given(arrays(np.float32, (3, 4), elements=st.floats(-1, 1, width=32)))
def test_any_vector_fits_in_eight_bits(vectors):
    small = shrunk(vectors)
    assert small.dtype == np.int8
    assert (np.sign(small) * np.sign(vectors) >= 0).all()
    assert cosines(np.zeros(4, np.float32), [small]) == [(0.0, 0.0, 0.0)]


@pytest.mark.parametrize("counts", [[], [0], [2], [0, 3, 0, 1, 0]], ids=str)
def test_a_table_comes_back_as_it_was_saved(tmp_path, counts):
    parts = [shrunk(unit(count, 8, seed)) for seed, count in enumerate(counts)]
    folder = tmp_path / "sentences"
    SentenceVectors.of(parts, 8).save(folder)
    table = SentenceVectors.load(folder)
    assert len(table) == len(counts)
    assert all(np.array_equal(table[row], part) for row, part in enumerate(parts))
    question = unit(1, 8)[0]
    assert list(map(len, cosines(question, list(table)))) == counts


def test_the_best_sentence_moves_a_passage_up():
    about = Found(0, 0.83, 0.0, sentences=(0.84, 0.80))
    says = Found(1, 0.82, 0.0, sentences=(0.70, 0.93))
    unknown = Found(2, 0.83, 0.0)
    assert [found.row for found, _ in fuse([about, says])] == [1, 0]
    assert unknown.best_sentence == unknown.dense


@pytest.mark.slow
def test_a_sentence_decides_between_two_passages(tmp_path, monkeypatch):
    says = "등대 불빛은 빨갛다.\n어부는 새벽마다 그물을 고치고 배는 생선을 싣고 멀리 떠난다."
    about = "등대 옆 불빛은 멀다.\n창은 빨갛다."
    served = store(tmp_path)
    served.build([article("says", "가", says), article("about", "나", about)])

    def first_two() -> list[str]:
        return [each.article.id for each in Searcher(served).search("등대 불빛은 빨갛다", k=2)]

    assert first_two() == ["says", "about"]
    of_sentences = ["sentence" in name or name == "near" for name in fusion.FEATURES]
    monkeypatch.setattr(fusion, "WEIGHTS", np.where(of_sentences, 0.0, fusion.WEIGHTS))
    assert first_two() == ["about", "says"]


@pytest.mark.slow
def test_evidence_says_how_near_each_sentence_is(tmp_path):
    served = store(tmp_path)
    served.build(SHELF)
    found = Searcher(served).search("어부는 그물을 고친다")
    assert all(len(each.sentences) == len(each.passage.sentences) for each in found)
    assert found[0].sentences.index(max(found[0].sentences)) == 1
    alone = next(each for each in found if len(each.passage.sentences) == 1)
    assert alone.sentences == (alone.dense,)


@pytest.mark.slow
def test_sentences_are_compared_with_any_question(tmp_path):
    served = store(tmp_path)
    served.build(SHELF)
    searcher = Searcher(served)
    found = searcher.search("생선은 새벽에 들어온다")
    ids = [each.passage.id for each in found]
    told = searcher.sentence_cosines("생선은 새벽에 들어온다", ids, served.open())
    for own, each in zip(told, found, strict=True):
        assert own == pytest.approx(each.sentences, abs=1e-6)
    other, none = searcher.sentence_cosines("방은 스무 개다", [ids[0], "gone"], served.open())
    assert max(other) < max(told[0])
    assert none == ()


@pytest.mark.slow
def test_a_document_keeps_the_cosines_of_the_sentences(tmp_path):
    from vectorstore.retriever import to_document, to_evidence

    served = store(tmp_path)
    served.build(SHELF)
    for each in Searcher(served).search("등대"):
        assert to_evidence(to_document(each), served.open()) == each


@pytest.mark.slow
def test_only_new_sentences_are_embedded_and_the_others_stay(tmp_path):
    embedder = BigramEmbedder()
    served = store(tmp_path, embedder)
    served.build(SHELF)
    assert sum("등대는" in text for text in embedder.embedded) == 2  # the passage, its sentence
    before = served.open().sentences
    embedder.embedded.clear()
    new = article("sky", "하늘", "구름이 낮다.\n바람이 분다.")
    served.build([new, *SHELF])
    assert len(embedder.embedded) == 2 + 2
    after = served.open().sentences
    assert list(map(len, after)) == [0, 2, *map(len, before)]
    assert all(np.array_equal(after[row + 2], before[row]) for row in range(len(before)))


@pytest.mark.slow
def test_parts_made_one_take_their_sentences_along(tmp_path, monkeypatch):
    embedder = BigramEmbedder()
    served = store(tmp_path, embedder)
    served.build(SHELF[:2])
    served.build([SHELF[2], *SHELF[:2]])
    before = served.open().sentences
    shutil.rmtree(tmp_path / "cache")
    embedder.embedded.clear()
    monkeypatch.setattr(plan, "WORN", -1)
    served.build([SHELF[2], *SHELF[:2]])
    assert embedder.embedded == []
    assert len(served.open().parts) == 1
    assert all(map(np.array_equal, served.open().sentences, before))


@pytest.mark.slow
def test_a_rebuild_takes_the_sentences_from_the_cache(tmp_path):
    store(tmp_path).build(SHELF)
    embedder = BigramEmbedder()
    again = store(tmp_path, embedder)
    again.build(SHELF, carry=False)
    assert embedder.embedded == []
    assert again.open().sentences[1].shape == (3, 256)


@pytest.mark.slow
@pytest.mark.parametrize("rows", ["new", "carried"])
def test_sentences_that_are_not_those_written_are_found(tmp_path, monkeypatch, rows):
    served = store(tmp_path)
    first = served.build(SHELF).generation
    save = SentenceVectors.save

    def turned(table: SentenceVectors, folder) -> None:
        save(SentenceVectors(table.starts, np.roll(table.vectors, 1, axis=0)), folder)

    monkeypatch.setattr(plan, "WORN", -1)  # all is made one part again
    monkeypatch.setattr(sentence_writing.SentenceVectors, "save", turned)
    with pytest.raises(VerificationError, match="the sentences of passage"):
        served.build(SHELF[::-1], carry=rows == "carried")
    assert served.open().name == first


@pytest.mark.slow
@pytest.mark.parametrize("file", ["starts.npy", "vectors.npy"])
@pytest.mark.parametrize("damage", [None, b"", b"\0garbage"], ids=["gone", "empty", "garbage"])
def test_damaged_sentences_are_unreadable(tmp_path, file, damage):
    name = store(tmp_path).build(SHELF).generation
    path = tmp_path / "index" / "parts" / name / "sentences" / file
    path.unlink() if damage is None else path.write_bytes(damage)
    with pytest.raises(IndexUnreadable, match="rebuild: kai ingest"):
        store(tmp_path).open()


@pytest.mark.slow
def test_forgetting_erases_the_sentences_of_an_article(tmp_path):
    served = store(tmp_path)
    served.build(SHELF)
    (gone, *_), (kept, *_) = (sentence_texts(each, split_whole(each)[1]) for each in SHELF[::2])
    served.build(SHELF[1:], carry=False)
    served.forget({"sea"})
    cached = b"".join(path.read_bytes() for path in (tmp_path / "cache").iterdir())
    assert bytes.fromhex(text_key("bigram", gone)) not in cached
    assert bytes.fromhex(text_key("bigram", kept)) in cached


def test_the_cache_keeps_sentences_apart_and_small(tmp_path):
    embedder = BigramEmbedder()
    cache = EmbeddingCache(tmp_path, embedder)
    vectors, _ = cache.embed(["등대 밤"])
    small, fresh = cache.embed_small(["등대 밤", "배", "등대 밤"])
    assert fresh == 2
    assert np.array_equal(small[:1], shrunk(vectors))
    again, fresh = EmbeddingCache(tmp_path, embedder).embed_small(["배", "등대 밤"])
    assert fresh == 0
    assert np.array_equal(again, small[[1, 0]])
