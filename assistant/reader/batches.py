"""What the network is trained on in one step: packed states, kinds and targets."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.reader.examples import Example, occurrences
from assistant.reader.pieces import QUESTION, Pieces, kinds, passage_pieces
from assistant.reader.reader import States
from assistant.reader.spans import sentences_of
from vectorstore.evidence import Evidence

GOLD_TOKENS, WRONG_TOKENS, LEAST_TOKENS = 144, 112, 40
WRONG = 1  # near misses a question; others are drawn in the next epoch
SILENT = 0.2  # how often what answers is left out, so that nothing of what is read does


@dataclass(frozen=True, slots=True)
class Drawn:
    """A question and a window of one passage; ``targets`` are the answer's tokens in it.

    ``sentences`` numbers the passage's sentences token by token, -1 for none; ``right`` are the
    numbers of those that answer.
    """

    states: States
    kinds: NDArray[np.int64]
    readable: NDArray[np.bool_]
    targets: tuple[tuple[int, int], ...]
    sentences: NDArray[np.int64]
    right: frozenset[int]


class Windows:
    """Makes sequences out of prepared questions and passages."""

    def __init__(
        self, questions: dict[str, States], passages: dict[str, States], chance: random.Random
    ) -> None:
        self.questions = questions
        self.passages = passages
        self._chance = chance
        self._pieces: dict[str, Pieces] = {}
        self._sentences: dict[str, NDArray[np.int64]] = {}

    def draw(self, example: Example) -> list[Drawn]:
        """A passage that answers, then near misses, the higher ranked the likelier.

        Now and then, and where nothing answers, there are near misses only.
        """
        answering = [(item, self._places(item, example)) for item in example.gold]
        answering = [(item, places) for item, places in answering if places]
        if example.gold and not answering:
            return []
        silent = not answering or (len(example.wrong) > WRONG and self._chance.random() < SILENT)
        drawn = []
        if not silent:
            item, places = self._chance.choice(answering)
            drawn = [self._sequence(example, item, places)]
        wrong = list(enumerate(example.wrong))
        while wrong and len(drawn) <= WRONG:
            weights = [1 / (place + 2) for place in range(len(wrong))]
            at = self._chance.choices(range(len(wrong)), weights)[0]
            drawn.append(self._sequence(example, wrong.pop(at)[1], []))
        return drawn

    def _places(self, item: Evidence, example: Example) -> list[tuple[int, int]]:
        pieces = self.pieces(item)
        return occurrences(item.passage.text, example.answers, pieces, example.sentence)

    def pieces(self, item: Evidence) -> Pieces:
        """The tokens of a passage, made once."""
        key = item.passage.id
        if key not in self._pieces:
            context = (item.article.title, item.passage.heading)
            self._pieces[key] = passage_pieces(item.passage.text, context)
        return self._pieces[key]

    def _sequence(
        self, example: Example, item: Evidence, places: Sequence[tuple[int, int]]
    ) -> Drawn:
        pieces, asked = self.pieces(item), self.questions[example.id]
        around = self._chance.choice(places) if places else None
        window = self._window(pieces, around)
        at = {token: len(asked) + place for place, token in enumerate(window.tolist())}
        shared = kinds(example.question, item.passage.text, pieces)[window]
        numbers = self._numbers(item)
        sentences = np.concatenate([np.full(len(asked), -1), numbers[window]])
        return Drawn(
            np.concatenate([asked, self.passages[item.passage.id][window]]),
            np.concatenate([np.full(len(asked), QUESTION), shared]),
            np.concatenate([np.zeros(len(asked), bool), pieces.readable[window]]),
            tuple((at[a], at[b]) for a, b in places if a in at and b in at),
            sentences,
            frozenset(int(numbers[a]) for a, _ in places if a in at and numbers[a] >= 0),
        )

    def _numbers(self, item: Evidence) -> NDArray[np.int64]:
        key = item.passage.id
        if key not in self._sentences:
            self._sentences[key] = sentences_of(self.pieces(item), item.passage)
        return self._sentences[key]

    def _window(self, pieces: Pieces, around: tuple[int, int] | None) -> NDArray[np.int64]:
        """The context and a run of tokens, around the answer if there is one, else anywhere."""
        size, limit = len(pieces.ids), GOLD_TOKENS if around else WRONG_TOKENS
        if size <= limit:
            return np.arange(size)
        head = int(np.argmax(pieces.readable))
        room = max(limit - head, LEAST_TOKENS)
        low, high = head, max(head, size - room)
        if around:
            low, high = max(head, around[1] - room + 1), max(head, min(around[0], high))
        start = self._chance.randint(min(low, high), max(low, high))
        return np.concatenate([np.arange(head), np.arange(start, min(start + room, size))])
