"""What an English question is asked with, and the words of an article that may answer it.

Who asks how many teams survive is answered by "narrowed down to four", though to survive is not to
be narrowed down. The list therefore works one way: it adds meanings to the words of a question and
joins no groups. lexicon_data/asked.tsv holds words and phrases, verbs in their plain form.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from assistant import lexicon
from assistant.lexicon_english import lemmas
from assistant.lexicon_files import listed, rows

NOTHING = "~"  # an article need not say it
_PARTICLES = frozenset(
    "up out off down in on for to into at of after with over back away aside through not".split()
)
_SKIPPED = frozenset({"it", "them", "the", "a", "an", "very", "only"})


@dataclass(frozen=True, slots=True)
class Asked:
    """Words ``first`` to ``last`` (exclusive) of a question, and what may answer them."""

    first: int
    last: int
    phrase: str
    concepts: frozenset[int]
    light: bool = False

    @property
    def verb(self) -> bool:
        """Whether it is a phrase around a verb or a preposition: "rent out", no "share price"."""
        return not _PARTICLES.isdisjoint(self.phrase.split())


@cache
def _table() -> dict[str, tuple[tuple[tuple[str, ...], frozenset[int], bool], ...]]:
    """The phrases by their first word, the longest first."""
    table: dict[str, list[tuple[tuple[str, ...], frozenset[int], bool]]] = {}
    for phrase, answers in rows("asked.tsv"):
        first, *rest = phrase.split(" ")
        meant = [lexicon.concepts_of(word) for word in listed(answers) if word != NOTHING]
        entry = (tuple(rest), frozenset().union(*meant), answers == NOTHING)
        table.setdefault(first, []).append(entry)
    return {word: tuple(sorted(all_, key=lambda e: -len(e[0]))) for word, all_ in table.items()}


def asked_spans(words: Sequence[str]) -> list[Asked]:
    """The listed words and phrases along the words of an English question, the longest first."""
    found: list[Asked] = []
    first = 0
    while first < len(words):
        asked = _at(words, first)
        if asked:
            found.append(asked)
        first = asked.last if asked else first + 1
    return found


def _at(words: Sequence[str], first: int) -> Asked | None:
    entries = [
        (lemma, entry)
        for lemma in dict.fromkeys((words[first], *lemmas(words[first])))
        for entry in _table().get(lemma, ())
    ]
    for lemma, (rest, concepts, light) in sorted(entries, key=lambda one: -len(one[1][0])):
        last = _end(words, first + 1, rest)
        if last is not None:
            return Asked(first, last, " ".join((lemma, *rest)), concepts, light)
    return None


def _end(words: Sequence[str], place: int, rest: Sequence[str]) -> int | None:
    """Where a phrase that goes on with ``rest`` ends, or None; small words may stand between."""
    for wanted in rest:
        while place < len(words) and words[place] != wanted and words[place] in _SKIPPED:
            place += 1
        if place >= len(words) or words[place] not in (wanted, f"{wanted}s"):
            return None
        place += 1
    return place
