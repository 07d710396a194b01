"""What one can do with an answer: ask again, edit, judge; and how a wait or a stop is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.answer import Answer, Verdict
from assistant.web.conversation import Conversation
from assistant.web.feedback import MAX_NOTE, REASONS, Feedback
from assistant.web.render import both, esc
from assistant.web.render_answer import framed, render_turn
from assistant.web.strings import STRINGS


def render_at(conversation: str) -> str:
    """Tells the script which conversation is shown; no reader sees it."""
    return f'<i id="kai-at" hidden data-conversation="{esc(conversation)}"></i>'


def render_whole(turn: int, answer: Answer, feedback: Feedback | None = None) -> str:
    """A turn with its answer and what one can do with it."""
    return render_turn(turn, answer, tools=render_tools(turn, answer, feedback))


def render_turns(conversation: Conversation, said: Mapping[int, Feedback]) -> str:
    """All turns of a conversation; ``said`` is the feedback of each."""
    return "".join(
        render_whole(turn, answer, said.get(turn)) for turn, answer in conversation.numbered()
    )


def render_tools(turn: int, answer: Answer, feedback: Feedback | None = None) -> str:
    """The line of buttons below an answer, with the form that a "wrong" opens."""
    rating = feedback.rating if feedback else ""
    return (
        f'<div class="tools" role="group" aria-label="{esc(" · ".join(STRINGS["tools"]))}">'
        f"{_again(turn, answer.question)}"
        f'<button type="button" class="quiet rate" data-do="good" data-turn="{turn}" '
        f'aria-pressed="{_true(rating == "up")}">{both("good")}</button>'
        f'<details class="judge"{" data-judged" if rating == "down" else ""}>'
        f'<summary class="quiet rate">{both("bad")}</summary>'
        f"{_judge(turn, answer, feedback)}</details></div>"
    )


def _again(turn: int, question: str) -> str:
    return "".join(
        f'<button type="button" class="quiet" data-do="{deed}" data-turn="{turn}" '
        f'data-question="{esc(question)}">{both(deed)}</button>'
        for deed in ("retry", "edit")
    )


def _judge(turn: int, answer: Answer, feedback: Feedback | None) -> str:
    chosen = feedback if feedback and feedback.rating == "down" else Feedback("down")
    reasons = "".join(
        f'<label><input type="radio" name="reason-{turn}" value="{reason}"'
        f"{' checked' if reason == chosen.reason else ''}> {both(f'reason_{reason}')}</label>"
        for reason in REASONS
    )
    name = f"note-{turn}"
    return (
        f'<form class="judge-form" data-turn="{turn}"><fieldset><legend>{both("judge_title")}'
        f"</legend>{reasons}</fieldset>{_sentences(answer, chosen.sentences)}"
        f'<label for="{name}">{both("judge_note")}</label>'
        f'<textarea id="{name}" rows="2" maxlength="{MAX_NOTE}">{esc(chosen.note)}</textarea>'
        f'<button type="submit">{both("judge_send")}</button></form>'
    )


def _sentences(answer: Answer, wrong: Sequence[int]) -> str:
    rows = "".join(
        f'<label class="said"><input type="checkbox" value="{place}"'
        f"{' checked' if place in wrong else ''}><span>{esc(sentence.text)}</span></label>"
        for place, sentence in enumerate(answer.sentences)
        if sentence.verdict is not Verdict.NOTICE
    )
    if not rows:
        return ""
    return f"<fieldset><legend>{both('sentence_wrong')}</legend>{rows}</fieldset>"


def render_queued(turn: int, question: str, before: int) -> str:
    """A question in line: how many come before it."""
    return framed(
        turn,
        question,
        '<div class="answer waiting" aria-busy="true"><p class="label" role="status">'
        f'{both("queued", n=before)}</p><span class="line"></span></div>',
    )


def render_unanswered_turn(turn: int, question: str, why: str) -> str:
    """A question that got no answer, with a way to ask it again; ``why`` is "full" or "stopped"."""
    return framed(
        turn,
        question,
        f'<div class="answer abstained" role="status"><p class="label">{both(why)}</p>'
        f'<p class="text">{both(f"{why}_text")}</p></div>'
        f'<div class="tools">{_again(turn, question)}</div>',
    )


def render_again(turn: int, question: str) -> str:
    """The buttons below a question that could not be answered."""
    return f'<div class="tools">{_again(turn, question)}</div>'


def render_pace(seconds: int) -> str:
    """The polite line to one who asks too fast; the script puts the question back."""
    return f'<p class="hint" role="status" data-again>{both("hint_pace", n=seconds)}</p>'


def render_said(key: str) -> str:
    """A line that says that something was done, or why it was not."""
    return f'<p class="hint said" role="status">{both(key)}</p>'


def _true(value: bool) -> str:
    return "true" if value else "false"
