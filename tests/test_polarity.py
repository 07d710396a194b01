"""What clauses assert: said or denied, done or only planned, and why."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.polarity import (
    clause_at,
    clauses,
    gives_reason,
    is_announced,
    is_conditional,
    is_negative,
    is_planned,
    negated_words,
)


@pytest.mark.parametrize(
    ("text", "negative"),
    [
        ("동녘여객은 심사에서 탈락했다.", True),
        ("샛별고속은 신청을 취소했다.", True),
        ("요금은 오르지 않는다.", True),
        ("새 차고지는 없다.", True),
        ("한빛버스가 노선을 맡는다.", False),
        ("The depot was not ready.", True),
        ("Two firms were excluded.", True),
        ("Notable firms run the buses.", False),
        ("Hanbit Bus runs the line.", False),
    ],
)
def test_a_denial_is_seen(text, negative):
    assert is_negative(text) is negative


@pytest.mark.parametrize(
    ("text", "planned"),
    [
        ("시는 내년에 노선을 평가할 예정이다.", True),
        ("새 노선은 7월부터 운행된다.", True),
        ("새 노선은 7월부터 운행됐다.", False),
        ("시는 지난해 계획을 마쳤다.", False),
        ("시는 지난해 계획을 세웠다.", False),
        ("The town will buy forty buses.", True),
        ("The town has bought the planned buses; they were paid.", False),
        ("The town bought forty buses.", False),
    ],
)
def test_what_is_only_announced_is_told_from_what_happened(text, planned):
    assert is_planned(text) is planned


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("차고지가 부족했기 때문에 떨어졌다.", True),
        ("매연을 줄이기 위해 전기버스를 샀다.", True),
        ("버스는 모두 마흔 대다.", False),
        ("It was dropped because its depot was small.", True),
        ("Forty buses run every day.", False),
    ],
)
def test_a_reason_is_marked_by_words(text, reason):
    assert gives_reason(text) is reason


def test_two_statements_of_a_sentence_are_two_clauses():
    text = "동녘여객은 심사에서 탈락했고, 한빛버스는 뽑혔다."
    start, end = clause_at(text, text.index("동녘"))
    assert is_negative(text[start:end])
    start, end = clause_at(text, text.index("한빛"))
    assert not is_negative(text[start:end])


def test_an_english_contrast_is_two_clauses():
    text = "Dongnyeok was dropped, while Hanbit keeps its line."
    start, end = clause_at(text, text.index("Hanbit"))
    assert not is_negative(text[start:end])


@given(st.text(alphabet="가나고며 ,.;andbut", max_size=40))
def test_clauses_cover_the_sentence_in_order(text):
    found = clauses(text)
    assert "".join(text[start:end] for start, end in found) == text


def test_a_position_outside_has_the_whole_text_as_its_clause():
    assert clause_at("짧다.", 99) == (0, 3)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("한빛버스는 협약에 서명하지 않았다.", ["서명"]),
        ("협상에 참여하지는 않았다.", ["참여"]),
        ("한빛버스는 노선을 늘리지 못했다.", ["늘리다"]),
        ("버스는 아직 못 달린다.", ["달리다"]),
        ("막차는 안 온다.", ["오다"]),
        ("한빛버스는 협약에 서명했다.", []),
        ("버스 안에서 안을 냈다.", []),
        ("They did not sign the deal.", ["sign"]),
        ("The firm refused to join.", ["join"]),
        ("The depot isn't yet built.", ["built"]),
        ("They signed the deal; nothing else.", []),
        ("", []),
    ],
)
def test_the_word_that_is_said_not_to_be_is_the_one_beside_the_not(text, words):
    assert negated_words(text) == words


@pytest.mark.parametrize(
    ("text", "announced"),
    [
        ("시는 노선을 늘릴 계획이다.", True),
        ("시는 앞으로 노선을 늘린다.", True),
        ("The town will buy forty buses.", True),
        ("새 노선은 7월부터 운행된다.", False),  # told as it stands, not announced in words
        ("시는 노선을 늘릴 계획을 세웠다.", False),
        ("The town was expected to buy buses.", False),
    ],
)
def test_what_is_announced_in_words_is_less_than_what_is_planned(text, announced):
    assert is_announced(text) is announced
    assert is_planned(text) or not announced


@pytest.mark.parametrize(
    ("text", "conditional"),
    [
        ("비가 오면 버스가 쉰다.", True),
        ("심사를 통과하면 노선을 맡는다.", True),
        ("돈이 없으면 못 탄다.", True),
        ("가뭄이라면 물을 준다.", True),
        ("If it rains, buses stop.", True),
        ("Buses stop unless it is dry.", True),
        ("버스가 달린다.", False),
        ("반면 트램은 쉰다.", False),
        ("손님은 버스를 타면서 웃었다.", False),
        ("시에 따르면 버스가 쉰다.", False),
        ("통계에 의하면 버스가 준다.", False),
        ("라면 가게가 문을 열었다.", False),
        ("Buses run every day.", False),
    ],
)
def test_a_case_left_open_is_told_from_a_source(text, conditional):
    assert is_conditional(text) is conditional
