"""How much of a question a sentence covers, term by term."""

from __future__ import annotations

import pytest
from town import line_with, news, reading, town

from assistant.matching import OPPOSITE, SYNONYM, cover, denies, match, weight
from assistant.question import analyse
from assistant.question_terms import Term
from ingest.read import read_text


def covered(question: str, words: str, form: str) -> float:
    lines, book = reading()
    asked = analyse(question, book)
    term = next(term for term in asked.terms if term.form == form)
    return cover(term, next(line for line in lines if words in line.text), book)


def test_a_word_of_the_sentence_itself_covers_fully():
    assert covered("푸른교통에 얼마가 지원되나요?", "95억", "지원") == 1.0
    assert covered("푸른교통에 얼마가 지원되나요?", "95억", "푸른교통") == 1.0


def test_support_weakens_with_its_distance_from_the_sentence():
    own = covered("차고지 문제로 탈락했나요?", "심사에서", "탈락")
    synonym = covered("차고지 문제로 탈락했나요?", "차고지가", "탈락")
    above = covered("회사별 예산은 얼마인가요?", "95억", "예산")
    assert own > synonym > above > 0


def test_a_name_said_one_sentence_before_still_counts_and_less():
    before = covered("한빛버스와 푸른교통에 얼마가 지원되나요?", "95억", "한빛버스")
    assert 0.5 < before < 1.0


def test_a_word_that_stands_nowhere_near_covers_nothing():
    assert covered("푸른교통은 지하철을 운행하나요?", "95억", "지하철") == 0.0


def test_figures_meet_by_value_not_by_spelling():
    assert covered("95억 원을 받는 곳은?", "95억", "95억 원") == 1.0
    assert covered("9,500,000,000원을 받는 곳은?", "95억", "9,500,000,000원") == 1.0
    assert covered("96억 원을 받는 곳은?", "95억", "96억 원") == 0.0


def test_the_share_is_one_for_a_sentence_that_says_all_and_falls_with_what_is_missing():
    lines, book = reading()
    question = analyse("푸른교통에 얼마가 지원되나요?", book)
    by_text = {line.text: match(question, line, book) for line in lines}
    right = by_text["푸른교통에는 95억 원이 지원된다."]
    assert right.share == pytest.approx(1.0)
    assert right.uncovered() == []
    wrong = by_text["새 노선은 7월 1일부터 운행된다."]
    assert wrong.share < 0.5
    assert "푸른교통" in {term.form for term in wrong.uncovered()}


def test_names_weigh_more_than_words_and_light_words_next_to_nothing():
    _, book = reading()
    question = analyse("푸른교통의 노선 금액은 얼마인가요?", book)
    by_form = {term.form: weight(term, question) for term in question.terms if term.form}
    assert by_form["푸른교통"] > by_form["노선"] > by_form["금액"] > 0


def test_a_question_without_terms_has_no_share():
    lines, book = reading()
    assert match(analyse("?", book), lines[0], book).share == 0.0


def test_a_term_that_was_not_matched_covers_nothing():
    lines, book = reading()
    found = match(analyse("예산은?", book), lines[0], book)
    assert found.of(Term("딴말", 0, 2)) == 0.0


def test_a_line_knows_its_place_in_the_article():
    article = town()
    line = line_with("95억", article)
    assert line.span.quote == line.text == "푸른교통에는 95억 원이 지원된다."
    assert line.heading == "회사별 예산"
    assert [quantity.text for quantity in line.quantities] == ["95억 원"]


def test_a_related_name_counts_less_than_the_name_itself():
    article = read_text(
        "# 클라우드 소식\n\n네이버클라우드는 서버를 늘렸다. 네이버는 쉬었다.\n",
        "a.md",
        "a",
        marked_up=True,
    )
    lines, book = reading(article)
    term = analyse("네이버는 서버를 늘렸나요?", book).names[0]
    by_text = {line.text: cover(term, line, book) for line in lines}
    assert 0.5 < by_text["네이버클라우드는 서버를 늘렸다."] < by_text["네이버는 쉬었다."] == 1.0


def term_against(question: str, form: str, sentence: str) -> tuple[float, bool]:
    """How far a sentence covers a term of a question, and whether it denies it."""
    lines, book = reading(news(sentence))
    term = next(term for term in analyse(question, book).terms if term.form == form)
    line = next(line for line in lines if line.text == sentence)
    return cover(term, line, book), denies(term, line)


PICKED = "한빛버스, 푸른교통, 나래운수가 뽑혔다."


def test_a_sentence_that_names_as_many_parties_as_are_counted_says_the_count():
    assert term_against("회사 3곳이 뽑혔나요?", "3곳", PICKED)[0] == SYNONYM
    assert term_against("회사 2곳이 뽑혔나요?", "2곳", PICKED)[0] == 0.0
    picked = "Hanbit Bus, Pureun Transit and Narae Lines were picked."
    asked = "Were the three companies picked?"
    assert term_against(asked, "three companies", picked)[0] == SYNONYM


def test_a_sentence_that_counts_otherwise_does_not_say_the_count_by_its_names():
    told = "지원한 4곳 가운데 한빛버스, 푸른교통, 나래운수가 뽑혔다."
    assert term_against("회사 3곳이 뽑혔나요?", "3곳", told)[0] == 0.0


@pytest.mark.parametrize(
    ("question", "form", "sentence", "denied"),
    [
        ("협약에 서명했나요?", "서명", "한빛버스는 협약에 서명하지 않았다.", True),
        ("협약에 서명했나요?", "서명", "한빛버스는 협약에 서명했다.", False),
        ("요금은 올랐나요?", "오르", "요금은 내렸다.", True),
        ("요금은 올랐나요?", "오르", "요금은 오르고 손님은 줄었다.", False),
        ("예산은 똑같나요?", "똑같", "예산은 차등 지원된다.", True),
        ("요금은 올랐나요?", "요금", "요금은 내렸다.", False),
    ],
)
def test_a_sentence_denies_a_word_by_a_not_or_by_its_opposite(question, form, sentence, denied):
    assert term_against(question, form, sentence)[1] is denied


def test_an_opposite_covers_a_word_of_a_yes_no_question_only():
    lines, book = reading(news("요금은 내렸다."))
    shares = {}
    for question in ("요금은 올랐나요?", "요금은 왜 올랐나요?"):
        found = match(analyse(question, book), lines[-1], book)
        shares[question] = next(value for term, value in found.by_term if term.verb)
    assert shares == {"요금은 올랐나요?": OPPOSITE, "요금은 왜 올랐나요?": 0.0}


def test_a_name_of_the_asked_kind_says_the_word_for_the_kind():
    assert term_against("어느 대학이 이겼나요?", "대학", "가람대학교가 이겼다.")[0] == SYNONYM
    assert term_against("어느 대학이 이겼나요?", "대학", "한빛여객이 이겼다.")[0] == 0.0
