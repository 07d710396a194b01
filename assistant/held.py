"""Whether a sentence holds a value of the type that a question asks for.

A sum of money, a date, a person next to a title, as many names as were asked for: 0 says that the
sentence cannot answer however near it is, 1 that it surely holds such a value.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain

from assistant import lexicon, question_words
from assistant.candidates import Line
from assistant.content_words import words_of
from assistant.language import stem
from assistant.names import Mention, NameBook
from assistant.polarity import gives_reason
from assistant.quantities import Quantity, find_quantities
from assistant.quantities.quantity import units_agree
from assistant.question import Kind, Question, Want
from assistant.question_terms import Term
from assistant.question_words import ANY_OFFICE, TITLES

MONEY_UNITS = frozenset({"KRW", "USD", "JPY", "EUR", "CNY"})
DURATION_UNITS = frozenset({"year", "month", "week", "day", "hour", "minute"})
NOT_COUNTS = MONEY_UNITS | DURATION_UNITS | {"percent", "point", "parameter"}
COUNTERS = frozenset({"개", "가지", "곳"})
PARTY_UNITS = frozenset({"곳", "팀", "회사", "업체", "company", "team", "firm", None})
COUNTED = frozenset({"thing", "team", "company", "consortium", "person", "item"})
CODE = re.compile(r"[a-z]{1,4}-?\d{2,5}")  # B200 is no company
HARDLY = 0.3  # nothing of the type shows, but the sentence may still be meant
LIKELY = 0.6
NEAR = 14  # characters around a number in which the thing counted stands

_UNITS_OF = {
    Want.MONEY: MONEY_UNITS,
    Want.PERCENT: frozenset({"percent", "point"}),
    Want.DURATION: DURATION_UNITS,
}
_OFFICES_KO = "|".join(sorted((w for w in TITLES if not w.isascii()), key=len, reverse=True))
_OFFICES_EN = (
    r"CEO|CTO|CFO|[Pp]resident|[Mm]inister|[Dd]irector|[Cc]hair(?:man|person)?|[Mm]ayor|[Ff]ounder|"
    r"[Gg]overnor|[Pp]rofessor|[Cc]oach|[Ss]pokes(?:person|man|woman)|[Ss]cientist"
)
_BESIDE_KO = re.compile(
    rf"(?<![가-힣])(?P<name>[가-힣]{{2,4}}) (?:[가-힣A-Za-z]{{1,12}} )?"
    rf"[가-힣]{{0,8}}?(?P<office>{_OFFICES_KO})(?![가-힣]{{3}})"
)
_PERSON_EN = r"[A-Z][\w’'-]+(?: [A-Z][\w’'.-]*)+"
_BESIDE_EN = re.compile(
    rf"(?P<office>{_OFFICES_EN})(?: of [\w ]{{2,20}},?)? (?P<name>{_PERSON_EN})"
    rf"|(?P<name2>{_PERSON_EN}), (?:the |its )?(?:\w+ ){{0,3}}(?P<office2>{_OFFICES_EN})"
)


def holds(question: Question, line: Line, book: NameBook) -> float:
    """How far a sentence holds a value of the type wanted: 0 not at all, 1 surely."""
    want = question.want
    units = _UNITS_OF.get(want)
    if units:
        return float(any(quantity.unit in units for quantity in line.quantities))
    if want is Want.DATE:
        return float(bool(line.dates))
    if want is Want.AMOUNT:
        return float(any(_is_measure(question, quantity) for quantity in line.quantities))
    if want is Want.REASON:
        return float(gives_reason(line.text) or _is_alone_in(question, line.text))
    if want is Want.COUNT:
        return _count(question, line)
    return _name(question, line, book)


def _is_alone_in(question: Question, text: str) -> bool:
    """Whether why only one is asked, and the sentence says what only that one did."""
    return bool(
        question_words.ONLY_ONE.search(question.text) and question_words.DID_ALONE.search(text)
    )


def _is_measure(question: Question, quantity: Quantity) -> bool:
    """Whether a quantity has a unit in which the thing asked for is measured."""
    name = question.focus.form if question.focus else ""
    if question_words.LONG_EN.search(question.text):
        name = "height"
    units = question_words.UNITS_OF_HEAD.get(name)
    return units is None or quantity.unit in units


def asked_number(question: Question) -> int:
    """How many things a question says that it asks for: "the two companies", "40개 기업"."""
    if question_words.ONE_OF_A_KIND.search(question.text):
        return 1
    figures = find_quantities(question.text)
    counts = [int(q.value) for q in figures if not q.ordinal and q.unit in COUNTED and q.value > 1]
    return max(counts, default=1)


def _name(question: Question, line: Line, book: NameBook) -> float:
    asked = {term.key for term in question.names}
    others = [mention for mention in line.mentions if mention.key not in asked]
    if question.partner and not question_words.IS_PARTNER.search(line.text):
        return 0.0
    if question.want is Want.PERSON and question.title:
        return float(bool(holder(question, line.text)))
    if question.want in {Want.PERSON, Want.ORGANISATION}:
        return float(len(_parties(line, others, asked, book)) >= _parties_wanted(question))
    names = len({mention.key for mention in others})
    if question.want is Want.NAME:
        wanted = asked_number(question)
        enough = max(min(3, wanted), wanted // 3)
        told = names if wanted == 1 else max(names, line.items)
        return 1.0 if told >= enough else 0.0 if wanted > 1 else HARDLY
    if question.kind is Kind.LIST:
        unlisted = 0.0 if question_words.ASKS_LIST.search(question.text) else HARDLY
        return 1.0 if max(line.items, names) >= 2 else unlisted
    return 1.0


def _parties(line: Line, others: list[Mention], asked: set[str | None], book: NameBook) -> set[str]:
    keys = {mention.key for mention in others if mention.key not in book.titles}
    parties = {key for key in keys if not CODE.fullmatch(key)}
    topic = line.topic.mention.key if line.topic else None
    return parties | {topic} if topic and topic not in asked else parties


def _parties_wanted(question: Question) -> int:
    return 2 if question.kind is Kind.LIST else min(5, asked_number(question))


def holder(question: Question, text: str) -> str | None:
    """Who holds the office asked for, by a sentence: a person's name beside its title."""
    title = question.title
    if title is None:
        return None
    ways = (_BESIDE_KO, _BESIDE_EN) if question.language == "ko" else (_BESIDE_EN, _BESIDE_KO)
    for match in chain.from_iterable(way.finditer(text) for way in ways):
        found = {key: value for key, value in match.groupdict().items() if value}
        name, office = found.get("name") or found["name2"], found.get("office") or found["office2"]
        same = stem(office.lower()) == title.form or bool(
            lexicon.concepts_of(office.lower()) & title.concepts
        )
        fits = same or title.form in ANY_OFFICE
        if fits and not lexicon.find_known_names(name) and not lexicon.concepts_of(name):
            return name
    return None


