"""The shortest span of the cited sentence that answers: a figure, a date or a name."""

from __future__ import annotations

import re

from assistant.candidates import Line, topic_of
from assistant.facts import fits, pairs_of
from assistant.held import CODE, DURATION_UNITS, MONEY_UNITS, NOT_COUNTS, asked_number, holder
from assistant.matching import Match
from assistant.names import Mention, NameBook
from assistant.quantities import Quantity, find_quantities, same_value
from assistant.question import Kind, Question, Want

_LEFT = re.compile(r"\s?(?:에서|부터) (?=\S{1,14}로)|\s?→|\s(?:minutes |won |dollars )?to (?=\d)")
MOVED_BY = re.compile(r"얼마나|\bhow much\b", re.IGNORECASE)
_UNITS = {
    Want.MONEY: MONEY_UNITS,
    Want.PERCENT: frozenset({"percent", "point"}),
    Want.DURATION: DURATION_UNITS,
}


def short_answer(question: Question, found: Match, book: NameBook) -> str | None:
    """The span of the type wanted that stands nearest to the question's words, or None."""
    line, want = found.line, question.want
    if question.kind is Kind.LIST:  # one name of several is no answer
        return None
    if asked_number(question) > 1 and want in {Want.ORGANISATION, Want.PERSON, Want.NAME}:
        return None
    spots = _spots(question, line)
    if want is Want.DATE:
        dates = [date for date in line.dates if not _is_left(line.text, date.end)] or line.dates
        near = _nearest([(date.start, date.text) for date in dates], spots)
        return near.rstrip(". ") if near else None
    if want in {Want.MONEY, Want.PERCENT, Want.DURATION, Want.AMOUNT, Want.COUNT}:
        fitting = [quantity for quantity in line.quantities if _fits(quantity, question)]
        said = find_quantities(question.text)
        fitting = [q for q in fitting if not any(same_value(q, s) for s in said)] or fitting
        own = _own_values(question, line)
        fitting = [quantity for quantity in fitting if quantity in own] or fitting
        if want is not Want.AMOUNT or not MOVED_BY.search(question.text):
            fitting = [q for q in fitting if not _is_left(line.text, q.end)] or fitting
        return _nearest([(quantity.start, quantity.text) for quantity in fitting], spots)
    if want in {Want.PERSON, Want.ORGANISATION, Want.NAME, Want.ANY}:
        asked = {term.key for term in question.names}
        if question.title and want is Want.PERSON:
            return holder(question, line.text)
        topic = line.topic.mention if line.topic else None
        topic = topic or topic_of(line.text, line.mentions)
        if topic and topic.key not in asked and want is Want.ORGANISATION and not question.partner:
            return topic.text
        if want is not Want.ANY and line.items > 2 and not question.partner:
            return None  # one of several is no answer
        names = [(m.start, m.text) for m in line.mentions if _is_other(m, question, asked)]
        return _nearest(names, spots) if want is not Want.ANY or len(names) == 1 else None
    return None


def _is_other(mention: Mention, question: Question, asked: set[str | None]) -> bool:
    """Whether a name can be the answer: none of the question's, and no code where a party is."""
    party = question.want in {Want.PERSON, Want.ORGANISATION}
    return mention.key not in asked and not (party and CODE.fullmatch(mention.key))


def _is_left(text: str, end: int) -> bool:
    """Whether a value is the one that is left behind: "9월에서 11월로", "from 30 to 60"."""
    return bool(_LEFT.match(text, end))


def _own_values(question: Question, line: Line) -> list[Quantity]:
    """The values that the sentence gives to the very thing asked for."""
    items = [term for term in question.terms if not (term.verb or term.light or term.number)]
    pairs = pairs_of([line])
    own = [pair.quantity for pair in pairs if fits(pair, items)]
    if own or question.want is not Want.MONEY:
        return own
    for term in [*reversed([t for t in items if not t.light]), *items]:  # the last says most
        own = [pair.quantity for pair in pairs if fits(pair, [term])]
        if own:
            return own
    return []


def _fits(quantity: Quantity, question: Question) -> bool:
    if question.want is Want.COUNT:
        return quantity.unit not in NOT_COUNTS and not quantity.ordinal
    units = _UNITS.get(question.want)
    return units is None or quantity.unit in units


def _spots(question: Question, line: Line) -> list[int]:
    """Where the question's words stand in the sentence."""
    lowered = line.text.lower()
    spots = [
        mention.end for mention in line.mentions if mention.key in {t.key for t in question.names}
    ]
    return spots + [
        lowered.find(term.form) + len(term.form)
        for term in question.terms
        if not term.name and len(term.form) > 1 and term.form in lowered
    ]


def _nearest(spans: list[tuple[int, str]], spots: list[int]) -> str | None:
    if not spans:
        return None
    if not spots:
        return spans[0][1]
    return min(spans, key=lambda span: sum(abs(span[0] - spot) for spot in spots))[1]
