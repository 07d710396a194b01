import math

import pytest

from assistant.evaluation.intervals import (
    auroc,
    balanced_accuracy,
    mcnemar,
    mean,
    paired,
    quantile,
    rate,
)
from assistant.evaluation.ranking import first_rank, ranking_metrics
from assistant.evaluation.reading import char_f1, exact_match, particle_free_match


def test_wilson_by_hand():
    # 8 of 10: (0.8 + 0.19207) / 1.38415 ± 1.96 · sqrt(0.016 + 0.0096) / 1.38415
    found = rate(8, 10)
    assert (found.low, found.high) == pytest.approx((0.4902, 0.9433), abs=1e-4)
    assert rate(0, 5).low == 0
    assert rate(5, 5).high == 1
    assert rate(0, 0) is None


def test_bootstrap_is_deterministic_and_covers_the_mean():
    values = [1.0, 0.0, -1.0, 1.0, 1.0, 0.0]
    one, two = mean(values), mean(values)
    assert one == two
    assert one.value == pytest.approx(1 / 3)
    assert one.low < 1 / 3 < one.high
    assert mean([]) is None


def test_median():
    assert quantile([3.0, 1.0, 2.0], 0.5).value == 2.0


def test_balanced_accuracy_by_hand():
    # 2 of 3 answerable kept, 1 of 2 others refused: (2/3 + 1/2) / 2
    found = balanced_accuracy([True, True, True, False, False], [True, True, False, True, False])
    assert found.value == pytest.approx(7 / 12)
    assert balanced_accuracy([True], [True]) is None


def test_auroc_by_hand():
    # pairs (0.9, 0.5) won, (0.9, 0.2) won, (0.5, 0.5) tied, (0.5, 0.2) won: 3.5 of 4
    assert auroc([True, True, False, False], [0.9, 0.5, 0.5, 0.2]).value == pytest.approx(0.875)


def test_mcnemar_by_hand():
    assert mcnemar(0, 0) == 1
    assert mcnemar(5, 0) == pytest.approx(2 / 32)
    assert mcnemar(3, 1) == pytest.approx(2 * 5 / 16)


def test_paired_change():
    found = paired([1, 1, 0, 0], [1, 0, 0, 0])
    assert (found.gained, found.lost, found.change.value) == (0, 1, -0.25)


def test_rank_of_the_first_right_article_counts_articles_once():
    assert first_rank(["a", "a", "b", "c"], frozenset({"b", "c"})) == 2
    assert first_rank(["a"], frozenset({"b"})) is None


def test_ranking_by_hand():
    found = ranking_metrics([1, 2, None, 11])
    assert found["recall_at_1"].value == 0.25
    assert found["recall_at_10"].value == 0.5
    assert found["mrr_at_10"].value == pytest.approx((1 + 0.5) / 4)
    assert found["ndcg_at_10"].value == pytest.approx((1 + 1 / math.log2(3)) / 4)


def test_korquad_metrics_by_hand():
    assert exact_match("《한강》", ["한강"])
    assert not exact_match("한강에서", ["한강"])
    assert particle_free_match("한강에서", ["한강"])
    # 4 characters against 2, both shared: precision 1/2, recall 1
    assert char_f1("한강에서", ["한강"]) == pytest.approx(2 / 3)
    assert char_f1("", ["한강"]) == 0
