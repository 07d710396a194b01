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


MAKERS = "N-Bus는 GoMap을 만든다. K-Ride는 노선을 맡았다."


@pytest.mark.parametrize(
    ("question", "body"),
    [
        ("K-Ride의 GoMap은 언제 나오나요?", MAKERS),
        ("K-Ride가 만드는 GoMap은 무엇인가요?", MAKERS),
        ("When is K-Ride's GoMap out?", "N-Bus ships GoMap in May. K-Ride runs the line."),
    ],
)
def test_a_thing_that_belongs_to_another_is_given_back(question, body):
    found = contradicted(question, article(body))
    assert found is not None
    assert (found.frame, found.words) == ("premise_other", {"name": "N-Bus"})
    assert "GoMap" in found.line.text


@pytest.mark.parametrize(
    ("question", "body"),
    [
        ("N-Bus의 GoMap은 언제 나오나요?", MAKERS),
        ("N-Bus가 만드는 GoMap은 무엇인가요?", MAKERS),
        ("K-Ride와 GoMap은 무엇인가요?", MAKERS),  # gives nothing to anybody
        ("K-Ride의 GoMap은 무엇인가요?", f"{MAKERS} K-Ride는 GoMap을 고친다."),  # a thing of both
        ("When is N-Bus's GoMap out?", "N-Bus ships GoMap in May. K-Ride runs the line."),
    ],
)
def test_a_thing_that_belongs_to_the_named_party_is_left_to_it(question, body):
    assert contradicted(question, article(body)) is None


SIGNED = "N-Bus는 협약에 서명했다. K-Ride는 협약에 서명하지 않았다."


@pytest.mark.parametrize(
    ("question", "body"),
    [
        ("K-Ride가 협약에 서명한 이유는?", SIGNED),
        ("K-Ride가 노선을 늘린 이유는?", "K-Ride는 노선을 늘리지 못했다. N-Bus는 노선을 늘렸다."),
        ("Why did K-Ride sign the pact?", "N-Bus signed the pact. K-Ride did not sign the pact."),
    ],
)
def test_what_is_said_not_to_have_happened_is_denied(question, body):
    found = contradicted(question, article(body))
    assert found is not None
    assert (found.frame, found.words["name"]) == ("premise_excludes", "K-Ride")
    assert "N-Bus" not in found.words["clause"]


@pytest.mark.parametrize(
    "question", ["N-Bus가 협약에 서명한 이유는?", "K-Ride가 협약에 서명하지 않은 이유는?"]
)
def test_what_did_happen_or_is_denied_by_the_question_too_is_not(question):
    assert contradicted(question, article(SIGNED)) is None
