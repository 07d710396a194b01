"""Who waits for an answer and how often one may ask: places in line, and a pace per reader."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable


class Ticket:
    """A place in line; leave it with `leave`, whether its turn came or not."""

    def __init__(self, line: Line) -> None:
        self._line = line

    @property
    def place(self) -> int:
        """How many wait before this one; 0 when it is served."""
        return self._line.place(self)

    def wait(self, seconds: float) -> bool:
        """Wait at most so long for its turn; whether it has come."""
        return self._line.wait(self, seconds)

    def leave(self) -> None:
        """Give the place to the next."""
        self._line.leave(self)


class Line:
    """At most ``at_once`` are served and ``waiting`` wait; first come, first served."""

    def __init__(self, at_once: int = 4, waiting: int = 28) -> None:
        self._at_once = at_once
        self._most = at_once + waiting
        self._queue: deque[Ticket] = deque()
        self._moved = threading.Condition()

    def join(self) -> Ticket | None:
        """A place at the end of the line; None when it is full."""
        with self._moved:
            if len(self._queue) >= self._most:
                return None
            ticket = Ticket(self)
            self._queue.append(ticket)
            return ticket

    def place(self, ticket: Ticket) -> int:
        """How many wait before a ticket; 0 when it is served."""
        with self._moved:
            return self._place(ticket)

    def wait(self, ticket: Ticket, seconds: float) -> bool:
        """Wait at most so long for a ticket's turn; whether it has come."""
        with self._moved:
            return self._moved.wait_for(lambda: self._place(ticket) == 0, seconds)

    def leave(self, ticket: Ticket) -> None:
        """Take a ticket out of the line; a second time changes nothing."""
        with self._moved:
            if ticket in self._queue:
                self._queue.remove(ticket)
            self._moved.notify_all()

    @property
    def crowded(self) -> bool:
        """Whether somebody waits."""
        with self._moved:
            return len(self._queue) > self._at_once

    def _place(self, ticket: Ticket) -> int:
        if ticket not in self._queue:
            return 0
        return max(0, self._queue.index(ticket) - self._at_once + 1)


class Pace:
    """At most so many a minute for each key, in a sliding minute; 0 sets no limit."""

    MINUTE = 60.0
    REMEMBERED = 10_000  # keys; the longest silent ones beyond this are forgotten

    def __init__(self, a_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = a_minute
        self._clock = clock
        self._times: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = threading.Lock()

    def delay(self, key: str) -> int:
        """Count one for a key: 0 when it may go on now, else in how many seconds it may."""
        if self._most <= 0:
            return 0
        with self._lock:
            now = self._clock()
            times = self._times.setdefault(key, deque())
            self._times.move_to_end(key)
            while times and times[0] <= now - self.MINUTE:
                times.popleft()
            if len(times) >= self._most:
                return max(1, round(times[0] + self.MINUTE - now))
            times.append(now)
            while len(self._times) > self.REMEMBERED:
                self._times.popitem(last=False)
            return 0
