"""Content terms in one written form, and BM25 over them."""

from __future__ import annotations

import math
import unicodedata

import numpy as np
import pytest

from vectorstore.keyword import K1, B, KeywordIndex, KeywordWriter, content_terms
from vectorstore.postings import Postings
from vectorstore.terms import bigrams, canonical, each_content_terms

DOCUMENTS = (["강", "다리", "다리"], ["강", "바다"], ["산", "나무", "나무", "길"])


def index_of(documents) -> KeywordIndex:
    writer = KeywordWriter()
    for document in documents:
        writer.add(document)
    return writer.finish()


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("ＫＡＩ　２３７８억", "kai 2378억"),
        (unicodedata.normalize("NFD", "다리 공사"), "다리 공사"),
        ("1,240억 원", "1240억 원"),
        ("12,34", "12,34"),
        ("3.0%와 3.05%", "3%와 3.05%"),
        ("Straße\u200b\u0000끝", "strasse 끝"),
        ("\ud800", "?"),
    ],
    ids=["width", "decomposed", "thousands", "not-thousands", "zeros", "controls", "surrogate"],
)
def test_canonical(text, form):
    assert canonical(text) == form
    assert canonical(form) == form


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("다리가 열린다", ["다리", "열리"]),
        ("다리는 언제 열리나요?", ["다리", "열리"]),
        ("공사비는 1,240억 원이다", ["공사비", "1240", "억", "원"]),
        ("AI 연구소의 GPU", ["ai", "연구소", "gpu"]),
        ("", []),
        ("!!! ...", []),
    ],
    ids=["statement", "question", "number", "latin", "empty", "signs"],
)
def test_content_terms(text, terms):
    assert content_terms(text) == terms


def test_terms_of_many_are_the_terms_of_each():
    texts = ["새 다리가 열린다", "", "북극곰 두 마리"]
    assert list(each_content_terms(texts)) == [content_terms(text) for text in texts]


def test_a_caller_cannot_spoil_the_cache():
    content_terms("다리 공사").clear()
    assert content_terms("다리 공사") == ["다리", "공사"]


def test_bigrams_stay_inside_words():
    assert bigrams("새 다리공사") == ["새", "다리", "리공", "공사"]


def test_scores_are_bm25():
    scores = index_of(DOCUMENTS).scores({"다리": 1.0, "강": 1.0})

    def part(found: int, often: int, length: int) -> float:
        idf = math.log1p((3 - found + 0.5) / (found + 0.5))
        return idf * often * (K1 + 1) / (often + K1 * (1 - B + B * length / 3))

    expected = [part(1, 2, 3) + part(2, 1, 3), part(2, 1, 2), 0.0]
    np.testing.assert_allclose(scores, expected, rtol=1e-6)


def test_best_is_ordered_and_leaves_out_what_shares_nothing():
    assert [row for row, _ in index_of(DOCUMENTS).best({"강": 1.0, "바다": 1.0}, 5)] == [1, 0]
    assert index_of(DOCUMENTS).best({"눈": 1.0}, 5) == []
    assert index_of([]).best({"강": 1.0}, 5) == []


def test_a_rarer_term_is_worth_more():
    index = index_of(DOCUMENTS)
    assert index.rarity("눈") > index.rarity("바다") > index.rarity("강")


@pytest.mark.parametrize("documents", [DOCUMENTS, [], [[]]], ids=["some", "none", "blank"])
def test_saved_and_loaded_it_scores_the_same(tmp_path, documents):
    index = index_of(documents)
    index.parts[0].save(tmp_path / "keyword")
    loaded = KeywordIndex([Postings.load(tmp_path / "keyword")])
    query = {"강": 1.0, "나무": 0.5}
    np.testing.assert_array_equal(loaded.scores(query), index.scores(query))
    assert loaded.vocabulary == index.vocabulary


def test_a_vocabulary_of_another_index_is_refused(tmp_path):
    index_of(DOCUMENTS).parts[0].save(tmp_path / "keyword")
    (tmp_path / "keyword" / "terms.txt").write_text("하나")
    with pytest.raises(ValueError, match="1 terms, 6 posting lists"):
        Postings.load(tmp_path / "keyword")
