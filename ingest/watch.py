"""Ingest again whenever watched files change, once they have been left alone for a moment.

The files are looked at, not listened to: that works on every file system, network ones included,
and misses nothing that happens while a job runs.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from ingest.plan import look

INTERVAL = 2.0  # seconds between two looks
RETRY = 30.0  # seconds until a job that could not end is tried again


def watch(
    folders: Sequence[str | Path],
    run: Callable[[], bool],
    wait: Callable[[float], bool],
    *,
    interval: float = INTERVAL,
    retry: float = RETRY,
) -> None:
    """Call ``run`` at once, and whenever two looks in a row find the same change.

    ``run`` says whether its job could end; if not, it is called again after ``retry`` seconds.
    ``wait(seconds)`` returns True as soon as the watch is to stop.
    """
    served: dict[str, str] | None = None
    before: dict[str, str] | None = None
    again = 0.0
    while True:
        seen = look(folders)
        settled = before in (None, seen)
        if seen != served and settled and time.monotonic() >= again:
            if run():
                served = seen
            else:
                again = time.monotonic() + retry
        before = seen
        if wait(interval):
            return
