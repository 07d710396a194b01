"""Whether a text states a fact: spellings with borders, and quantities as values.

Two texts compare without spaces, commas, quotation marks and case. A spelling that begins or ends
with a digit or a Latin letter must stand at a border there ("5" is not in "15", "KT" not in
"SKT"); after anything a Korean particle may follow. A spelling that is a quantity also matches
any quantity of the same value and unit ("2,378억" and "237.8 billion won").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from assistant.evaluation.questions import Fact
from assistant.quantities import Quantity, find_quantities, same_value

_DROPPED = re.compile(r"""[\s,，、"'`´“”‘’„‟‚‛«»‹›「」『』〈〉《》]""")
_MAGNITUDES = "십백천만억조경"
_MAGNITUDE_WORD = re.compile(r"\s?(?:[십백천만억조경]|thousand|million|billion|trillion)")
_LONGER_UNITS = frozenset({"개월", "분기", "시간", "주년"})
_NUMERAL_BEFORE = frozenset("열물른흔쉰순십백천억조")
_TELLING = 10_000  # a bare number of this size stands for the amount it is
_PLURAL = re.compile(r"(?:e?s)(?![a-z0-9])")


@dataclass(frozen=True, slots=True)
class _Folded:
    """A text without what does not count: ``text[k]`` stands at ``source[positions[k]]``."""

    source: str
    text: str
    positions: tuple[int, ...]


@lru_cache(maxsize=8192)
def _fold(text: str) -> _Folded:
    source = unicodedata.normalize("NFKC", text).casefold()
    kept = [index for index, char in enumerate(source) if not _DROPPED.match(char)]
    return _Folded(source, "".join(source[index] for index in kept), tuple(kept))


def states(text: str, fact: Fact) -> bool:
    """Whether ``text`` states the fact in any of its spellings."""
    return any(spelled(spelling, text) for spelling in fact)


def states_somewhere(texts: Iterable[str], fact: Fact) -> bool:
    """Whether any one of the texts states the fact by itself."""
    return any(states(text, fact) for text in texts)


def missing_facts(texts: Sequence[str], facts: Iterable[Fact]) -> list[Fact]:
    """The facts that none of the texts states."""
    return [fact for fact in facts if not states_somewhere(texts, fact)]


def spelled(spelling: str, text: str) -> bool:
    """Whether one spelling stands in ``text``, literally at its borders or as a value."""
    return _literally(spelling, text) or _as_value(spelling, text)


def _literally(spelling: str, text: str) -> bool:
    wanted, inside = _fold(spelling), _fold(text)
    if not wanted.text:
        return False
    at = inside.text.find(wanted.text)
    while at >= 0:
        if _stands_free(spelling, wanted.text, inside, at):
            return True
        at = inside.text.find(wanted.text, at + 1)
    return False


def _stands_free(spelling: str, wanted: str, inside: _Folded, at: int) -> bool:
    span = inside.positions[at : at + len(wanted)]
    before, after = inside.source[: span[0]], inside.source[span[-1] + 1 :]
    if spelling[:1].isspace() and before[-1:].isalnum():
        return False
    if (spelling[-1].isspace() or spelling[-1] == ",") and after[:1].isalnum():
        return False
    return (
        _free_left(wanted, before, inside.source[span[0] :])
        and _free_right(wanted, after)
        and _digits_together(inside.source, span)
    )


def _free_left(wanted: str, before: str, here: str) -> bool:
    if wanted[0].isdigit():
        if re.search(r"(?:[0-9a-z]|\d\.)$", before) or re.search(r"(?:^|[\s(])[-−]$", before):
            return False
        return not (re.search(r"\d,$", before) and re.match(r"\d{3}(?!\d)", here))
    if _is_latin(wanted[0]):
        return not re.search(r"[0-9a-z]$", before)
    return not (before[-1:] in _NUMERAL_BEFORE and find_quantities(wanted))


def _free_right(wanted: str, after: str) -> bool:
    last = wanted[-1]
    if last.isdigit():
        continued = re.match(r"\d|\.\d|,\d{3}(?!\d)", after) or _MAGNITUDE_WORD.match(after)
        return not continued
    if _is_latin(last):
        return not re.match(r"[0-9a-z]", after) or bool(_PLURAL.match(after))
    if last in _MAGNITUDES and re.search(r"\d.?$", wanted):
        return not re.match(rf"[{_MAGNITUDES}]|\s?\d", after)
    return last + after[:1] not in _LONGER_UNITS or not re.search(r"\d.$", wanted)


def _is_latin(char: str) -> bool:
    return "a" <= char <= "z"


def _digits_together(source: str, span: Sequence[int]) -> bool:
    """Whether neighbouring digits of the match are one number in the source: "1,500", not "1 5"."""
    for left, right in pairwise(span):
        if source[left].isdigit() and source[right].isdigit() and right - left > 1:
            grouped = source[left + 1 : right] == "," and re.match(r"\d{3}(?!\d)", source[right:])
            if not grouped:
                return False
    return True


def _as_value(spelling: str, text: str) -> bool:
    """Whether the spelling is wholly one quantity, and the text holds the same value."""
    wanted = quantities(spelling.strip())
    if len(wanted) != 1 or wanted[0].end - wanted[0].start < len(spelling.strip()):
        return False
    return any(_states_value(found, wanted[0]) for found in quantities(text))


def _states_value(found: Quantity, wanted: Quantity) -> bool:
    """Same value and unit; a bare small number in the text states no "5 teams"."""
    if wanted.unit and not found.unit and abs(found.value) < _TELLING:
        return False
    return same_value(found, wanted)


@lru_cache(maxsize=8192)
def quantities(text: str) -> tuple[Quantity, ...]:
    """The quantities of a text, remembered: quotes recur in every question and sentinel."""
    return tuple(find_quantities(text))
