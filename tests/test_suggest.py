"""Suggested questions: well formed, in the right language, and answered from where they came."""

from __future__ import annotations

from datetime import date

import pytest
from browser_script import scripted
from fakes import BigramEmbedder
from town import town

from assistant.answer import Status
from assistant.chain import Assistant
from assistant.korean_clause import with_particle
from assistant.names import NameBook
from assistant.suggest import candidates_of, suggest, topics
from assistant.suggest_crossed import crossed_questions, latin_name
from assistant.suggest_english import english_heading_question, english_questions
from assistant.suggest_korean import korean_heading_question, korean_questions
from assistant.writers import extractive
from vectorstore.index import IndexStore
from vectorstore.search import Searcher

MARCH = date(2026, 3, 3)


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    store = IndexStore(tmp_path_factory.mktemp("home"), BigramEmbedder())
    store.build([town(), town("en")])
    return Assistant(store, Searcher(store), extractive.write)


@pytest.mark.parametrize(
    ("sentence", "question", "wanted"),
    [
        ("한빛버스에는 120억 원이 지원된다.", "한빛버스에는 얼마가 지원되나요?", "120억 원"),
        ("책은 20만 권이며, 자리도 많다.", "책은 몇 권인가요?", "20만 권"),
        ("먼저 공원 조성에 30억원이 쓰이며, 나머지는 길에 쓰인다.",
         "공원 조성에 얼마가 쓰이나요?", "30억원"),
        ("쉼터 설치비 7억원은 강변길만 신청했다.", "쉼터 설치비는 얼마인가요?", "7억원"),
        ("신청한 동네는 15개였다.", "신청한 동네는 몇 개였나요?", "15개"),
        ("이 길의 이용객은 하루 300명이다.", "", ""),
        ("새 노선은 7월 1일부터 운행된다.", "새 노선은 언제부터 운행되나요?", "7월 1일"),
        ("시는 5월 초에 주민과 협약을 맺고 공사를 시작한다.",
         "시는 언제 주민과 협약을 맺나요?", "5월 초"),
        ("동녘여객은 차고지가 부족했기 때문에 심사에서 탈락했다.",
         "동녘여객은 왜 심사에서 탈락했나요?", ""),
        ("한빛버스의 목표는 전기버스를 늘리는 것이다.", "한빛버스의 목표는 무엇인가요?", ""),
        ("한빛버스는 새 앱을 개발한다.", "한빛버스는 무엇을 개발하나요?", ""),
        ("상승률은 한빛버스 3.5%, 푸른교통 2.1% 등이다.",
         "한빛버스의 상승률은 몇 %인가요?", "3.5%"),
        ("강변길은 가장 긴 13개 길 중 하나다.", "", ""),
        ("수도는 3개로 하나는 바다에 있고, 둘은 산에 있다.", "", ""),
    ],
)  # fmt: skip
def test_a_korean_sentence_is_turned_into_the_question_that_it_answers(sentence, question, wanted):
    book = NameBook(["한빛버스", "푸른교통", "동녘여객"])
    made = {asked.text: asked.wanted for asked in korean_questions(sentence, book, MARCH)}
    assert made.get(question, "") == wanted
    assert bool(made) == bool(question)


@pytest.mark.parametrize(
    ("sentence", "question", "wanted"),
    [
        ("Hanbit Bus receives 12 billion won and will run 40 buses.",
         "How much does Hanbit Bus receive?", "12 billion won"),
        ("Dongnyeok Express was dropped because its depot was too small.",
         "Why was Dongnyeok Express dropped?", ""),
        ("A total of 15 towns applied.", "How many towns applied?", "15"),
        ("For shelters, 3 billion won is set aside.",
         "How much is set aside for shelters?", "3 billion won"),
        ("Shelter support, worth 9 million won, goes to two lines.",
         "How much is Shelter support worth?", "9 million won"),
        ("The repair fund of 4 billion won was asked for by one town.",
         "How much is the repair fund?", "4 billion won"),
        ("The Town Council announced the plan on March 3.",
         "When did the Town Council announce the plan?", "March 3"),
        ("Others did well: Hanbit rose 3.5%, Pureun 2.1%, among others.",
         "How much did Pureun rise?", "2.1%"),
        ("It is building a depot for the town.", "", ""),
    ],
)  # fmt: skip
def test_an_english_sentence_is_turned_into_the_question_that_it_answers(
    sentence, question, wanted
):
    made = {one.text: one.wanted for one in english_questions(sentence, NameBook([]), MARCH)}
    assert made.get(question, "") == wanted
    assert bool(made) == bool(question)


def test_a_korean_sentence_can_be_asked_about_in_english_where_a_template_is_sure():
    book = NameBook(["네이버", "달빛중공업"])
    asked = crossed_questions("네이버는 새 검색 앱을 개발한다.", book, None)
    assert [one.text for one in asked] == ["What is NAVER developing?"]
    assert crossed_questions("달빛중공업은 새 배를 개발한다.", book, None) == []
    assert latin_name("SK텔레콤") == "SK Telecom"


def test_headings_become_questions_only_where_they_name_something():
    assert korean_heading_question("탈락한 회사").text == "탈락한 회사는 어디인가요?"
    assert korean_heading_question("회사별 예산").text == "회사별 예산은 어떻게 되나요?"
    assert korean_heading_question("새 시대를 향한 첫걸음") is None
    assert english_heading_question("Who gets what").text == "Who gets what?"
    assert english_heading_question("A new beginning") is None


@pytest.mark.parametrize(
    ("word", "pair", "said"),
    [
        ("얼마", ("이", "가"), "얼마가"),
        ("몇 명", ("을", "를"), "몇 명을"),
        ("무엇", ("으로", "로"), "무엇으로"),
        ("몇 킬", ("으로", "로"), "몇 킬로"),
        ("몇 m", ("이", "가"), "몇 m이"),
    ],
)
def test_a_particle_follows_the_last_sound(word, pair, said):
    assert with_particle(word, pair) == said


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_suggestion_is_answered_from_the_sentence_it_was_made_of(desk, language):
    questions = suggest(desk, language, n=5)
    assert len(questions) >= 2
    made = {one.question: one for one in candidates_of(town(language), language)}
    for question in questions:
        answer = desk.ask(question)
        assert answer.status is Status.ANSWERED
        source = made[question]
        assert any(c.start < source.end and source.start < c.end for c in answer.citations)


def test_suggestions_lead_on_from_an_answer_without_asking_it_again(desk):
    around = desk.ask("한빛버스에는 얼마가 지원되나요?")
    questions = suggest(desk, "ko", around)
    assert questions
    assert around.question not in questions
    assert any("푸른교통" in question or "나래운수" in question for question in questions)


def test_suggestions_are_remembered_until_other_articles_are_served():
    assistant = scripted()
    assistant.script = dict.fromkeys(
        (one.question for article in assistant.shelf for one in candidates_of(article, "ko")),
        next(iter(assistant.script.values())),
    )
    suggest(assistant, "ko")
    asked = len(assistant.asked)
    suggest(assistant, "ko")
    assert len(assistant.asked) == asked > 0
    assistant.shelf.pop()
    suggest(assistant, "ko")
    assert len(assistant.asked) > asked


def test_topics_are_headings_with_few_questions_each(desk):
    groups = topics(desk, "ko", n=2, each=1)
    assert [len(questions) for _, questions in groups] == [1, 1]
    assert "회사별 예산" in dict(groups)
