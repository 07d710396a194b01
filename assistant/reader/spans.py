"""From scores of tokens to the span of a passage that answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from assistant.language import tokens
from assistant.reader.pieces import Pieces

LONGEST = 28
"""Tokens of the longest span."""

_OPENING, _CLOSING = "‘“'\"(<《〈「『[·,", "’”'\")>》〉」』].,·"


@dataclass(frozen=True, slots=True)
class ScoredSpan:
    """``text[start:end]`` of a passage, with its score."""

    start: int
    end: int
    score: float


def best_span(
    scores: NDArray[np.float32], pieces: Pieces, sentences: Sequence[tuple[int, int]]
) -> ScoredSpan | None:
    """The best span inside one of the ``sentences``; ``scores`` (tokens, 2) of begin and end."""
    place = _sentence_of(pieces, sentences)
    begin, end = np.triu_indices(len(place))
    fitting = (end - begin < LONGEST) & (place[begin] >= 0) & (place[begin] == place[end])
    begin, end = begin[fitting], end[fitting]
    if not len(begin):
        return None
    totals = scores[begin, 0] + scores[end, 1]
    at = int(np.argmax(totals))
    return ScoredSpan(pieces.offsets[begin[at]][0], pieces.offsets[end[at]][1], float(totals[at]))


def _sentence_of(pieces: Pieces, sentences: Sequence[tuple[int, int]]) -> NDArray[np.int64]:
    """For each token the number of its sentence, -1 for none."""
    place = np.full(len(pieces.ids), -1)
    for number, (start, end) in enumerate(sentences):
        for token, (first, last) in enumerate(pieces.offsets):
            if place[token] < 0 and last > start and 0 <= first < end:
                place[token] = number
    return place


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without the spaces, quotation marks and Korean particles around it.

    A particle, or a copula with its ending, is one only when Kiwi says so and the span goes on to
    its end; a span of nothing else stays as it is.
    """
    first, last = _bare(text, start, end)
    found = tokens(text)
    for before, token in reversed(list(pairwise(found))):
        copula = token.tag == "VCP" or (token.tag.startswith("E") and before.tag == "VCP")
        if token.end == last and token.start > first and (copula or token.tag.startswith("J")):
            first, last = _bare(text, first, token.start)
    return (first, last) if first < last else (start, end)


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start].isspace() or text[start] in _OPENING):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in _CLOSING):
        end -= 1
    return start, end
