"""What a model is given to write from: the answer's own sentences and what stands before them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.answer import Turn, Verdict
from assistant.answerable import is_order
from assistant.candidates import Line
from assistant.draft import Draft, Span
from assistant.models.pen import Message
from prompts.messages import messages

MOST_EVIDENCE = 14
MOST_LINE = 700  # characters of one evidence line
ROOM_TO_WRITE = 1024  # tokens of the window that are kept free for the answer

_QUOTE = {
    "type": "object",
    "properties": {
        "n": {"type": "integer"},
        "text": {"type": "string"},
    },
    "required": ["n", "text"],
    "additionalProperties": False,
}
_ITEM = {
    "type": "object",
    "properties": {
        "quotes": {"type": "array", "items": _QUOTE},
        "sentence": {"type": "string"},
    },
    "required": ["quotes", "sentence"],
    "additionalProperties": False,
}
SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "properties": {"sentences": {"type": "array", "items": _ITEM}},
    "required": ["sentences"],
    "additionalProperties": False,
}


def evidence_for(draft: Draft, lines: Sequence[Line]) -> list[Span]:
    """The quoted sentences of a draft in order, each after the sentence that it goes on from.

    A sentence that gives orders to an assistant is no evidence.
    """
    spans: dict[tuple[str, int, int], Span] = {}
    for point in draft.points:
        for span in point.spans if point.verdict is Verdict.QUOTED else ():
            for one in (*_before(span, lines), span):
                if len(one.quote) <= MOST_LINE and not is_order(one.quote):
                    spans.setdefault(one.key, one)
    return list(spans.values())[:MOST_EVIDENCE]


def _before(span: Span, lines: Sequence[Line]) -> list[Span]:
    """The sentence before, when this one names no subject of its own (Korean drops it)."""
    own = next((line for line in lines if line.span.key == span.key), None)
    if own is None or own.names or not own.names_before:
        return []
    earlier = [
        line.span
        for line in lines
        if line.article.id == span.article.id and line.sentence.end <= span.start
    ]
    return sorted(earlier, key=lambda one: one.end)[-1:]


def writing_prompt(
    question: str, language: str, evidence: Sequence[Span], window: int
) -> list[Message]:
    """The prompt for an answer; where the window is small the examples go, never the evidence."""
    numbered = "\n".join(
        f"[{number}] {' '.join(span.quote.split())}" for number, span in enumerate(evidence, 1)
    )
    full = messages("write", language, evidence=numbered, question=question)
    if tokens_in(full) <= window - ROOM_TO_WRITE:
        return full
    return [full[0], full[-1]]


def standalone_prompt(
    question: str, language: str, history: Sequence[Turn], window: int
) -> list[Message]:
    """The prompt for a standalone question; the oldest turns are dropped until it fits."""
    turns = list(history)
    while True:
        filled = messages(
            "standalone", language, conversation=_told(turns, language), question=question
        )
        if not turns or tokens_in(filled) <= window - ROOM_TO_WRITE:
            return filled
        turns = turns[1:]


def _told(turns: Sequence[Turn], language: str) -> str:
    names = ("질문", "답") if language == "ko" else ("Question", "Answer")
    return "\n".join(
        f"{names[turn.role != 'user']}: {' '.join(turn.content.split())}" for turn in turns
    )


def tokens_in(prompt: Sequence[Message]) -> int:
    """Tokens of a prompt, rather too many: a Hangul syllable for one, three Latin letters."""
    return sum(len(text.encode()) // 3 + 8 for _, text in prompt)
