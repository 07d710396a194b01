"""Clauses and what they assert: said or denied, done or only planned.

Korean clauses end at a connective ending after a verb (Kiwi's EC); English ones at a comma with a
conjunction. Enough to tell "A was dropped, and B was included" apart, not a parser.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from assistant.language import is_english, tokens
from assistant.question_words import PAST_SYLLABLES

_NEGATIVE = re.compile(
    r"제외|탈락|배제|낙방|낙마|불발|무산|거부|거절|반려|취소|중단|철회|않|못 ?하|못했|없[다었는이으고지]|아니|안 [가-힣]+[다어]|"
    r"\bnot\b|n't\b|\bno\b|\bnever\b|\bnone\b|\bneither\b|\bwithout\b|\bexclud|\beliminat|"
    r"\bdropped\b|\breject|\bdenied\b|\bcancel|\bfailed\b|\bmissed out\b|\bleft out\b|\bruled out\b|\blost out\b",
    re.IGNORECASE,
)
_PLANNED = re.compile(
    r"예정|계획|전망|목표|방침|추진|할 것|될 것|하기로|[할될갈] (?:수|예정|계획|전망)|겠다|준비 중|검토 중|"
    r"(?<![가-힣])향후|앞으로|"
    r"\bwill\b|\bplans?\b|\bplanned\b|\bexpect|\bscheduled\b|\baims?\b|\bto be\b|\bset to\b|\bgoing to\b|"
    r"\bintends?\b|\btarget",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"([가-힣])다[.”\"’']*$")
# What is only meant is said to have been said: "하겠다고 밝혔다", "하기로 했다".
_MEANT = re.compile(
    r"(?:겠다|것이라|예정이라|계획이라|방침이라|전망이라)고 |기로 (?:했|하였|결정|합의)"
)
_DENIABLE = frozenset({"NNG", "VV", "VA", "XR"})
_NOT_EN = re.compile(
    r"\b(?:not|never|n't|didn't|doesn't|won't|wasn't|isn't|aren't|weren't|refused to|declined to)\s+"
    r"(?:be |yet |to )?([a-z]{3,})",
    re.IGNORECASE,
)
_CONDITION = re.compile(r"\b(?:if|unless)\b", re.IGNORECASE)
# Verbs whose 면 names a source or a view, no case: 따르면, 의하면, 비하면, 보면.
_NO_CASE = frozenset({"따르", "의하", "비하", "보", "살피", "살펴보", "들"})
_DONE = re.compile(rf"[{PAST_SYLLABLES}]다[.”\"’']*$|\b(?:was|were|has been|have been|had)\b")
_REASON = re.compile(
    r"때문|위해|위한|위하여|따라|따른|인해|덕분|탓|이유|배경|차원|목적|취지|[아어해돼]서 |되어 |하여 |므로|려고|고자|기에 |"
    r"계기|영향|으로써|소식에|소식이 전해지|힘입어|여파|덕에|듣고|\bbecause\b|\bdue to\b|\bsince\b|\bas (?:it|they|a|the|part)\b|\bso that\b|\bin order to\b|"
    r"\bowing to\b|\bthanks to\b|\breasons?\b|\baim|\bto (?:secure|build|support|attract|reduce|improve|ensure)\b|"
    r"\bafter being\b|\bon the grounds\b|\bfor (?:its|their)\b",
    re.IGNORECASE,
)
_ENGLISH_BORDER = re.compile(
    r"[;:]|,? (?:while|but|whereas|although|though)\b|, and\b(?=[^,]*\b(?:is|are|was|were|will|has|have)\b)"
)


@lru_cache(maxsize=16384)
def clauses(text: str) -> tuple[tuple[int, int], ...]:
    """Offsets of the clauses of a sentence; they cover it in order."""
    borders = _english_borders(text) if is_english(text) else _korean_borders(text)
    edges = [0, *borders, len(text)]
    return tuple((a, b) for a, b in pairwise(edges) if b > a)


def _english_borders(text: str) -> list[int]:
    return [match.start() for match in _ENGLISH_BORDER.finditer(text) if match.start()]


def _korean_borders(text: str) -> list[int]:
    found = tokens(text)
    borders = []
    for index, token in enumerate(found[:-1]):
        if token.tag == "EC" and token.form in {
            "고",
            "며",
            "지만",
            "는데",
            "ᆫ데",
            "면서",
            "으며",
            "으나",
            "나",
        }:
            after = found[index + 1]
            if after.tag not in {"VX"}:
                borders.append(after.end if after.tag == "SP" else token.end)
    return borders


def clause_at(text: str, position: int) -> tuple[int, int]:
    """The clause that a position stands in."""
    for start, end in clauses(text):
        if start <= position < end:
            return start, end
    return 0, len(text)


def negated_words(text: str) -> list[str]:
    """The words that a text says not to be: "서명하지 않았다" denies 서명, "did not sign" sign."""
    found = tokens(text)
    if is_english(text):
        return [match.group(1).lower() for match in _NOT_EN.finditer(text)]
    words = []
    for index, token in enumerate(found):
        refused = token.form in {"않", "못하", "말", "못", "안"} and token.tag in {
            "VX",
            "VV",
            "MAG",
        }
        if not refused:
            continue
        before = [one for one in found[max(0, index - 4) : index] if one.tag in _DENIABLE]
        after = [one for one in found[index + 1 : index + 3] if one.tag in _DENIABLE]
        long = index > 0 and found[index - 1].form == "지"  # 늘리지 못했다, not 못 늘렸다
        chosen = after[:1] if token.tag == "MAG" and not long else before[-1:]
        words += [one.word for one in chosen]
    return words


def is_conditional(text: str) -> bool:
    """Whether a sentence says what happens in a case that is left open."""
    return bool(_CONDITION.search(text)) or any(
        token.tag == "EC" and token.form.endswith("면") and before.form not in _NO_CASE
        for before, token in pairwise(tokens(text))
    )


def is_negative(text: str) -> bool:
    """Whether a clause denies, excludes or fails something."""
    return bool(_NEGATIVE.search(text))


def is_planned(text: str) -> bool:
    """Whether a sentence speaks of what is announced, planned or expected, not of what happened."""
    return is_announced(text) or (_is_present(text) and not _DONE.search(text))


def _is_present(text: str) -> bool:
    """Whether a Korean sentence ends in the plain present, in ㄴ다 or 는다: 된다, 줄어든다."""
    match = _PLAIN.search(text)
    return match is not None and (ord(match.group(1)) - ord("가")) % 28 == 4


def is_announced(text: str) -> bool:
    """Whether a sentence says in so many words that something is planned or expected."""
    return bool(_MEANT.search(text) or (_PLANNED.search(text) and not _DONE.search(text)))


def denied_part(clause: str) -> str:
    """The part of a clause that its denial is about: "A로 뽑혀 | 직접 지원에서 제외됐다"."""
    match = _NEGATIVE.search(clause)
    if match is None:
        return ""
    if is_english(clause):
        return clause[match.start() :]
    found = tokens(clause)
    ends = [
        one.end
        for one, after in pairwise(found)
        if one.tag == "EC" and one.end <= match.start() and after.tag != "VX"
    ]
    return clause[max(ends, default=0) :]


def gives_reason(text: str) -> bool:
    """Whether a sentence holds a causal or purposive marker."""
    return bool(_REASON.search(text))
