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
    "끼우": "끼[우운웠워]",
    "쏘": "[쏘쏜쐈쏴]",
    "장식하": "장식[하한했해할]",
    "짓": "[짓지]",
    "띄우": "띄[우운웠워]",
    "걷어붙이": "걷어붙[이인였여]",
    "보내": "보[내낸냈]",
    "합치": "합[치친쳤쳐]",
    "의기투합하": "의기투합[하한했해]",
    "타": "[타탄탔탈]",
    "틀": "[틀트튼]",
    "옮기": "옮[기긴겼겨]",
    "선언하": "선언[하한했해]",
    "내려오": "내려[오온왔와]",
    "밝히": "밝[히힌혔혀힐]",
    "표명하": "표명[하한했해]",
    "차지하": "차지[하한했해]",
    "쓰": "[쓰쓴썼써쓸]",
    "터뜨리": "터[뜨트][리린렸려]",
    "울리": "울[리린렸려]",
    "챙기": "챙[기긴겼겨]",
    "흔들": "흔[들드든]",
    "그리": "그[리린렸려]",
    "갈아치우": "갈아치[우운웠워]",
    "깨": "[깨깬깼깰]",
    "맛보": "맛[보본봤볼]",
    "삼키": "삼[키킨켰켜]",
    "싸": "[싸싼쌌쌀]",
    "못하": "못[하한했해할]",
    "좌절하": "좌절[하한했해]",
    "끼": "[끼낀꼈껴]",
    "합류하": "합류[하한했해할]",
    "이탈하": "이탈[하한했해]",
    "뛰어들": "뛰어[들드든]",
    "두드리": "두드[리린렸려]",
    "꾸리": "꾸[리린렸려]",
    "돌리": "돌[리린렸려]",
    "늦추": "늦[추춘췄춰]",
    "풀": "[풀푸푼]",
    "잠그": "잠[그근갔]",
    "들이대": "들이[대댄댔]",
    "빼들": "빼[들드든]",
    "겨누": "겨[누눈눴눠]",
    "꺼내": "꺼[내낸냈]",
    "서": "[서선섰설]",
    "걸리": "걸[리린렸려]",
    "만나": "만[나난났날]",
    "나오": "나[오온왔올와]",
    "보이": "보[이인였여일]",
    "드러내": "드러[내낸냈낼]",
    "비추": "비[추춘췄춰]",
    "함께하": "함께[하한했해할]",
    "긋": "[긋그]",
    "끄덕이": "끄덕[이인였여]",
    "들어주": "들어[주준줬줄]",
    "메": "[메멘멨]",
    "잇": "[잇이]",
    "조이": "조[이인였여]",
    "채우": "채[우운웠워]",
    "비": "[비빈볐]",
    "허덕이": "허덕[이인였여]",
    "나": "[나난났날]",
    "동나": "동[나난났날]",
    "팔리": "팔[리린렸려]",
    "뛰": "[뛰뛴]",
    "쑤": "[쑤쑨쒔]",
    "추": "[추춘췄]",
    "켜": "[켜켠켰켤]",
    "트이": "트[이인였여]",
    "고르": "(?:고[르른를]|골[랐라])",
    "달리하": "달리[하한했해]",
    "마감하": "마감[하한했해]",
    "건지": "건[지진졌져]",
    "밟히": "밟[히힌혔혀]",
    "잡히": "잡[히힌혔혀]",
    "갈라서": "갈라[서선섰설]",
    "넘겨지": "넘겨[지진졌져]",
    "튀": "[튀튄]",
    "싸이": "싸[이인였여]",
    "주목되": "주목[되된됐돼]",
    "이루": "이[루룬뤘뤄]",
    "걷": "[걷걸]",
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
