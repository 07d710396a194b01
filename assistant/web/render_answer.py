"""One turn of the conversation as HTML: question, answer, verdicts, notices."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Answer, AnswerSentence, Citation, Status, Verdict
from assistant.web.render import both, byline, esc, marker, peek
from assistant.web.render_conflict import render_conflict
from assistant.web.render_foot import marker_targets, render_foot, shown_how


def render_turn(
    turn: int,
    answer: Answer,
    *,
    unfinished: bool = False,
    suggestions: Sequence[str] = (),
    tools: str = "",
) -> str:
    """A question with its answer.

    Args:
        turn: the number of the turn.
        answer: what to show.
        unfinished: whether a later Answer may replace this one.
        suggestions: questions that the articles answer, to go on with.
        tools: ready HTML of what one can do with the answer.
    """
    parts = (
        _understood(answer),
        _card(answer, unfinished),
        tools,
        render_suggestions(answer.status, suggestions),
        _peeks(answer),
    )
    return framed(turn, answer.question, "".join(parts))


def render_suggestions(status: Status, suggestions: Sequence[str]) -> str:
    """Questions to go on with; after a refusal, what can be answered instead."""
    if not suggestions:
        return ""
    title = both("ask_instead" if status is Status.ABSTAINED else "ask_next")
    items = "".join(
        f'<li><button type="button" class="ask">{esc(question)}</button></li>'
        for question in suggestions
    )
    return f'<div class="suggestions"><h3>{title}</h3><ul>{items}</ul></div>'


def _peeks(answer: Answer) -> str:
    cards = "".join(peek(cited, target) for cited, target in marker_targets(answer).values())
    return f'<div class="peeks" hidden>{cards}</div>' if cards else ""


def render_waiting(turn: int, question: str) -> str:
    """A question whose answer is being looked for: as high as a short answer, so nothing jumps."""
    lines = '<span class="line"></span><span class="line short"></span>'
    return framed(
        turn,
        question,
        f'<div class="answer waiting" aria-busy="true"><p class="label">{both("looking")}</p>'
        f"{lines}</div>",
    )


def render_failure(turn: int, question: str) -> str:
    """A question that could not be answered because something broke; says so in words."""
    return framed(
        turn,
        question,
        f'<div class="answer failed" role="alert"><p class="label">{both("status_error")}</p>'
        f'<p class="text">{both("error_text")}</p></div>',
    )


def framed(turn: int, question: str, body: str) -> str:
    """A question with what stands below it."""
    return (
        f'<section class="turn" id="turn-{turn}" data-turn="{turn}">'
        f'<p class="question"><span class="sr">{both("you_asked")}: </span>{esc(question)}</p>'
        f"{body}</section>"
    )


def _understood(answer: Answer) -> str:
    if answer.standalone_question.strip() in ("", answer.question.strip()):
        return ""
    return f'<p class="understood">{both("understood", question=answer.standalone_question)}</p>'


def _card(answer: Answer, unfinished: bool) -> str:
    parts = [
        _label(answer),
        _text(answer),
        render_conflict(answer),
        _missing(answer),
        _nearest(answer) if answer.status is Status.ABSTAINED else "",
        render_foot(answer),
    ]
    busy = ' aria-busy="true"' if unfinished else ""
    return f'<div class="answer {answer.status.value}"{busy}>{"".join(parts)}</div>'


def _label(answer: Answer) -> str:
    if answer.status is Status.ANSWERED:
        return ""
    return f'<p class="label">{both(f"status_{answer.status.value}")}</p>'


def _text(answer: Answer) -> str:
    targets = marker_targets(answer)
    bold = _bold_at(answer)
    shown = [
        _sentence(sentence, targets, answer.short_answer if place == bold else None)
        for place, sentence in enumerate(answer.sentences)
    ]
    if "\n" in answer.separator and len(shown) > 1:
        items = "".join(f"<li>{sentence}</li>" for sentence in shown)
        return f'<ul class="text points" lang="{esc(answer.language)}">{items}</ul>'
    return f'<p class="text" lang="{esc(answer.language)}">{" ".join(shown)}</p>' if shown else ""


def _sentence(
    sentence: AnswerSentence, targets: dict[int, tuple[Citation, str]], bold: str | None
) -> str:
    marks = "".join(marker(*targets[number]) for number in sentence.citations if number in targets)
    text = _emphasised(sentence.text, bold)
    worked = _worked_out(sentence)
    return f'<span class="sentence {sentence.verdict.value}">{text}{marks}{worked}</span>'


def _worked_out(sentence: AnswerSentence) -> str:
    """The sum or comparison behind a derived sentence, where ``how`` is one and no rule's name."""
    how = shown_how(sentence.how)
    if not how:
        return ""
    return f'<span class="how"><span class="sr">{both("how")}: </span>{esc(how)}</span>'


def _bold_at(answer: Answer) -> int | None:
    if not answer.short_answer:
        return None
    places = (
        place
        for place, sentence in enumerate(answer.sentences)
        if sentence.verdict is not Verdict.NOTICE and answer.short_answer in sentence.text
    )
    return next(places, None)


def _emphasised(text: str, bold: str | None) -> str:
    if bold is None:
        return esc(text)
    before, _, after = text.partition(bold)
    return f"{esc(before)}<strong>{esc(bold)}</strong>{esc(after)}"


def _missing(answer: Answer) -> str:
    said = {sentence.text.strip() for sentence in answer.sentences}
    if not answer.missing or answer.missing.strip() in said:
        return ""
    return f'<dl class="missing"><dt>{both("missing")}</dt><dd>{esc(answer.missing)}</dd></dl>'


def _nearest(answer: Answer) -> str:
    if not answer.nearest:
        return ""
    items = "".join(
        f'<li><a class="near" href="#near-{place}"><q>{esc(cited.quote)}</q></a>'
        f"{byline(cited.publisher, cited.published)}</li>"
        for place, cited in enumerate(answer.nearest, 1)
    )
    return f'<div class="nearest"><h3>{both("nearest")}</h3><ul>{items}</ul></div>'
