"""The one Kiwi analyser of the process: loaded on first use, about 0.5 GB, safe to share."""

from __future__ import annotations

from functools import cache
from typing import Any


@cache
def kiwi() -> Any:  # noqa: ANN401 - kiwipiepy ships no types
    """Return the shared analyser; the first call takes about two seconds."""
    from kiwipiepy import Kiwi

    return Kiwi()
