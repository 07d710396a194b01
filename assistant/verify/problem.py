"""What the verifier finds, and the texts it compares."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from assistant.dates import DateMention, find_dates
from assistant.folding import fold
from assistant.quantities import Quantity, find_quantities

SameName = Callable[[str, str], bool]


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a sentence or an answer must not be shown as fact; ``detail`` holds the offending text.

    Kinds: citation, quote, number, each, pairing, derivation, date, name, polarity, tense,
    unsupported, language, markup, length, status.
    """

    kind: str
    detail: str


@dataclass(frozen=True)
class Text:
    """A text with what it says, found once."""

    text: str
    anchor: date | None = None
    names: Sequence[str] = field(default=())

    @cached_property
    def folded(self) -> str:
        """The text with digits, spaces and signs folded."""
        return fold(self.text).text

    @cached_property
    def quantities(self) -> list[Quantity]:
        """Its quantities."""
        return find_quantities(self.text)

    @cached_property
    def dates(self) -> list[DateMention]:
        """Its dates, read from ``anchor``."""
        return find_dates(self.text, self.anchor)


def same_spelling(one: str, other: str) -> bool:
    """Whether two names are spelt alike, but for case, spaces, hyphens and dots."""
    return _squeezed(one) == _squeezed(other)


def _squeezed(name: str) -> str:
    return "".join(char for char in fold(name).text.casefold() if char not in " -·._'’")
