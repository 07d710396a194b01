from dataclasses import replace

import pytest
from eval_cases import ARTICLE, LINES, TEXT, derived, item, quoted, refused, run_of

from assistant.answer import AnswerSentence, Status, Verdict
from assistant.evaluation.compare import Verdicts, compare, gate_failures
from assistant.evaluation.questions import EvidenceSpan
from assistant.evaluation.runs import Found, Reply, Trace
from assistant.evaluation.score import Loss, Outcome, score_item
from assistant.evaluation.summary import evaluate, to_dict, to_markdown

COST = item("cost", must=(("35억",),))
MAYOR = item("mayor", False)
DEPOT = item("depot", None, must_any=(("제외",),))


def scored(asked, answer, **more):
    return score_item(asked, Reply(asked.id, answer), run_of([asked], {}, **more))


def test_the_right_sentence_is_right_and_grounded():
    found = scored(COST, quoted("?", LINES[1]))
    assert (found.outcome, found.grounded, found.points) == (Outcome.RIGHT, True, 1)


@pytest.mark.parametrize(
    ("asked", "answer", "outcome"),
    [
        (COST, refused("?"), Outcome.MISSED),
        (COST, quoted("?", LINES[2]), Outcome.WRONG),
        (MAYOR, refused("?"), Outcome.REFUSED),
        (MAYOR, quoted("?", LINES[1]), Outcome.WRONG),
        (DEPOT, quoted("?", LINES[3], status=Status.CORRECTED), Outcome.RIGHT),
        (DEPOT, quoted("?", LINES[3]), Outcome.WRONG),
        (DEPOT, refused("?"), Outcome.REFUSED),
        (DEPOT, quoted("?", LINES[2], status=Status.CORRECTED), Outcome.WRONG),
        (replace(COST, must_not=("12개",)), quoted("?", LINES[1]), Outcome.WRONG),
    ],
)
def test_outcomes(asked, answer, outcome):
    assert scored(asked, answer).outcome is outcome


def test_a_marker_states_no_number():
    asked = item("one", must=(("1",),))
    assert not scored(asked, quoted("?", LINES[2])).correct


def test_a_shifted_span_is_never_grounded():
    answer = quoted("?", LINES[1])
    shifted = replace(answer.citations[0], start=answer.citations[0].start + 1)
    found = scored(COST, replace(answer, citations=(shifted,)))
    assert found.correct
    assert not found.grounded
    assert found.spans == (False,)


def test_a_fact_outside_the_cited_span_is_right_but_not_cited():
    answer = replace(
        quoted("?", LINES[2]),
        sentences=(AnswerSentence("35억 원이 든다.", (1,), Verdict.SUPPORTED),),
    )
    found = scored(COST, answer)
    assert (found.correct, found.grounded, found.loss) == (True, False, Loss.NOT_CITED)
    assert ("35억 원", False) in found.numbers


def test_a_checked_calculation_grounds_its_result():
    asked = item("sum", must=(("47",),))
    right = derived("?", "모두 47억 원이다.", "35억 원 + 12억 원 = 47억 원", LINES[1])
    assert not scored(asked, right).grounded  # 12억 stands nowhere
    sound = derived("?", "노선 하나에 7억 원이다.", "35억 원 - 28억 원 = 7억 원", LINES[1])
    assert not scored(item("x", must=(("7억",),)), sound).grounded
    double = derived("?", "합은 70억 원이다.", "35억 원 + 35억 원 = 70억 원", LINES[1])
    assert scored(item("y", must=(("70억",),)), double).grounded
    wrong = derived("?", "합은 71억 원이다.", "35억 원 + 35억 원 = 71억 원", LINES[1])
    assert not scored(item("z", must=(("71억",),)), wrong).grounded


def test_length_makes_wrong():
    assert not scored(COST, quoted("?", *LINES)).correct
    assert scored(replace(COST, category="list"), quoted("?", *LINES)).correct


