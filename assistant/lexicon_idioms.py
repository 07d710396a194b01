"""Turns of phrase and the plain words for them: 쓴잔을 마시다 is 탈락, "make the cut" is 선정.

A phrase means nothing that its words mean, so it is looked for in the text itself before words are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from assistant.lexicon_english import inflections
from assistant.lexicon_files import rows


@dataclass(frozen=True, slots=True)
class Idiom:
    """A turn of phrase that stands at ``start:end`` of a text, and the plain word for it."""

    plain: str
    start: int
    end: int


@cache
def _phrases() -> tuple[tuple[str, re.Pattern[str], str], ...]:
    """What a text must hold for a phrase to be looked for, its pattern, and its plain word."""
    longest = sorted(rows("idioms.tsv"), key=lambda row: -len(row[0]))
    return tuple(
        (
            phrase.split(" ")[-1] if phrase.isascii() else phrase[0],
            re.compile(_loosely(phrase), re.IGNORECASE),
            plain,
        )
        for phrase, plain in longest
    )


def _loosely(phrase: str) -> str:
    """English with its verb inflected; Korean with its spaces and object particle optional."""
    if phrase.isascii():
        return _english(phrase)
    *objects, verb = phrase.split(" ")
    parts = [re.sub(r"(?<=.)[을를]$", "[을를]?", word) for word in objects]
    inflected = _STEMS.get(verb, re.escape(verb))
    return r"(?<![가-힣])" + r"\s?".join([*parts, inflected])


def _english(phrase: str) -> str:
    """Whole words, the first in any form, a pronoun between allowed: called it off.

    A phrase that ends in "it" is taken as it stands, for "makes it cheaper" is none.
    """
    verb, *rest = phrase.split(" ")
    if not rest or rest[-1] == "it":
        return rf"\b{re.escape(phrase)}\b"
    forms = "|".join(map(re.escape, inflections(verb)))
    return rf"\b(?:{forms})(?: (?:it|them|this|that))? {re.escape(' '.join(rest))}\b"


# Stems that change their last syllable when they are inflected: 마시다 → 마신, 마셨다.
_STEMS = {
    "마시": "마[시신셔셨실]",
    "뜨": "[뜨뜬떴떠뜰]",
    "떼": "[떼뗀뗐]",
    "내디디": "내[디딛][디뎠딘]?",
    "올리": "올[리린렸려릴]",
    "내리": "내[리린렸려릴]",
    "열": "[열연여]",
    "하": "[하한했해할]",
    "빼": "[빼뺀뺐]",
    "들이": "들[이인였여]",
    "내밀": "내[밀미민]",
    "내": "[내낸냈]",
    "던지": "던[지진졌져]",
    "들": "[들든드]",
    "가하": "가[하한했해]",
    "모으": "모[으은았아]",
    "높이": "높[이인였여]",
    "오르": "(?:오[르른]|올[랐라])",
    "따": "[따땄딴]",
    "끌": "[끌끄끈]",
    "털": "[털터턴]",
    "대": "[대댄댔]",
    "싣": "[싣실]",
    "보태": "보[태탠탰]",
    "달": "[달다단]",
    "치": "[치친쳤쳐]",
    "걸": "[걸거건]",
    "되": "[되된됐돼]",
    "돌아가": "돌아[가간갔]",
    "물러나": "물러[나난났]",
    "지": "[지진졌져]",
    "졸라매": "졸라[매맨맸]",
    "키우": "키[우운웠워]",
    "불리": "불[리린렸려]",
    "감추": "감[추춘췄춰]",
    "보": "[보본봤]",
    "거두": "거[두둔뒀둬]",
    "떠나": "떠[나난났]",
    "차": "[차찬찼]",
    "갇히": "갇[히힌혔혀]",
    "넘기": "넘[기긴겼겨]",
    "백지화하": "백지화[하한했해]",
    "죄": "[죄죈좼]",
}


@lru_cache(maxsize=16384)
def find_idioms(text: str) -> tuple[Idiom, ...]:
    """The turns of phrase of a text, from left to right; of two that overlap the longer."""
    found: list[Idiom] = []
    lowered = text.lower()
    for needed, pattern, plain in _phrases():
        for match in pattern.finditer(text) if needed in lowered else ():
            if all(match.end() <= other.start or other.end <= match.start() for other in found):
                found.append(Idiom(plain, match.start(), match.end()))
    return tuple(sorted(found, key=lambda idiom: idiom.start))
