"""A model's sentences take the place of the quotes they say, one by one, and of nothing else.

A quote gives way when checked sentences that rest on it carry what it was there for: the short
answer, or, where there is none, every name and figure of it. What no sentence carries stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Verdict
from assistant.draft import Draft, Point, Span
from assistant.language import tokens
from assistant.names import NameBook
from assistant.quantities import find_quantities
from assistant.question import Kind, Question
from assistant.question_words import INTERROGATIVES
from assistant.verify.numbers import supports
from assistant.writers.generative_check import Sentence, holds

MOST_FOR_ONE = 2  # sentences in the place of one quote


def placed(
    draft: Draft, sentences: Sequence[Sentence], question: Question, book: NameBook
) -> Draft:
    """The draft with every sentence in its place; the same draft where none has one."""
    points: list[Point] = []
    used: list[Sentence] = []
    for point in draft.points:
        saying = _saying(point, sentences)
        if not saying or not _carries(saying, point, draft, question, book):
            points.append(point)
            continue
        points += [one.point for one in saying if one not in used]
        used += saying
    if not used:
        return draft
    return replace(draft, points=tuple(_without_frame(points)))


def _saying(point: Point, sentences: Sequence[Sentence]) -> list[Sentence]:
    if point.verdict is not Verdict.QUOTED:
        return []
    keys = {span.key for span in point.spans}
    resting = [one for one in sentences if keys & {span.key for span in one.spans}]
    return resting[:MOST_FOR_ONE]


def _carries(
    saying: Sequence[Sentence], point: Point, draft: Draft, question: Question, book: NameBook
) -> bool:
    text = " ".join(one.text for one in saying)
    short = draft.short_answer
    if short and short in point.text and _asks_one_thing(question):
        return _says(text, short, book)
    return _says(text, point.text, book)


def _asks_one_thing(question: Question) -> bool:
    if question.kind not in (Kind.FACT, Kind.YES_NO, Kind.SUPERLATIVE):
        return False
    asked = [token for token in tokens(question.text) if token.form in INTERROGATIVES]
    return len(asked) < 2


def _says(text: str, wanted: str, book: NameBook) -> bool:
    """Whether a text has every name and figure of another; without any, the words themselves."""
    figures = find_quantities(wanted)
    names = {mention.key for mention in book.find(wanted)}
    if not figures and not names:
        return holds(text, wanted)
    stated = find_quantities(text)
    every_figure = all(any(supports(one, other) for other in stated) for one in figures)
    return every_figure and names <= {mention.key for mention in book.find(text)}


def _without_frame(points: Sequence[Point]) -> list[Point]:
    """Without a leading line that only announces quotes ("The article says, in Korean:")."""
    quoted = any(point.verdict is Verdict.QUOTED for point in points)
    frames = [one for one in points if one.verdict is Verdict.NOTICE and one.text.endswith(":")]
    return [point for point in points if quoted or point not in frames]


def spans_of(draft: Draft) -> list[Span]:
    """The spans that a draft's facts rest on."""
    return [span for point in draft.points for span in point.spans]
