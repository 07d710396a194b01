"""The vectors of the parts of an index, and of their sentences, searched as one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vectorstore.exact import Exact
from vectorstore.order import Order
from vectorstore.part import Part
from vectorstore.sentences import Small
from vectorstore.vectors import Vector

Found = tuple[float, int, str]


class Joined:
    """The vectors of the rows that ``order`` takes from ``parts``."""

    def __init__(self, parts: Sequence[Part], order: Order) -> None:
        self._parts, self._order = parts, order

    def __len__(self) -> int:
        return len(self._order)

    def nearest(self, vector: Vector, n: int) -> list[tuple[str, float]]:
        """The ``n`` nearest ids and their cosine similarities, best first."""
        found = [each for number in range(len(self._parts)) for each in self._in(number, vector, n)]
        return [(id_, -far) for far, _, id_ in sorted(found)[:n]]

    def get(self, ids: Sequence[str]) -> dict[str, Vector]:
        """The vectors of those ``ids`` that are held."""
        found: dict[str, Vector] = {}
        for part, rows in zip(self._parts, self._order.rows, strict=True):
            own = [id_ for id_ in ids if id_ in part.rows and rows[part.rows[id_]] >= 0]
            found |= part.vectors.get(own)
        return found

    def _in(self, number: int, vector: Vector, n: int) -> list[Found]:
        """The ``n`` nearest of a part."""
        part, rows = self._parts[number], self._order.rows[number]
        if isinstance(part.vectors, Exact):
            found = part.vectors.nearest(vector, n, rows)
            return [(-cosine, int(rows[part.rows[id_]]), id_) for id_, cosine in found]
        wanted = 2 * n if self._order.is_partial(number) else n
        while True:  # asked for more while too many are such as are no longer held
            found = part.vectors.nearest(vector, min(wanted, len(part))) if len(part) else []
            placed = [(-cosine, int(rows[part.rows[id_]]), id_) for id_, cosine in found]
            held = [each for each in placed if each[1] >= 0]
            if len(held) >= n or wanted >= len(part):
                return held[:n]
            wanted *= 2


class JoinedSentences:
    """The vectors of the sentences of the rows that ``order`` takes from ``parts``."""

    def __init__(self, parts: Sequence[Part], order: Order) -> None:
        self._parts, self._order = parts, order

    def __len__(self) -> int:
        return len(self._order)

    def __getitem__(self, row: int) -> Small:
        """The vectors (s, d) of the sentences of the passage in ``row``."""
        part, place = self._order.place(row)
        return self._parts[part].sentences[place]

    def __iter__(self) -> Iterator[Small]:
        """The vectors of each passage, by row."""
        return (self[row] for row in range(len(self)))
