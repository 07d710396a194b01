"""Every figure of a run, worked out by hand over four or five answers."""

from dataclasses import replace

import pytest
from eval_cases import LINES, TEXT, cite, item, quoted, refused, run_of

from assistant.answer import Status
from assistant.evaluation.intervals import Estimate
from assistant.evaluation.metrics import fact_recall, risk_coverage
from assistant.evaluation.questions import EvidenceSpan
from assistant.evaluation.ranking import _assert_monotone
from assistant.evaluation.runs import Found, Reply, Trace
from assistant.evaluation.score import Loss
from assistant.evaluation.summary import evaluate, to_dict

COST = item("cost", must=(("35억",),))
WHEN = item("when", must=(("3월 2일",),))
MAYOR = item("mayor", False)
RIGHT = {"cost": quoted("?", LINES[1]), "when": quoted("?", LINES[2]), "mayor": refused("?")}


def sure(answer, confidence):
    return replace(answer, confidence=confidence)


def figures(items, answers, **more):
    return evaluate(run_of(items, answers, **more)).figures


def span_of(line):
    start = TEXT.index(line)
    return Found("bus", start, start + len(line), 1.0)


def test_net_score_by_hand():
    asked = [COST, WHEN, MAYOR, item("depot", False)]
    given = {**RIGHT, "when": refused("?"), "depot": quoted("?", LINES[3])}
    # right +1, wrongly refused 0, rightly refused +1, invented −1
    assert figures(asked, given)["net_score"].value == 1 / 4


def test_auroc_takes_the_confidence_of_the_answers():
    other = item("depot", False)
    given = {
        "cost": sure(RIGHT["cost"], 0.9),
        "when": sure(refused("?"), 0.2),
        "mayor": sure(refused("?"), 0.0),
        "depot": sure(quoted("?", LINES[3]), 0.5),
    }
    # (0.9, 0.0) (0.9, 0.5) (0.2, 0.0) won, (0.2, 0.5) lost; a confidence of 0 counts too
    assert figures([COST, WHEN, MAYOR, other], given)["auroc"].value == 3 / 4


def test_risk_grows_as_less_sure_answers_are_let_in():
    third = item("third", must=(("36억",),))
    given = {
        "cost": sure(RIGHT["cost"], 0.9),
        "when": sure(quoted("?", LINES[3]), 0.4),  # wrong
        "third": sure(quoted("?", LINES[2]), 0.4),  # wrong
        "mayor": sure(refused("?"), 0.95),  # refused: no risk, no coverage
    }
    result = evaluate(run_of([COST, WHEN, third, MAYOR], given))
    assert risk_coverage(result.scores) == [(1 / 4, 0.0), (3 / 4, pytest.approx(2 / 3))]


def test_without_confidences_there_is_no_figure_about_them():
    result = evaluate(run_of([COST, MAYOR], RIGHT))
    assert "auroc" not in result.figures
    assert to_dict(result)["risk_coverage"] == []


def test_consistency_is_told_for_each_kind_of_twin():
    asked = [
        COST,
        item("said otherwise", must=COST.must, twin_of="cost", category="paraphrase"),
        item("mistyped", must=COST.must, twin_of="cost", category="typo"),
        replace(item("translated", must=COST.must, twin_of="cost"), lang="en"),
        item("lonely", must=COST.must, twin_of="not in this sample"),
    ]
    given = {each.id: RIGHT["cost"] for each in asked} | {"mistyped": refused("?")}
    found = figures(asked, given)
    assert found["consistency"].value == 0  # one group of four, in which one differs
    assert found["consistency"].n == 1
    kinds = ("paraphrase", "typo", "translation")
    assert [found[f"consistency_{kind}"].value for kind in kinds] == [1, 0, 1]


def test_determinism_compares_all_but_the_timings():
    again = {
        ("cost", "again"): Reply("cost", replace(RIGHT["cost"], timings_ms={"total": 9.0})),
        ("when", "again"): Reply("when", quoted("?", LINES[2], LINES[1])),
    }
    assert figures([COST, WHEN], RIGHT, probes=again)["determinism"].value == 0.5


