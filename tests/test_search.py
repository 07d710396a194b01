"""A question in, evidence out: both legs, one ranking, the same for every spelling."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from fakes import BigramEmbedder
from hypothesis import given
from hypothesis import strategies as st
from indexing import article, articles, store

from vectorstore.fitting import Pool, rank_of, ranks_in_folds
from vectorstore.fusion import Found, fuse
from vectorstore.index import NoIndex
from vectorstore.search import Searcher

founds = st.lists(
    st.builds(
        Found,
        row=st.integers(0, 99),
        dense=st.floats(-1, 1),
        keyword=st.floats(0, 40),
    ),
    unique_by=lambda found: found.row,
    max_size=12,
)


@given(founds)
def test_fusing_keeps_every_candidate_once(candidates):
    fused = [found for found, _ in fuse(candidates)]
    assert sorted(fused, key=hash) == sorted(candidates, key=hash)


@given(founds)
def test_fusing_without_keywords_keeps_the_dense_ranking(candidates):
    alone = [Found(found.row, found.dense, 0.0) for found in candidates]
    order = sorted(alone, key=lambda found: (-found.dense, found.row))
    assert [found for found, _ in fuse(alone)] == order


@given(founds)
def test_fused_scores_fall(candidates):
    scores = [score for _, score in fuse(candidates)]
    assert scores == sorted(scores, reverse=True)


@pytest.fixture(scope="module")
def searcher(tmp_path_factory) -> Searcher:
    served = store(tmp_path_factory.mktemp("home"))
    served.build(articles())
    return Searcher(served)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("query", "start"),
    [
        ("카페는 몇 시에 문을 여나요?", "해오름 카페는"),
        ("다리 공사비", "공사비는"),
        ("1240억", "공사비는"),
        ("북극곰이 몇 마리 왔어?", "북극곰 두 마리"),
    ],
)
def test_the_passage_that_says_it_comes_first(searcher, query, start):
    best, *_ = searcher.search(query)
    assert best.passage.text.startswith(start)
    assert best.article.text[best.passage.start : best.passage.end] == best.passage.text


@pytest.mark.slow
@pytest.mark.parametrize("query", ["", "   ", "\u0000\u200b"])
def test_a_blank_query_finds_nothing(searcher, query):
    assert searcher.search(query) == []


@pytest.mark.slow
@pytest.mark.parametrize("query", ["😀😀", "?" * 10_000, "\ufdfa" * 50, "\ud800", "'; DROP TABLE"])
def test_an_odd_query_finds_something_or_nothing_but_does_not_fail(searcher, query):
    assert len(searcher.search(query, k=3)) <= 3


@pytest.mark.slow
def test_k_cuts_and_scores_fall(searcher):
    found = searcher.search("동물원 북극곰", k=4)
    assert len(found) == 4
    assert [e.score for e in found] == sorted((e.score for e in found), reverse=True)
    assert searcher.search("동물원", k=0) == []


@pytest.mark.slow
def test_another_wording_can_only_add(searcher):
    alone = searcher.search("새로 온 짐승", k=9)
    helped = searcher.search("새로 온 짐승", k=9, extra_queries=["북극곰 동물원"])
    scores = {e.passage.id: e.score for e in alone}
    assert all(e.score >= scores[e.passage.id] for e in helped)
    assert helped[0].passage.article_id == "zoo"


@pytest.mark.slow
def test_sixteen_threads_find_what_one_finds(searcher):
    queries = ["카페 문", "다리 공사비", "북극곰", "사육사 물고기"] * 4
    alone = [searcher.search(query) for query in queries]
    found: dict[int, object] = {}

    def ask(number: int) -> None:
        found[number] = searcher.search(queries[number])

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(len(queries))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [found[number] for number in range(len(queries))] == alone


@pytest.mark.slow
def test_the_next_question_sees_the_new_generation(tmp_path):
    writer, reader = store(tmp_path), Searcher(store(tmp_path))
    with pytest.raises(NoIndex):
        reader.search("등대")
    writer.build(articles())
    assert reader.search("등대 깜빡임", k=1)[0].article.id != "sea"
    writer.build([*articles(), article("sea", "바다 소식", "등대가 밤마다 열두 번 깜빡인다.")])
    assert reader.search("등대 깜빡임", k=1)[0].article.id == "sea"
    writer.rollback(writer.generations()[0])
    assert reader.search("등대 깜빡임", k=1)[0].article.id != "sea"


@pytest.mark.slow
def test_as_a_langchain_retriever(searcher):
    from vectorstore.retriever import PassageRetriever

    documents = PassageRetriever(searcher=searcher, k=2).invoke("다리 공사비")
    assert len(documents) == 2
    best = documents[0]
    assert best.metadata["title"] == "새 다리 개통"
    assert best.metadata["published"] == "2025-08-04"
    bridge = next(each for each in articles() if each.id == "bridge")
    assert bridge.text[best.metadata["start"] : best.metadata["end"]] == best.page_content
    assert best.metadata["revision"] == bridge.sha256


@pytest.mark.slow
def test_an_empty_index_finds_nothing(tmp_path):
    served = store(tmp_path, BigramEmbedder())
    served.build([])
    assert Searcher(served).search("카페") == []


def test_fitting_finds_the_feature_that_tells_right_from_wrong():
    rng = np.random.default_rng(1)
    pools = []
    for _ in range(60):
        right = np.arange(8) == rng.integers(8)
        pools.append(Pool(np.column_stack([rng.normal(size=8), right * 2.0]), right))
    ranks = ranks_in_folds(pools, list(range(60)))
    assert (ranks == 0).mean() > 0.9
    noise = [Pool(pool.features[:, :1], pool.right) for pool in pools]
    assert (ranks_in_folds(noise, list(range(60))) == 0).mean() < 0.4


def test_a_question_without_its_passage_ranks_nowhere():
    assert rank_of(np.array([1.0, 0.5]), np.array([False, False])) == float("inf")
    assert rank_of(np.array([1.0, 0.5]), np.array([False, True])) == 1
