"""Which answer each open page waits for, so that a stop, a new question or a leave ends the old."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
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
        self._pages: OrderedDict[Reader, tuple[int, Callable[[], None]]] = OrderedDict()
        self._lock = threading.Lock()

    def begin(self, reader: Reader, on_end: Callable[[], None] = lambda: None) -> Watch:
        """Begin something new on a page; what was going on there is over.

        ``on_end`` is called when it is over: the page may never ask for the rest.
        """
        self.end(reader)
        with self._lock:
            number, _ = self._pages[reader]
            self._pages[reader] = number, on_end
        return Watch(self, reader, number)

    def end(self, reader: Reader) -> None:
        """End what is going on."""
        with self._lock:
            number, on_end = self._pages.pop(reader, (0, lambda: None))
            self._pages[reader] = number + 1, lambda: None
            while len(self._pages) > REMEMBERED:
                self._pages.popitem(last=False)
        on_end()

    def number(self, reader: Reader) -> int:
        """The running number of a page."""
        with self._lock:
            return self._pages[reader][0] if reader in self._pages else 0
