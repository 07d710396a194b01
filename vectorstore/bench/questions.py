"""A question set, and how well rankings do on it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

HEAD = "| retrieval | recall@1 | @5 | @10 | MRR@10 | ± |\n|---|---|---|---|---|---|"


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Passages with and without their title, questions, and the right rows of each."""

    titles: Sequence[str]
    texts: Sequence[str]
    questions: Sequence[str]
    right: Sequence[NDArray[np.bool_]]

    @classmethod
    def read(cls, folder: Path) -> QuestionSet:
        """Read ``passages.jsonl`` (id, title, text) and ``questions.jsonl`` (question, passage_id).

        A passage with the same text as the named one counts as right too. Raises OSError or
        KeyError when the files are not such a set.
        """
        passages, questions = _rows(folder / "passages.jsonl"), _rows(folder / "questions.jsonl")
        texts = [row["text"] for row in passages]
        text_of = {row["id"]: row["text"] for row in passages}
        rows: dict[str, list[int]] = defaultdict(list)
        for at, text in enumerate(texts):
            rows[text].append(at)
        right = []
        for question in questions:
            right.append(np.zeros(len(texts), dtype=bool))
            right[-1][rows[text_of[question["passage_id"]]]] = True
        titles = [row["title"] for row in passages]
        return cls(titles, texts, [row["question"] for row in questions], right)

    @property
    def titled(self) -> list[str]:
        """The texts under their titles, as the index searches them."""
        pairs = zip(self.titles, self.texts, strict=True)
        return [text if title in text else f"{title}\n{text}" for title, text in pairs]

    @property
    def groups(self) -> list[int]:
        """A number per question; questions about the same passage share it."""
        return [int(right.argmax()) for right in self.right]


def places(asked: QuestionSet, best: Sequence[Sequence[int]]) -> list[float]:
    """The place (0 is first) of the first right row in each list of rows; infinite for none."""
    return [
        next((float(at) for at, row in enumerate(rows) if right[row]), float("inf"))
        for rows, right in zip(best, asked.right, strict=True)
    ]


def table_row(name: str, ranks: Sequence[float] | NDArray[np.float64]) -> str:
    """A line of the table: recall at 1, 5 and 10, MRR at 10, half of recall@1's 95 % interval."""
    place = np.asarray(ranks, dtype=np.float64)
    recall = [float((place < k).mean()) for k in (1, 5, 10)]
    mrr = float(np.where(place < 10, 1 / (place + 1), 0.0).mean())
    half = 1.96 * (recall[0] * (1 - recall[0]) / len(place)) ** 0.5
    cells = " | ".join(f"{value:.3f}" for value in [*recall, mrr])
    return f"| {name} | {cells} | {half:.3f} |"


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
