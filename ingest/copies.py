"""Near-copies: the same story as several publishers printed it, found by what they share.

Every run of eight letters of a text is hashed and one hash in eight is kept, the same ones in
every text (FracMinHash, doi.org/10.12688/f1000research.19675.1). Two texts are near-copies when
enough of the smaller set is in the other, so that a shortened copy counts too. One of a group
speaks for it: the fullest, among equals the earliest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from ingest.article import Article

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Sketch = NDArray[np.uint64]

SHARED = 0.5  # of the smaller sketch; see docs/ingestion.md for how it was chosen
DAYS = 3  # a story is printed again within days; what looks alike later is a series
_LETTERS = 8
_KEPT = 8  # one hash in eight
_SMALLEST = 8  # hashes: fewer say too little
_MULTIPLIER, _MIXER = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9


def near_copies(articles: Sequence[Article]) -> dict[str, str]:
    """For every article with near-copies, the id of the one that speaks for its group."""
    sketches = [sketch(article.text) for article in articles]
    group = list(range(len(articles)))
    for one, other in _candidates(sketches):
        if _may_copy(articles[one], articles[other]) and (
            shared(sketches[one], sketches[other]) >= SHARED
        ):
            low, high = sorted((_root(group, one), _root(group, other)))
            group[high] = low
    members: dict[int, list[Article]] = {}
    for number, article in enumerate(articles):
        members.setdefault(_root(group, number), []).append(article)
    return {
        article.id: speaker(copies).id
        for copies in members.values()
        if len(copies) > 1
        for article in copies
    }


def speaker(copies: Sequence[Article]) -> Article:
    """The fullest of the copies; of those within a tenth of it, the earliest."""
    fullest = max(len(article.text) for article in copies)
    full = [article for article in copies if len(article.text) >= 0.9 * fullest]
    return min(full, key=lambda one: (one.published is None, str(one.published), one.id))


def sketch(text: str) -> Sketch:
    """The kept hashes of all runs of letters and digits of ``text``, sorted, each once."""
    import numpy as np

    letters = "".join(filter(str.isalnum, text)).casefold()
    codes = np.frombuffer(letters.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    if len(codes) < _LETTERS:
        return np.empty(0, dtype=np.uint64)
    runs = np.lib.stride_tricks.sliding_window_view(codes.astype(np.uint64), _LETTERS)
    hashes = np.zeros(len(runs), dtype=np.uint64)
    for column in range(_LETTERS):
        hashes = (hashes ^ runs[:, column]) * np.uint64(_MULTIPLIER)
        hashes ^= hashes >> np.uint64(29)
    hashes *= np.uint64(_MIXER)
    hashes ^= hashes >> np.uint64(32)
    kept: Sketch = np.unique(hashes[hashes % np.uint64(_KEPT) == 0])
    return kept


def shared(one: Sketch, other: Sketch) -> float:
    """The share of the smaller sketch that is in the other; 0 where it is too small to tell."""
    import numpy as np

    smaller = min(len(one), len(other))
    if smaller < _SMALLEST:
        return 0.0
    return len(np.intersect1d(one, other, assume_unique=True)) / smaller


def _may_copy(one: Article, other: Article) -> bool:
    if one.publisher is not None and one.publisher == other.publisher:
        return False
    if one.published is None or other.published is None:
        return True
    return abs((one.published - other.published).days) <= DAYS


def _candidates(sketches: Sequence[Sketch]) -> Iterator[tuple[int, int]]:
    """Pairs that share some hashes: each holder of a hash with the first one and its neighbour."""
    met: Counter[tuple[int, int]] = Counter()
    for holders in _holders(sketches):
        met.update({(holders[0], other) for other in holders[1:]} | set(pairwise(holders)))
    for (one, other), count in met.items():
        if count >= _SMALLEST * SHARED / 2:
            yield one, other


def _holders(sketches: Sequence[Sketch]) -> Iterator[list[int]]:
    """For every hash that several texts hold, those texts, in order."""
    import numpy as np

    hashes = np.concatenate([*sketches, np.empty(0, dtype=np.uint64)])
    if not len(hashes):
        return
    owners = np.repeat(np.arange(len(sketches)), [len(one) for one in sketches])
    order = np.lexsort((owners, hashes))
    hashes, owners = hashes[order], owners[order]
    borders = np.flatnonzero(np.concatenate([[True], hashes[1:] != hashes[:-1], [True]]))
    for run in np.flatnonzero(np.diff(borders) > 1):
        yield [int(owner) for owner in owners[borders[run] : borders[run + 1]]]


def _root(group: list[int], number: int) -> int:
    while group[number] != number:
        group[number] = group[group[number]]
        number = group[number]
    return number
