"""From a follow-up to a standalone question, by rules: what is left out is taken from before.

Two readings are offered, best first: with the earlier subject and without it. The caller keeps
the first that the articles answer, so a change of subject does not drag the old one along.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer import Turn
from assistant.korean_clause import with_particle
from assistant.lexicon import find_known_names
from assistant.names import NameBook
from assistant.question import Question, analyse, normalise
from assistant.question_words import TITLES

_POINTING_KO = re.compile(
    r"그\s?중(?:에서?)?|이\s?중(?:에서?)?|그 (?:회사|기업|팀|업체|곳|사람|모델|금액|돈|사업)[은는이가을를의도]?|거기(?:서|에서|는|도)?|"
    r"그(?:거|것|건|게)[은는이가을를도]?|그곳[은는이가도]?|그쪽[은는이가도]?|걔네?[는가도]?|얘네?[는가도]?|그들[은이]?"
)
_POINTING_EN = re.compile(
    r"\b(?:it|its|they|them|their|that (?:company|team|firm|model|one|amount)|this (?:company|team|one)|"
    r"of (?:those|these|them)|the (?:company|team|firm)|he|she|his|her|there)\b",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"^(?:그럼|그러면|그래서|그리고|근데|그런데|and|so|but|then|what about|how about)[\s,]+",
    re.IGNORECASE,
)
_SECOND = re.compile(
    r"\b(first|second|third|fourth|fifth)\b|(첫|두|세|네|다섯) ?번째", re.IGNORECASE
)
_PARTICLE_PAIRS = (("은", "는"), ("이", "가"), ("을", "를"))
_ORDINALS = ("first", "second", "third", "fourth", "fifth")
_ORDINALS_KO = ("첫", "두", "세", "네", "다섯")


def standalone(question: str, history: Sequence[Turn], book: NameBook) -> list[str]:
    """Standalone readings of a question, the likelier first; the last is the question as asked."""
    asked = normalise(question)
    before = [turn.content for turn in history if turn.role == "user"]
    if not before:
        return [asked]
    previous = analyse(normalise(before[-1]), book)
    now = analyse(asked, book)
    subject = _subject(previous, history, book)
    pick = _ordinal_pick(asked, history, book) or _person(asked, history)
    carried = pick or subject
    if not carried:
        return [asked]
    body = _OPENING.sub("", asked)
    pointing = _POINTING_KO if now.language == "ko" else _POINTING_EN
    if pointing.search(body):
        return [_replaced(body, pointing, carried, now.language), asked]
    if pick and not _PERSON_ASKED.search(asked):
        return [_joined(carried, _predicate(previous), now.language), asked]
    if any(_is_subject(term.form, term.key) for term in now.names):
        shape = _OPENING.match(asked) and not [t for t in now.heavy if not t.name]
        return [_joined(body, _predicate(previous), now.language), asked] if shape else [asked]
    return [_joined(carried, body, now.language), asked]


def _is_subject(form: str, key: str | None) -> bool:
    """Whether a name can be what a conversation is about; GPU or AI cannot."""
    acronym = form.isascii() and len(form) <= 4 and not find_known_names(form.upper())
    if len(form) < 2:
        return False
    return key is not None and not acronym


def _subject(previous: Question, history: Sequence[Turn], book: NameBook) -> str:
    names = [
        previous.text[term.start : term.end]
        for term in previous.names
        if _is_subject(term.form, term.key)
    ]
    if names:
        return names[0]
    nouns = [term for term in previous.heavy if not term.verb and not term.number]
    if not nouns:
        return ""
    return previous.text[nouns[0].start : nouns[-1].end] if len(nouns) <= 3 else ""


_PERSON_ASKED = re.compile(r"그 ?(?:사람|분|녀)|\b(?:he|she|his|her|him)\b", re.IGNORECASE)
_OFFICE = "|".join(sorted(TITLES - {"과학자", "scientist"}, key=len, reverse=True))
_NAMED_KO = re.compile(rf"([가-힣]{{2,4}}) (?:[가-힣]{{2,12}} )?(?:[가-힣]{{0,6}})(?:{_OFFICE})")
_NAMED_EN = re.compile(rf"(?:{_OFFICE})\w* ([A-Z][\w'’-]+(?: [A-Z][\w'’-]+)+)", re.IGNORECASE)


def _person(question: str, history: Sequence[Turn]) -> str:
    """The person of the last answer, where a follow-up speaks of a person ("그 사람", "she")."""
    answers = [turn.content for turn in history if turn.role == "assistant"]
    if not answers or not _PERSON_ASKED.search(question):
        return ""
    match = _NAMED_KO.search(answers[-1]) or _NAMED_EN.search(answers[-1])
    return match.group(1) if match else ""


def _ordinal_pick(question: str, history: Sequence[Turn], book: NameBook) -> str:
    """The member of the last answer's list that a follow-up counts off ("the second one")."""
    match = _SECOND.search(question)
    answers = [turn.content for turn in history if turn.role == "assistant"]
    if not match or not answers or len(question) > 40:
        return ""
    word = (match.group(1) or match.group(2)).lower()
    table = _ORDINALS if word in _ORDINALS else _ORDINALS_KO
    members = list(dict.fromkeys(mention.text for mention in book.find(answers[-1])))
    place = table.index(word)
    return members[place] if place < len(members) else ""


def _predicate(previous: Question) -> str:
    names = [term for term in previous.names if term.key]
    text = previous.text
    for term in reversed(names):
        text = text[: term.start] + text[term.end :]
    return re.sub(r"^(?:은|는|이|가|을|를|의|와|과|도)\s+", "", text.strip()).strip()


def _replaced(text: str, pointing: re.Pattern[str], subject: str, language: str) -> str:
    def place(match: re.Match[str]) -> str:
        if language != "ko":
            return f"{subject}'s" if match.group().lower() in {"its", "their", "his"} else subject
        last = match.group()[-1]
        pair = next((two for two in _PARTICLE_PAIRS if last in two), None)
        if len(match.group()) <= 2 or last not in "은는이가을를의도":
            return subject
        return with_particle(subject, pair) if pair else subject + last

    return re.sub(r"\s+", " ", pointing.sub(place, text, count=1)).strip()


def _joined(subject: str, body: str, language: str) -> str:
    return f"{subject} {body}".strip() if language == "ko" else f"{subject}: {body}".strip()
