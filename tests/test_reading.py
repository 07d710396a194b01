"""What the reader adds to the rules: an answer in other words, never one about another party."""

from __future__ import annotations

import json

import pytest
from town import drafted, news, reading

from assistant.answer import Status
from assistant.draft import Draft
from assistant.question import analyse
from assistant.reader.reader import shared_reader
from assistant.reader.written import FOLDER, written_examples
from assistant.reading import sentence_scores
from assistant.writers import extractive

IN_OTHER_WORDS = "새 버스가 다니기 시작하는 때는?"
RUNS = "새 노선은 7월 1일부터 운행된다."


def _read(question: str, says) -> Draft:
    lines, book = reading()
    return extractive.write(analyse(question, book), lines, book, says)


def _finds(words: str, score: float = 4.0):
    """A reader that finds one sentence to answer, and no other."""
    return lambda _, lines: [score if words in line.text else -4.0 for line in lines]


def test_a_sentence_that_says_it_in_other_words_answers_when_the_reader_finds_so():
    assert drafted(IN_OTHER_WORDS).status is Status.ABSTAINED
    draft = _read(IN_OTHER_WORDS, _finds("운행된다"))
    assert (draft.status, draft.points[0].text) == (Status.ANSWERED, RUNS)


def test_a_reader_that_finds_nothing_answers_nothing():
    assert _read(IN_OTHER_WORDS, _finds("운행된다", -1.0)).status is Status.ABSTAINED


@pytest.mark.parametrize(
    "question",
    ["달빛교통에는 얼마가 지원돼?", "한빛버스 8,000대는 얼마야?", "푸른교통의 본사는 언제 옮기나?"],
)
def test_no_reader_answers_for_a_party_a_figure_or_a_kind_of_value_that_is_not_there(question):
    assert _read(question, _finds("지원된다")).status is Status.ABSTAINED


def test_what_is_only_planned_is_not_told_as_done_whatever_the_reader_finds():
    draft = _read("노선 평가 결과 어디가 뽑혔나?", _finds("평가를 할 예정"))
    assert "할 예정이다" not in "".join(p.text for p in draft.points[:1])


def test_the_reader_is_not_asked_about_headings():
    lines, _ = reading()
    scored = sentence_scores("", [line for line in lines if line.text == "회사별 예산"])
    assert scored == [None]


@pytest.mark.parametrize(("score", "answers"), [(0.9, False), (1.1, True)])
def test_from_some_certainty_on_the_reader_answers(score, answers):
    draft = _read(IN_OTHER_WORDS, _finds("운행된다", score))
    assert (draft.status is Status.ANSWERED) is answers


@pytest.mark.parametrize(("score", "answers"), [(1.9, False), (2.1, True)])
def test_a_name_that_stands_elsewhere_in_the_article_takes_more_certainty(score, answers):
    told = "가온시가 표를 바꾼다. 기사 서른 명이 온다.\n\n푸른교통이 뽑혔다."
    lines, book = reading(news(told))
    asked = analyse("푸른교통에서 운전대를 잡을 사람은 몇 명인가요?", book)
    draft = extractive.write(asked, lines, book, _finds("서른", score))
    assert (draft.status is Status.ANSWERED) is answers


def test_a_sentence_about_another_party_is_no_answer_however_sure_the_reader_is():
    told = "가온시가 표를 바꾼다. 나래운수 기사 서른 명이 온다.\n\n푸른교통이 뽑혔다."
    lines, book = reading(news(told))
    asked = analyse("푸른교통에서 운전대를 잡을 사람은 몇 명인가요?", book)
    draft = extractive.write(asked, lines, book, _finds("서른", 6.0))
    assert draft.status is Status.ABSTAINED


def test_a_reason_may_be_told_without_a_word_for_it():
    question = "푸른교통은 왜 빠졌나?"
    lines, book = reading(news("푸른교통이 빠졌다.\n\n차고지가 없었다."))
    says = _finds("차고지", 3.5)
    assert extractive.write(analyse(question, book), lines, book).status is Status.ABSTAINED
    draft = extractive.write(analyse(question, book), lines, book, says)
    assert draft.status is Status.ANSWERED


def test_written_news_name_the_sentence_that_answers():
    examples = written_examples(FOLDER)
    said = [each for each in examples if each.sentence]
    assert len(examples) > 33000
    assert 12000 < len(examples) - len(said) < 13000
    assert 11000 < len(written_examples(FOLDER, tricky=0)) < 12000
    assert all(each.answers[0] in each.sentence for each in said)
    assert all(each.sentence in item.passage.text for each in said for item in each.gold)
    assert all(not each.gold for each in examples if not each.sentence)


def test_a_sentence_that_is_not_in_its_article_is_told(tmp_path):
    asked = {"q": "언제?", "sentence": "어제였다.", "answer": "어제"}
    row = {"id": "x1", "title": "소식", "paragraphs": ["오늘이었다."], "questions": [asked]}
    (tmp_path / "x.jsonl").write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
    with pytest.raises(ValueError, match="x1, question 1"):
        written_examples(tmp_path)


@pytest.mark.slow
def test_the_reader_knows_other_words_for_the_same():
    draft = _read(IN_OTHER_WORDS, sentence_scores)
    assert (draft.status, draft.points[0].text) == (Status.ANSWERED, RUNS)


def test_passages_read_at_once_say_what_they_say_one_by_one():
    lines, _ = reading()
    items = list({line.item.passage.id: line.item for line in lines}.values())
    reader = shared_reader()
    assert reader.says_of(IN_OTHER_WORDS, items) == [reader.says(IN_OTHER_WORDS, i) for i in items]
