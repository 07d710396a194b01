"""What a question asks for: its kind, the type of thing wanted, its names, words and focus.

Everything here is read off the question alone; whether the articles answer it is decided in
`answerable.py`. The question typing follows the tradition of factoid question answering
(Li and Roth 2002): an expected answer type and a focus word, found by interrogatives and heads.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from enum import StrEnum

from assistant import question_words as words
from assistant.language import NOUN_TAGS, Token, language_of, stem, tokens
from assistant.lexicon_english import irregular_lemmas
from assistant.lexicon_spelling import respelled, retyped, standard_loans
from assistant.names import NameBook
from assistant.names_used import QUOTED
from assistant.question_terms import Term, find_names, terms_of


class Kind(StrEnum):
    """How the answer has to be put together."""

    FACT = "fact"
    LIST = "list"
    EACH = "each"  # one row for every team, area, company
    WHY = "why"
    COMPARE = "compare"
    SUPERLATIVE = "superlative"
    SUM = "sum"
    DIFFERENCE = "difference"
    YES_NO = "yes-no"
    SUMMARY = "summary"
    SCHEDULE = "schedule"


class Want(StrEnum):
    """The type of thing an answer must hold."""

    MONEY = "money"
    PERCENT = "percent"
    COUNT = "count"
    AMOUNT = "amount"  # any quantity
    DATE = "date"
    DURATION = "duration"
    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    NAME = "name"
    REASON = "reason"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Read:
    """Words of an article that a span reader takes for the answer: ``text[start:end]``."""

    article_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Question:
    """An analysed question; ``terms`` are its content words in order."""

    text: str
    language: str
    kind: Kind
    want: Want
    terms: tuple[Term, ...]
    focus: Term | None = None
    unit: str | None = None
    past: bool = False
    now: bool = False
    lowest: bool = False
    all: bool = False
    partner: bool = False
    title: Term | None = None  # the office whose holder is asked for
    likely: float | None = None  # that the passages answer at all, where a large library tells
    read: Read | None = None  # the words that the reader found

    @property
    def names(self) -> tuple[Term, ...]:
        """The names among the terms."""
        return tuple(term for term in self.terms if term.name)

    @property
    def heavy(self) -> tuple[Term, ...]:
        """The terms an answer must speak of."""
        return tuple(term for term in self.terms if not term.light)


PREDICATE = 14  # characters at the end of a Korean question in which its predicate stands


def normalise(text: str) -> str:
    """Bring a question into one form: NFKC, no control characters, single spaces."""
    text = unicodedata.normalize("NFKC", text.encode("utf-8", "ignore").decode("utf-8"))
    text = "".join(" " if unicodedata.category(char)[0] == "C" else char for char in text)
    return re.sub(r"\s+", " ", text).strip()


def analyse(text: str, book: NameBook | None = None) -> Question:
    """Analyse a standalone question (already normalised), with the names of the evidence."""
    language = language_of(text)
    korean = language == "ko"
    if not korean:
        text = respelled(text, lambda word: bool(book and book.resolve(word)))
        text = words.LEADS_EN.sub(_office, text)
    else:
        text = retyped(standard_loans(text), lambda word: bool(book and book.resolve(word)))
    lead = words.POLITE_EN.match(text)
    begins = lead.end() if lead else 0
    found = tuple(token for token in tokens(text) if token.start >= begins)
    terms = terms_of(text, found, find_names(text, book) if book else [])
    kind = _kind(text[begins:], found, korean)
    want, focus, unit = _want(text, found, terms, korean)
    title = next((term for term in terms if term.form in words.TITLES), None)
    if title and want in {Want.ANY, Want.NAME} and words.ASKS_NAME.search(text):
        want = Want.PERSON
    if kind is Kind.WHY:
        want = Want.REASON
    if kind is Kind.SCHEDULE and want is Want.ANY:
        want = Want.DATE
    if want is Want.DATE:
        terms = tuple(replace(t, light=t.light or t.form in words.OF_DATES) for t in terms)
    partner = bool(words.PARTNER.search(text))
    if partner:  # "together" may be said in many ways: `held` looks for one of them
        terms = tuple(replace(t, light=t.light or t.form in words.PARTNER_WORDS) for t in terms)
    past = words.PAST_KO if korean else words.PAST_EN
    return Question(
        text=text,
        language=language,
        kind=kind,
        want=want,
        terms=terms,
        focus=focus,
        unit=unit,
        past=bool(past.search(text[-PREDICATE:] if korean else text))
        and not (kind is Kind.YES_NO and words.AHEAD_EN.match(text[begins:])),
        now=bool(words.NOW.search(text)),
        lowest=bool(words.LOWEST.search(text)),
        all=bool(words.ALL.search(text)),
        partner=partner,
        title=title if want is Want.PERSON else None,
    )


def _office(match: re.Match[str]) -> str:
    """Who leads a ministry is asked for as its minister, who runs a museum as its director."""
    of, body = match.group("of").lower(), match.group("body").lower()
    whole = of.strip() if body == "ministry" else f"{of} {body}".strip()
    return f"Who is the {words.HEADS_EN[body]} of the {whole}".rstrip().removesuffix(" of the")


# Kinds that words like "every" suggest, and that a yes or no question is none of.
_NOT_CLOSED = frozenset({Kind.FACT, Kind.LIST, Kind.EACH})


def _kind(text: str, found: tuple[Token, ...], korean: bool) -> Kind:
    text = QUOTED.sub(" ", text)  # 'AI for all' asks for nothing at all
    kinds = (Kind(name) for name, pattern in words.KINDS if pattern.search(text))
    kind = next(kinds, Kind.FACT)
    asks = any(token.form in words.INTERROGATIVES for token in found)
    asks = asks or (korean and bool(words.POLITE_KO.search(text)))
    closed = words.YES_NO_KO.search(text) and not asks if korean else words.YES_NO_EN.match(text)
    return Kind.YES_NO if closed and kind in _NOT_CLOSED else kind


def _want(
    text: str, found: tuple[Token, ...], terms: tuple[Term, ...], korean: bool
) -> tuple[Want, Term | None, str | None]:
    table = words.WANTS_KO if korean else words.WANTS_EN
    unit = _unit(text, found, korean)
    focus = _focus_ko(found, terms) if korean else _focus_en(text, terms)
    for want, pattern in table:
        if pattern.search(text):
            return Want(want), focus, unit
    if unit is not None:
        return _want_of_unit(unit), focus, unit
    by_head = words.WANT_OF_HEAD.get(focus.form) if focus else None
    return (Want(by_head) if by_head else Want.ANY), focus, unit


def _want_of_unit(unit: str) -> Want:
    for want, units in words.WANT_OF_UNIT.items():
        if unit in units:
            return Want(want)
    return Want.COUNT


def _unit(text: str, found: tuple[Token, ...], korean: bool) -> str | None:
    if not korean:
        match = words.HOW_MANY.search(text)
        return stem(match.group(1)) if match else None
    for index, token in enumerate(found):
        if token.form == "몇" and index + 1 < len(found):
            follower = found[index + 1]
            if follower.tag[0] in "NSX":
                return follower.form
    return None


def _focus_ko(found: tuple[Token, ...], terms: tuple[Term, ...]) -> Term | None:
    """The noun after 무슨/어떤/어느/몇 개, else the last noun before the question's end."""
    by_start = {term.start: term for term in terms}
    for index, token in enumerate(found):
        if token.form in {"무슨", "어떤", "어느", "몇"}:
            for follower in found[index + 1 : index + 4]:
                if follower.tag not in NOUN_TAGS and follower.tag != "NNB":
                    break
                if follower.start in by_start and follower.tag in NOUN_TAGS:
                    return by_start[follower.start]
    nouns = [term for term in terms if not (term.verb or term.number or term.total)]
    return _thing(nouns)