def _count(question: Question, line: Line) -> float:
    counts = [q for q in line.quantities if q.unit not in NOT_COUNTS and not q.ordinal]
    if not counts:
        listed = question.unit in PARTY_UNITS and max(len(line.names), line.items) >= 3
        return HARDLY if listed else 0.0
    if any(_counts(question, quantity, line) for quantity in counts):
        return 1.0
    if question.unit in COUNTERS or question.unit is None:
        return 0.0 if question.focus and not question.focus.light else LIKELY
    return LIKELY if any(_agrees(quantity, question.unit) for quantity in counts) else 0.0


def _counts(question: Question, quantity: Quantity, line: Line) -> bool:
    """Whether the thing asked for stands beside a number."""
    window = line.text[max(0, quantity.start - NEAR) : quantity.end + NEAR].lower()
    focus = question.focus
    if focus and not focus.light and not _speaks_of(focus, window):
        return False
    return question.unit in COUNTERS or _agrees(quantity, question.unit)


def _agrees(quantity: Quantity, unit: str | None) -> bool:
    canonical = _canonical(unit) if unit else ""
    return not canonical or units_agree(quantity.unit, canonical)


@lru_cache(maxsize=256)
def _canonical(unit: str) -> str:
    found = find_quantities(f"3{unit}") if not unit.isascii() else find_quantities(f"3 {unit}s")
    return found[0].unit if found else ""


def _speaks_of(term: Term, text: str) -> bool:
    words = words_of(text)
    return (
        term.form in words.forms
        or term.form in words.squeezed
        or bool((term.concepts | term.also) & words.concepts)
    )
