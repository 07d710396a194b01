"""What stands around a quantity: about, at least, less than, each."""

from __future__ import annotations

import re
from typing import NamedTuple

from assistant.quantities.quantity import Bound

_AFTER = {
    "이상": Bound.AT_LEAST, "초과": Bound.MORE_THAN, "넘는": Bound.MORE_THAN,
    "넘게": Bound.MORE_THAN,
    "이하": Bound.AT_MOST, "이내": Bound.AT_MOST, "미만": Bound.LESS_THAN, "안팎": Bound.ABOUT,
    "가량": Bound.ABOUT, "정도": Bound.ABOUT, "내외": Bound.ABOUT, "남짓": Bound.ABOUT,
    "여": Bound.MORE_THAN, "or more": Bound.AT_LEAST, "or less": Bound.AT_MOST,
    "or fewer": Bound.AT_MOST,
}  # fmt: skip
_BEFORE = {
    "약": Bound.ABOUT, "대략": Bound.ABOUT, "최소": Bound.AT_LEAST, "최대": Bound.AT_MOST,
    "about": Bound.ABOUT, "around": Bound.ABOUT, "roughly": Bound.ABOUT, "some": Bound.ABOUT,
    "approximately": Bound.ABOUT, "at least": Bound.AT_LEAST, "more than": Bound.MORE_THAN,
    "over": Bound.MORE_THAN, "above": Bound.MORE_THAN, "exceeding": Bound.MORE_THAN,
    "up to": Bound.AT_MOST, "at most": Bound.AT_MOST, "no more than": Bound.AT_MOST,
    "less than": Bound.LESS_THAN, "fewer than": Bound.LESS_THAN, "under": Bound.LESS_THAN,
    "below": Bound.LESS_THAN, "almost": Bound.LESS_THAN, "nearly": Bound.LESS_THAN,
}  # fmt: skip
_ONE_AFTER = re.compile(rf" ?({'|'.join(_AFTER)})(?![A-Za-z])")
_EACH_AFTER = re.compile(r"씩| (?:each|apiece|per team|per company)(?![A-Za-z])")
_LONGEST_BEFORE = max(map(len, _BEFORE))
_ONE_BEFORE = re.compile(
    rf"(?<![A-Za-z가-힣])({'|'.join(sorted(_BEFORE, key=len, reverse=True))}) ?$", re.IGNORECASE
)


class Suffix(NamedTuple):
    """What follows a quantity, up to ``end``."""

    bound: Bound
    each: bool
    end: int


def bound_after(text: str, end: int) -> Suffix:
    """Read 이상, 미만, 가량, 여, "or more", 씩, "each" behind a quantity that ends at ``end``."""
    bound, each = Bound.EXACT, _EACH_AFTER.match(text, end)
    end = each.end() if each else end
    if match := _ONE_AFTER.match(text, end):
        bound, end = _AFTER[match.group(1)], match.end()
    late = _EACH_AFTER.match(text, end)
    return Suffix(bound, bool(each or late), late.end() if late else end)


def bound_before(text: str, start: int) -> tuple[Bound, int]:
    """Read 약, 최소, "at least", … before a quantity; returns the bound and the new start."""
    match = _ONE_BEFORE.search(text, max(0, start - _LONGEST_BEFORE - 2), start)
    return (_BEFORE[match.group(1).lower()], match.start()) if match else (Bound.EXACT, start)
