"""A figure belongs to what stands around it: to a name, or to the words of its clause."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.quantities import Quantity
from assistant.verify.numbers import supports
from assistant.verify.problem import Problem, Text

_WORD = re.compile(r"[가-힣]{2,}|[A-Za-z]{3,}")
_AROUND = 24  # characters on each side: some three Korean words
_MARGIN = 2  # shared words by which another figure of the quote must fit better


def pairing_problems(sentence: Text, quotes: Sequence[Text]) -> Iterator[Problem]:
    """Figures that the quotes give to another name, or that stand in another figure's words."""
    yield from _names_swapped(sentence, quotes)
    yield from _figures_swapped(sentence, quotes)


def _names_swapped(sentence: Text, quotes: Sequence[Text]) -> Iterator[Problem]:
    """A name whose figure the quotes give to others, while they give the name another.

    Names are those of ``Text.names``; a figure belongs to the last name before it.
    """
    quoted = [pair for quote in quotes for pair in _pairs(quote)]
    for name, stated in _pairs(sentence):
        holders = {other for other, found in quoted if supports(found, stated)}
        own = [found for other, found in quoted if other == name and found.unit == stated.unit]
        if holders and name not in holders and own:
            yield Problem("pairing", f"{name}: {stated.text}")


def _pairs(text: Text) -> Iterator[tuple[str, Quantity]]:
    lowered = text.text.casefold()
    for found in text.quantities:
        before = [(lowered.rfind(name.casefold(), 0, found.start), name) for name in text.names]
        at, name = max(before, default=(-1, ""), key=lambda pair: (pair[0], len(pair[1])))
        if at >= 0:
            yield name, found


def _figures_swapped(sentence: Text, quotes: Sequence[Text]) -> Iterator[Problem]:
    """A figure in the very words that the quotes use around another figure of its unit."""
    quoted = [(found, _around(quote, found)) for quote in quotes for found in quote.quantities]
    for stated in sentence.quantities:
        words = _around(sentence, stated)
        fits = [(supports(found, stated), len(words & other)) for found, other in quoted
                if found.unit == stated.unit]  # fmt: skip
        own = max((shared for same, shared in fits if same), default=None)
        others = max((shared for same, shared in fits if not same), default=0)
        if own is not None and others >= own + _MARGIN:
            yield Problem("pairing", stated.text)


def _around(text: Text, found: Quantity) -> set[str]:
    """The first letters of the words before (<) and after (>) a quantity."""
    before = text.text[max(0, found.start - _AROUND) : found.start]
    after = text.text[found.end : found.end + _AROUND]
    return {f"<{_head(word)}" for word in _WORD.findall(before)} | {
        f">{_head(word)}" for word in _WORD.findall(after)
    }


def _head(word: str) -> str:
    return word[:4].casefold() if word.isascii() else word[:2]
