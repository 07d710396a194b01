import re
from dataclasses import replace

from eval_cases import LINES, item, quoted, refused, run_of

from assistant.evaluation.compare import Verdicts, compare
from assistant.evaluation.report import to_html
from assistant.evaluation.summary import evaluate

ITEMS = [item("cost", must=(("36억",),)), item("mayor", False), item("when", must=(("3월 2일",),))]
ANSWERS = {
    "cost": quoted("?", LINES[1]),
    "mayor": refused("?"),
    "when": quoted("?", LINES[2]),
}


def page(**more):
    return to_html(evaluate(run_of(ITEMS, ANSWERS, **more)))


def test_the_page_asks_nobody_for_anything():
    assert not re.search(r"(?:src|href|url|@import|fetch)\s*[=(]", page())
    assert "http" not in page()


def test_a_failure_shows_its_span_in_its_article():
    assert f'<mark class="cited">{LINES[1]}</mark>' in page()
    assert "missing: 36억" in page()
    assert "빠진 사실: 36억" in page()


def test_nothing_of_an_answer_becomes_markup():
    nasty = replace(ITEMS[0], question="<img onerror=1>")
    shown = to_html(evaluate(run_of([nasty, *ITEMS[1:]], ANSWERS, meta={"set": "<b>x"})))
    assert "<img" not in shown
    assert "<b>x" not in shown


def test_the_change_since_the_baseline_is_shown():
    result = evaluate(run_of(ITEMS, ANSWERS))
    better = Verdicts(
        {name: {**row, "grounded": True} for name, row in Verdicts.of(result).rows.items()}
    )
    assert "−0.333" in to_html(result, compare(better, Verdicts.of(result)))


def test_both_languages_stand_in_the_page():
    assert "근거까지 맞음" in page()
    assert "Right and grounded" in page()
