"""From scores of tokens to the span of a passage that answers."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from assistant.language import tokens
from assistant.reader.pieces import Pieces
from ingest.article import Passage

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
    scores: NDArray[np.float32], pieces: Pieces, place: NDArray[np.int64]
) -> ScoredSpan | None:
    """The best span inside one sentence; ``scores`` (tokens, 2 or more) of begin and end.

    ``place`` is what `sentences_of` gives.
    """
    begin, end = np.triu_indices(len(place))
    fitting = (end - begin < LONGEST) & (place[begin] >= 0) & (place[begin] == place[end])
    begin, end = begin[fitting], end[fitting]
    if not len(begin):
        return None
    totals = scores[begin, 0] + scores[end, 1]
    at = int(np.argmax(totals))
    return ScoredSpan(pieces.offsets[begin[at]][0], pieces.offsets[end[at]][1], float(totals[at]))


def sentences_of(pieces: Pieces, passage: Passage) -> NDArray[np.int64]:
    """For each token of a passage the number of its sentence, -1 for none."""
    place = np.full(len(pieces.ids), -1)
    spans = [(s.start - passage.start, s.end - passage.start) for s in passage.sentences]
    for token, (first, last) in enumerate(pieces.offsets):
        within = (n for n, (start, end) in enumerate(spans) if last > start and 0 <= first < end)
        place[token] = next(within, -1)
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
