"""What the words of a question and a candidate say to each other, as shares."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vectorstore.context import Searched
from vectorstore.fusion import fuse
from vectorstore.keyword import KeywordIndex, KeywordWriter
from vectorstore.sentences import SentenceVectors
from vectorstore.signals import described, near_shares, pair_shares, term_shares, title_shares

TEXTS = ["등대 밤 등대", "시장 생선 밤", "시장 새벽", "다리 공사비 밤"]


@dataclass(frozen=True, slots=True)
class SmallIndex:
    """The part of an open index that the signals ask."""

    texts: list[str]
    keywords: KeywordIndex

    @property
    def sentences(self) -> SentenceVectors:
        return SentenceVectors.of([np.empty((0, 2), np.int8) for _ in self.texts], 2)

    def searched(self, row: int) -> Searched:
        text = self.texts[row]
        return Searched(text, "", tuple(text.split()[:1]), (text,))


def small(texts: list[str]) -> SmallIndex:
    writer = KeywordWriter()
    for text in texts:
        writer.add(text.split())
    return SmallIndex(texts, writer.finish())


INDEX = small(TEXTS)
ROWS = np.arange(len(TEXTS))
QUERY = np.array([1.0, 0.0], dtype=np.float32)


def test_a_rare_term_is_a_larger_share_than_a_common_one():
    shares = term_shares(INDEX, ["등대", "밤"], ROWS)
    assert shares[0] == pytest.approx(1.0)
    assert 0 < shares[1] == shares[3] < 0.5
    assert shares[2] == 0


def test_a_term_that_no_passage_holds_counts_against_all():
    with_it = term_shares(INDEX, ["등대", "북극"], ROWS)
    assert with_it[0] < term_shares(INDEX, ["등대"], ROWS)[0] == pytest.approx(1.0)


@given(st.lists(st.sampled_from(["등대", "밤", "시장", "새벽", "북극"]), unique=True))
def test_shares_agree_with_the_texts(terms):
    shares = term_shares(INDEX, terms, ROWS)
    for share, text in zip(shares, TEXTS, strict=True):
        held = set(terms) & set(text.split())
        assert (share > 0) == bool(held)
        assert (share == pytest.approx(1.0)) == (bool(terms) and held == set(terms))


def test_a_title_wholly_named_is_a_full_share():
    titles = [["등대"], ["시장", "생선"], []]
    shares = title_shares(INDEX, dict.fromkeys(["등대", "시장"]), titles)
    assert shares[0] == pytest.approx(1.0)
    assert 0 < shares[1] < 1
    assert shares[2] == 0


def test_the_nearest_sentence_is_read_letter_by_letter():
    shares = near_shares(INDEX, ["등대", "시장"], ["등대가 시장에", "등대는", "다리"])
    assert shares[0] == pytest.approx(1.0)
    assert 0 < shares[1] < 1
    assert shares[2] == 0


def test_terms_count_in_the_sentence_that_is_nearest_to_the_question():
    vectors = np.array([[127, 0], [0, 127]], dtype=np.int8)
    both = Searched("등대 밤\n시장", "", (), ("등대 밤", "시장"))

    class TwoSentences(SmallIndex):
        sentences = SentenceVectors.of([vectors], 2)

        def searched(self, row: int) -> Searched:
            return both

    index = TwoSentences(TEXTS[:1], INDEX.keywords)
    scores = INDEX.keywords.scores({})
    near, far = (
        described(index, term, QUERY, {0: 0.5}, scores, read=1)[0] for term in ("등대", "시장")
    )
    assert near.near == pytest.approx(1.0)
    assert far.near == 0
    assert near.best_sentence == pytest.approx(1.0)
    assert near.mean_sentence == pytest.approx(0.5)


def test_pairs_that_all_candidates_hold_weigh_least():
    shares = pair_shares("새벽 시장", ["시장 새벽", "시장 밤", "시장 낮"])
    assert shares[0] == pytest.approx(1.0)
    assert shares[1] == shares[2] < 0.5


@given(st.text(max_size=20), st.lists(st.text(max_size=20), max_size=5))
def test_pair_shares_lie_between_nothing_and_all(question, candidates):
    shares = pair_shares(question, candidates)
    assert len(shares) == len(candidates)
    assert all(0 <= share <= 1 + 1e-9 for share in shares)


def test_only_the_best_are_read():
    cosines = {0: 0.5, 1: 0.9, 2: 0.4, 3: 0.3}
    keyword = INDEX.keywords.scores({"등대": 1.0})
    found = described(INDEX, "등대 시장", QUERY, cosines, keyword, read=2)
    assert [each.row for each in found] == [0, 1, 2, 3]
    assert [each.pairs > 0 for each in found] == [True, True, False, False]
    assert found[0].keyword > 0 == found[1].keyword
    assert fuse(found)[0][0].row == 1


def test_no_candidates_give_nothing():
    assert described(INDEX, "등대", QUERY, {}, INDEX.keywords.scores({}), read=5) == []
