"""How a name sounds: Hangul against Latin letters, by a consonant skeleton with tolerant vowels.

`transliterates("크래프톤", "Krafton")` compares two sound sequences. Each consonant is a set of
sound classes (``ch`` is heard as ㅊ or ㅋ), each vowel run is matched by spelling; an alignment
charges what does not fit. The idea is Soundex-like skeleton matching, with the loanword habits of
Korean: ㅡ is filler, a coda r is not heard, f and p fall together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from assistant.lexicon_files import listed, rows

HANGUL = re.compile("[가-힣]")
LATIN = re.compile("[A-Za-z]")
# Sound classes of the initials and finals; + is hard (ㅋ, k), - is soft (ㄱ, g), none is either.
_INITIALS = "K- K N T- T L M P- P S S _ J- J J+ K+ T+ P+ H".split()
_FINALS = "_ K K K N N N TS L L L L L L L L M P P TS TS NG TS TS K T P H".split()
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
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
_VOWEL_LETTERS = re.compile("[aeiouyw]+")
# Costs and limits, chosen on every second pair of tests/transliterations.tsv.
_UNHEARD, _PLURAL, _VOWEL = 0.02, 0.2, 0.45
_CLOSE, _CLOSE_SHORT = 0.15, 0.06
_LONGEST = 120  # longer text is no name, and comparing it would take long


@cache
def _spellings() -> dict[str, frozenset[str]]:
    return {jamo: frozenset(listed(letters, " ")) for jamo, letters in rows("vowels.tsv")}


@cache
def _consonants() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((letters, listed(classes)) for letters, classes in rows("consonants.tsv"))


@dataclass(frozen=True, slots=True)
class Sound:
    """A consonant (``classes``, ``hard``) or a vowel run (``vowels``: jamo, or Latin letters).

    ``drop`` is what it costs when the other side does not have it.
    """

    classes: frozenset[str] = frozenset()
    vowels: str = ""
    hard: bool | None = None
    drop: float = 1.0


def read_letters(text: str) -> str:
    """Latin letters read aloud in Hangul: ``SKT`` becomes ``에스케이티``; other text is kept."""
    return "".join(_LETTERS.get(letter.lower(), letter) for letter in text)


def _consonant(code: str, drop: float = 1.0) -> Sound:
    """A consonant from its code: classes parted by spaces, + or - for hard or soft."""
    hard = True if "+" in code else False if "-" in code else None
    classes = frozenset(code.replace("+", "").replace("-", "").split())
    silent = "_" in classes
    return Sound(classes - {"_"}, hard=hard, drop=_UNHEARD if silent else drop)


@lru_cache(maxsize=16384)
def hangul_sounds(text: str) -> tuple[Sound, ...]:
    """The sounds of Hangul text; other characters are left out."""
    sounds: list[Sound] = []
    for char in text:
        if HANGUL.match(char):
            sounds.extend(_syllable(ord(char) - 0xAC00))
    return _merged(sounds)


def _syllable(code: int) -> list[Sound]:
    initial, vowel, final = _INITIALS[code // 588], _VOWELS[code % 588 // 28], _FINALS[code % 28]
    sounds = [] if initial == "_" else [_consonant(initial)]
    filler = vowel == "ㅡ" or (vowel in "ㅣㅟㅠ" and initial[0] in "SJ" and not code % 28)
    sounds.append(Sound(vowels=vowel, drop=_UNHEARD if filler else _VOWEL))
    if code % 28:
        sounds.append(_consonant("T S" if final == "TS" else final))
    return sounds


def _merged(sounds: list[Sound]) -> tuple[Sound, ...]:
    """Vowels in a row become one run, and a doubled consonant is heard once."""
    merged: list[Sound] = []
    for sound in sounds:
        last = merged[-1] if merged else None
        if last and last.vowels and sound.vowels:
            merged[-1] = Sound(vowels=last.vowels + sound.vowels, drop=last.drop + sound.drop)
        elif last and sound.classes and last.classes >= sound.classes and last.drop == sound.drop:
            merged[-1] = sound
        else:
            merged.append(sound)
    return tuple(merged)


@lru_cache(maxsize=16384)
def latin_sounds(text: str) -> tuple[Sound, ...]:
    """The sounds English spelling suggests for Latin text; other characters are left out."""
    word = re.sub("[^a-z]", "", text.lower())
    word = re.sub("^[kg](?=n)|^p(?=[sf])|^w(?=r)|(?<=m)b$", "", word)
    word = re.sub("(?<=.)wh", "hw", re.sub("stle", "sle", word))
    sounds: list[Sound] = []
    place = 0
    while place < len(word):
        if run := _VOWEL_LETTERS.match(word, place):
            silent = run.group() == "e" and run.end() == len(word)
            sounds.append(Sound(vowels=run.group(), drop=_UNHEARD if silent else _VOWEL))
            place = run.end()
        else:
            length, heard = _letters_at(word, place)
            sounds.extend(heard)
            place += length
    return _merged(sounds)


def _letters_at(word: str, place: int) -> tuple[int, list[Sound]]:
    """The consonant letters at a place: how many, and what is heard."""
    rest = word[place:]
    if rest[0] in "cg" and rest[1:2] and rest[1] in "eiy":
        return 1, [_consonant("S J" if rest[0] == "c" else "K J")]
    if place == 0 and rest[0] in "xs" and rest[1:2] != "h":
        return 1, [_consonant("S J" if rest[0] == "x" else "S")]
    letters, codes = next(rule for rule in _consonants() if rest.startswith(rule[0]))
    after = rest[len(letters) :]
    drop = 1.0
    if letters in ("r", "h") and (after in ("", "e") or not _VOWEL_LETTERS.match(after)):
        drop = _UNHEARD
    elif letters == "s" and not after:
        drop = _PLURAL
    sounds = [_consonant(code, drop) for code in codes]
    if letters == "ng" and _VOWEL_LETTERS.match(after):
        sounds.append(_consonant("K", _UNHEARD))
    return len(letters), sounds


@lru_cache(maxsize=16384)
def _spells(jamo: str, letters: str) -> bool:
    """Whether the letters can be cut into spellings of the vowels, one or two vowels at a time."""
    if not jamo or not letters:
        return jamo == letters
    for heard in (2, 1):
        for length in range(1, min(4, len(letters)) + 1):
            fits = letters[:length] in _spellings().get(jamo[:heard], ())
            if fits and heard <= len(jamo) and _spells(jamo[heard:], letters[length:]):
                return True
    return False


def _vowel_cost(jamo: str, letters: str) -> float:
    """0 when the letters may spell the vowels, a part when one end fits, more otherwise."""
    if _spells(jamo, letters):
        return 0.0
    pieces = _spellings()[jamo[0]], _spellings()[jamo[-1]]
    return 0.25 if letters[0] in pieces[0] or letters[-1] in pieces[1] else 0.6


def _swap_cost(korean: Sound, latin: Sound) -> float:
    if bool(korean.vowels) != bool(latin.vowels):
        return 9.0
    if korean.vowels:
        return _vowel_cost(korean.vowels, latin.vowels)
    if korean.classes & latin.classes:
        if None in (korean.hard, latin.hard) or korean.hard == latin.hard:
            return 0.0
        return 0.4 if korean.hard else 0.15
    near = any(frozenset((a, b)) in _NEAR for a in korean.classes for b in latin.classes)
    return 0.5 if near else 1.2


@lru_cache(maxsize=16384)
def sound_distance(hangul: str, latin: str) -> float:
    """Cost of hearing one as the other, per consonant of the longer one; 0 is a perfect fit."""
    korean, english = hangul_sounds(hangul), latin_sounds(latin)
    row = [0.0]
    for sound in english:
        row.append(row[-1] + sound.drop)
    for mine in korean:
        above, row = row, [row[0] + mine.drop]
        for column, other in enumerate(english, 1):
            swap = above[column - 1] + _swap_cost(mine, other)
            row.append(min(swap, above[column] + mine.drop, row[-1] + other.drop))
    return row[-1] / max(1, _count(korean), _count(english))


def _count(sounds: tuple[Sound, ...]) -> int:
    return sum(bool(sound.classes) for sound in sounds)


def transliterates(hangul: str, latin: str) -> bool:
    """Whether Hangul and Latin text are the same name by sound, family name first or last.

    Needs at least two consonants on each side, and with only two a better fit; initials
    (``SKT``) are read letter by letter.
    """
    if len(hangul + latin) > _LONGEST or not (HANGUL.search(hangul) and LATIN.search(latin)):
        return False
    letters = re.sub("[^A-Za-z]", "", latin)
    if latin.isupper() and read_letters(letters) == hangul.replace(" ", ""):
        return True
    heard = min(_count(hangul_sounds(hangul)), _count(latin_sounds(latin)))
    limit = 0.0 if heard < 2 else _CLOSE_SHORT if heard == 2 else _CLOSE
    orders = _name_orders(hangul, latin)
    return heard > 1 and any(sound_distance(hangul, order) <= limit for order in orders)


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
