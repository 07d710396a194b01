"""How sure an answer, or a refusal, may be: the probability that the articles answer at all.

In a large library most passages are about something else, and the signs of `answerability` tell.
In a small one everything is near the question: there they tell little by themselves, and what the
writer found comes first (docs/measurements.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np

from assistant.answerability import (
    NAMES,
    Weights,
    answerability,
    as_rows,
    fitted,
    read_weights,
    signs,
)
from vectorstore.evidence import Evidence
from vectorstore.reading import Index

LARGE = 1_000
"""Passages of a library that is mostly about other things than a question."""

WEIGHTS = Path(__file__).with_name("confidence.json")
INPUTS = ("answered", *NAMES)


@cache
def fitted_small() -> Weights:
    """The weights for small libraries, over ``INPUTS``.

    Raises:
        OSError, ValueError: ``confidence.json`` is missing or damaged; restore the file.
    """
    return read_weights(WEIGHTS, INPUTS)


def likelihood(question: str, evidence: Sequence[Evidence], index: Index) -> float | None:
    """The probability, 0 to 1, that a large library answers; None in one too small to tell."""
    return answerability(question, evidence, index) if len(index) >= LARGE else None


def confidence(
    question: str, evidence: Sequence[Evidence], index: Index, *, answered: bool
) -> float:
    """The probability, 0 to 1, that the articles of ``index`` answer the question.

    ``evidence`` is what was found for it, best first; ``answered`` whether the writer answered
    from it.
    """
    found = signs(question, evidence, index)
    if found is None:
        return 0.0
    row = as_rows([found])
    if len(index) >= LARGE:
        return float(fitted().probability(row)[0])
    return float(fitted_small().probability(np.c_[[float(answered)], row])[0])
