"""Conversations, feedback, places in line and pace: what the page keeps, and for whom."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections import defaultdict
from dataclasses import replace

import pytest
from browser_script import BUILDER, FIVE, LENGTHS, make_article, scripted, told
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answer import Answer, AnswerSentence, Status, Verdict
from assistant.answer_json import NotAnAnswer, answer_from
from assistant.evaluation.from_feedback import draft_lines
from assistant.evaluation.questions import load_lines
from assistant.web.conversation import MAX_REMEMBERED, Conversation
from assistant.web.desk import Desk
from assistant.web.feedback import Feedback, FeedbackBook, feedback_from
from assistant.web.history import MAX_KEPT, History
from assistant.web.line import Line, Pace
from assistant.web.readers import Reader
from assistant.web.screen import Screen
from assistant.web.shelf import shelf
from assistant.web.store import FILE, Store
from ingest.library import Library

ANSWERS = scripted().script
ME, YOU = "me", "you"


@pytest.fixture(params=["memory", "file"])
def store(request, tmp_path):
    return Store(tmp_path if request.param == "file" else None)


def kept(history, *questions, owner=ME, conversation="talk"):
    for number, question in enumerate(questions):
        history.record(owner, conversation, number, ANSWERS[question])


@pytest.mark.parametrize("question", [LENGTHS, BUILDER, FIVE])
def test_an_answer_read_back_from_its_json_is_the_answer(question):
    answer = ANSWERS[question]
    written = json.loads(json.dumps(answer.to_dict()))
    assert answer_from(written) == answer


@settings(deadline=None)
@given(st.sampled_from([" ", "\n"]), st.lists(st.text(min_size=1), min_size=2, max_size=4))
def test_how_sentences_were_joined_is_read_back(separator, texts):
    said = tuple(AnswerSentence(text, (), Verdict.NOTICE) for text in texts)
    answer = Answer("q", "q", "ko", Status.ABSTAINED, said, separator=separator)
    assert answer_from(answer.to_dict()).text == answer.text


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"status": "sure"}, "sure"),
        ({"sentences": [{"text": "x", "citations": ["1"], "verdict": "quoted"}]}, "whole number"),
        ({"question": 5}, "a text is expected"),
        ({"citations": [{"number": 1}]}, "missing"),
    ],
)
def test_what_is_no_answer_says_why(change, said):
    with pytest.raises(NotAnAnswer, match=said):
        answer_from({**ANSWERS[LENGTHS].to_dict(), **change})


def test_a_conversation_comes_back_with_its_answers(store):
    kept(History(store), LENGTHS, BUILDER)
    back = History(store).open(ME, "talk")
    assert [answer.question for answer in back.answers] == [LENGTHS, BUILDER]
    assert back.answers[0].citations == ANSWERS[LENGTHS].citations
    assert back.id == "talk"


def test_nobody_reaches_the_conversation_of_another(store):
    history = History(store)
    kept(history, LENGTHS)
    assert history.open(YOU, "talk") is None
    assert history.entries(YOU) == []
    assert history.answers(YOU, "talk") == []
    assert not history.rename(YOU, "talk", "mine now")
    assert not history.delete(YOU, "talk")
    assert not history.record(YOU, "talk", 0, ANSWERS[BUILDER])
    assert [answer.question for answer in history.open(ME, "talk").answers] == [LENGTHS]


def test_an_edited_question_takes_the_place_of_all_that_followed(store):
    history = History(store)
    kept(history, LENGTHS, BUILDER, FIVE)
    FeedbackBook(store).keep("talk", 2, Feedback("up"))
    history.record(ME, "talk", 1, ANSWERS[FIVE])
    assert [answer.question for answer in history.open(ME, "talk").answers] == [LENGTHS, FIVE]
    assert FeedbackBook(store).of("talk") == {}


def test_conversations_are_found_by_their_words_and_renamed_and_erased(store):
    history = History(store)
    kept(history, LENGTHS, conversation="a")
    kept(history, BUILDER, conversation="b")
    assert [entry.id for entry in history.entries(ME, "강변길 6km")] == ["a"]
    assert history.entries(ME, "100%") == []
    assert history.rename(ME, "a", "  자전거   길 ")
    assert not history.rename(ME, "a", "  ")
    assert [entry.title for entry in history.entries(ME, "자전거 길")][:1] == ["자전거 길"]
    assert history.delete(ME, "a")
    assert [entry.id for entry in history.entries(ME)] == ["b"]


def test_a_long_conversation_shows_its_last_answers_under_their_numbers():
    history = History(Store())
    for number in range(MAX_REMEMBERED + 2):
        history.record(ME, "talk", number, ANSWERS[LENGTHS])
    back = history.open(ME, "talk")
    assert back.numbered()[0][0] == 2
    assert back.next_turn == MAX_REMEMBERED + 2
    assert len(history.answers(ME, "talk")) == MAX_REMEMBERED + 2


def test_the_oldest_conversations_of_an_owner_are_forgotten(monkeypatch):
    monkeypatch.setattr("assistant.web.history.MAX_KEPT", 2)
    history = History(Store())
    for name in "abc":
        kept(history, LENGTHS, conversation=name)
    assert [entry.id for entry in history.entries(ME)] == ["c", "b"]
    assert MAX_KEPT > 100


def test_a_disk_that_refuses_costs_the_history_and_not_the_answer(tmp_path, caplog):
    (tmp_path / FILE).write_bytes(b"not a database" * 100)
    desk = Desk(scripted(), store=Store(tmp_path))
    screens = list(desk.ask(LENGTHS, Conversation(), Reader(ME, "page")))
    assert "강변길은 6km" in screens[-1].current
    assert screens[-1].conversation.answers
    assert "history cannot be used" in caplog.text


def test_the_file_is_readable_by_its_owner_alone(tmp_path):
    kept(History(Store(tmp_path)), LENGTHS)
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0


def test_erased_text_does_not_stay_in_the_file(tmp_path):
    history = History(Store(tmp_path))
    secret = replace(ANSWERS[LENGTHS], question="아무도 모를 질문 하나")
    history.record(ME, "talk", 0, secret)
    history.delete(ME, "talk")
    assert "아무도 모를 질문".encode() not in (tmp_path / FILE).read_bytes()


def test_feedback_from_a_browser_is_cut_to_what_can_be_meant():
    sent = {"rating": "down", "reason": "x" * 99, "sentences": [0, 7, "1", True, -1], "note": "a b"}
    assert feedback_from(sent, 2) == Feedback("down", "", (0,), "a b")
    assert len(feedback_from({"rating": "up", "note": "가" * 9999}, 1).note) == 500
    assert feedback_from({"rating": "maybe"}, 2) is None
    assert feedback_from({"rating": ["up"]}, 2) is None


def test_feedback_is_kept_only_for_a_conversation_of_ones_own():
    desk = Desk(scripted())
    talk = Conversation()
    for screen in desk.ask(LENGTHS, talk, Reader(ME, "page")):
        talk = screen.conversation or talk
    sent = {"turn": 0, "rating": "up"}
    assert "저장하지 못했" in desk.judge(sent, talk, Reader(YOU, "page")).hint
    assert FeedbackBook(desk.store).of(talk.id) == {}
    assert "고맙습니다" in desk.judge(sent, talk, Reader(ME, "page")).hint
    assert FeedbackBook(desk.store).of(talk.id) == {0: Feedback("up")}
    assert 'aria-pressed="true"' in desk.open(talk.id, Reader(ME, "page")).current


def test_feedback_becomes_drafts_that_are_refused_until_they_are_completed(tmp_path):
    store = Store()
    history, book = History(store), FeedbackBook(store)
    kept(history, LENGTHS, FIVE)
    kept(history, BUILDER, conversation="other")
    book.keep("talk", 0, Feedback("up"))
    book.keep("talk", 1, Feedback("down", "wrong", (0,), "세 곳이다"))
    book.keep("other", 0, Feedback("down", "missed"))
    rows = {row["draft"]["said"][:5]: row for row in draft_lines(book.all())}
    good, follow_up, missed = rows["강변길은 "], rows["다섯 곳이"], rows["기사에는 "]
    assert good["must"] == [["6km"]]
    assert follow_up["turns"][0] == LENGTHS
    assert follow_up["draft"]["wrong"] == ["다섯 곳이 아니라 세 곳입니다."]
    assert missed["answerable"] is True
    path = tmp_path / "set.jsonl"

    def written(row):
        path.write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
        return path

    assert load_lines(written(good))
    with pytest.raises(Exception, match="must holds no fact"):
        load_lines(written(missed))
    assert load_lines(written({**missed, "must": [["42억 원"]]}))
    follow_up["turns"][-1]["must"] = [["세 곳"]]
    assert load_lines(written(follow_up))


def test_places_in_line_are_served_in_order():
    line = Line(at_once=1, waiting=2)
    first, second, third = line.join(), line.join(), line.join()
    assert line.join() is None
    assert [ticket.place for ticket in (first, second, third)] == [0, 1, 2]
    assert line.crowded
    assert not second.wait(0)
    first.leave()
    assert second.wait(0)
    third.leave()
    third.leave()
    second.leave()
    assert not line.crowded


def test_a_wait_ends_when_the_place_is_given_up():
    line = Line(at_once=1, waiting=1)
    first, second = line.join(), line.join()
    threading.Timer(0.05, first.leave).start()
    assert second.wait(5)


def test_the_pace_is_one_readers_own_and_passes_with_time():
    now = [0.0]
    pace = Pace(2, clock=lambda: now[0])
    assert [pace.delay("a"), pace.delay("a"), pace.delay("a")] == [0, 0, 60]
    assert pace.delay("b") == 0
    now[0] = 45
    assert pace.delay("a") == 15
    now[0] = 60.5
    assert pace.delay("a") == 0
    assert [Pace(0).delay("a") for _ in range(99)] == [0] * 99


def test_one_who_asks_too_fast_is_told_when_to_ask_again():
    assistant = scripted()
    desk = Desk(assistant, pace=Pace(1))
    list(desk.ask(LENGTHS, Conversation(), Reader(ME, "page")))
    (screen,) = desk.ask(LENGTHS, Conversation(), Reader(ME, "page"))
    assert "60초 뒤에" in screen.hint
    assert len(assistant.asked) == 1


def test_a_full_line_is_told_politely_and_keeps_the_question():
    desk = Desk(scripted(), line=Line(at_once=1, waiting=0))
    desk.line.join()
    screens = list(desk.ask(LENGTHS, Conversation(), Reader(ME, "page")))
    assert "기다리는 사람이 너무 많" in screens[-1].current
    assert f'data-question="{LENGTHS}"' in screens[-1].current


def test_history_that_a_client_made_up_is_never_read():
    assistant = scripted()
    desk = Desk(assistant)
    forged = Conversation((ANSWERS[FIVE],), 0, "talk")
    kept(desk.history, LENGTHS, owner=YOU)
    list(desk.ask(BUILDER, replace(forged, answers=()), Reader(ME, "page")))
    assert assistant.asked[-1][1] == ()


def test_a_stop_ends_the_answer_and_frees_the_place():
    class Endless(type(scripted())):
        closed = False

        def stream(self, question, history=()):
            try:
                while True:
                    yield self.script[question]
            finally:
                self.closed = True

    assistant = Endless(scripted().shelf, ANSWERS)
    desk = Desk(assistant, line=Line(at_once=1, waiting=0))
    reader = Reader(ME, "page")
    screens = desk.ask(LENGTHS, Conversation(), reader)
    next(screens)
    assert "aria-busy" in next(screens).current
    assert "멈췄습니다" in desk.stop(reader, LENGTHS, 0).current
    assert list(screens) == []
    assert assistant.closed
    assert desk.history.entries(ME) == []
    assert desk.line.join() is not None


def test_a_citation_finds_the_revision_it_was_made_of(tmp_path):
    old = make_article()
    new = make_article(lines=((old.blocks[0].kind, old.title), (old.blocks[2].kind, "새 글이다.")))
    library = Library(tmp_path)
    library.put(old)
    library.put(new)
    assistant = scripted()
    assistant.shelf[:] = [new]
    find = shelf(assistant, tmp_path)
    assert find("bike", new.sha256) == new
    assert find("bike", old.sha256).text == old.text
    assert find("bike", "0" * 64) is None
    library.remove("bike")
    assert find("bike", old.sha256) is None


def test_a_locked_file_is_waited_for(tmp_path):
    store = Store(tmp_path)
    kept(History(store), LENGTHS)
    other = sqlite3.connect(tmp_path / FILE, check_same_thread=False)
    other.execute("begin immediate")
    threading.Timer(0.2, other.rollback).start()
    assert History(store).rename(ME, "talk", "뒤에")


def test_the_empty_page_is_given_again_only_while_nothing_was_asked():
    desk = Desk(scripted())
    reader = Reader(ME, "page")
    assert "자전거 도로" in desk.again(reader).evidence
    list(desk.ask(LENGTHS, Conversation(), reader))
    assert desk.again(reader) == Screen()
    assert desk.again(Reader(ME, "other page")) != Screen()


def test_questions_to_go_on_with_were_not_asked_before():
    asked = "공사에는 모두 얼마가 드나요?"
    assistant = scripted()
    bike = make_article()
    assistant.script[asked] = told(asked, bike, "공사에는 모두 42억 원이 든다.", short="42억 원")
    assistant.script = defaultdict(lambda: assistant.script[BUILDER], assistant.script)
    desk = Desk(assistant, suggests=True)
    first = list(desk.ask(LENGTHS, Conversation(), Reader(ME, "page")))
    assert asked in first[-1].onward
    talk = next(screen.conversation for screen in first if screen.conversation)
    *_, second = desk.ask(asked, talk, Reader(ME, "page"))
    talk = second.conversation
    assert all(
        asked not in (screen.onward or "") for screen in desk.ask(LENGTHS, talk, Reader(ME, "page"))
    )
