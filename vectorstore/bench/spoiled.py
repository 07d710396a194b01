"""Questions as people mistype them, by seeded rules."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Sequence

SEED = 7
_VOWELS = "\u1161\u1162\u1165\u1166\u1169\u116e\u1173\u1175"
_HANGUL = ("\uac00", "\ud7a3")


def mistyped(questions: Sequence[str]) -> list[str]:
    """Each question with one slip in one of its longer words.

    A vowel is replaced, a syllable is left out, or two neighbours change places.
    """
    rng = random.Random(SEED)
    return [_slip(question, rng) for question in questions]


def unspaced(questions: Sequence[str]) -> list[str]:
    """Each question without spaces."""
    return ["".join(question.split()) for question in questions]


def _slip(question: str, rng: random.Random) -> str:
    words = question.split()
    places = [at for at, word in enumerate(words) if len(word) >= 3 and _is_hangul(word[:3])]
    if not places:
        return question
    at = rng.choice(places)
    slip: Callable[[str, int, random.Random], str] = rng.choice([_vowel, _left_out, _swapped])
    words[at] = slip(words[at], rng.randrange(2), rng)
    return " ".join(words)


def _vowel(word: str, at: int, rng: random.Random) -> str:
    letters = list(unicodedata.normalize("NFD", word[at]))
    letters[1] = rng.choice([vowel for vowel in _VOWELS if vowel != letters[1]])
    return word[:at] + unicodedata.normalize("NFC", "".join(letters)) + word[at + 1 :]


def _left_out(word: str, at: int, _: random.Random) -> str:
    return word[:at] + word[at + 1 :]


def _swapped(word: str, at: int, _: random.Random) -> str:
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _is_hangul(text: str) -> bool:
    return all(_HANGUL[0] <= letter <= _HANGUL[1] for letter in text)
