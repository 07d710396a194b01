"""How much of a question a sentence covers, term by term.

Coverage of one term is the best of: the sentence's own words (1.0, a synonym 0.9), the sentences
before it in the passage (names 0.9, words 0.6), its heading and title (0.5). The weights are
ordered by how far the support stands from the sentence; they were set by hand, not fitted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.candidates import Line
from assistant.content_words import Words, words_of
from assistant.dates import find_dates
from assistant.held import COUNTED
from assistant.language import ENGLISH_STOPWORDS, stem
from assistant.lexicon import concepts_of, opposites_of
from assistant.lexicon_types import is_a
from assistant.names import NameBook
from assistant.quantities import Quantity, find_quantities, same_value
from assistant.question import Kind, Question
from assistant.question_terms import Term
from assistant.question_words import EXCEPTION, IS_TOTAL, TITLES

OWN, SYNONYM, RELATED, OPPOSITE, BEFORE_NAME, BEFORE_WORD, ABOVE = (
    1.0,
    0.9,
    0.8,
    0.85,
    0.9,
    0.6,
    0.5,
)
TITLE = 0.75  # what an English question calls the whole story by: the museum
VERB_JUDGED = 0.5
FOCUS_BEFORE = 0.45
ABOVE_NAME = 0.6
DENIED = 0.5  # the word stands there, with a not
BEFORE_OTHER = 0.5  # a name said before, where the sentences are about another one
NAME_WEIGHT, FOCUS_WEIGHT, VERB_WEIGHT, LIGHT_WEIGHT = 2.0, 1.5, 0.8, 0.1


@dataclass(frozen=True, slots=True)
class Match:
    """A sentence against a question: coverage by term, and the weighted share of all.

    ``says`` is how far the reader finds that it answers, as a logit; None where it was not asked.
    """

    line: Line
    by_term: tuple[tuple[Term, float], ...]
    share: float
    judged: float = 0.0  # the share, with half the weight on verbs: sentences seldom repeat those
    says: float | None = None

    def of(self, term: Term) -> float:
        """How well one term is covered."""
        return next((value for other, value in self.by_term if other is term), 0.0)

    def uncovered(self, below: float = 0.45) -> list[Term]:
        """Terms an answer must speak of that this sentence does not."""
        return [term for term, value in self.by_term if value < below and not term.light]


def match(question: Question, line: Line, book: NameBook) -> Match:
    """Cover every term of a question by one sentence and its context."""
    opposed = OPPOSITE if question.kind is Kind.YES_NO else 0.0
    by_term = tuple(
        (term, max(_covered(term, question, line, book), opposed * denies(term, line)))
        for term in question.terms
    )
    total = sum(weight(term, question) for term, _ in by_term)
    got = sum(
        weight(term, question) * (max(value, TITLE) if _is_topic(term, question, line) else value)
        for term, value in by_term
    )
    judged = [
        (weight(term, question) * (VERB_JUDGED if term.verb else 1.0), value)
        for term, value in by_term
    ]
    whole = sum(part for part, _ in judged)
    share = sum(part * value for part, value in judged) / whole if whole else 0.0
    return Match(line, by_term, got / total if total else 0.0, share)


def _covered(term: Term, question: Question, line: Line, book: NameBook) -> float:
    """Coverage of a term; the thing asked for counts for less where only a sentence before it."""
    value = cover(term, line, book)
    asked = term == question.focus and not term.name and value == BEFORE_WORD
    return FOCUS_BEFORE if asked else value


def _is_topic(term: Term, question: Question, line: Line) -> bool:
    """Whether a noun stands in the title of the article: every sentence of it may mean that.

    That helps to order the sentences; whether one answers is judged without.
    """
    plain = question.language == "en" and not (
        term.name or term.number or term.verb or term == question.focus
    )
    return plain and _in_words(term, words_of(line.article.title)) > 0


def denies(term: Term, line: Line, clause: str | None = None) -> bool:
    """Whether a sentence says the opposite of a word (똑같다 and 차등), or the word with a not.

    With a ``clause`` only that part of the sentence is asked: the rest may be about another party.
    """
    own = line.own if clause is None else words_of(clause)
    if term.concepts & own.negated or _is_excepted(term, line.text):
        return not term.negated
    opposite = opposites_of(term.concepts) & (own.concepts - own.negated)
    return bool(opposite) and not term.concepts & own.concepts


def _is_excepted(term: Term, text: str) -> bool:
    """Whether a sentence excepts a thing: "every day except Tuesday"."""
    excepted = " ".join(match.group().lower() for match in EXCEPTION.finditer(text))
    words = [word.removesuffix("s") for word in term.form.split() if len(word) > 3]
    return bool(excepted) and any(word in excepted for word in words or [term.form])


def weight(term: Term, question: Question) -> float:
    """How much a term counts."""
    if term.light:
        return LIGHT_WEIGHT
    base = NAME_WEIGHT if term.name else VERB_WEIGHT if term.verb else 1.0
    return base * FOCUS_WEIGHT if term == question.focus else base


def cover(term: Term, line: Line, book: NameBook) -> float:
    """Coverage of one term, between 0 and 1."""
    if term.name and term.key:
        return _cover_name(term.key, line, book)
    if term.total:
        return OWN if IS_TOTAL.search(line.text) else 0.0
    if term.number:
        return _cover_number(term, line)
    if any(is_a(mention.text, term.form) for mention in line.mentions):
        return SYNONYM
    if term.form in TITLES and _holds_office(term, line.text):
        return SYNONYM
    if term.negated:
        return _cover_negated(term, line.own)
    if term.concepts & line.own.negated:
        return DENIED
    return max(
        _in_words(term, line.own),
        BEFORE_WORD * _in_words(term, line.before),
        ABOVE * _in_words(term, line.above),
    )


def _holds_office(term: Term, text: str) -> bool:
    """Whether an office is written on to what it is the office of: 가람시장, 과기정통부장관."""
    return any(
        re.search(rf"(?<=[가-힣]){office}(?:[은는이가의도과와]|\s|,|$)", text)
        for office in _offices(term.concepts)
    )


@lru_cache(maxsize=256)
def _offices(concepts: frozenset[int]) -> tuple[str, ...]:
    return tuple(
        title for title in sorted(TITLES) if not title.isascii() and concepts_of(title) & concepts
    )


def _cover_negated(term: Term, words: Words) -> float:
    """What is asked for as not so: said with a not, or by a word for the opposite."""
    opposite = opposites_of(term.concepts) & (words.concepts - words.negated)
    return SYNONYM if term.concepts & words.negated or opposite else 0.0


def _cover_name(key: str, line: Line, book: NameBook) -> float:
    if key in line.names:
        return OWN
    related = book.related(key)
    if related & line.names or _names_its_head(key, line.text):
        return RELATED
    topic = line.topic.mention.key if line.topic else key
    if key in line.names_before and not line.opens_with_name:
        return BEFORE_NAME if topic == key else BEFORE_OTHER
    if related & line.names_before:
        return RELATED * BEFORE_NAME
    if topic != key and topic in line.names_above:
        return 0.0  # the title names both, and the sentence is about the other one
    return ABOVE_NAME if key in line.names_above else 0.0


def _names_its_head(key: str, text: str) -> bool:
    """Whether a place is named as a part of an office: 가람시 in 가람시장."""
    return key[-1:] in "시군구도" and bool(
        re.search(rf"(?<![가-힣]){re.escape(key)}(?:장|수|청장|지사)", text)
    )


def _cover_number(term: Term, line: Line) -> float:
    inside = term.form in line.own.squeezed and not term.form.isdigit()
    if term.form in line.own.forms or inside:
        return OWN
    if term.date:
        return OWN if _same_days(term.form, line) else 0.0
    asked = find_quantities(term.form)
    same = any(same_value(one, other) for one in asked for other in line.quantities)
    if same:
        return SYNONYM if asked[0].ordinal else OWN  # "the first" may be another first
    return SYNONYM if asked and _lists(asked[0], line) else 0.0


def _same_days(written: str, line: Line) -> bool:
    """Whether a date of the question and one of the sentence can mean the same day."""
    asked = [date for date in find_dates(written, line.article.published) if date.earliest]
    return any(
        one.earliest <= other.latest and other.earliest <= one.latest
        for one in asked
        for other in line.dates
        if one.earliest and one.latest and other.earliest and other.latest
    )


def _lists(count: Quantity, line: Line) -> bool:
    """Whether a sentence names as many parties as a question counts ("the two companies")."""
    said = any(quantity.unit == count.unit for quantity in line.quantities)
    return count.unit in COUNTED and not said and count.value in {line.items, len(line.names)}


def _in_words(term: Term, words: Words) -> float:
    whole = _whole_in_words(term, words)
    if whole or " " not in term.form:
        return whole
    parts = [part for part in term.form.split() if part not in ENGLISH_STOPWORDS]
    no: frozenset[int] = frozenset()
    found = (replace(term, form=stem(part), concepts=concepts_of(part), also=no) for part in parts)
    return min((_whole_in_words(part, words) for part in found), default=0.0)


def _whole_in_words(term: Term, words: Words) -> float:
    if term.form in words.forms:
        return OWN
    if (term.concepts | term.also) & words.concepts or opposites_of(term.concepts) & words.negated:
        return SYNONYM
    if len(term.form) >= 2 and not term.form.isascii():
        if term.form in words.squeezed:
            return SYNONYM
        if not term.verb and any(_is_part(form, term.form) for form in words.forms):
            return 0.7
    return 0.0


def _is_part(form: str, whole: str) -> bool:
    """Whether a word is part of a compound; 우승 is not what 준우승 is about."""
    return len(form) >= 2 and form in whole and f"준{form}" not in whole