def test_latency_is_that_of_the_questions():
    traces = {name: Trace(ms) for name, ms in (("cost", 10.0), ("when", 20.0), ("mayor", 90.0))}
    found = figures([COST, WHEN, MAYOR], RIGHT, traces=traces)
    assert found["latency_ms_p50"].value == 20
    assert found["latency_ms_p95"].value == pytest.approx(83)  # 20 + 0.9 · 70


def test_a_follow_up_is_scored_with_and_without_its_history():
    first, then = item("d#1", must=COST.must), item("d#2", must=WHEN.must, turn=2)
    given = {"d#1": RIGHT["cost"], "d#2": RIGHT["when"]}
    alone = {("d#2", "alone"): Reply("d#2", refused("?"))}
    found = figures([first, then], given, probes=alone)
    assert (found["follow_up"].value, found["follow_up"].n) == (1, 1)
    assert found["follow_up_without_history"].value == 0


def test_an_answer_as_of_another_day_is_counted():
    asked = [replace(COST, as_of="2026-03-01"), replace(WHEN, as_of="2026-03-01")]
    given = {**RIGHT, "cost": replace(RIGHT["cost"], as_of="2026-03-01")}
    assert figures(asked, given)["as_of_right"].value == 0.5


def test_recall_counts_the_questions_whose_facts_are_reached():
    traces = {
        "cost": Trace(found=(span_of(LINES[2]), span_of(LINES[1]))),
        "when": Trace(found=(span_of(LINES[1]), span_of(LINES[3]))),
    }
    result = evaluate(run_of([COST, WHEN], RIGHT, traces=traces))
    assert [each.value for each in fact_recall(result.scores, result.run, 2)] == [0, 0.5]


def test_evidence_in_an_article_that_was_not_asked_is_no_miss():
    elsewhere = (EvidenceSpan(start=0, end=5, revision="the text of another report"),)
    total = item("sum", must=(("47억",),), evidence=elsewhere)  # computed: stands nowhere
    traces = {"sum": Trace(found=(span_of(LINES[2]),)), "cost": Trace(found=(span_of(LINES[1]),))}
    result = evaluate(run_of([total, COST], {**RIGHT, "sum": refused("?")}, traces=traces))
    assert [(each.value, each.n) for each in fact_recall(result.scores, result.run, 1)] == [(1, 1)]
    assert result.scores[0].loss is Loss.NOT_USED
    here = replace(total, evidence=(EvidenceSpan(quote=LINES[1]),))
    result = evaluate(run_of([here], {"sum": refused("?")}, traces=traces))
    assert fact_recall(result.scores, result.run, 1)[0].value == 0
    assert result.scores[0].loss is Loss.NOT_FOUND


def test_a_turn_that_only_leads_to_the_next_counts_in_no_figure_but_must_be_sound():
    lead = replace(item("d#1"), scored=False)
    bent = replace(cite(1, LINES[1]), quote="35억 달러")
    result = evaluate(
        run_of([lead, WHEN], {**RIGHT, "d#1": replace(RIGHT["cost"], citations=(bent,))})
    )
    assert result.figures["correct"].n == 1
    assert any(line.startswith("d#1: span not exact") for line in result.unfit)


def test_a_correction_is_a_false_premise_told():
    asked = [item("depot", None, must_any=(("제외",),)), item("other", None, must_any=(("제외",),))]
    given = {
        "depot": quoted("?", LINES[3], status=Status.CORRECTED),
        "other": quoted("?", LINES[3]),
    }
    assert figures(asked, given)["false_premise"].value == 0.5


def test_ranking_figures_that_contradict_each_other_are_refused():
    made = {
        name: Estimate(value, 0, 1, 9)
        for name, value in (
            ("recall_at_1", 0.5),
            ("mrr_at_10", 0.8),
            ("ndcg_at_10", 0.7),
            ("recall_at_10", 0.9),
        )
    }
    with pytest.raises(AssertionError, match="mrr_at_10 ≤ ndcg_at_10"):
        _assert_monotone(made)
