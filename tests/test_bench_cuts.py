"""Articles put together from passages and cut anew: what is a hit, and what overlaps."""

from __future__ import annotations

import numpy as np
import pytest
from fakes import BigramEmbedder

from vectorstore.bench.cuts import Cuttable, by_length, found_at
from vectorstore.bench.questions import QuestionSet

ASKED = QuestionSet(
    titles=["등대", "시장", "등대"],
    texts=[
        "등대가 밤마다 열두 번 깜빡인다.",
        "생선은 새벽에 팔린다. 값은 싸다.",
        "등대지기가 산다.",
    ],
    questions=["등대는 몇 번 깜빡이나", "생선은 언제 팔리나"],
    right=[np.array([True, False, False]), np.array([False, True, False])],
)


def test_an_article_is_all_passages_of_a_title():
    cuttable = Cuttable.sample(ASKED)
    texts = {article.title: article.text for article in cuttable.articles}
    assert texts["등대"] == "등대가 밤마다 열두 번 깜빡인다.\n등대지기가 산다."
    (span,) = cuttable.right[0]
    assert texts["등대"][span[1] : span[2]] == ASKED.texts[0]


def test_a_small_sample_keeps_the_questions_about_it():
    cuttable = Cuttable.sample(ASKED, count=1)
    assert len(cuttable.articles) == len(cuttable.questions) == 1


@pytest.mark.parametrize(
    ("size", "overlap", "expected"),
    [
        (1, 0, ["가나다라.", "마바사아.", "자차카타."]),
        (11, 0, ["가나다라. 마바사아.", "자차카타."]),
        (11, 5, ["가나다라. 마바사아.", "마바사아. 자차카타."]),
        (99, 0, ["가나다라. 마바사아. 자차카타."]),
    ],
)
def test_whole_sentences_up_to_a_length(size, overlap, expected):
    asked = QuestionSet(["가"], ["가나다라. 마바사아. 자차카타."], ["나"], [np.array([True])])
    (article,) = Cuttable.sample(asked).articles
    assert [passage.text for passage in by_length(article, size, overlap)] == expected


@pytest.mark.slow
def test_the_place_is_that_of_the_passage_that_holds_half_of_what_is_right(tmp_path):
    cuttable = Cuttable.sample(ASKED)

    def whole(article):
        return by_length(article, 999, 0)

    assert found_at(cuttable, whole, BigramEmbedder(), tmp_path, "whole") == [0.0, 0.0]
