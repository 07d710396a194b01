"""The terms of a question: its content words, names and figures, each with its span."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant import lexicon
from assistant import question_words as words
from assistant.dates import find_dates
from assistant.language import Token, language_of, stem
from assistant.lexicon_asked import asked_spans
from assistant.lexicon_idioms import Idiom, find_idioms
from assistant.names import Mention, NameBook
from assistant.names_abroad import names_abroad
from assistant.names_used import strip_particle
from assistant.polarity import negated_words
from assistant.quantities import find_quantities
from assistant.question_tokens import (
    PLACES,
    concepts_meant,
    counts,
    is_each,
    is_infinitive,
    is_light,
    is_name,
)
from assistant.question_verbs import verbs_in


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
    date: bool = False
    negated: bool = False  # asked for as not being so: 동의하지 않은
    concepts: frozenset[int] = frozenset()
    also: frozenset[int] = frozenset()  # what may answer it, though it means another thing
    key: str | None = None  # of a name that the articles use; None for one they do not


def find_names(text: str, book: NameBook) -> list[Mention]:
    """Names of the book in a question, slips of the keyboard included."""
    found = book.find(text)
    if language_of(text) == "en":
        taken = {index for mention in found for index in range(mention.start, mention.end)}
        spelled = names_abroad(text, book)
        found += [one for one in spelled if taken.isdisjoint(range(one.start, one.end))]
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


def terms_of(text: str, found: tuple[Token, ...], mentions: list[Mention]) -> tuple[Term, ...]:
    """All terms of a question in order: names of the evidence, figures, then other words."""
    named = [
        Term(mention.text.lower(), mention.start, mention.end, name=True, key=mention.key)
        for mention in mentions
    ]
    taken = {index for term in named for index in range(term.start, term.end)}
    figures: list[Term] = [
        Term(figure.text, figure.start, figure.end, number=True)
        for figure in find_quantities(text)
        if (figure.unit or figure.ordinal) and taken.isdisjoint(range(figure.start, figure.end))
    ]
    if language_of(text) == "en":
        figures = [*_days(text, taken), *figures]
    taken |= {index for term in figures for index in range(term.start, term.end)}
    phrases = [
        _phrase_term(idiom, text)
        for idiom in find_idioms(text)
        if taken.isdisjoint(range(idiom.start, idiom.end))
    ]
    asked = asked_terms(found, taken) if language_of(text) == "en" else []
    phrases = [replace(_answered(term, asked), light=term.light) for term in phrases]
    phrases += [term for term in asked if " " in term.form and _is_free(term, phrases)]
    taken |= {index for term in phrases for index in range(term.start, term.end)}
    free = [token for token in found if token.start not in taken]
    verbs = verbs_in(found) if language_of(text) == "en" else {}
    words_of_it = [_answered(_as_verb(term, verbs), asked) for term in _word_terms(text, free)]
    terms = sorted([*named, *figures, *phrases, *words_of_it], key=lambda term: term.start)
    total = words.TOTAL.search(text)
    if total:
        terms.append(Term("총", *total.span(), total=True))
    terms = _set_aside(text, _negated(text, terms))
    if all(term.light for term in terms):
        terms = [replace(term, light=False) for term in terms]
    return tuple(terms)


def asked_terms(found: tuple[Token, ...], taken: set[int]) -> list[Term]:
    """The words and phrases of an English question that an article may put otherwise."""
    said = [token.word or token.form for token in found]
    terms = []
    for asked in asked_spans(said):
        start, end = found[asked.first].start, found[asked.last - 1].end
        if taken.isdisjoint(range(start, end)):
            concepts = lexicon.concepts_of(asked.phrase)
            phrase = asked.last - asked.first > 1
            light = asked.light or (phrase and stem(said[asked.first]) in words.LIGHT)
            term = Term(asked.phrase, start, end, light=light, verb=asked.verb, concepts=concepts)
            terms.append(replace(term, also=asked.concepts))
    return terms


def _is_free(term: Term, others: list[Term]) -> bool:
    return all(term.end <= other.start or other.end <= term.start for other in others)


def _answered(term: Term, asked: list[Term]) -> Term:
    """A word with what else may answer it; not one that is a part of a longer term or a name."""
    for other in asked:
        if (other.start, other.end) == (term.start, term.end) and not term.name:
            light = term.light or other.light
            return replace(term, light=light, also=other.also)
    return term


def _as_verb(term: Term, verbs: dict[int, frozenset[int]]) -> Term:
    """A word that stands where a verb does, with what it means as one."""
    if term.start not in verbs or term.name or " " in term.form:
        return term
    return replace(term, verb=True, concepts=verbs[term.start] or term.concepts)


_DAY_WORDS = re.compile(r"[A-Z]|\b(?:last|next)\b")  # no day without: "in 12 months"


def _days(text: str, taken: set[int]) -> list[Term]:
    """The dates of an English question, as one term each: "early August"."""
    return [
        Term(date.text, date.start, date.end, number=True, date=True)
        for date in find_dates(text, None)
        if taken.isdisjoint(range(date.start, date.end)) and _DAY_WORDS.search(date.text)
    ]


def _negated(text: str, terms: list[Term]) -> list[Term]:
    """Mark the words that the question denies."""
    denied = {number for word in negated_words(text) for number in lexicon.concepts_of(word)}
    return [
        replace(term, negated=True) if term.concepts & denied and not term.name else term
        for term in terms
    ]


def _set_aside(text: str, terms: list[Term]) -> list[Term]:
    """Mark as light what an answer need not speak of: exceptions, and the choices of a choice."""
    spans = [match.span(match.lastindex or 0) for match in words.EXCEPT.finditer(text)]
    spans += [match.span(1) for match in words.CHOICE.finditer(text)]
    spans += [match.span(1) for match in words.FROM_TO.finditer(text)]
    spans += [match.span(match.lastindex or 0) for match in words.ADVERBIAL.finditer(text)]
    return [
        replace(term, light=True) if any(a <= term.start < b for a, b in spans) else term
        for term in terms
    ]


def _phrase_term(idiom: Idiom, text: str) -> Term:
    """A turn of phrase as one term: its words mean nothing on their own."""
    concepts = lexicon.concepts_of(idiom.plain)
    return Term(idiom.plain, idiom.start, idiom.end, verb=True, concepts=concepts)


def _joined_english(text: str, found: list[Token]) -> list[Token]:
    """English words that the list knows as one, as one token: open source, share price."""
    joined: list[Token] = []
    index = 0
    spans = {s.first: s for s in lexicon.concept_spans([token.word for token in found])}
    while index < len(found):
        span, token = spans.get(index), found[index]
        last = found[span.last - 1] if span else token
        whole = text[token.start : last.end].lower()
        joins = token.form not in words.STOPWORDS and re.fullmatch("[a-z]+(?:[ -][a-z]+)+", whole)
        if span and span.last - index > 1 and joins:  # not "how much"
            token = Token(whole, "SL", token.start, last.end, whole)
            index = span.last - 1
        joined.append(token)
        index += 1
    return joined


def _word_terms(text: str, found: list[Token]) -> list[Term]:
    terms: list[Term] = []
    if language_of(text) == "en":
        found = _joined_english(text, found)
    for token in found:
        if not counts(token, text):
            continue
        tail = terms[-1] if terms else None
        name = is_name(token, text)
        if tail and tail.name and name and text[tail.end : token.start] in ("", " ", "-"):
            terms[-1] = Term(tail.form + token.form, tail.start, token.end, name=True)
            continue
        joined = tail is not None and tail.end == token.start and not tail.verb and not tail.name
        whole = f"{tail.form}{token.form}" if tail and joined and token.tag == "NNG" else ""
        if tail and whole and lexicon.concepts_of(whole):
            concepts = lexicon.concepts_of(whole)
            terms[-1] = replace(tail, form=whole, end=token.end, light=False, concepts=concepts)
            continue
        ending = joined and len(token.form) == 1 and token.tag == "NNG"
        if tail and joined and tail.number and token.form in PLACES:  # "1등" is no 1 of "1만"
            terms[-1] = replace(tail, form=whole or tail.form + token.form, end=token.end)
            continue
        light = is_light(token) or is_each(token, text) or ending
        adverb = token.tag == "SL" and bool(words.ADVERB_EN.fullmatch(token.word or token.form))
        verb = token.tag in {"VV", "VA", "MAG"} or adverb or is_infinitive(token, text)
        number = token.tag in {"SN", "NR"}
        word = Term(token.form, token.start, token.end, name, light, verb, number)
        terms.append(replace(word, concepts=concepts_meant(token)))
    return terms
