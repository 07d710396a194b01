"""The refusal rule: whether a sentence answers a question, and what is missing when it does not.

A sentence close to a question is easy to find; it answers only when it speaks of every name the
question names, of the thing that is asked for, and holds a value of the type wanted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant import lexicon, question_words
from assistant.candidates import Line
from assistant.held import holds
from assistant.language import tokens
from assistant.matching import Match, cover
from assistant.names import NameBook
from assistant.names_used import named_by_ending
from assistant.polarity import is_announced, is_conditional, is_negative, is_planned
from assistant.quantities import find_quantities
from assistant.question import Kind, Question, Want
from assistant.question_terms import Term
from assistant.question_words import RESULT, TODAY

COVERED = 0.45  # a term below this is not spoken of
FOCUS_COVERED = 0.55  # a heading alone does not say who the president is
VALUE_SHARE = 0.52  # a value of the right type says some of the question itself
# What has no other words: a sum, a share, a date or a time is there or it is not.
VALUES = frozenset({Want.MONEY, Want.PERCENT, Want.DATE, Want.DURATION})
FIGURES = frozenset({Want.COUNT, Want.AMOUNT, Want.MONEY, Want.PERCENT})
SHARE = 0.62  # weighted share of the question that an answer must cover

SAID_IN_SENTENCE = frozenset({Want.PERSON, Want.ORGANISATION, Want.NAME, Want.ANY})


_VERBAL = re.compile(r"(?:해|하여|하고|했|돼|되어|되고|됐|됨|함)")


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a matched sentence answers; ``missing`` are the words it does not speak of."""

    answers: bool
    missing: tuple[str, ...] = ()
    announced: bool = False


def judge(question: Question, found: Match, book: NameBook) -> Judgement:
    """Apply the refusal rule to a sentence."""
    missing = [term for term in question.heavy if _is_required(term, question, found)]
    missing = missing or _nothing_said(question, found)
    if missing:
        return Judgement(False, _wordings(question, missing))
    if holds(question, found.line, book) <= 0:
        focus = question.focus
        return Judgement(
            False,
            (question.text[focus.start : focus.end],) if focus else (),
            announced=question.past and is_planned(found.line.text),
        )
    if _only_announced(question, found.line, book) or _left_open(question, found.line):
        return Judgement(False, (), announced=True)
    named = any(term.key and found.of(term) >= COVERED for term in question.names)
    enough = VALUE_SHARE if named and question.want in VALUES else SHARE
    if question.likely is None and found.judged < enough and not _said_by_type(question, found):
        return Judgement(False, _wordings(question, found.uncovered(COVERED)))
    return Judgement(True)


def must_be_named(question: Question) -> list[Term]:
    """The terms that no other words can stand for: names, figures, what names a party."""
    parties = named_by_ending(question.text)
    strict = [t for t in question.heavy if t.name or t.number or t.form in parties]
    return [term for term in strict if not _is_first(term)]


def is_told_as_asked(question: Question, found: Match, book: NameBook) -> bool:
    """Whether a sentence tells as done what is asked as done, and leaves open nothing asked."""
    return not (_only_announced(question, found.line, book) or _left_open(question, found.line))


def _is_required(term: Term, question: Question, found: Match) -> bool:
    strict = term == question.focus and question.want in SAID_IN_SENTENCE
    if found.of(term) >= (FOCUS_COVERED if strict else COVERED):
        return False
    if term.name or term.number:
        return not _is_first(term)
    if question.likely is not None:  # the probability has judged what is spoken of
        return False
    about = question.want is not Want.REASON and question.kind is not Kind.YES_NO
    return about and term == question.focus and not _said_by_type(question, found)


def _nothing_said(question: Question, found: Match) -> list[Term]:
    """The words beside names and figures, where an English question has some and none is met.

    A sentence of the right party that says nothing of what it is asked for answers no question.
    """
    told = question.want is Want.REASON or question.kind is Kind.YES_NO
    if question.language != "en" or question.likely is not None or told:
        return []
    words = [term for term in question.heavy if not (term.name or term.number)]
    return [] if any(found.of(term) >= FOCUS_COVERED for term in words) else words


def _is_first(term: Term) -> bool:
    """Whether a number only says "the first": an article need not count where there is one."""
    figures = find_quantities(term.form) if term.number else []
    return bool(figures) and figures[0].ordinal and figures[0].value == 1


def _said_by_type(question: Question, found: Match) -> bool:
    """Whether the rest of the question pins the value down: a rise of 1.44 % needs no "주가"."""
    others = [term for term in question.heavy if term != question.focus]
    predicate = any(not term.name and not term.number for term in others)
    return (
        question.want in {Want.PERCENT, Want.AMOUNT, Want.DATE}
        and predicate
        and all(found.of(term) >= COVERED for term in others)
    )


def _wordings(question: Question, terms: list[Term]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(question.text[term.start : term.end] for term in terms))


def _only_announced(question: Question, line: Line, book: NameBook) -> bool:
    if question.want in FIGURES and TODAY.search(question.text):  # a figure that is aimed at
        return is_announced(line.text)
    if question.kind is Kind.YES_NO and question.past and not is_negative(line.text):
        return is_planned(line.text) and not _is_told(question, line)
    result = question.want in {Want.ORGANISATION, Want.PERSON, Want.NAME} or bool(
        RESULT.search(question.text)
    )
    if not (question.past and result) or question.kind is Kind.YES_NO:
        return False
    state = question.partner and holds(question, line, book) >= 1  # who works with whom goes on
    return is_announced(line.text) if state or _is_told(question, line) else is_planned(line.text)


def _is_told(question: Question, line: Line) -> bool:
    """Whether the sentence uses the question's own verb, before its last: "신청해 … 활용된다"."""
    predicates = [term for term in question.heavy if not term.name and not term.number]
    published = line.article.published
    ahead = published and any(date.latest and date.latest > published for date in line.dates)
    if not predicates or ahead:
        return False
    verbs = [term for term in predicates if term.verb and question.language == "en"]
    asked = (verbs or predicates)[-1]
    meant = asked.concepts | asked.also
    for token in tokens(line.text):
        same = token.form == asked.form or bool(lexicon.concepts_of(token.word) & meant)
        if same and _VERBAL.match(line.text, token.end):
            return True
    return False


def _left_open(question: Question, line: Line) -> bool:
    """Whether what happened is asked, and the sentence tells only what would happen if."""
    return question.past and question.kind is not Kind.WHY and is_conditional(line.text)


def is_outside(question: Question) -> bool:
    """Whether a question asks for something that no article is asked for: poems, weather."""
    return bool(question_words.OUTSIDE.search(question.text))


def is_order(text: str) -> bool:
    """Whether a text gives orders to the assistant instead of asking about articles."""
    return bool(question_words.ORDERS.search(text))


def unknown_terms(question: Question, lines: list[Line], book: NameBook) -> list[Term]:
    """Heavy terms that no sentence of the evidence speaks of."""
    return [
        term for term in question.heavy if all(cover(term, line, book) < COVERED for line in lines)
    ]
