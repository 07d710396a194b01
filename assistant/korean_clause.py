"""A simple Korean clause and its way into a polite question: particles, endings, clause borders."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ingest.korean import kiwi

# Written with (consonant, vowel): what follows the asked word.
_PARTICLES = {
    **dict.fromkeys(("이", "가"), ("이", "가")),
    **dict.fromkeys(("은", "는"), ("은", "는")),
    **dict.fromkeys(("을", "를"), ("을", "를")),
    **dict.fromkeys(("으로", "로"), ("으로", "로")),
}
FIRST_PARTICLE = re.compile(r"^(으로|로|이|가|은|는|을|를)(?=\s|$)")
_JOINING = frozenset({"고", "며", "으며", "지만"})


def with_particle(word: str, pair: tuple[str, str]) -> str:
    """The word with the particle that fits its last sound: (after a consonant, after a vowel)."""
    final = final_sound(word)
    if pair[0] == "으로" and final == 8:  # ㄹ takes 로
        return word + pair[1]
    return word + (pair[0] if final else pair[1])


def final_sound(word: str) -> int:
    """The final consonant of the last syllable, 0 for none; Latin letters as they are read."""
    last = word.rstrip("’'”\")")[-1:]
    if "가" <= last <= "힣":
        return (ord(last) - 0xAC00) % 28
    return 8 if last in "lLrR" else 1 if last in "mMnN013678" else 0


class Clause:
    """A clause with its morphemes; ``ending`` is where the words of its predicate begin."""

    def __init__(self, text: str, tokens: list[Any], end: int) -> None:
        self.text = text
        self.tokens = tokens
        self.end = end
        self.last_word = text.rfind(" ", 0, end) + 1

    @property
    def subject_end(self) -> int | None:
        """Where the subject or topic ends: a noun and 은, 는, 이, 가, before the predicate."""
        ends = (t.start + t.len for t in self.tokens if t.tag in ("JX", "JKS"))
        return next((end for end in ends if end < self.last_word), None)

    def grounded(self, position: int) -> bool:
        """Whether a noun with its particle stands before a position, to ask about."""
        before = [t for t in self.tokens if t.start + t.len <= position]
        return any(t.tag in ("JX", "JKS", "JKB") for t in before)

    def is_plain(self, position: int) -> bool:
        """Whether a span that ends here can be asked for: no pronoun, no new clause after it.

        What stands before a relative clause may belong to that one, and what stands before a
        comma to a list.
        """
        after = {t.tag for t in self.tokens if t.start >= position}
        topics = [t for t in self.tokens if t.start > position and t.tag == "JX"]
        return not topics and not after & {"ETM", "SP"} and all(t.tag != "NP" for t in self.tokens)

    def asked_with(self, start: int, end: int, word: str) -> str:
        """The clause as a question, with ``word`` in place of a span."""
        rest = self.text[end : self.last_word]
        return f"{self.text[:start]}{_joined(word, rest)}{self.predicate()}?"

    def predicate(self) -> str:
        """The last word in the form of a polite question."""
        morphs = [(t.form, t.tag) for t in self.tokens if t.start >= self.last_word]
        tag = next((tag for _, tag in reversed(morphs) if tag not in ("EP", "EF")), "")
        return str(kiwi().join([*morphs, (_ending(morphs, tag), "EF")]))


def _joined(word: str, rest: str) -> str:
    match = FIRST_PARTICLE.match(rest)
    if match is None:
        return word + rest
    return with_particle(word, _PARTICLES[match.group(1)]) + rest[match.end() :]


def _ending(morphs: list[tuple[str, str]], tag: str) -> str:
    past = any(kind == "EP" for _, kind in morphs)
    if past or tag not in ("VA", "VCP", "XSA", "VCN"):
        return "나요"
    stem = next(form for form, kind in reversed(morphs) if kind == tag)
    return "은가요" if final_sound(stem) not in (0, 8) else "ᆫ가요"


def clauses(text: str) -> Iterator[Clause]:
    """The first clause up to a comma, and the whole sentence when it is one clause."""
    found = list(kiwi().tokenize(text))
    for place, token in enumerate(found):
        after = found[place + 1].tag if place + 1 < len(found) else "SF"
        joins = token.tag == "EC" and (
            after == "SP" or (token.form in _JOINING and after not in ("VX", "VV", "VA"))
        )
        if joins or (token.tag == "EF" and after == "SF"):
            yield Clause(text, found[:place], token.start + token.len)
            return
