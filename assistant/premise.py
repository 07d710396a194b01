"""False premises: what a question takes for granted and the articles deny.

Three contradictions are looked for in sentences that cover the rest of the question: the named
party stands in a clause that denies (or says the antonym of) what the question asserts; the
sentence says it of another party only; the question's figure is another than the article's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant import lexicon
from assistant.candidates import Line, topic_of
from assistant.content_words import words_of
from assistant.lexicon import find_known_names
from assistant.matching import Match
from assistant.polarity import clause_at, denied_part, is_negative
from assistant.quantities import find_quantities, same_value
from assistant.question import Kind, Question
from assistant.question_terms import Term

ENOUGH = 0.5  # share of the question a contradicting sentence must cover


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A sentence that contradicts the question; ``frame`` words it with ``words``."""

    line: Line
    frame: str
    words: dict[str, str]


def contradiction(question: Question, matches: Sequence[Match]) -> Contradiction | None:
    """The first contradiction in the best sentences, or None."""
    for check in (_denied, _dropped_out, _only_another, _belongs_to_another, _other_figure):
        for found in matches[:12]:
            result = check(question, found, matches)
            if result:
                return result
    return None


def _denied(question: Question, found: Match, matches: Sequence[Match]) -> Contradiction | None:
    if is_negative(question.text):
        return None
    asked = {term.key for term in question.names if term.key and _is_party(term)}
    for mention in found.line.mentions:
        if mention.key not in asked:
            continue
        start, end = clause_at(found.line.text, mention.start)
        clause = found.line.text[start:end].strip(" ,")
        if not _about(question, clause, mention.key):
            continue
        written = found.line.text[mention.start : mention.end]
        return Contradiction(found.line, "premise_excludes", {"name": written, "clause": clause})
    return None


_DROPPED = re.compile(
    r"탈락|고배|낙마|낙방|떨어졌|뽑히지|선정되지|"
    r"\b(?:eliminated|knocked out|not selected|not chosen|missed out)\b"
)
_GRANTED = re.compile(
    r"받(?!아들|아치)|지원(?:되|액|금|비|은|을|이|하는)|배정|뽑힌|뽑혀|선정된|선정돼|합격|따낸|통과한|"
    r"\b(?:get|gets|got|receiv\w+|granted|awarded|selected|chosen|picked)\b",
    re.IGNORECASE,
)


def _dropped_out(
    question: Question, found: Match, matches: Sequence[Match]
) -> Contradiction | None:
    """The question asks what a party is given; the articles say that it was not chosen."""
    granted = _GRANTED.search(question.text)
    if not granted or is_negative(question.text) or question.kind is Kind.YES_NO:
        return None
    asked = {term.key for term in question.names if term.key and _is_party(term)}
    for mention in found.line.mentions:
        start, end = clause_at(found.line.text, mention.start)
        clause = found.line.text[start:end].strip(" ,")
        if mention.key in asked and _DROPPED.search(clause):
            words = {"name": mention.text, "clause": clause}
            return Contradiction(found.line, "premise_excludes", words)
    return None


def _about(question: Question, clause: str, key: str) -> bool:
    """Whether a clause denies the very thing that the question asserts."""
    words = words_of(clause)
    predicates = [term for term in question.heavy if term.key != key]
    said_so = {number for term in predicates for number in term.concepts}
    if any(is_negative(form) and lexicon.concepts_of(form) & said_so for form in words.forms):
        return False  # the question says itself what the clause says: 빠졌다, 제외됐다
    if any(
        lexicon.are_antonyms(term.form, form)
        for term in predicates
        for form in words.forms
        if not term.name and not _said(term, clause) and _said_beside(term, predicates, clause)
    ):
        return True
    denied = {number for term in predicates if not term.name for number in term.concepts}
    if denied & words.negated:
        return True
    if not is_negative(clause):
        return False
    said = [term for term in predicates if _said(term, clause)]
    denial = denied_part(clause)
    return len(said) >= 2 and any(_said(term, denial) for term in said if not term.name)


