"""What a question takes for granted and the articles deny."""

from __future__ import annotations

import pytest
from town import reading

from assistant.premise import Contradiction, contradiction
from assistant.question import analyse
from assistant.writers.scene import set_scene
from ingest.article import Article
from ingest.read import read_text


def article(body: str) -> Article:
    return read_text(f"# 버스 개편 소식\n\n{body}\n", "bus.md", "bus", marked_up=True)


def contradicted(question: str, *articles: Article) -> Contradiction | None:
    lines, book = reading(*articles)
    asked = analyse(question, book)
    return contradiction(asked, set_scene(asked, lines, book).matches)


def test_another_figure_than_the_articles_is_corrected_by_value():
    found = contradicted("한빛버스에 150억 원이 지원되는 이유는?")
    assert found is not None
    assert found.frame == "premise_number"
    assert found.words == {"asked": "150억 원", "written": "120억 원"}
    assert found.line.text == "한빛버스에는 120억 원이 지원된다."


@pytest.mark.parametrize(
    "question",
    [
        "한빛버스에 120억 원이 지원되는 이유는?",
        "한빛버스에 12,000,000,000원이 지원되는 이유는?",
        "한빛버스에 얼마가 지원되나요?",
        "푸른교통에 95억 원이 지원되나요?",
    ],
)
def test_a_true_premise_is_left_alone(question):
    assert contradicted(question) is None


def test_a_figure_of_another_unit_contradicts_nothing():
    assert contradicted("한빛버스에 30대가 지원되는 이유는?") is None


def test_a_party_in_a_clause_that_denies_is_corrected():
    dropped = article("K-Ride는 노선 심사에서 탈락했고, N-Bus는 노선 심사를 통과했다.")
    found = contradicted("K-Ride가 노선 심사에 합격한 이유는?", dropped)
    assert found is not None
    assert found.frame == "premise_excludes"
    assert found.words["name"] == "K-Ride"
    assert "탈락" in found.words["clause"]
    assert "N-Bus" not in found.words["clause"]


def test_the_other_party_of_the_sentence_is_not_denied():
    dropped = article("K-Ride는 노선 심사에서 탈락했고, N-Bus는 노선 심사를 통과했다.")
    assert contradicted("N-Bus가 노선 심사를 통과한 이유는?", dropped) is None


def test_a_question_that_denies_itself_is_not_corrected_by_a_denial():
    dropped = article("K-Ride는 노선 심사에서 탈락했고, N-Bus는 노선 심사를 통과했다.")
    assert contradicted("K-Ride가 노선 심사에서 탈락한 이유는?", dropped) is None


def test_what_is_said_of_one_only_is_not_said_of_another():
    only = article("전기버스 보조금은 N-Bus만 신청했다. K-Ride는 노선을 맡았다.")
    found = contradicted("K-Ride가 전기버스 보조금을 신청한 이유는?", only)
    assert found is not None
    assert found.frame == "premise_only"
    assert found.words == {"name": "N-Bus"}


def test_no_evidence_contradicts_nothing():
    assert contradiction(analyse("한빛버스에 150억 원이 지원되나요?"), []) is None
