"""What every strategy of the extractive writer is given: the question against the evidence."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.candidates import Line
from assistant.facts import fits, pairs_of
from assistant.held import asked_number, holds
from assistant.matching import Match, match
from assistant.names import NameBook
from assistant.names_used import squeeze
from assistant.polarity import is_negative, is_planned
from assistant.question import Kind, Question, Want
from assistant.question_words import WHICH
from ingest.article import BlockKind

TYPE_BONUS = 0.3
HEAD_PENALTY = 0.15
LANGUAGE_BONUS = 0.2
RANK_PENALTY = 0.01
PAIR_BONUS = 0.15  # for a value that stands with the thing asked for
REREAD, READ = 12, 6  # of the best sentences, the passages that are read, so many at most
DENIED_PENALTY = 0.15  # for a sentence that denies, where the question does not and names nobody
MONTH_BONUS = 0.1  # for a day of the calendar before "in six months"
MONTH = re.compile(
    r"\d월|\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
FOCUS_BONUS = 0.1  # for a sentence that speaks of the very thing asked for as its subject
ITEM_BONUS = 0.02  # for each thing counted off, where "which" asks for things
VALUES = frozenset({Want.MONEY, Want.AMOUNT, Want.PERCENT, Want.COUNT, Want.DURATION})
# Who or how many: a sentence that denies names those who are not meant.
MEMBERS = frozenset({Want.ORGANISATION, Want.COUNT, Want.NAME})
TOPIC_BONUS = 0.08  # for a sentence whose subject the question names
LIST_BONUS = 0.08  # for each name a list holds
NEAR_BONUS = 3.0  # for each unit of the cosine; good and bad sentences are some 0.05 apart
SAYS_BONUS, SAYS_MOST = 0.03, 6.0  # for each unit of the reader's logit, up to so many


Says = Callable[[str, Sequence[Line]], list[float | None]]
"""How far each of some sentences answers the question, by the reader."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A question, the analysed lines of its evidence, and their matches, best first."""

    question: Question
    book: NameBook
    lines: tuple[Line, ...]
    matches: tuple[Match, ...]

    @property
    def best(self) -> Match | None:
        """The best match, or None without evidence."""
        return self.matches[0] if self.matches else None


def set_scene(
    question: Question, lines: Sequence[Line], book: NameBook, says: Says | None = None
) -> Scene:
    """Match every line and put the best first; ``says`` then reads the best of them."""
    question = _without_sources(question, lines)
    matches = [match(question, line, book) for line in lines]
    ordered = sorted(matches, key=lambda found: -rank(question, found, book))
    if says is None:
        head, tail = ordered[:REREAD], ordered[REREAD:]
    else:  # whose passages are read whole: what else stands in them is read with them
        passages = dict.fromkeys(found.line.item.passage.id for found in ordered[:REREAD])
        read = frozenset([*passages][:READ])
        head = [found for found in ordered if found.line.item.passage.id in read]
        tail = [found for found in ordered if found.line.item.passage.id not in read]
        told = says(question.text, [found.line for found in head])
        head = [replace(found, says=each) for found, each in zip(head, told, strict=True)]
    return Scene(question, book, tuple(lines), (*_reread(question, head, book), *tail))


def _without_sources(question: Question, lines: Sequence[Line]) -> Question:
    """The question with the names of publishers as light words: an article need not name itself."""
    publishers = {squeeze(line.article.publisher) for line in lines if line.article.publisher}
    terms = tuple(
        replace(term, light=True) if squeeze(term.form) in publishers else term
        for term in question.terms
    )
    return replace(question, terms=terms) if terms != question.terms else question


def _of_sense(question: Question, line: Line) -> float:
    """What a sentence gains as a day of the calendar, or loses as a denial nobody asked for."""
    score = 0.0
    parties = any(term.key for term in question.names)
    if question.kind is Kind.YES_NO and parties and is_negative(line.text):
        score -= DENIED_PENALTY / 2  # the plain statement first, where there is one
    found = question.want in MEMBERS or question.kind is Kind.LIST
    if (found or not parties) and is_negative(line.text) and not is_negative(question.text):
        score -= DENIED_PENALTY
    if question.want is Want.DATE and MONTH.search(line.text):
        score += MONTH_BONUS
    return score


def _is_subject(form: str, text: str) -> bool:
    """Whether a sentence makes its statement about a word: "기준은 …", "the criteria were …"."""
    if form.isascii():
        return bool(
            re.search(rf"\b{re.escape(form)}\w* (?:is|are|was|were)\b", text, re.IGNORECASE)
        )
    return len(form) > 1 and bool(re.search(rf"{re.escape(form)}[은는] ", text))


def _reread(question: Question, head: list[Match], book: NameBook) -> list[Match]:
    """The best sentences in the order that a second look gives them.

    First those that give a value to the very thing asked for, and that the reader finds to answer.
    """
    items = [term for term in question.terms if not (term.verb or term.light or term.number)]
    paired = question.want in VALUES and bool(items)
    scores = {id(found): rank(question, found, book) for found in head}
    for found in head:
        if paired and any(fits(pair, items) for pair in pairs_of([found.line])):
            scores[id(found)] += PAIR_BONUS
        if found.says is not None:
            scores[id(found)] += SAYS_BONUS * min(SAYS_MOST, max(-SAYS_MOST, found.says))
    return sorted(head, key=lambda found: -scores[id(found)])


def rank(question: Question, found: Match, book: NameBook) -> float:
    """The score that orders sentences: coverage, type, language, kind of block, search rank."""
    line = found.line
    held = holds(question, line, book)
    score = found.share + TYPE_BONUS * held
    several = question.want is Want.NAME and asked_number(question) > 1
    party = several or (question.want in {Want.ORGANISATION, Want.PERSON} and not question.title)
    closed = question.kind is Kind.YES_NO
    listed = question.kind is Kind.LIST or ((party or closed) and line.kind is BlockKind.SUBTITLE)
    if line.kind is not BlockKind.PARAGRAPH and not listed:
        score -= HEAD_PENALTY
    if party and not question.names:
        score += ITEM_BONUS * min(line.items, 5)
    focus = question.focus if question.want in {Want.ANY, Want.NAME, Want.ORGANISATION} else None
    if focus and not focus.name and _is_subject(focus.form, line.text):
        score += FOCUS_BONUS
    if line.article.language == question.language:
        score += LANGUAGE_BONUS
    if line.speaks_of & {term.key for term in question.names}:
        score += TOPIC_BONUS
    score += _of_sense(question, line)
    if question.past and is_planned(line.text):
        score -= HEAD_PENALTY
    if question.kind is Kind.LIST:
        score += LIST_BONUS * min(max(len(line.names), line.items), 6) * held
    if question.want is Want.ANY and WHICH.search(question.text):
        score += ITEM_BONUS * min(line.items, 5)
    if line.near is not None:
        score += NEAR_BONUS * line.near
    return score - RANK_PENALTY * line.rank
