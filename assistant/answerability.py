"""How likely it is that the found passages answer a question: one number from five cheap signs.

A logistic regression, fitted on questions of which people judged whether ten passages answer them
(`assistant/answerability_fit.py`, docs/measurements.md). It sees whether passages are near the
question, not whether a sentence says what is asked: "on topic, yet not said" is left to
`answerable.judge`.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.article import BlockKind
from vectorstore.evidence import Evidence
from vectorstore.reading import Index
from vectorstore.terms import canonical, content_terms

WEIGHTS = Path(__file__).with_name("answerability.json")
PASSAGES = 10
"""Passages looked at: as many as there were in the questions it was fitted on."""

FARTHEST = 3.0
"""Deviations from the mean that a sign may count for: beyond, nothing was seen."""

_NO_LETTER = re.compile(r"[\W_]+")
_NO_BODY = frozenset({BlockKind.TITLE, BlockKind.SUBTITLE, BlockKind.HEADING})


@dataclass(frozen=True, slots=True)
class Signs:
    """What a question and the passages found for it say to each other.

    Terms are weighted by their rarity in the index. A second best passage tells more than the best:
    a passage about something else shares words by chance, two of them seldom do.
    """

    nearest: float
    """Cosine of the nearest passage."""
    second_terms: float
    """Share of the question's terms in the second best passage."""
    rarest: float
    """Rarity of the question's rarest term, 1 for one that no passage holds."""
    words: float
    """Words of the question."""
    pairs: float
    """Share of the question's character pairs in the passage that holds most of them."""


NAMES = tuple(Signs.__dataclass_fields__)


def signs(question: str, evidence: Sequence[Evidence], index: Index) -> Signs | None:
    """The signs of a question over what was found for it in ``index``, best first.

    None when nothing was found, or the question has no word to look for.
    """
    body = [each for each in evidence if each.passage.kind not in _NO_BODY][:PASSAGES]
    text = canonical(question)
    rarity = {term: index.keywords.rarity(term) for term in content_terms(text)}
    if not body or not rarity:
        return None
    unseen = math.log1p(2 * len(index.keywords) + 1)
    return Signs(
        nearest=max(each.dense or 0.0 for each in body),
        second_terms=_second(_shares(rarity, body, index)),
        rarest=max(rarity.values()) / unseen,
        words=float(len(text.split())),
        pairs=max(_pairs(text, body, index)),
    )


def _second(values: Sequence[float]) -> float:
    return sorted(values)[-2] if len(values) > 1 else 0.0


def _shares(rarity: dict[str, float], body: Sequence[Evidence], index: Index) -> list[float]:
    rows = np.array(sorted({index.row(each.passage.id) for each in body}))
    held = np.array([index.keywords.holds(term, rows) for term in rarity])
    weights = np.array(list(rarity.values()))
    return list(map(float, weights @ held / weights.sum()))


def _pairs(text: str, body: Sequence[Evidence], index: Index) -> list[float]:
    """Pairs go across words, since Korean is spaced as one likes."""
    letters = _letters(text)
    asked = {letters[at : at + 2] for at in range(len(letters) - 1)}
    texts = [_letters(index.searched(index.row(each.passage.id)).text) for each in body]
    return [sum(pair in each for pair in asked) / max(1, len(asked)) for each in texts]


def _letters(text: str) -> str:
    return _NO_LETTER.sub("", text)


@dataclass(frozen=True, slots=True)
class Weights:
    """A fitted logistic regression over standardised signs."""

    means: tuple[float, ...]
    deviations: tuple[float, ...]
    weights: tuple[float, ...]
    bias: float

    def probability(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Probabilities (n,) for rows of signs (n, as many as there are weights)."""
        scaled = (values - np.array(self.means)) / np.array(self.deviations)
        scaled = np.clip(scaled, -FARTHEST, FARTHEST)
        return np.asarray(1 / (1 + np.exp(-(scaled @ np.array(self.weights) + self.bias))))


@cache
def fitted() -> Weights:
    """The weights that ship with kai.

    Raises:
        OSError, ValueError: ``answerability.json`` is missing or damaged; restore the file.
    """
    return read_weights(WEIGHTS, NAMES)


def read_weights(path: Path, names: Sequence[str]) -> Weights:
    """Weights from a file, which must be for these signs.

    Raises:
        OSError, ValueError: the file is missing or for other signs.
    """
    read = json.loads(path.read_text(encoding="utf-8"))
    if read["signs"] != list(names):
        raise ValueError(f"{path.name} is for the signs {read['signs']}; fit it again")
    means, deviations, weights = (tuple(read[n]) for n in ("means", "deviations", "weights"))
    return Weights(means, deviations, weights, read["bias"])


def answerability(question: str, evidence: Sequence[Evidence], index: Index) -> float:
    """The probability, 0 to 1, that the evidence found in ``index`` answers a question at all."""
    found = signs(question, evidence, index)
    if found is None:
        return 0.0
    return float(fitted().probability(as_rows([found]))[0])


def as_rows(found: Sequence[Signs]) -> NDArray[np.float64]:
    """Signs as a table (n, 5), in the order of ``NAMES``."""
    return np.array([[getattr(each, name) for name in NAMES] for each in found])
