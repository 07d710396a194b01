"""Mistyped words of a question, read as what is meant.

Korean slips are undone by Kiwi. An English word is read as the listed one that is one slip away: a
letter lost or doubled, a wrong vowel, or two neighbours swapped (after Damerau 1964). Only words
without a meaning of their own are read so; names are dealt with in `lexicon_fuzzy`.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterator
from functools import cache, lru_cache

from assistant import lexicon
from assistant.language import ENGLISH_STOPWORDS, stem
from assistant.lexicon_english import inflections
from assistant.names_used import strip_particle
from assistant.question_words import LIGHT
from ingest.korean import kiwi

_WORD = re.compile(r"(?:^[A-Z][a-z]{3,}|(?<![\w’'-])[a-z]{4,})(?![\w’'-])")
# Words that no group lists and that questions are built with.
_BUILDING = ENGLISH_STOPWORDS | frozenset(
    """
        whose whom hello please thanks summarize summarise summary article story difference
        things someone something anyone anything everyone everything nobody nothing one two three
        four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty seventy
        eighty ninety hundred thousand million billion trillion hundreds thousands millions even
        sure within across cannot quite simply possibly either neither besides aside towards though
        indeed premise premises lessons corps transit conform compliant layers strings handed
        complementary latitude ordnance expansive topical businessmen policemen gentlemen posture
    """.split()
)


# Loan words as they are often written, and as the standard has them.
_LOANS = dict(
    pair.split(":")
    for pair in """
        데이타:데이터 컨텐츠:콘텐츠 컨텐트:콘텐트 메세지:메시지 써비스:서비스 쎈터:센터
        악세스:액세스 플렛폼:플랫폼 플래폼:플랫폼 컨퍼런스:콘퍼런스 컨소시움:컨소시엄
        콘소시엄:컨소시엄 콘소시움:컨소시엄 어플리케이션:애플리케이션 네비게이션:내비게이션
        리더쉽:리더십 파트너쉽:파트너십 멤버쉽:멤버십 스폰서쉽:스폰서십
        프로잭트:프로젝트 모댈:모델 애이전트:에이전트 에이젼트:에이전트 마켓플래이스:마켓플레이스
        마켓플레이즈:마켓플레이스 오픈쏘스:오픈소스 테스크:태스크 타겟:타깃 로보트:로봇
        디지탈:디지털 비지니스:비즈니스 캠패인:캠페인 런닝:러닝 샘풀:샘플 패키쥐:패키지
        파운데이숀:파운데이션 멀티모탈:멀티모달 트랜스포모:트랜스포머 스타트엎:스타트업
        스타트럽:스타트업 셋트:세트 지피유:GPU 엔피유:NPU 씨피유:CPU 시피유:CPU 엘엘엠:LLM
        """.split()
)
_LOAN = re.compile("|".join(sorted(_LOANS, key=len, reverse=True)))
# "머임", "모에요" at the end of a question, as people chat.
_CHATTED = re.compile(r"(?<![가-힣])[머모](?=(?:임|에[여요]|예[여요]|[여야냐니지])[?!.~ㅋㅎ\s]*$)")


def standard_loans(text: str) -> str:
    """A Korean question in standard spelling: 데이타 as 데이터, 머임 as 뭐임."""
    return _CHATTED.sub("뭐", _LOAN.sub(lambda match: _LOANS[match.group()], text))


# How unlikely a slip may be; at the library's own 2.5 ten of 1,087 questions change, nine rightly.
_SLIP = 2.5


def retyped(text: str, is_name: Callable[[str], bool]) -> str:
    """A Korean question with its slips undone: "언재" as "언제", "드러가" as "들어가".

    Kiwi weighs vowels and consonants that sound alike against how likely the words are. A word for
    which ``is_name`` holds stays, and so does its spelling wherever nothing is undone in it.
    """
    found = kiwi().tokenize(text, typos="basic_with_continual", typo_cost_threshold=_SLIP)
    if not any(token.typo_cost for token in found):
        return text

    def undone(match: re.Match[str]) -> str:
        word = match.group()
        inside = [t for t in found if match.start() <= t.start and t.end <= match.end()]
        if not any(token.typo_cost for token in inside) or is_name(strip_particle(word)):
            return word
        return str(kiwi().join([(token.form, token.tag) for token in inside]))

    return re.sub(r"\S+", undone, text)


@cache
def _plain() -> frozenset[str]:
    """Words as the list has them, uninflected."""
    words = (word.lower() for concept in lexicon.concepts() for word in concept.english)
    whole = {word for word in words if word.isascii() and word.isalpha()}
    return frozenset(word for word in whole | _BUILDING if len(word) > 3)


@cache
def _listed() -> frozenset[str]:
    inflected = (form for word in _plain() for form in inflections(word))
    return _plain().union(form for form in inflected if len(form) > 3)


def respelled(text: str, is_name: Callable[[str], bool]) -> str:
    """An English question with its slips undone; a word for which ``is_name`` holds stays."""

    def undone(match: re.Match[str]) -> str:
        word = match.group()
        right = None if is_name(word) else meant(word.lower())
        return word if right is None else word[0] + right[1:] if word.istitle() else right

    return _WORD.sub(undone, text)


@lru_cache(maxsize=4096)
def meant(word: str) -> str | None:
    """The one listed word that a lower-case word is a slip of; None for a word that is known."""
    if _is_known(word):
        return None
    for slips in (_swapped, _missing, _doubled, _vowel):
        # A short word is near too many others to say which it is short of.
        words = _BUILDING if slips is _missing and len(word) < 6 else _listed()
        found = sorted({slip for slip in slips(word) if slip in words})
        building = [slip for slip in found if slip in _BUILDING]
        if found:
            best = building or found
            return best[0] if len(best) == 1 else None
    return None


def _is_known(word: str) -> bool:
    """Whether a word means something as it stands, or does without its plural."""
    forms = (word, word.removesuffix("s"))
    return (
        word in _listed() or stem(word) in LIGHT or any(lexicon.concepts_of(form) for form in forms)
    )


def _swapped(word: str) -> Iterator[str]:
    for i in range(len(word) - 1):
        yield word[:i] + word[i + 1] + word[i] + word[i + 2 :]


def _missing(word: str) -> Iterator[str]:
    """A letter lost inside the word: a first or last letter is seldom missed."""
    for i in range(1, len(word)):
        for letter in string.ascii_lowercase:
            yield word[:i] + letter + word[i:]


def _doubled(word: str) -> Iterator[str]:
    for i in range(1, len(word)):
        if word[i] == word[i - 1]:
            yield word[:i] + word[i + 1 :]


def _vowel(word: str) -> Iterator[str]:
    """One wrong vowel, as it is heard: seperate; short words are near too many others for it."""
    for i in range(1, len(word) if len(word) > 6 else 0):
        for letter in "aeiou" if word[i] in "aeiou" else "":
            yield word[:i] + letter + word[i + 1 :]
