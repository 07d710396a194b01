"""Mistyped names: the nearest name of a vocabulary, by letters (jamo for Hangul), or none.

One slip is forgiven in a name of three syllables or five letters, two in longer ones, a dropped or
added syllable from four on; shorter names must be right, for SKT is not KT.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from assistant.lexicon_names import canonical_name, name_key
from assistant.lexicon_sounds import HANGUL
from assistant.lexicon_tail import without_particle

_NO_MATCH = 99
# Consonants that are taken for one another; in a short name no other is a slip (네이처, 네이버).
_ALIKE = ("ᄀᄁᄏ", "ᄃᄄᄐ", "ᄇᄈᄑ", "ᄉᄊ", "ᄌᄍᄎ")


def edit_distance(a: str, b: str, limit: int) -> int:
    """Damerau-Levenshtein distance (one swap of neighbours is one edit), or more than ``limit``."""
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, mine in enumerate(a, 1):
        older, before, row = before, row, [i]
        for j, other in enumerate(b, 1):
            cost = min(before[j] + 1, row[-1] + 1, before[j - 1] + (mine != other))
            if i > 1 and j > 1 and mine == b[j - 2] and a[i - 2] == other:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return row[-1]


def _jamo(key: str) -> str:
    return unicodedata.normalize("NFD", key)


def _slips(key: str) -> int:
    """How many edits a name of this length forgives."""
    weight = sum(1.7 if HANGUL.match(char) else 1 for char in key)
    return 0 if weight < 5 else 1 if weight < 8 else 2


def _mistyping(token: str, name: str) -> int:
    """How far a token is from a name, 99 when it is too far to be a slip of it."""
    if re.findall(r"\d", token) != re.findall(r"\d", name):
        return _NO_MATCH
    limit = min(_slips(token), _slips(name)) if len(token) >= len(name) else _slips(name)
    distance = edit_distance(_jamo(token), _jamo(name), max(limit, 0)) if limit else _NO_MATCH
    if distance <= limit and (limit > 1 or _plausible(_jamo(token), _jamo(name))):
        return distance
    return 2 if _lost_syllable(token, name) or _lost_syllable(name, token) else _NO_MATCH


def _plausible(token: str, name: str) -> bool:
    """Whether the one letter that differs is no other initial consonant of another sound."""
    differing = [(a, b) for a, b in zip(token, name, strict=False) if a != b]
    if len(token) != len(name) or len(differing) != 1:
        return True
    a, b = differing[0]
    initials = "ᄀ" <= a <= "ᄒ" and "ᄀ" <= b <= "ᄒ"
    return not initials or any(a in family and b in family for family in _ALIKE)


def _lost_syllable(short: str, full: str) -> bool:
    """Whether one Hangul syllable inside a name of four or more was left out or typed wrong."""
    if len(full) < 4 or not HANGUL.match(full):
        return False
    if len(short) == len(full) - 1 and len(full) > 4:
        return any(full[:cut] + full[cut + 1 :] == short for cut in range(1, len(full)))
    differing = [
        place for place, pair in enumerate(zip(short, full, strict=False)) if len(set(pair)) > 1
    ]
    return len(short) == len(full) > 4 and len(differing) == 1


def fuzzy_name(token: str, vocabulary: Iterable[str]) -> str | None:
    """The one name of ``vocabulary`` that ``token`` is a mistyping of, or None.

    A token that is right (by spelling without spaces and case, or as an alias of a listed name) is
    returned as the vocabulary has it; another listed name is never taken for a slip. A particle may
    follow the token. Of two names equally near none is returned.
    """
    names = list(dict.fromkeys(vocabulary))
    for word in dict.fromkeys((token, without_particle(token))):
        known = canonical_name(word)
        for name in names:
            if name_key(name) == name_key(word) or (known and canonical_name(name) == known):
                return name
        if known:
            return None
    for word in dict.fromkeys((without_particle(token), token)):
        if match := _nearest(name_key(word), names):
            return match
    return None


def _nearest(key: str, names: list[str]) -> str | None:
    scored = sorted((_mistyping(key, name_key(name)), name) for name in names)
    if not scored or scored[0][0] == _NO_MATCH:
        return None
    tied = len(scored) > 1 and scored[1][0] == scored[0][0]
    return None if tied else scored[0][1]