def _said_beside(term: Term, predicates: Sequence[Term], clause: str) -> bool:
    """Whether a clause speaks of something else that the question says, where it says more."""
    others = [other for other in predicates if other is not term and not other.number]
    return len(others) < 2 or any(_said(other, clause) for other in others)


def _said(term: Term, clause: str) -> bool:
    words = words_of(clause)
    same = bool(term.concepts & words.concepts)
    return term.form in words.forms or term.form in words.squeezed or same


_ONLY_KO = re.compile(r"만(?=\s|이|을|,)")
_ONLY_EN = re.compile(r"\bonly\b", re.IGNORECASE)


def _only_another(
    question: Question, found: Match, matches: Sequence[Match]
) -> Contradiction | None:
    line = found.line
    asked = {term.key for term in question.names if term.key}
    subject = [term for term in question.names if term.key and term.key not in line.names]
    others = [term for term in question.heavy if term not in subject]
    covered = [term for term in others if found.of(term) >= ENOUGH]
    if not subject or not others or len(covered) < max(2, len(others)):
        return None
    for mention in line.mentions:
        only = _ONLY_KO.match(line.text, mention.end) or _ONLY_EN.search(
            line.text[max(0, mention.start - 6) : mention.start]
        )
        if only and mention.key not in asked and not mention.text[0].isdigit():
            return Contradiction(line, "premise_only", {"name": mention.text})
    return None


def _is_party(term: Term) -> bool:
    """Whether a name can be what a premise is about; AI and GPU are only words of the trade."""
    return not (
        term.form.isascii() and len(term.form) <= 3 and not find_known_names(term.form.upper())
    )


_OWNS_KO = re.compile(r"의\s$|(?:가|이)\s[가-힣]+(?:는|한|은|던|든|린|낸|킨|친|된)\s$")
_OWNS_EN = re.compile(r"(?:'s|’s)\s(?:\w+\s)?$")


def _belongs_to_another(
    question: Question, found: Match, matches: Sequence[Match]
) -> Contradiction | None:
    """The question gives a thing to one party ("A가 만드는 B"), the articles to another."""
    for owner, thing in pairwise(question.names):
        between = question.text[owner.end : thing.start]
        owns = _OWNS_KO if question.language == "ko" else _OWNS_EN
        line = found.line
        if not owner.key or not thing.key or owner.key == thing.key or not owns.search(between):
            continue
        if not _is_party(thing):
            continue
        if thing.key not in line.names or not line.speaks_of or owner.key in line.speaks_of:
            continue
        if any(_together(owner.key, thing.key, other.line) for other in matches):
            continue
        topic = line.topic.mention if line.topic else topic_of(line.text, line.mentions)
        if topic and topic.key not in {owner.key, thing.key}:
            return Contradiction(line, "premise_other", {"name": topic.text})
    return None


def _together(owner: str, thing: str, line: Line) -> bool:
    return thing in line.names and owner in line.names | line.speaks_of | line.names_before


def _other_figure(
    question: Question, found: Match, matches: Sequence[Match]
) -> Contradiction | None:
    asserted = [
        quantity
        for quantity in find_quantities(question.text)
        if quantity.unit and not quantity.ordinal and quantity.value != 1
    ]
    if not asserted or question.kind in {Kind.SUM, Kind.DIFFERENCE, Kind.COMPARE}:
        return None
    words = [term for term in question.heavy if not term.number]
    if len(words) < 2 or any(found.of(term) < ENOUGH for term in words):
        return None
    for quantity in asserted:
        spoken = [q for item in matches[:20] for q in item.line.quantities]
        if any(same_value(quantity, other) for other in spoken):
            continue
        written = [other for other in found.line.quantities if other.unit == quantity.unit]
        if len(written) == 1 and not written[0].ordinal:
            texts = {"asked": quantity.text, "written": written[0].text}
            return Contradiction(found.line, "premise_number", texts)
    return None
