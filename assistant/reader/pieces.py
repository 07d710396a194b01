"""Texts as the reader sees them: token ids, where each stands, and which words the question shares.

A question and a passage are read apart by the lower layers, as the bundled embedder reads them, so
a passage is prepared once for all questions; only the upper layers see both.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from tokenizers import Tokenizer

TOKENIZER = Path(__file__).parents[2] / "vectorstore" / "bundled" / "tokenizer.json"
MOST_QUESTION, MOST_PASSAGE = 64, 320
QUESTION, PASSAGE, SHARED = 0, 1, 2

_UNREADABLE = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\ufeff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Pieces:
    """Token ids, and for each the characters of the text it stands for.

    A token of the context (title, heading, special ones) has the offsets (-1, -1): no answer can
    begin or end there.
    """

    ids: tuple[int, ...]
    offsets: tuple[tuple[int, int], ...]

    @property
    def readable(self) -> NDArray[np.bool_]:
        """Whether each token stands in the text itself."""
        return np.array([end > 0 for _, end in self.offsets])


@cache
def tokenizer() -> Tokenizer:
    """The bundled embedder's tokenizer, without its cut at 512 tokens."""
    from tokenizers import Tokenizer

    loaded = Tokenizer.from_file(str(TOKENIZER))
    loaded.no_truncation()
    return loaded


def question_ids(question: str) -> tuple[int, ...]:
    """A question's token ids, at most 64."""
    ids = tokenizer().encode("query: " + _readable(question)).ids
    return tuple(ids if len(ids) <= MOST_QUESTION else [*ids[: MOST_QUESTION - 1], ids[-1]])


def passage_pieces(text: str, context: tuple[str, ...] = ()) -> Pieces:
    """A passage under the lines it stands under, at most 320 tokens; offsets count in ``text``."""
    above = "passage: " + "".join(f"{line}\n" for line in context if line and line not in text)
    found = tokenizer().encode(_readable(above + text))
    offsets = [_inside(start - len(above), end - len(above)) for start, end in found.offsets]
    offsets[0] = offsets[-1] = (-1, -1)
    ids = found.ids
    if len(ids) > MOST_PASSAGE:
        ids = [*ids[: MOST_PASSAGE - 1], ids[-1]]
        offsets = [*offsets[: MOST_PASSAGE - 1], (-1, -1)]
    return Pieces(tuple(ids), tuple(offsets))


def _inside(start: int, end: int) -> tuple[int, int]:
    return (max(start, 0), end) if end > 0 else (-1, -1)


def _readable(text: str) -> str:
    """Control characters as spaces, one for one, so that offsets stay those of the text."""
    return _UNREADABLE.sub(" ", text)


def kinds(question: str, text: str, pieces: Pieces) -> NDArray[np.int64]:
    """For each token of a passage: 2 when all its letters stand in pairs the question has, else 1.

    Pairs of letters, without spaces, so that a compound, a particle or another spacing does not
    hide a shared word. Exact match as an input goes back to DrQA (Chen et al. 2017).
    """
    asked = "".join(question.lower().split())
    pairs = {asked[at : at + 2] for at in range(len(asked) - 1)}
    lowered = text.lower() if len(text.lower()) == len(text) else text
    letters = [at for at, letter in enumerate(lowered) if not letter.isspace()]
    shared = np.zeros(len(text), dtype=bool)
    for one, other in pairwise(letters):
        if lowered[one] + lowered[other] in pairs:
            shared[one] = shared[other] = True
    return np.array([SHARED if _is_shared(text, shared, *at) else PASSAGE for at in pieces.offsets])


def _is_shared(text: str, shared: NDArray[np.bool_], start: int, end: int) -> bool:
    letters = [at for at in range(start, end) if not text[at].isspace()] if end > 0 else []
    return bool(letters) and all(shared[at] for at in letters)
