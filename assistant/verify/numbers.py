"""Every number and date of a sentence stands in its quotes, as a value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.folding import fold
from assistant.quantities import Bound, Quantity
from assistant.quantities.quantity import is_count
from assistant.verify.problem import Problem, Text

_BELOW = frozenset({Bound.AT_LEAST, Bound.MORE_THAN})
_ABOVE = frozenset({Bound.AT_MOST, Bound.LESS_THAN})
_MAY_BE_DROPPED = _BELOW | {Bound.ABOUT}
_GENERIC = frozenset({"", "thing"})
_EACH = re.compile(
    r"씩|각|당(?=[ \d]|$)|팀별|별로|\beach\b|\bper\b|\bapiece\b|\bevery\b", re.IGNORECASE
)
# What Korean may count with 개 or 곳; people, times and ages never are.
_COUNTED_BY_PIECE = frozenset(
    {"", "team", "consortium", "company", "country", "field", "model", "institution", "stage"}
    | {"type", "dataset", "parameter", "token", "item", "machine", "sheet"}
)
# What a generic count counts: "5개 대학", "five universities".
_COUNTED = re.compile(r"[ -](?:[a-z-]{1,16} )?([a-z]{3,16}s)\b|의? ([가-힣]{2,12})", re.IGNORECASE)
_NOT_COUNTED = frozenset({"was", "has", "its", "this", "does", "thus", "plus", "always", "versus"})
_VAGUE = re.compile(
    r"수(?:십|백|천|만|억|조)|\b(?:dozens|hundreds|thousands|millions|billions|trillions)\b",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._,-]*[A-Za-z0-9])?")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")


def supports(quoted: Quantity, stated: Quantity) -> bool:
    """Whether a quantity of a quote carries one of a sentence: the same value, nothing added.

    A sentence may be less exact ("10 million" for 1,000만 이상, "5" for 5개 팀), never more.
    """
    if (quoted.value, quoted.high, quoted.ordinal) != (stated.value, stated.high, stated.ordinal):
        return False
    if stated.each and not quoted.each:
        return False
    return _bound_carries(quoted.bound, stated.bound) and _unit_carries(quoted, stated)


def _bound_carries(quoted: Bound, stated: Bound) -> bool:
    if stated is Bound.EXACT:
        return quoted is Bound.EXACT or quoted in _MAY_BE_DROPPED
    return quoted is stated or {quoted, stated} <= _BELOW or {quoted, stated} <= _ABOVE


def _unit_carries(quoted: Quantity, stated: Quantity) -> bool:
    one, other = quoted.unit, stated.unit
    if one == other or {one, other} in ({"times", "time"}, {"times", "fold"}):
        return True
    if {one, other} == {"", "KRW"}:  # 628억 is said of money without 원
        return bool(re.search("[억조]", quoted.text if one == "" else stated.text))
    if stated.ordinal:
        return "" in (one, other)
    return (other == "" and is_count(one)) or (other == "thing" and one in _COUNTED_BY_PIECE)


def number_problems(
    sentence: Text, quotes: Sequence[Text], computed: Sequence[Quantity], allowed: Sequence[Text]
) -> Iterator[Problem]:
    """Numbers, vague numbers and digits of the sentence that no quote or computation carries."""
    sources = [*quotes, *allowed]
    known = [found for source in sources for found in source.quantities]
    for stated in sentence.quantities:
        carried = [one for one in known if supports(one, stated)]
        if stated.unit in _GENERIC and _counts_another(stated, sentence, sources):
            carried = []
        shown = any(supports(one, stated) for one in computed)
        if not carried and not shown and not _is_year(stated, sentence, sources):
            yield Problem("number", stated.text)
        elif carried and all(one.each for one in carried) and not _EACH.search(sentence.text):
            yield Problem("each", stated.text)
    yield from _uncovered(sentence, sources)


def _counts_another(stated: Quantity, sentence: Text, sources: Sequence[Text]) -> bool:
    """Whether a generic count counts something that the sources, in that language, do not name."""
    match = _COUNTED.match(sentence.text, stated.end)
    if match is None or stated.ordinal or (match.group(1) or "").casefold() in _NOT_COUNTED:
        return False
    noun = (match.group(1) or match.group(2)[:2]).casefold()
    return not any(noun.removesuffix("s") in source.folded.casefold() for source in sources)


def _is_year(stated: Quantity, sentence: Text, sources: Sequence[Text]) -> bool:
    """Whether a bare number is a year that a source names in a date."""
    touched = re.match("[가-힣]", sentence.text[stated.end : stated.end + 1])
    if stated.unit or stated.high or touched or not 1900 <= stated.value <= 2100:
        return False
    dates = [found for source in sources for found in source.dates]
    return any(found.earliest and found.earliest.year == stated.value for found in dates)


def _uncovered(sentence: Text, sources: Sequence[Text]) -> Iterator[Problem]:
    """Digits outside quantities and dates (B200), vague numbers and Han digits: as written only."""
    written = {token for source in sources for token in _tokens(source.folded)}
    spans = [(found.start, found.end) for found in sentence.quantities]
    spans += [(found.start, found.end) for found in sentence.dates]
    folded = fold(sentence.text)
    for match in _TOKEN.finditer(folded.text):
        start, end = folded.span(*match.span())
        digits = [at for at in range(start, end) if sentence.text[at].isnumeric()]
        inside = all(any(low <= at < high for low, high in spans) for at in digits)
        if not inside and match.group().casefold() not in written:
            yield Problem("number", match.group())
    quoted = " ".join(source.folded for source in sources).casefold()
    for pattern in (_VAGUE, _HAN):
        for match in pattern.finditer(folded.text):
            if match.group().casefold() not in quoted:
                yield Problem("number", match.group())


def _tokens(text: str) -> Iterator[str]:
    return (match.group().casefold() for match in _TOKEN.finditer(text))


def date_problems(
    sentence: Text, quotes: Sequence[Text], allowed: Sequence[Text]
) -> Iterator[Problem]:
    """Dates and times of the sentence that no quote says as precisely."""
    known = [found for source in (*quotes, *allowed) for found in source.dates]
    for stated in sentence.dates:
        if not any(found.says(stated) for found in known):
            yield Problem("date", stated.text)