def _thing(nouns: list[Term]) -> Term | None:
    """The last noun; before a light one (수, 이름) the noun that it counts or names."""
    heavy = [noun for noun in nouns if not noun.light]
    if nouns and nouns[-1].light and heavy and not heavy[-1].name:
        return heavy[-1]
    return nouns[-1] if nouns else None


_OBJECT = re.compile(r" (?:the|an?|its|their|this|that|[A-Z])\b")


def _before_verb(text: str, terms: list[Term]) -> list[Term]:
    """The terms before a verb in the past: the donor in "which donor gave", not what it did."""
    for index, term in enumerate(terms):
        word = text[term.start : term.end].lower()
        if index and (word.endswith("ed") or words.PAST_EN.fullmatch(word)):
            return terms[:index]
        if index and word.endswith("s") and _OBJECT.match(text, term.end):
            return terms[:index]  # "which bank finances the plant"
        if index and irregular_lemmas(word) and not words.PLURAL_EN.fullmatch(word):
            return terms[:index]
    return terms


def _focus_en(text: str, terms: tuple[Term, ...]) -> Term | None:
    match = words.FOCUS_EN.search(text)
    if match:
        start, end = match.span(1) if match.group(1) else match.span(2)
        inside = _before_verb(text, [term for term in terms if start <= term.start < end])
        if inside:
            return _thing(inside)
    if words.WHO_DOES.match(text):  # who is asked for; what was done may be said elsewhere
        return None
    nouns = [term for term in terms if not (term.name or term.verb)]
    return nouns[-1] if nouns else terms[-1] if terms else None
