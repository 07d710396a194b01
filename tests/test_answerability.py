"""How likely it is that passages answer: the signs, the shipped weights, and their fitting."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest

from assistant import answerability_fit as fitting
from assistant.answerability import (
    NAMES,
    Weights,
    answerability,
    as_rows,
    fitted,
    signs,
)
from ingest.article import BlockKind
from vectorstore.context import Searched
from vectorstore.evidence import Evidence
from vectorstore.keyword import KeywordWriter
from vectorstore.reading import Index
from vectorstore.terms import canonical, content_terms

TEXTS = (
    "가람시는 새 도서관을 3월에 연다.",
    "도서관 건립에는 예산 40억 원이 든다.",
    "버스 요금은 오르지 않는다.",
    "가람시",
)


@dataclass
class _Passage:
    id: str
    kind: BlockKind = BlockKind.PARAGRAPH


class _Index:
    """As much of an index as the signs look at."""

    def __init__(self) -> None:
        writer = KeywordWriter()
        for text in TEXTS:
            writer.add(content_terms(canonical(text)))
        self.keywords = writer.finish()

    def row(self, name: str) -> int:
        return int(name)

    def searched(self, row: int) -> Searched:
        return Searched(canonical(TEXTS[row]), "", (), (canonical(TEXTS[row]),))


INDEX = cast(Index, _Index())


def _found(*cosines: float, title: float | None = None) -> list[Evidence]:
    """The first texts in order, with these cosines; the last text is a title."""
    items: list[Any] = [
        Evidence(cast(Any, _Passage(str(row))), cast(Any, None), 1.0, cosine)
        for row, cosine in enumerate(cosines)
    ]
    if title is not None:
        passage = _Passage("3", BlockKind.TITLE)
        items.append(Evidence(cast(Any, passage), cast(Any, None), 1.0, title))
    return items


def test_nothing_found_is_not_answerable() -> None:
    assert signs("도서관은 언제 여나?", [], INDEX) is None
    assert answerability("도서관은 언제 여나?", [], INDEX) == 0.0


def test_a_question_without_a_word_to_look_for_is_not_answerable() -> None:
    assert answerability("그거?", _found(0.9), INDEX) == 0.0


def test_the_nearest_passage_is_a_body_not_a_title() -> None:
    found = signs("도서관은 언제 여나?", _found(0.84, 0.86, title=0.99), INDEX)
    assert found is not None
    assert found.nearest == 0.86


def test_the_second_best_passage_counts_for_the_terms() -> None:
    alone = signs("도서관 예산", _found(0.9), INDEX)
    both = signs("도서관 예산", _found(0.9, 0.9), INDEX)
    assert alone is not None
    assert both is not None
    assert alone.second_terms == 0.0
    assert 0 < both.second_terms < 1  # the first text holds 도서관 and not 예산


def test_a_term_that_no_passage_holds_is_the_rarest_there_is() -> None:
    known = signs("도서관은 어디?", _found(0.9), INDEX)
    unknown = signs("도서관과 등대는 어디?", _found(0.9), INDEX)
    assert known is not None
    assert unknown is not None
    assert known.rarest < unknown.rarest
    assert unknown.rarest == pytest.approx(1.0)


@pytest.mark.parametrize("question", ["새 도서관", "새도서관", "새도 서관"])
def test_pairs_of_letters_forgive_spaces(question: str) -> None:
    found = signs(question, _found(0.9, 0.9, 0.9), INDEX)
    assert found is not None
    assert found.pairs == 1.0


def test_pairs_count_in_the_passage_that_holds_most_of_them() -> None:
    found = signs("도서관 요금", _found(0.9, 0.9, 0.9), INDEX)
    assert found is not None
    assert found.pairs == pytest.approx(2 / 4)  # 도서, 서관, 관요 and 요금


def test_nearer_passages_make_an_answer_likelier() -> None:
    far, near = (
        answerability("도서관은 언제 여나?", _found(c, c - 0.02), INDEX) for c in (0.8, 0.92)
    )
    assert 0 < far < near < 1


def test_the_shipped_weights_are_for_these_signs() -> None:
    weights = fitted()
    assert len(weights.weights) == len(weights.means) == len(weights.deviations) == len(NAMES)
    assert weights.weights[NAMES.index("nearest")] > 0
    assert weights.weights[NAMES.index("rarest")] < 0


def test_weights_for_other_signs_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "weights.json"
    path.write_text(json.dumps({"signs": ["colour"]}), encoding="utf-8")
    monkeypatch.setattr("assistant.answerability.WEIGHTS", path)
    fitted.cache_clear()
    with pytest.raises(ValueError, match="colour"):
        fitted()
    fitted.cache_clear()


def test_what_lies_beyond_all_that_was_seen_counts_no_more() -> None:
    weights = Weights((0.0,), (1.0,), (1.0,), 0.0)
    far, farther = weights.probability(np.array([[5.0], [500.0]]))
    assert far == farther


def _drawn(gap: float, number: int = 120) -> tuple[np.ndarray, np.ndarray]:
    chance = np.random.default_rng(3)
    answerable = np.arange(number) % 2 == 0
    values = chance.normal(size=(number, len(NAMES)))
    values[:, 0] += gap * answerable
    return values, answerable


def test_a_fit_finds_the_sign_that_tells_and_is_sure_as_often_as_right() -> None:
    values, answerable = _drawn(2.0)
    weights = fitting.fit(values, answerable)
    assert weights.weights[0] > 3 * max(map(abs, weights.weights[1:]))
    sure = weights.probability(values)
    assert sure.mean() == pytest.approx(answerable.mean(), abs=0.01)


def test_a_fit_needs_both_kinds() -> None:
    with pytest.raises(ValueError, match="one kind"):
        fitting.fit(np.zeros((4, 5)), np.ones(4, dtype=bool))


def test_folds_do_not_see_what_they_are_measured_on() -> None:
    values, answerable = _drawn(0.0)
    area, balanced = fitting.figures(values, answerable)
    assert 0.3 < area < 0.62
    assert 0.3 < balanced < 0.62


def test_every_fold_holds_as_many_of_a_kind() -> None:
    _, answerable = _drawn(0.0)
    fold = fitting.folds(answerable, 1)
    assert {int(answerable[fold == n].sum()) for n in range(fitting.FOLDS)} == {12}


def test_the_area_counts_ties_half() -> None:
    labels = np.array([True, False])
    assert fitting.area_under(np.array([0.5, 0.5]), labels) == 0.5
    assert fitting.area_under(np.array([0.6, 0.5]), labels) == 1.0


def test_risk_grows_as_less_sure_questions_are_answered() -> None:
    labels = np.array([True] * 5 + [False] * 5)
    curve = list(fitting.risk_coverage(np.linspace(1, 0, 10), labels))
    assert curve[4] == (0.5, 0.0)
    assert curve[-1] == (1.0, 0.5)


def test_written_weights_give_the_same_probabilities(tmp_path: Path) -> None:
    values, answerable = _drawn(1.0)
    weights = fitting.fit(values, answerable)
    path = tmp_path / "weights.json"
    fitting.write(weights, len(answerable), path)
    read = json.loads(path.read_text(encoding="utf-8"))
    again = Weights(
        tuple(read["means"]), tuple(read["deviations"]), tuple(read["weights"]), read["bias"]
    )
    assert again.probability(values) == pytest.approx(weights.probability(values), abs=1e-4)
    assert read["questions"] == len(answerable)


def test_rows_are_in_the_order_of_the_names() -> None:
    found = signs("도서관은 언제 여나?", _found(0.9), INDEX)
    assert found is not None
    assert as_rows([found])[0, NAMES.index("words")] == 3
