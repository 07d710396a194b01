"""Which answer each open page waits for, so that a stop, a new question or a leave ends the old."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass

REMEMBERED = 10_000  # pages; the longest silent ones beyond this are forgotten


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks: the ``owner`` of conversations, on one open ``page`` of maybe several."""

    owner: str = ""
    page: str = ""


@dataclass(frozen=True, slots=True)
class Watch:
    """Tells whether what was begun is still wanted."""

    readers: Readers
    reader: Reader
    number: int

    @property
    def is_over(self) -> bool:
        """Whether the reader has gone on to something else."""
        return self.readers.number(self.reader) != self.number


class Readers:
    """A running number for each page; it grows with all that ends what came before."""

    def __init__(self) -> None:
        self._numbers: OrderedDict[Reader, int] = OrderedDict()
        self._lock = threading.Lock()

    def begin(self, reader: Reader) -> Watch:
        """Begin something new on a page; what was going on there is over."""
        self.end(reader)
        return Watch(self, reader, self.number(reader))

    def end(self, reader: Reader) -> None:
        """End what is going on."""
        with self._lock:
            self._numbers[reader] = self._numbers.pop(reader, 0) + 1
            while len(self._numbers) > REMEMBERED:
                self._numbers.popitem(last=False)

    def number(self, reader: Reader) -> int:
        """The running number of a page."""
        with self._lock:
            return self._numbers.get(reader, 0)
