"""Read one number, in digits or in words, Korean or English, at a place in a folded text."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple

SMALL = {"십": 10, "백": 100, "천": 1000}
BIG = {"만": 10**4, "억": 10**8, "조": 10**12, "경": 10**16}
SINO = dict(zip("영공일이삼사오육륙칠팔구", (0, 0, 1, 2, 3, 4, 5, 6, 6, 7, 8, 9), strict=True))
_NATIVE_ONES = {
    "하나": 1, "한": 1, "둘": 2, "두": 2, "셋": 3, "세": 3, "석": 3, "넷": 4, "네": 4, "넉": 4,
    "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9,
}  # fmt: skip
_NATIVE_TENS = {
    "열": 10, "스물": 20, "스무": 20, "서른": 30, "마흔": 40, "쉰": 50, "예순": 60, "일흔": 70,
    "여든": 80, "아흔": 90,
}  # fmt: skip
_ENGLISH = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
    "pair": 2, "couple": 2, "trio": 3, "dozen": 12,
}  # fmt: skip
_SCALES = {"hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9}
_SCALES |= {"trillion": 10**12}
_SHORT = {"bn": 10**9, "mn": 10**6, "tn": 10**12, "B": 10**9, "M": 10**6, "K": 10**3, "T": 10**12}
_AFTER_CURRENCY = {"b": 10**9, "m": 10**6, "k": 10**3, "t": 10**12}

_BLOB = re.compile(r"[0-9](?:[0-9.,\u2009\u202f]*[0-9])?")
_PLAIN = re.compile(
    r"(?:0|[1-9][0-9]{0,2}(?:[,\u2009\u202f][0-9]{3})+|[1-9][0-9]{0,29})(?:\.[0-9]{1,29})?"
)
_PIECE = re.compile(r"(?:0|[1-9][0-9]{0,29})(?:\.[0-9]{1,29})?")
_NATIVE = re.compile(
    rf"(?:{'|'.join(_NATIVE_TENS)})(?:{'|'.join(_NATIVE_ONES)})?|{'|'.join(_NATIVE_ONES)}"
)
_SINO_RUN = re.compile(
    r"[일이삼사오육륙칠팔구영공십백천만억조]{1,24}(?: ?점 ?[일이삼사오육칠팔구영]{1,9})?"
)
_MAGNITUDE = re.compile(r" ?[십백천만억조경]")
_WORD = re.compile(r"[A-Za-z]{3,9}(?![A-Za-z])")
_SCALE = re.compile(r"[ -]?(thousand|million|billion|trillion)(?![A-Za-z])", re.IGNORECASE)
_SHORT_SCALE = re.compile(r" ?(bn|mn|tn)(?![A-Za-z])|([BMKTbmkt])(?![A-Za-z0-9])")


class Number(NamedTuple):
    """A number read up to ``end``; ``scale`` is the short English magnitude letter it bears."""

    value: Fraction
    end: int
    scale: str = ""


def read_digits(text: str, pos: int, *, currency: bool) -> tuple[list[Number], int]:
    """The numbers of the run of digits at ``pos`` and the end of the run.

    "1,2,3" is a list of three. A run that is no well-formed number or list ("0240", "1.2.3",
    "192.168.0.1") gives no numbers, so that nobody takes it for a value.
    """
    match = _BLOB.match(text, pos)
    if match is None:
        return [], pos + 1
    if _PLAIN.fullmatch(match.group()):
        value = _fraction(match.group())
        return [_with_magnitude(text, match.end(), value, currency)], match.end()
    numbers: list[Number] = []
    at = pos
    for piece in match.group().split(","):
        if not _PIECE.fullmatch(piece):
            return [], match.end()
        numbers.append(Number(_fraction(piece), at + len(piece)))
        at += len(piece) + 1
    numbers[-1] = _with_magnitude(text, match.end(), numbers[-1].value, currency)
    return numbers, match.end()


def _fraction(digits: str) -> Fraction:
    plain = digits if digits.isdigit() else re.sub("[,\u2009\u202f]", "", digits)
    return Fraction(int(plain)) if plain.isdigit() else Fraction(plain)


def _with_magnitude(text: str, end: int, value: Fraction, currency: bool) -> Number:
    scale = _SCALE.match(text, end)
    if scale:
        return Number(value * _SCALES[scale.group(1).lower()], scale.end())
    short = _SHORT_SCALE.match(text, end)
    if short and (currency or not (short.group(2) or "").islower()):
        letter = short.group(1) or short.group(2)
        return Number(value * {**_SHORT, **_AFTER_CURRENCY}[letter], short.end(), letter)
    if not _MAGNITUDE.match(text, end):
        return Number(value, end)
    return _korean_magnitudes(text, end, value)


def _korean_magnitudes(text: str, end: int, value: Fraction) -> Number:
    """Go on from ``value`` over 1조 2천억, 1만 2,000, 2천378억."""
    total, section, current = Fraction(0), Fraction(0), value
    limit = Fraction(10**20)  # each magnitude must be smaller than the one before
    while True:
        pos = end
        while text[pos : pos + 1] in SMALL and current:
            section += current * SMALL[text[pos]]
            current, pos = Fraction(0), pos + 1
            tail = _tail(text, pos, Fraction(SMALL[text[pos - 1]]))
            current, pos = (tail.value, tail.end) if tail else (current, pos)
        big = pos + (text[pos : pos + 1] == " ")
        scale = BIG.get(text[big : big + 1], 0)
        if not scale or scale >= limit or not section + current or _is_word(text, big, pos):
            return Number(total + section + current, pos)
        total, limit, end = total + (section + current) * scale, Fraction(scale), big + 1
        section = current = Fraction(0)
        tail = _spaced_tail(text, end, scale)
        if tail is None:
            return Number(total, end)
        current, end = tail.value, tail.end


def _is_word(text: str, big: int, pos: int) -> bool:
    """Whether the magnitude sign begins another word: 3조각, 5경기, "3 만나"."""
    following = text[big + 1 : big + 2]
    if text[big] == "경" or (text[big] in "조만" and big > pos):
        return not (following in " 원" or following in SMALL or following.isdigit())
    return text[big] == "조" and following in ("각", "직", "항", "사")


def _tail(text: str, pos: int, limit: Fraction) -> Number | None:
    match = _BLOB.match(text, pos)
    if match is None or not _PLAIN.fullmatch(match.group()):
        return None
    value = _fraction(match.group())
    return Number(value, match.end()) if 0 < value < limit else None


def _spaced_tail(text: str, end: int, scale: int) -> Number | None:
    """What goes on after 만/억/조: a smaller magnitude, or plain digits of the same number."""
    spaced = text[end : end + 1] == " "
    tail = _tail(text, end + spaced, Fraction(scale))
    if tail is None:
        return None
    after = text[tail.end : tail.end + 1]
    if (after in SMALL and after) or (after in BIG and after and BIG[after] < scale):
        return tail
    return tail if not spaced or scale == BIG["만"] else None


def read_native(text: str, pos: int) -> Number | None:
    """다섯, 두, 열다섯, 스무 at ``pos``; what follows must be checked by the caller."""
    match = _NATIVE.match(text, pos)
    if match is None:
        return None
    word = match.group()
    for length in (2, 1):
        if word[:length] in _NATIVE_TENS:
            ones = _NATIVE_ONES.get(word[length:], 0)
            return Number(Fraction(_NATIVE_TENS[word[:length]] + ones), match.end())
    return Number(Fraction(_NATIVE_ONES[word]), match.end())


def read_sino(text: str, pos: int) -> Number | None:
    """이천삼백칠십팔억, 오점삼삼, 만 at ``pos``; what follows must be checked by the caller."""
    match = _SINO_RUN.match(text, pos)
    if match is None:
        return None
    whole, _, decimals = match.group().replace(" ", "").partition("점")
    total, section, current = 0, 0, 0
    for char in whole:
        if char in SINO:
            current = current * 10 + SINO[char]
        elif char in SMALL:
            section, current = section + (current or 1) * SMALL[char], 0
        else:
            total, section, current = total + (section + current or 1) * BIG[char], 0, 0
    digits = "".join(str(SINO[char]) for char in decimals)
    value = Fraction(total + section + current)
    return Number(value + Fraction(f"0.{digits}" if digits else 0), match.end())


def read_english(text: str, pos: int) -> Number | None:
    """Read "twenty-three", "two hundred and five" or "three million" at ``pos``."""
    total, current, end, seen = Fraction(0), Fraction(0), pos, False
    at = pos
    while (match := _WORD.match(text, at)) and len(text) > at:
        word = match.group().lower()
        if word in _ENGLISH and not (seen and current % 10 and _ENGLISH[word] < 100):
            current += _ENGLISH[word]
        elif word == "hundred":
            current = (current or Fraction(1)) * 100
        elif word in _SCALES:
            total, current = total + (current or Fraction(1)) * _SCALES[word], Fraction(0)
        elif not (word == "and" and seen and end != pos and current % 100 == 0):
            break
        seen = True
        if word != "and":
            end = match.end()
        at = match.end() + (text[match.end() : match.end() + 1] in (" ", "-"))
    return Number(total + current, end) if end > pos else None
