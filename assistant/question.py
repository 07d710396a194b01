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

from assistant import lexicon
from assistant import question_words as words
from assistant.language import NOUN_TAGS, Token, language_of, stem, tokens
from assistant.names import Mention, NameBook, strip_particle
from assistant.quantities import find_quantities


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
class Term:
    """One thing the question speaks of: a word or a name, with its span in the question."""

    form: str
    start: int
    end: int
    name: bool = False
    light: bool = False  # said by the answer's type already: 금액, 시기, 이름, 곳
    verb: bool = False
    number: bool = False
    total: bool = False  # the whole sum is asked for
    concepts: frozenset[int] = frozenset()
    key: str | None = None  # of a name that the articles use; None for one they do not


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

    @property
    def names(self) -> tuple[Term, ...]:
        """The names among the terms."""
        return tuple(term for term in self.terms if term.name)

    @property
    def heavy(self) -> tuple[Term, ...]:
        """The terms an answer must speak of."""
        return tuple(term for term in self.terms if not term.light)


def normalise(text: str) -> str:
    """Bring a question into one form: NFKC, no control characters, single spaces."""
    text = unicodedata.normalize("NFKC", text.encode("utf-8", "ignore").decode("utf-8"))
    text = "".join(" " if unicodedata.category(char)[0] == "C" else char for char in text)
    return re.sub(r"\s+", " ", text).strip()


def analyse(text: str, book: NameBook | None = None) -> Question:
    """Analyse a standalone question (already normalised), with the names of the evidence."""
    language = language_of(text)
    found = tokens(text)
    korean = language == "ko"
    terms = _terms(text, found, find_names(text, book) if book else [])
    kind = _kind(text, found, korean)
    want, focus, unit = _want(text, found, terms, korean)
    if kind is Kind.WHY:
        want = Want.REASON
    if kind is Kind.SCHEDULE and want is Want.ANY:
        want = Want.DATE
    past = words.PAST_KO if korean else words.PAST_EN
    return Question(
        text=text,
        language=language,
        kind=kind,
        want=want,
        terms=terms,
        focus=focus,
        unit=unit,
        past=bool(past.search(text)),
        now=bool(words.NOW.search(text)),
        lowest=bool(words.LOWEST.search(text)),
        all=bool(words.ALL.search(text)),
        partner=bool(words.PARTNER.search(text)),
    )


def _kind(text: str, found: tuple[Token, ...], korean: bool) -> Kind:
    for name, pattern in words.KINDS:
        if pattern.search(text):
            return Kind(name)
    if korean:
        asks = any(token.form in words.INTERROGATIVES for token in found)
        return Kind.YES_NO if not asks and words.YES_NO_KO.search(text) else Kind.FACT
    return Kind.YES_NO if words.YES_NO_EN.match(text) else Kind.FACT


def find_names(text: str, book: NameBook) -> list[Mention]:
    """Names of the book in a question, slips of the keyboard included."""
    found = book.find(text)
    taken = {index for mention in found for index in range(mention.start, mention.end)}
    for match in re.finditer(r"[\w.&+-]+", text):
        if taken.isdisjoint(range(*match.span())):
            word = strip_particle(match.group())
            key = book.resolve(word) if _may_be_name(word) else None
            if key:
                start = match.start()
                found.append(Mention(key, word, start, start + len(word)))
    return sorted(found, key=lambda mention: mention.start)


def _may_be_name(word: str) -> bool:
    """Whether an unknown word may be a slip of a name: no word that has a meaning of its own."""
    known = word.lower() in words.STOPWORDS or stem(word) in words.LIGHT
    short = len(word) < (5 if word.isascii() and word.islower() else 3)
    return not known and not short and not lexicon.concepts_of(word)


def _terms(text: str, found: tuple[Token, ...], mentions: list[Mention]) -> tuple[Term, ...]:
    named = [
        Term(mention.text.lower(), mention.start, mention.end, name=True, key=mention.key)
        for mention in mentions
    ]
    taken = {index for term in named for index in range(term.start, term.end)}
    figures = [
        Term(figure.text, figure.start, figure.end, number=True)
        for figure in find_quantities(text)
        if figure.unit and taken.isdisjoint(range(figure.start, figure.end))
    ]
    taken |= {index for term in figures for index in range(term.start, term.end)}
    free = [token for token in found if token.start not in taken]
    terms = sorted([*named, *figures, *_word_terms(text, free)], key=lambda term: term.start)
    total = words.TOTAL.search(text)
    if total:
        terms.append(Term("총", *total.span(), total=True))
    if all(term.light for term in terms):
        terms = [replace(term, light=False) for term in terms]
    return tuple(terms)


def _word_terms(text: str, found: list[Token]) -> list[Term]:
    terms: list[Term] = []
    for token in found:
        if not _counts(token, text):
            continue
        tail = terms[-1] if terms else None
        name = is_name(token, text)
        if tail and tail.name and name and text[tail.end : token.start] in ("", " ", "-"):
            terms[-1] = Term(tail.form + token.form, tail.start, token.end, name=True)
            continue
        light = token.form in words.LIGHT or _is_each(token, text)
        verb = token.tag in {"VV", "VA", "MAG"}
        number = token.tag in {"SN", "NR"}
        word = Term(token.form, token.start, token.end, name, light, verb, number)
        terms.append(replace(word, concepts=_concepts(token)))
    return terms


def _is_each(token: Token, text: str) -> bool:
    """Whether a noun only says what to go through: 팀별, 각 팀, each team."""
    return text[token.end : token.end + 1] == "별" or bool(
        re.search(r"(?:\b각|\beach|\bper|\bby)\s$", text[: token.start])
    )


def _concepts(token: Token) -> frozenset[int]:
    """The concepts of a word; a compound noun unknown as such has those of its last part."""
    found = lexicon.concepts_of(token.word)
    if not found and token.tag == "NNG" and len(token.form) >= 3:
        found = lexicon.concepts_of(token.form[1:]) or lexicon.concepts_of(token.form[-2:])
    return found


def is_name(token: Token, text: str) -> bool:
    """Whether a token looks like a proper name: an NNP, or Latin with a capital letter."""
    if token.tag == "NNP":
        return True
    word = text[token.start : token.end]
    capital = any(char.isupper() for char in word)
    return token.tag == "SL" and capital and token.start > 0


def _counts(token: Token, text: str) -> bool:
    adverb = token.tag == "MAG" and token.form in words.ADVERBS
    return adverb or (token.is_content and not _is_stop(token, text))


def _is_stop(token: Token, text: str) -> bool:
    if token.tag == "SL" and language_of(text) == "ko":
        return False
    return token.form in words.STOPWORDS or (
        token.tag == "NR" and token.form in words.INTERROGATIVES
    )


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


def _focus_en(text: str, terms: tuple[Term, ...]) -> Term | None:
    match = words.FOCUS_EN.search(text)
    if match:
        start, end = match.span(1) if match.group(1) else match.span(2)
        inside = [term for term in terms if start <= term.start < end]
        if inside:
            return _thing(inside)
    nouns = [term for term in terms if not term.name]
    return nouns[-1] if nouns else terms[-1] if terms else None
