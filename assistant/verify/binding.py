"""A figure belongs to what stands around it: to a name, or to the words of its clause."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.quantities import Quantity
from assistant.verify.numbers import supports
from assistant.verify.problem import Problem, Text

_WORD = re.compile(r"[가-힣]{2,}|[A-Za-z]{3,}")
_BRACKETED = re.compile(r"(?<![가-힣A-Za-z0-9,.])([가-힣A-Za-z][가-힣A-Za-z0-9]+)\($")
_FOR = re.compile(r"^ (?:for|by|at|from) ")
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
    names = {*sentence.names, *(name for quote in quotes for name in _bracketed(quote))}
    quoted = [pair for quote in quotes for pair in _pairs(quote, names)]
    for name, stated in _pairs(sentence, names):
        holders = {other for other, found in quoted if supports(found, stated)}
        own = [found for other, found in quoted if other == name and found.unit == stated.unit]
        if holders and name not in holders and own:
            yield Problem("pairing", f"{name}: {stated.text}")


def _bracketed(text: Text) -> Iterator[str]:
    """The words that a figure in brackets follows: 새벽소프트(5.33%)."""
    for found in text.quantities:
        if match := _BRACKETED.search(text.text, max(0, found.start - _AROUND), found.start):
            yield match.group(1)


def _pairs(text: Text, names: set[str]) -> Iterator[tuple[str, Quantity]]:
    lowered = text.text.casefold()
    for found in text.quantities:
        after = lowered[found.end : found.end + _AROUND * 2]
        following = [
            name
            for name in names
            if _FOR.sub("", after).startswith(name.casefold()) and _FOR.match(after)
        ]
        if following:
            yield max(following, key=len), found
            continue
        before = [(lowered.rfind(name.casefold(), 0, found.start), name) for name in names]
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
