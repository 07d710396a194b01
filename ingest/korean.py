"""The one Kiwi analyser of the process: loaded on first use, about 0.5 GB, safe to share."""

from __future__ import annotations

from functools import cache
from threading import Lock
from typing import Any

_loading = Lock()


def kiwi() -> Any:  # noqa: ANN401 - kiwipiepy ships no types
    """Return the shared analyser; the first call takes about two seconds.

    Loading it in a thread saves nothing: Kiwi lets no other thread run while it reads its model.
    """
    with _loading:  # a cache alone would let two threads that ask at once load two
        return _loaded()


@cache
def _loaded() -> Any:  # noqa: ANN401
    from kiwipiepy import Kiwi

    return Kiwi()
