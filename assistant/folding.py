"""One spelling for digits, spaces and signs, with the way back to the original offsets.

Full-width forms, decomposed Hangul, odd spaces, dashes and invisible characters are folded, so
that the finders of quantities and dates see one spelling. Superscripts, circled digits and Roman
numeral signs are left alone: folding them would make ``10²`` read as 102.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# A character with what composes onto it. 30 is the limit of the stream-safe text format (UAX #15):
# longer runs of combining marks are not language, and sorting them takes quadratic time.
_CLUSTER = re.compile(r"(?s).[\u0300-\u036f\u1160-\u11ff]{0,30}")
_DASHES = frozenset("‐‑‒–—―−﹣")
_TILDES = frozenset("〜∼˜")
_GROUPING_SPACES = frozenset("\u2009\u202f")  # thin spaces that group digits: 2 378
_INVISIBLE = frozenset({"Cf", "Cc"})


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text; character ``i`` of it comes from ``original[starts[i]:ends[i]]``."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original offsets of the non-empty folded span ``start:end``."""
        return self.starts[start], self.ends[end - 1]


def fold(text: str) -> Folded:
    """Fold ``text``, in linear time; offsets count code points of ``text``."""
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in _CLUSTER.finditer(text):
        for char in _fold_cluster(match.group()):
            out.append(char)
            starts.append(match.start())
            ends.append(match.end())
    return Folded("".join(out), tuple(starts), tuple(ends))


@lru_cache(maxsize=8192)
def _fold_cluster(cluster: str) -> str:
    composed = unicodedata.normalize("NFC", cluster) if len(cluster) > 1 else cluster
    return "".join(_fold_char(char) for char in composed)


def _fold_char(char: str) -> str:
    if " " <= char < "\x7f" or char == "\n" or char in _GROUPING_SPACES:
        return char
    if char in _DASHES:
        return "-"
    if char in _TILDES:
        return "~"
    category = unicodedata.category(char)
    if category == "Nd":
        return str(unicodedata.digit(char))
    if category == "Zs" or char == "\t":
        return " "
    if category in _INVISIBLE:
        return ""
    return unicodedata.normalize("NFKC", char) if "\uff00" <= char <= "\uffef" else char
