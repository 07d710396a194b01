"""A sentence says no opposite of its quotes, and calls nothing done that is only planned."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.verify.naming import listed_names
from assistant.verify.problem import Problem, Text

_CLAUSE = re.compile(
    r"(?<=[가-힣])(?:고|며|지만|으나|는데|면서|되어|됐으나)(?=[ ,])|;|, (?:but|while|and|whereas) |"
    r" (?:but|while|whereas|although) "
)
_NOT_AFTER = re.compile(r"[가-힣]{0,3}(?:지|진|지는|지도|지를)? ?(?:않|못|아니|없)")
_NOT_BEFORE = re.compile(
    r"(?:\bnot|n't|\bnever|\bno|\bwithout|\bneither|\bfailed to|(?<![가-힣])(?:안|못))"
    r"(?: [a-z]+){0,2} ?$",
    re.IGNORECASE,
)
_PLAIN_NOT = re.compile(
    r"않|못 ?하|못했|아니[다라었며고지]|아닙|없[다었는이으습]|(?<![가-힣])안 [가-힣]|"
    r"\bnot\b|n't\b|\bnever\b|\bcannot\b|\bneither\b|\bno longer\b",
    re.IGNORECASE,
)
_AXES: dict[str, tuple[str, str]] = {
    "selection": (
        r"선정|선발|뽑|발탁|합격|통과|\bselect|\bchosen|\bchose|\bpicked|\bwon\b(?! ?\()|\bpassed",
        r"탈락|낙마|낙선|불합격|\beliminat|\bdropped out|\bfailed|\bknocked out|\blost out",
    ),
    "inclusion": (
        r"포함|지원받|지원을 받|지원 ?대상이|\binclud|\breceiv|\bgets?\b|\beligible",
        r"제외|배제|\bexclud|\bleft out|\bruled out|\bineligible|\bomitted",
    ),
    "direction": (
        r"상승|급등|올랐|오른|오르|증가|늘어|늘었|확대|강세|\brose|\brise|\bgain|\bjump|\bsurg|"
        r"\bincreas|\bclimb|\bsoar|\bgrew|\bup \d",
        r"하락|급락|내렸|내린|떨어|감소|줄어|줄었|축소|약세|\bfell|\bfall|\bdrop(?!ped out)|"
        r"\bdeclin|\bdecreas|\bplung|\bslump|\bshrank|\bdown \d",
    ),
    "opening": (r"(?<!비)공개|\bopen|\bpublic|\breleas", r"비공개|\bclosed|\bproprietary|\bsecret"),
    "consent": (
        r"찬성|허용|승인|수락|\bapprov|\ballow|\baccept|\bpermit",
        r"반대|금지|거부|거절|불허|\breject|\bban|\bprohibit|\brefus|\bden(?:y|ied)|\boppos",
    ),
    "profit": (r"흑자|이익|\bprofit", r"적자|손실|\bloss"),
    "start": (
        r"시작|착수|개시|\bbegan|\bbegin|\bstart|\blaunch",
        r"중단|종료|취소|\bhalt|\bcancel|\bstopp",
    ),
    "more": (
        r"더 많이|더 높|더 크|\bmore\b(?! than)|\bhigher",
        r"더 적|더 낮|더 작|\bless\b(?! than)|\blower",
    ),
}
_OUTCOMES = frozenset({"selection", "inclusion"})
_PATTERNS = {
    name: tuple(re.compile(one, re.IGNORECASE) for one in pair) for name, pair in _AXES.items()
}
_PLANNED = re.compile(
    r"예정|계획|전망|목표|방침|추진|것이다|것으로 (?:보|예상|기대)|겠다|하기로|준비 중|될 듯|"
    r"나선다|할 것|될 것|\bwill\b|\bplan|\bexpect|\bscheduled|\baim|\bto be\b|\bset to\b|"
    r"\bgoing to\b|\bintend|\btarget|\bgoal|\bwould\b|\bseek",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"[았었했됐렸났왔갔졌쳤냈렀뤘였혔](?:다|습니다|어요|고|으며|지만|음|던)|완료|"
    r"\b(?:was|were|has|have|had|did)\b|"
    r"(?<!be )\b(?:completed|finished|achieved|launched|developed|secured|reached|built|released|"
    r"received|signed|narrowed|began|took)\b",
    re.IGNORECASE,
)
_PRESENT = re.compile(
    r"(?:[는한된간린인]|받)다(?![가-힣])|\b(?:is|are|get|gets|receive|receives)\b"
)
_STEM = re.compile(r"[가-힣]{2}|[a-z]{4}|[0-9]+", re.IGNORECASE)


def sense_problems(sentence: Text, quotes: Sequence[Text]) -> Iterator[Problem]:
    """Clauses of the sentence whose polarity or tense the quotes contradict."""
    quoted = [clause for quote in quotes for clause in _clauses(quote)]
    for text, names in _clauses(sentence):
        near = [other for other, held in quoted if names & held] or [one for one, _ in quoted]
        if _contradicts(text, near) or _negation_differs(text, near):
            yield Problem("polarity", text.strip())
        if _tense_differs(text, near):
            yield Problem("tense", text.strip())


def _clauses(text: Text) -> list[tuple[str, set[str]]]:
    """The clauses and their names; a clause without a name has those of the one before."""
    found: list[tuple[str, set[str]]] = []
    start = 0
    names: set[str] = set()
    borders = [match.end() for match in _CLAUSE.finditer(text.folded)]
    for end in [*borders, len(text.folded)]:
        clause = text.folded[start:end]
        names = listed_names(Text(clause, names=text.names)) or names
        found.append((clause, names))
        start = end
    return found


def _signs(clause: str) -> dict[str, set[int]]:
    """For every axis, the poles (1, -1) that the clause asserts; negation turns them round."""
    signs: dict[str, set[int]] = {}
    for axis, patterns in _PATTERNS.items():
        for pole, pattern in zip((1, -1), patterns, strict=True):
            for match in pattern.finditer(clause):
                negated = _negation_of(clause, match)
                signs.setdefault(axis, set()).add(-pole if negated else pole)
    return signs


def _contradicts(clause: str, quoted: Sequence[str]) -> bool:
    known: dict[str, set[int]] = {}
    for other in quoted:
        for axis, poles in _signs(other).items():
            known.setdefault(axis, set()).update(poles)
    outcomes = set().union(*(known.get(axis, set()) for axis in _OUTCOMES))
    for axis, poles in _signs(clause).items():
        held = known.get(axis) or (outcomes if axis in _OUTCOMES else set())
        if held and not poles <= held:
            return True
    return False


def _negation_differs(clause: str, quoted: Sequence[str]) -> bool:
    """Whether one side denies what the other does not, where no axis says it in other words."""
    near = _nearest(clause, quoted)
    stated, said = _denies_freely(clause), _denies_freely(near)
    if stated == said:
        return False
    other = near if stated else clause
    return not (_PLAIN_NOT.search(other) or any(-1 in poles for poles in _signs(other).values()))


def _denies_freely(clause: str) -> bool:
    """Whether a negation stands in the clause that turns no word of an axis."""
    turned = [
        span
        for patterns in _PATTERNS.values()
        for pattern in patterns
        for match in pattern.finditer(clause)
        if (span := _negation_of(clause, match))
    ]
    return any(
        not any(start <= found.start() < end for start, end in turned)
        for found in _PLAIN_NOT.finditer(clause)
    )


def _negation_of(clause: str, match: re.Match[str]) -> tuple[int, int] | None:
    """The span of the negation that turns a word of an axis round."""
    found = _NOT_AFTER.match(clause, match.end()) or _NOT_BEFORE.search(
        clause, max(0, match.start() - 24), match.start()
    )
    return found.span() if found else None


def _tense_differs(clause: str, quoted: Sequence[str]) -> bool:
    near = _nearest(clause, quoted)
    past, planned = bool(_PAST.search(clause)), bool(_PLANNED.search(clause))
    was, will = bool(_PAST.search(near)), bool(_PLANNED.search(near))
    if past and not planned:
        return not was and (will or bool(_PRESENT.search(near)))
    return planned and not past and was and not will


def _nearest(clause: str, quoted: Sequence[str]) -> str:
    """The quoted clause that shares most with this one; all of them when none shares anything."""
    words = set(_STEM.findall(clause.casefold()))
    counts = [len(words & set(_STEM.findall(other.casefold()))) for other in quoted]
    best = max(counts, default=0)
    return " ".join(one for one, count in zip(quoted, counts, strict=True) if count == best)
