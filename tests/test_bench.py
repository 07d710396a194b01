"""The benches measure what they say: places, slips, perturbed copies."""

from __future__ import annotations

import json

import numpy as np
import pytest
from fakes import BigramEmbedder
from hypothesis import given
from hypothesis import strategies as st

from vectorstore.bench.growth import Perturbed, build, grown, open_store
from vectorstore.bench.legs import keyword_legs, ranks, reciprocal
from vectorstore.bench.questions import QuestionSet, places, table_row
from vectorstore.bench.served import Remembered, best_of, folded, pools, serve
from vectorstore.bench.spoiled import mistyped, unspaced

PASSAGES = [
    {"id": "a", "title": "등대", "text": "등대가 밤마다 열두 번 깜빡인다."},
    {"id": "b", "title": "시장", "text": "생선은 새벽 네 시에 경매에 나온다."},
    {"id": "c", "title": "시장", "text": "생선은 새벽 네 시에 경매에 나온다."},
    {"id": "d", "title": "다리", "text": "다리 공사비는 1,240억 원이 들었다."},
]
QUESTIONS = [
    {"question": "등대는 몇 번 깜빡이나", "passage_id": "a"},
    {"question": "생선 경매는 몇 시인가", "passage_id": "c"},
]


@pytest.fixture
def folder(tmp_path):
    for name, rows in (("passages", PASSAGES), ("questions", QUESTIONS)):
        lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
        (tmp_path / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    return tmp_path


def test_a_passage_of_the_same_text_is_right_too(folder):
    asked = QuestionSet.read(folder)
    assert [right.tolist() for right in asked.right] == [[1, 0, 0, 0], [0, 1, 1, 0]]
    assert asked.groups == [0, 1]
    assert asked.titled[0] == "등대가 밤마다 열두 번 깜빡인다."
    assert asked.titled[1].startswith("시장\n")


def test_places_and_the_row_of_the_table(folder):
    asked = QuestionSet.read(folder)
    found = places(asked, [[3, 0], [3]])
    assert found == [1.0, float("inf")]
    assert table_row("x", found) == "| x | 0.000 | 0.500 | 0.500 | 0.250 | 0.000 |"


def test_the_legs_find_the_words(folder):
    asked = QuestionSet.read(folder)
    legs = dict(keyword_legs(asked))
    assert ranks(asked, legs["BM25, Kiwi morphemes"]) == [0.0, 0.0]
    both = reciprocal(10, *legs.values())
    assert both.shape == (2, 4)


def test_reciprocal_ranks_of_one_ranking_keep_it():
    scores = np.array([[3.0, 1.0, 2.0]])
    assert np.argsort(-reciprocal(60, scores)).tolist() == [[0, 2, 1]]


@given(st.lists(st.sampled_from(["등대는 몇 번 깜빡이나", "생선 경매는 어디서", "AI GPU", ""])))
def test_a_slip_touches_one_word_and_is_the_same_every_time(questions):
    spoiled = mistyped(questions)
    assert spoiled == mistyped(questions)
    for before, after in zip(questions, spoiled, strict=True):
        pairs = list(zip(before.split(), after.split(), strict=True))
        long = any(len(word) >= 3 and "가" <= word[0] <= "힣" for word in before.split())
        assert sum(one != two for one, two in pairs) <= (1 if long else 0)


def test_without_spaces():
    assert unspaced(["등대는 몇 번"]) == ["등대는몇번"]


@pytest.mark.slow
def test_the_set_is_searched_as_it_is_served(folder, tmp_path):
    asked = QuestionSet.read(folder)
    embedder = Remembered(BigramEmbedder(), tmp_path / "cache")
    store = serve(asked, embedder, tmp_path)
    assert places(asked, best_of(store, asked.questions)) == [0.0, 0.0]
    assert [pool.right.sum() for _, pool in pools(asked, store)] == [1, 2]
    generations = store.generations()
    assert serve(asked, embedder, tmp_path).generations() == generations


@pytest.mark.slow
def test_copies_stand_near_their_originals(folder, tmp_path):
    asked = QuestionSet.read(folder)
    perturbed = Perturbed(BigramEmbedder(), asked.titled, tmp_path / "cache")
    real, copy = perturbed.embed_passages([asked.titled[1], f"{asked.titled[1]} (copy 3)"])
    assert 0.9 < float(real @ copy) < 0.999
    store = open_store(asked, BigramEmbedder(), tmp_path, 7)
    build(store, grown(asked, 7))
    assert len(store.open()) == 7
    assert store.open().keywords.holds("1", np.arange(7)).tolist() == [False] * 4 + [True] * 3


def test_near_duplicates_are_folded_into_the_better_one():
    texts = ["등대가 밤마다 열두 번 깜빡인다", "생선 경매", "등대가 밤마다 열두 번 깜빡인다."]
    assert folded([2, 1, 0], texts) == [2, 1]
    assert folded([], texts) == []
