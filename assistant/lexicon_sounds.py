"""How a name sounds: Hangul against Latin letters, by a consonant skeleton with tolerant vowels.

`transliterates("크래프톤", "Krafton")` compares two sound sequences. Each consonant is a set of
sound classes (``ch`` is heard as ㅊ or ㅋ), each vowel run is matched by spelling; an alignment
charges what does not fit. The idea is Soundex-like skeleton matching, with the loanword habits of
Korean: ㅡ is filler, a coda r is not heard, f and p fall together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from assistant.lexicon_files import listed, rows

HANGUL = re.compile("[가-힣]")
LATIN = re.compile("[A-Za-z]")
_INITIALS = """
    K K N T T L M P P S S _ J J J K T P H
""".split()
_VOWELS = """
    ㅏ ㅐ ㅑ ㅒ ㅓ ㅔ ㅕ ㅖ ㅗ ㅘ ㅙ ㅚ ㅛ ㅜ ㅝ ㅞ ㅟ ㅠ ㅡ ㅢ ㅣ
""".split()
_FINALS = """
    _ K K K N N N TS L L L L L L L L M P P TS TS NG TS TS K T P H
""".split()
_LETTERS = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyz",
        "에이 비 씨 디 이 에프 지 에이치 아이 제이 케이 엘 엠 엔 오 피 큐 알 "
        "에스 티 유 브이 더블유 엑스 와이 제트".split(),
        strict=True,
    )
)
_NEAR = {frozenset(pair.split()) for pair in ("S J", "T S", "T J", "N M", "N NG", "L N", "K H")}
_SURNAMES = {"이": ("lee", "rhee"), "임": ("lim",), "노": ("roh",), "유": ("ryu",), "나": ("ra",)}
_RESPELLED = {"이": "i", "임": "im", "노": "no", "유": "yu", "나": "na"}


@cache
def _spellings() -> dict[str, frozenset[str]]:
    return {jamo: frozenset(listed(letters, " ")) for jamo, letters in rows("vowels.tsv")}


@cache
def _consonants() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((letters, listed(classes)) for letters, classes in rows("consonants.tsv"))


@dataclass(frozen=True, slots=True)
class Sound:
    """A consonant (``classes``) or a vowel run (``vowels``: jamo, or Latin letters)."""

    classes: frozenset[str] = frozenset()
    vowels: str = ""
    weak: bool = False  # may stay unheard: a coda r, a filler ㅡ, a final e


def read_letters(text: str) -> str:
    """Latin capitals read aloud in Hangul: ``SKT`` becomes ``에스케이티``; other text is kept."""
    return "".join(_LETTERS.get(letter.lower(), letter) for letter in text)


@cache
def hangul_sounds(text: str) -> tuple[Sound, ...]:
    """The sounds of Hangul text; other characters are left out."""
    sounds: list[Sound] = []
    for char in text:
        if HANGUL.match(char):
            sounds.extend(_syllable(ord(char) - 0xAC00))
    return _merged(sounds)


def _syllable(code: int) -> list[Sound]:
    initial, vowel, final = code // 588, code % 588 // 28, code % 28
    sounds = [] if _INITIALS[initial] == "_" else [_consonant(_INITIALS[initial])]
    jamo = _VOWELS[vowel]
    sounds.append(Sound(vowels=jamo, weak=jamo == "ㅡ"))
    if final:
        ending = "T S TS" if _FINALS[final] == "TS" else _FINALS[final]
        sounds.append(_consonant(ending))
    return sounds


def _consonant(classes: str, *, weak: bool = False) -> Sound:
    return Sound(classes=frozenset(classes.split()) - {"_"}, weak=weak or "_" in classes.split())


def _merged(sounds: list[Sound]) -> tuple[Sound, ...]:
    """Vowels in a row become one run, and a doubled consonant is heard once."""
    merged: list[Sound] = []
    for sound in sounds:
        last = merged[-1] if merged else None
        if last and last.vowels and sound.vowels:
            merged[-1] = Sound(vowels=last.vowels + sound.vowels)
        elif not (last and last.classes and last.classes == sound.classes):
            merged.append(sound)
    return tuple(merged)


@cache
def latin_sounds(text: str) -> tuple[Sound, ...]:
    """The sounds English spelling suggests for Latin text; other characters are left out."""
    word = re.sub(r"^(k|g)(?=n)|^p(?=s)|^w(?=r)|(?<=m)b$", "", re.sub("[^a-z]", "", text.lower()))
    sounds: list[Sound] = []
    place = 0
    while place < len(word):
        if run := re.match("[aeiouyw]+", word[place:]):
            silent = run.group() == "e" and place + 1 == len(word)
            sounds.append(Sound(vowels=run.group(), weak=silent))
            place += run.end()
        else:
            spelled, heard = _letters_at(word, place)
            sounds.extend(heard)
            place += len(spelled)
    return _merged(sounds)


def _letters_at(word: str, place: int) -> tuple[str, list[Sound]]:
    following = word[place + 1 : place + 2]
    if word[place] == "c" and word[place : place + 2] not in ("ch", "ck", "cq", "cc"):
        soft = following in ("e", "i", "y") if following else False
        return "c", [_consonant("S J" if soft else "K")]
    if word[place] == "g" and following in ("e", "i", "y") and following:
        return "g", [_consonant("K J")]
    spelled, classes = next(rule for rule in _consonants() if word.startswith(rule[0], place))
    after = word[place + len(spelled) : place + len(spelled) + 1]
    unheard = spelled in ("r", "h") and (not after or after not in "aeiouyw")
    return spelled, [_consonant(each, weak=unheard) for each in classes]


def _vowel_cost(jamo: str, letters: str) -> float:
    """0 when the letters may spell the vowels, a part when only one end fits, 0.5 otherwise."""
    spelled = _spellings().get(jamo)
    if spelled and letters in spelled:
        return 0.0
    pieces = [_spellings()[each] for each in jamo]
    if any(letters[:cut] in pieces[0] and letters[cut:] in pieces[-1] for cut in range(1, 3)):
        return 0.05 if len(jamo) > 1 else 0.15
    return 0.2 if any(piece & {letters, letters[0], letters[-1]} for piece in pieces) else 0.5


def _swap_cost(korean: Sound, latin: Sound) -> float:
    if bool(korean.vowels) != bool(latin.vowels):
        return 9.0
    if korean.vowels:
        return _vowel_cost(korean.vowels, latin.vowels)
    if korean.classes & latin.classes:
        return 0.0
    near = any(frozenset((a, b)) in _NEAR for a in korean.classes for b in latin.classes)
    return 0.45 if near else 1.2


def _drop_cost(sound: Sound) -> float:
    if sound.weak:
        return 0.02
    if sound.vowels:
        return 0.12 if sound.vowels in ("ㅣ", "e", "u", "w", "y") else 0.45 * len(sound.vowels)
    return 0.4 if sound.classes == {"H"} else 1.0


def sound_distance(hangul: str, latin: str) -> float:
    """Cost of hearing one as the other, per consonant of the longer one; 0 is a perfect fit."""
    korean, english = hangul_sounds(hangul), latin_sounds(latin)
    row = [0.0]
    for sound in english:
        row.append(row[-1] + _drop_cost(sound))
    for mine in korean:
        above, row = row, [row[0] + _drop_cost(mine)]
        for column, other in enumerate(english, 1):
            swap = above[column - 1] + _swap_cost(mine, other)
            drop = min(above[column] + _drop_cost(mine), row[-1] + _drop_cost(other))
            row.append(min(swap, drop))
    consonants = (sum(bool(s.classes) for s in side) for side in (korean, english))
    return row[-1] / max(1, *consonants)


_CLOSE = 0.2  # chosen on the pairs of tests/data: see tests/test_lexicon.py


def transliterates(hangul: str, latin: str) -> bool:
    """Whether Hangul and Latin text are the same name by sound, family name first or last.

    Needs at least two consonants on each side; initials (``SKT``) are read letter by letter.
    """
    if not HANGUL.search(hangul) or not LATIN.search(latin):
        return False
    if latin.isupper() and read_letters(re.sub("[^A-Za-z]", "", latin)) == hangul.replace(" ", ""):
        return True
    enough = min(
        sum(bool(s.classes) for s in side) for side in (hangul_sounds(hangul), latin_sounds(latin))
    )
    return enough > 1 and any(
        sound_distance(hangul, order) <= _CLOSE for order in _name_orders(hangul, latin)
    )


def _name_orders(hangul: str, latin: str) -> list[str]:
    """The Latin text as it stands, and with its last word first: Kyung-hoon Bae, Bae Kyung-hoon.

    A family name spelled by custom (Lee for 이) is respelled by its sound.
    """
    words = latin.split()
    orders = [words, [words[-1], *words[:-1]]] if len(words) in (2, 3) else [words]
    custom = _SURNAMES.get(hangul[:1], ())
    respelled = [
        [_RESPELLED[hangul[0]], *order[1:]] for order in orders if order[0].lower() in custom
    ]
    return [" ".join(order) for order in [*orders, *respelled]]
