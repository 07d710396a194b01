"""What may follow a name without a space and leave it the same name: particles and plain nouns.

``네이버는`` and ``네이버모델이름`` speak of 네이버; ``네이버웹툰`` is another company. Nouns
that make company names (전자, 화학, 은행 …) are therefore no tail.
"""

from __future__ import annotations

from functools import cache, lru_cache

from assistant.lexicon_files import rows

_LONGEST = 6  # syllables of a listed word
_LONGEST_RUN = 24  # no tail is longer; keeps the search shallow


@cache
def _tails() -> dict[str, frozenset[str]]:
    return {kind: frozenset(words.split()) for kind, words in rows("tails.tsv")}


@cache
def _nouns() -> frozenset[str]:
    from assistant.lexicon import korean_nouns

    return korean_nouns() | _tails()["noun"]


@lru_cache(maxsize=16384)
def is_tail(run: str) -> bool:
    """Whether a run of Hangul right behind a name is made of particles and plain nouns only."""
    if not run or run in _tails()["particle"]:
        return True
    if len(run) > _LONGEST_RUN:
        return False
    for length in range(min(_LONGEST, len(run)), 0, -1):
        head = run[:length]
        if head in _tails()["company"]:
            return False
        if (head in _tails()["particle"] or head in _nouns()) and is_tail(run[length:]):
            return True
    return False


def without_particle(word: str) -> str:
    """The word without the longest Korean particle at its end; at least two syllables are left."""
    for length in range(min(_LONGEST, len(word) - 2), 0, -1):
        if word[-length:] in _tails()["particle"]:
            return word[:-length]
    return word
