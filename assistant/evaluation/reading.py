"""Reading metrics as KorQuAD 1.0 defines them, and a match that forgives a Korean particle.

KorQuAD's official script folds case, drops punctuation and some brackets, and takes F1 over
characters (Lim, Kim and Lee, 2019). Most gold spans carry no particle where a quoting assistant's
do, or the reverse; the particle-free match strips one trailing particle on both sides.
"""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Sequence

_TO_SPACE = re.compile("['\"《》<>〈〉()‘’]")
_PUNCTUATION = str.maketrans("", "", string.punctuation)
_PARTICLE = re.compile(
    "(?<=.)(?:에서는|에게서|으로부터|까지는|부터는|이라는|이라고|에서|에게|으로|부터|까지|이다|라는|라고|"
    "이며|처럼|보다|은|는|이|가|을|를|의|에|로|와|과|도|만|다)$"
)


def normalise(text: str) -> str:
    """KorQuAD's normalisation: brackets to spaces, lower case, no punctuation, single spaces."""
    return " ".join(_TO_SPACE.sub(" ", text).lower().translate(_PUNCTUATION).split())


def exact_match(predicted: str, answers: Sequence[str]) -> bool:
    """Whether the normalised prediction equals one of the answers."""
    return normalise(predicted) in {normalise(each) for each in answers}


def particle_free_match(predicted: str, answers: Sequence[str]) -> bool:
    """Exact match after dropping spaces and one trailing particle on both sides."""
    return _bare(predicted) in {_bare(each) for each in answers}


def _bare(text: str) -> str:
    whole = normalise(text).replace(" ", "")
    return _PARTICLE.sub("", whole) or whole


def char_f1(predicted: str, answers: Sequence[str]) -> float:
    """The best character F1 against any of the answers."""
    return max((_f1(predicted, each) for each in answers), default=0.0)


def _f1(predicted: str, answer: str) -> float:
    ours, theirs = (Counter(normalise(text).replace(" ", "")) for text in (predicted, answer))
    same = (ours & theirs).total()
    if not same:
        return 0.0
    precision, recall = same / ours.total(), same / theirs.total()
    return 2 * precision * recall / (precision + recall)


def holds(text: str, answers: Sequence[str]) -> bool:
    """Whether a quoted text contains one of the answers, both normalised and without spaces."""
    inside = normalise(text).replace(" ", "")
    return any(normalise(each).replace(" ", "") in inside for each in answers if normalise(each))
