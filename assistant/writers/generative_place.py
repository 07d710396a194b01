"""A model's sentences take the place of the quotes they say, one by one, and of nothing else.

A quote gives way when checked sentences that rest on it carry what it was there for: the short
answer, or, where there is none, every name and figure of it. What no sentence carries stays.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.answer import Verdict
from assistant.dates import DateMention, find_dates
from assistant.draft import Draft, Point
from assistant.language import tokens
from assistant.names import NameBook
from assistant.quantities import Quantity, find_quantities
from assistant.question import Kind, Question
from assistant.question_words import INTERROGATIVES
from assistant.verify.numbers import supports
from assistant.writers.generative_check import Sentence, holds

_SUBJECT = re.compile(r"[^\s,]{2,12}[은는이가] ")

_AND = re.compile(r"(?:와|과|,|·|및|and|\s)+")
_TOGETHER = re.compile(
    r"함께|합쳐|합해|공동|모두|\b(?:together|joint|combined|both)", re.IGNORECASE
)

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
    needless = _beside_the_asked(point.text, question, book)
    return _says(text, _asked_part(point.text, question), book, needless)


def _asks_one_thing(question: Question) -> bool:
    if question.kind not in (Kind.FACT, Kind.YES_NO, Kind.SUPERLATIVE):
        return False
    asked = [token for token in tokens(question.text) if token.form in INTERROGATIVES]
    return len(asked) < 2


def _asked_part(quote: str, question: Question) -> str:
    """A quote without its subject where a list is asked for: who tells of it is not on it."""
    subject = _SUBJECT.match(quote) if question.kind is Kind.LIST else None
    return quote[subject.end() :] if subject else quote


def _beside_the_asked(quote: str, question: Question, book: NameBook) -> frozenset[str]:
    """Names that a quote only lists beside a name that is asked about (A와 B는).

    Where it counts or joins them, what is said of both is not said of one.
    """
    if find_quantities(quote) or _TOGETHER.search(quote):
        return frozenset()
    asked = {term.key for term in question.names}
    mentions = book.find(quote)
    pairs = [
        (one.key, other.key)
        for one, other in pairwise(mentions)
        if _AND.fullmatch(quote[one.end : other.start])
    ]
    beside = {key for pair in pairs if asked & set(pair) for key in pair}
    return frozenset(beside - asked)


def _says(text: str, wanted: str, book: NameBook, needless: frozenset[str] = frozenset()) -> bool:
    """Whether a text has every name and figure of another; without any, the words themselves."""
    figures = _figures(wanted)
    names = {mention.key for mention in book.find(wanted)} - needless
    dates = find_dates(wanted, None)
    if not figures and not names:
        return holds(text, wanted) or (bool(dates) and _dated(text, dates))
    stated = find_quantities(text)
    every_figure = all(any(supports(one, other) for other in stated) for one in figures)
    return every_figure and names <= {mention.key for mention in book.find(text)}


def _dated(text: str, dates: Sequence[DateMention]) -> bool:
    """Whether a text says every one of these dates, in whatever language."""
    stated = find_dates(text, None)
    return all(any(one.says(other) for one in stated) for other in dates)


def _figures(text: str) -> list[Quantity]:
    """The figures of a text but for those of dates: a day is asked for by its short answer."""
    dates = find_dates(text, None)
    return [
        figure
        for figure in find_quantities(text)
        if not any(date.start <= figure.start < date.end for date in dates)
    ]


def _without_frame(points: Sequence[Point]) -> list[Point]:
    """Without a leading line that only announces quotes ("The article says, in Korean:")."""
    quoted = any(point.verdict is Verdict.QUOTED for point in points)
    frames = [one for one in points if one.verdict is Verdict.NOTICE and one.text.endswith(":")]
    return [point for point in points if quoted or point not in frames]
