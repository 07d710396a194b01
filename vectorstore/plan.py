"""What a generation will hold: parts of the one before as they are, and one new part.

A new part takes in the parts that are no larger than what is new, so that there are few of them and
a passage is written anew about as often as its index doubles.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ingest.article import Article, Passage
from vectorstore.context import searched_text
from vectorstore.manifest import mark_of
from vectorstore.order import runs_of
from vectorstore.part import Part
from vectorstore.reading import Index

WORN = 0.25  # of the passages: with more added or taken out since, all is made one part again
Split = Callable[[Article], Sequence[Passage]]
Progress = Callable[[str, int, int], None]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Draft:
    """The new part: its articles, their passages in order, with what is searched of each.

    ``owners`` are the numbers of their articles in here. ``old`` (n,) is the row that holds the
    same passage in the generation ``before``, or -1 where it is new.
    """

    articles: Sequence[Article]
    marks: Sequence[bytes]
    passages: Sequence[Passage]
    owners: Sequence[int]
    texts: Sequence[str]
    old: Numbers
    before: Index | None = None

    @property
    def ids(self) -> list[str]:
        """The ids of the passages."""
        return [passage.id for passage in self.passages]

    @property
    def firsts(self) -> Numbers:
        """The borders (articles + 1,) of the articles in the passages."""
        counts = np.bincount(np.asarray(self.owners, dtype=np.int64), minlength=len(self.articles))
        return np.concatenate([[0], np.cumsum(counts)])

    @property
    def new(self) -> list[int]:
        """The rows that nothing was known about."""
        return [int(row) for row in np.flatnonzero(self.old < 0)]

    def moves(self, part: int) -> Numbers:
        """For every row of a part of ``before``, its row here, or -1 where it does not come."""
        assert self.before is not None
        placed = self.before.placed
        moves = np.full(len(self.before.parts[part]), -1, dtype=np.int64)
        here = np.flatnonzero(self.old >= 0)
        here = here[placed.parts[self.old[here]] == part]
        moves[placed.locals[self.old[here]]] = here
        return moves


@dataclass(frozen=True, slots=True)
class Plan:
    """A generation: the parts ``kept`` of the one before, then the ``draft`` of a new one.

    ``runs`` (r, 3) and ``marks`` say which articles it holds, in order (``order``, ``manifest``);
    ``carried`` counts the passages that came and went since all of it was last one part.
    """

    kept: Sequence[Part]
    draft: Draft
    runs: Numbers
    marks: Sequence[bytes]
    passages: int
    carried: int

    @property
    def has_new_part(self) -> bool:
        """Whether a part is to be written; a generation has one at least."""
        return bool(self.draft.articles) or not self.kept

    @classmethod
    def of(
        cls,
        articles: Sequence[Article],
        split: Split,
        progress: Progress,
        before: Index | None = None,
        *,
        shares: bool = True,
    ) -> Plan:
        """Take unchanged articles from ``before`` and split the others.

        Without ``shares`` no part is kept, and what is known goes into the new one. Raises
        ValueError when two passages have one id.
        """
        marks = [mark_of(article) for article in articles]
        places = _Places.of(marks, before)
        fresh: dict[int, Sequence[Passage]] = {}
        for number in np.flatnonzero(places.parts < 0).tolist():
            fresh[number] = split(articles[number])
            progress("split", number + 1, len(articles))
        if articles:
            progress("split", len(articles), len(articles))
        added = sum(map(len, fresh.values()))
        total = int(places.sizes.sum()) + added
        carried = 0 if before is None else before.manifest.carried + added
        carried += 0 if before is None else len(before) - int(places.sizes.sum())
        worn = not shares or carried > total * WORN
        kept = [] if worn else _kept(places.sizes, added)
        rewritten = np.flatnonzero(~np.isin(places.parts, kept)).tolist()
        draft = _draft(articles, marks, rewritten, fresh, places, before)
        _check_ids(draft, kept, places)
        return cls(
            kept=[] if before is None else [before.parts[part] for part in kept],
            draft=draft,
            runs=_runs(places, kept, rewritten),
            marks=marks,
            passages=total,
            carried=carried if kept else 0,
        )


@dataclass(frozen=True, slots=True)
class _Places:
    """Where the generation before holds the articles of the next, unchanged.

    ``parts`` and ``locals`` (articles,) are -1 where it does not; ``sizes`` are the passages of
    them in each of its parts.
    """

    parts: Numbers
    locals: Numbers
    sizes: Numbers
    before: Index | None

    @classmethod
    def of(cls, marks: Sequence[bytes], before: Index | None) -> _Places:
        nowhere = np.full(len(marks), -1, dtype=np.int64)
        if before is None:
            return cls(nowhere, nowhere, np.zeros(0, dtype=np.int64), None)
        known = {mark: number for number, mark in enumerate(before.marks())}
        found = np.array([known.get(mark, -1) for mark in marks], dtype=np.int64)
        here = np.flatnonzero(found >= 0)
        if len(np.unique(found[here])) != len(here):
            raise ValueError("two passages have the same id")
        parts, places = nowhere.copy(), nowhere.copy()
        parts[here] = before.article_order.parts[found[here]]
        places[here] = before.article_order.locals[found[here]]
        sizes = [
            int(np.diff(part.firsts)[places[parts == number]].sum())
            for number, part in enumerate(before.parts)
        ]
        return cls(parts, places, np.array(sizes, dtype=np.int64), before)

    def rows(self, number: int) -> range:
        """The rows in ``before`` of an article that is held there."""
        assert self.before is not None
        return self.before.rows_at(int(self.parts[number]), int(self.locals[number]))


def _kept(sizes: Numbers, added: int) -> list[int]:
    """The parts that stay: those larger than what is new with all smaller ones in it."""
    kept = []
    for part in np.argsort(sizes, kind="stable").tolist():
        if sizes[part] <= added:
            added += int(sizes[part])
        elif sizes[part] > 0:
            kept.append(part)
    return sorted(kept)


def _draft(
    articles: Sequence[Article],
    marks: Sequence[bytes],
    rewritten: Sequence[int],
    fresh: dict[int, Sequence[Passage]],
    places: _Places,
    before: Index | None,
) -> Draft:
    passages: list[Passage] = []
    owners: list[int] = []
    old: list[int] = []
    for owner, number in enumerate(rewritten):
        own = fresh.get(number)
        if own is None and before is not None:
            rows = places.rows(number)
            own = [before.passage(row) for row in rows]
            old.extend(rows)
        else:
            old.extend([-1] * len(own or ()))
        passages.extend(own or ())
        owners.extend([owner] * len(own or ()))
    pairs = zip(owners, passages, strict=True)
    texts = [searched_text(articles[rewritten[owner]], part) for owner, part in pairs]
    return Draft(
        articles=[articles[number] for number in rewritten],
        marks=[marks[number] for number in rewritten],
        passages=passages,
        owners=owners,
        texts=texts,
        old=np.array(old, dtype=np.int64),
        before=before,
    )


def _check_ids(draft: Draft, kept: Sequence[int], places: _Places) -> None:
    """No id twice: neither in the draft, nor in it and in what stays of the generation before."""
    ids, before = draft.ids, places.before
    double = len(set(ids)) != len(ids)
    parts = [] if before is None else [(number, before.parts[number]) for number in kept]
    for number, part in parts:
        staying = places.locals[places.parts == number]
        owners = [_owner(part.firsts, part.rows[id_]) for id_ in ids if id_ in part.rows]
        double = double or not set(owners).isdisjoint(staying.tolist() if owners else ())
    if double:
        raise ValueError("two passages have the same id")


def _owner(firsts: Numbers, row: int) -> int:
    return int(np.searchsorted(firsts, row, side="right")) - 1


def _runs(places: _Places, kept: Sequence[int], rewritten: Sequence[int]) -> Numbers:
    """The runs of all articles, the parts kept renumbered and the new one behind them."""
    parts, own = np.full(len(places.parts), len(kept)), places.locals.copy()
    for number, part in enumerate(kept):
        parts[places.parts == part] = number
    own[rewritten] = np.arange(len(rewritten))
    return runs_of(parts.tolist(), own.tolist())
