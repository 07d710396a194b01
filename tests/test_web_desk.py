"""What the page does with a question, a click and a fault, without a browser."""

from __future__ import annotations

import asyncio
import socket

import pytest
from browser_script import BUILDER, LENGTHS, make_article, scripted, told

from assistant.web.conversation import MAX_REMEMBERED, Conversation
from assistant.web.desk import Desk
from assistant.web.guard import Guard, is_closed
from assistant.web.serve import PortInUse, serve


def talk(desk, *questions):
    conversation = Conversation()
    for question in questions:
        for screen in desk.ask(question, conversation):
            conversation = screen.conversation or conversation
    return conversation


def test_a_question_is_shown_at_once_and_then_its_answer():
    screens = list(Desk(scripted()).ask(f"  {LENGTHS} ", Conversation()))
    assert "aria-busy" in screens[0].current
    assert screens[0].evidence is None
    assert "aria-busy" not in screens[-1].current
    assert 'data-turn="0"' in screens[-1].evidence


def test_the_assistant_reads_the_history_that_the_server_kept():
    assistant = scripted()
    talk(Desk(assistant), LENGTHS, BUILDER)
    history = assistant.asked[-1][1]
    assert [turn.role for turn in history] == ["user", "assistant"]
    assert history[0].content == LENGTHS
    assert "[1]" in history[1].content


@pytest.mark.parametrize(
    ("question", "said"),
    [("", "적어 주세요"), ("  \n", "적어 주세요"), ("\0", "적어 주세요"), ("가" * 1001, "1,001자")],
    ids=["empty", "blank", "nul", "long"],
)
def test_a_question_that_cannot_be_asked_gets_a_polite_line(question, said):
    assistant = scripted()
    (screen,) = Desk(assistant).ask(question, Conversation())
    assert said in screen.hint
    assert assistant.asked == []


def test_a_broken_assistant_is_told_in_words_and_not_remembered(caplog):
    screens = list(Desk(scripted()).ask("각본에 없는 질문", Conversation()))
    assert "답을 만들지 못했습니다" in screens[-1].current
    assert "KeyError" not in screens[-1].current
    assert all(screen.conversation is None for screen in screens)
    assert "could not be answered" in caplog.text


def test_an_earlier_turn_gets_its_own_evidence_and_an_unknown_one_none():
    desk = Desk(scripted())
    conversation = talk(desk, LENGTHS, BUILDER)
    assert 'id="src-1"' in desk.evidence_of(0, conversation).evidence
    assert 'id="near-1"' in desk.evidence_of(1, conversation).evidence
    assert desk.evidence_of(7, conversation).evidence is None
    assert desk.evidence_of(-1, conversation).evidence is None


def test_a_long_conversation_forgets_its_oldest_turns_but_keeps_their_numbers():
    answer = told(LENGTHS, make_article(), "강변길은 6km로 가장 길다.")
    conversation = Conversation()
    for _ in range(MAX_REMEMBERED + 3):
        conversation = conversation.then(answer)
    assert len(conversation.answers) == MAX_REMEMBERED
    assert conversation.numbered()[0][0] == 3
    assert conversation.answer(2) is None
    assert conversation.answer(3) == answer


def test_a_port_in_use_is_one_line_with_the_cure():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PortInUse) as caught:
            serve(scripted(), port=port)
    assert str(caught.value) == f"Port {port} is in use. Choose another: kai chat --port {port + 1}"


@pytest.mark.parametrize(
    "path", ["upload", "file=/etc/passwd", "proxy=http://a.invalid", "runs", "vibe-edit/"]
)
def test_what_the_page_does_not_need_is_closed(path):
    assert is_closed(f"/gradio_api/{path}")


def test_what_the_page_needs_is_open():
    assert not any(map(is_closed, ["/", "/assets/a.js", "/gradio_api/queue/join", "/theme.css"]))


def test_a_large_body_is_refused_before_gradio_reads_it():
    async def inner(scope, receive, send):
        raise AssertionError("reached the page")

    async def run():
        sent = []

        async def send(message):
            sent.append(message)

        scope = {
            "type": "http",
            "method": "POST",
            "path": "/gradio_api/queue/join",
            "headers": [(b"content-length", b"999999")],
        }
        await Guard(inner)(scope, None, send)
        return sent[0]["status"]

    assert asyncio.run(run()) == 413