def test_a_crash_is_wrong():
    found = score_item(COST, Reply("cost", None, "ValueError: x"), run_of([COST], {}))
    assert (found.outcome, found.loss) == (Outcome.WRONG, Loss.CRASHED)


def test_the_loss_funnel_follows_the_trace():
    first = TEXT.index(LINES[2])
    elsewhere = Trace(found=(Found("bus", first, first + len(LINES[2]), 1.0),))
    there = Trace(found=(Found("bus", 0, len(TEXT), 1.0),))
    assert scored(COST, refused("?"), traces={"cost": elsewhere}).loss is Loss.NOT_FOUND
    assert scored(COST, refused("?"), traces={"cost": there}).loss is Loss.NOT_USED


def test_citation_precision_and_recall():
    entries = (EvidenceSpan(quote=LINES[1]), EvidenceSpan(start=0, end=5))
    found = scored(replace(COST, evidence=entries), quoted("?", LINES[1], LINES[2]))
    assert (found.precision, found.recall) == (0.5, 0.5)
    other = EvidenceSpan(start=0, end=5, revision="another telling")
    assert scored(replace(COST, evidence=(other,)), quoted("?", LINES[1])).recall is None


ITEMS = [COST, MAYOR, DEPOT, item("when", must=(("3월 2일",),), category="when")]
GOOD = {
    "cost": quoted("?", LINES[1]),
    "mayor": refused("?"),
    "depot": quoted("?", LINES[3], status=Status.CORRECTED),
    "when": quoted("?", LINES[2]),
}


def test_the_figures_of_a_run_by_hand():
    figures = evaluate(run_of(ITEMS, {**GOOD, "when": refused("?")})).figures
    assert figures["correct"].value == 0.75
    assert figures["net_score"].value == 0.75
    assert figures["over_refusal_rate"].value == 0.5
    assert figures["refusal_rate"].value == 1
    assert figures["hallucination_rate"].value == 0
    assert figures["false_premise"].value == 1
    assert figures["balanced_accuracy"].value == 0.75
    assert figures["span_fidelity"].value == 1


def test_the_oracle_is_right_and_no_sentinel_reaches_a_good_system():
    result = evaluate(run_of(ITEMS, GOOD))
    totals = {each.name: each.grounded_correct.value for each in result.sentinels}
    assert totals["oracle"] == 1
    assert totals["refuse all"] == 0.5  # one rightly, and the false premise
    assert totals["echo"] == 0
    assert result.beaten_by == []


def test_a_system_that_only_refuses_is_reached_by_a_sentinel():
    result = evaluate(run_of(ITEMS, {each.id: refused("?") for each in ITEMS}))
    assert "refuse all" in result.beaten_by
    assert "Failed" in to_markdown(to_dict(result))


def test_the_gate_names_what_broke():
    good = evaluate(run_of(ITEMS, GOOD))
    assert gate_failures(good, Verdicts.of(good)) == []
    answer = GOOD["cost"]
    bent = replace(answer, citations=(replace(answer.citations[0], quote="35억 달러"),))
    bad = evaluate(run_of(ITEMS, {**GOOD, "cost": bent}))
    assert any("span not exact" in line for line in gate_failures(bad, Verdicts.of(good)))


def test_the_gate_sees_a_lost_category_unless_it_is_accepted():
    asked = [item(f"c{n}", must=(("35억",),)) for n in range(9)]
    asked += [item(f"u{n}", False, category="unanswerable") for n in range(9)]
    right = {each.id: quoted("?", LINES[1]) if each.answerable else refused("?") for each in asked}
    before = Verdicts.of(evaluate(run_of(asked, right)))
    worse = evaluate(run_of(asked, {**right, "c0": refused("?"), "c1": refused("?")}))
    assert any("single-fact lost 2" in line for line in gate_failures(worse, before))
    assert gate_failures(worse, before, {"c0", "c1"}) == []
    change = compare(before, Verdicts.of(worse))
    assert (change.gained, change.lost) == ((), ("c0", "c1"))


def test_the_article_of_the_cases_is_what_it_says():
    assert ARTICLE.text == TEXT
