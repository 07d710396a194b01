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

FITTED_SHARE = 0.5
"""The share of questions with an answer among those that the weights were fitted on."""

ASKED_SHARE = 0.8
"""The share of questions with an answer that a served library expects; an assumption, which an
operator who knows better sets (KAI_ANSWERABLE_SHARE)."""

WEIGHTS = Path(__file__).with_name("confidence.json")
INPUTS = ("answered", *NAMES)


@cache
def fitted_small() -> Weights:
    """The weights for small libraries, over ``INPUTS``.

    Raises:
        OSError, ValueError: ``confidence.json`` is missing or damaged; restore the file.
    """
    return read_weights(WEIGHTS, INPUTS)


def likelihood(
    question: str, evidence: Sequence[Evidence], index: Index, share: float = ASKED_SHARE
) -> float | None:
    """The probability, 0 to 1, that a large library answers; None in one too small to tell.

    ``share`` of the questions that are put to it are expected to have an answer.
    """
    if len(index) < LARGE:
        return None
    return _with_prior(answerability(question, evidence, index), share)


def _with_prior(probability: float, share: float) -> float:
    """A fitted probability among questions of which ``share`` have an answer (Bayes' rule)."""
    for_it = probability * share / FITTED_SHARE
    against = (1 - probability) * (1 - share) / (1 - FITTED_SHARE)
    return for_it / (for_it + against) if for_it + against else 0.0


def confidence(
    question: str,
    evidence: Sequence[Evidence],
    index: Index,
    *,
    answered: bool,
    share: float = ASKED_SHARE,
) -> float:
    """The probability, 0 to 1, that the articles of ``index`` answer the question.

    ``evidence`` is what was found for it, best first; ``answered`` whether the writer answered
    from it; ``share`` is that of `likelihood`.
    """
    found = signs(question, evidence, index)
    if found is None:
        return 0.0
    row = as_rows([found])
    if len(index) >= LARGE:
        return _with_prior(float(fitted().probability(row)[0]), share)
    return float(fitted_small().probability(np.c_[[float(answered)], row])[0])
