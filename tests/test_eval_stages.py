"""The table of the stages of one question."""

from __future__ import annotations

import json
import time

import pytest

from assistant.evaluation.stages import PARTS, Clock, chosen, stages, table


def test_questions_are_taken_evenly_from_the_file(tmp_path):
    path = tmp_path / "questions.jsonl"
    rows = [{"question": f"{number}번 버스는?"} for number in range(9)] + [{"dialogue": []}]
    path.write_text("\n".join(map(json.dumps, rows)))
    assert chosen(path, 3) == ["0번 버스는?", "4번 버스는?", "8번 버스는?"]
    assert len(chosen(path, 20)) == 9


def test_a_function_is_counted_for_a_while():
    clock, owner = Clock(), type("Owner", (), {"work": staticmethod(_busy)})
    with clock.over(owner, "work"):
        owner.work()
        owner.work()
    counted = clock.spent["work"]
    owner.work()
    assert counted >= 9
    assert clock.spent["work"] == counted


def test_no_time_is_counted_twice():
    spent = {"_retrieve": 15.0, "embed": 9.0, "_read": 70.0, "_write": 60.0, "words_read": 40.0}
    row = stages({**spent, "sentence_scores": 8.0, "_finished": 5.0, "total": 151.0})
    assert row["search"] == pytest.approx(6)
    assert row["write"] == pytest.approx(12)
    assert sum(row[name] for name in ("embed", *PARTS.values())) == pytest.approx(150)


def test_the_ratio_is_given_with_and_without_the_reader():
    row = dict.fromkeys(PARTS.values(), 10.0) | {"span reader": 40.0, "embed": 10.0}
    shown = table([{**row, "total": 100.0, "once": 20.0, "passed": 70.0}])
    assert "| ratio of the total to that | 5.0 | 5.0 |" in shown
    assert "| without the reader | 2.5 | 2.5 |" in shown
    assert "on the clock | 70.0 | 70.0 |" in shown
    assert "asked 1 times" in shown


def _busy() -> None:
    until = time.process_time() + 0.005
    while time.process_time() < until:
        pass
