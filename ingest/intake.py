"""Takes the sources of a job into the library, batch by batch, and finds what went away."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ingest.catalog import Change, SourceRecord
from ingest.errors import ReadError
from ingest.library import Library
from ingest.metadata import Metadata
from ingest.plan import Plan, Source, gone, how_of, make_plan
from ingest.read import Reading, read
from ingest.report import JobReport, Progress
from ingest.visits import Visits
from ingest.web.fetch import Fetcher

_BATCH = 256  # files made durable together,
_BATCH_SECONDS = 10.0  # or as many as are read in this time


@dataclass(slots=True)
class Intake:
    """One reading of sources into ``library``; counts and failures go into ``report``.

    ``fetcher`` gets the links, and is polite to their hosts over the whole job.
    """

    library: Library
    given: Metadata
    report: JobReport
    tell: Progress
    fetcher: Fetcher
    how: str = field(init=False)
    visits: Visits = field(init=False)

    def __post_init__(self) -> None:
        self.how = how_of(self.given)
        self.visits = Visits(self.library, self.how)

    def take_in(self, names: Sequence[str | Path], prune: bool) -> None:
        """Read what is new or changed; with ``prune``, remove the articles of missing files."""
        plan = make_plan(names, self.library.sources())
        done = 0
        while done < len(plan.sources):
            with self.library.batch():
                done = self._batch(plan, done)
        with self.library.batch():
            self._find_gone(plan, prune)
        for line in plan.failures:
            self.report.fail(line)

    def _batch(self, plan: Plan, done: int) -> int:
        deadline = time.monotonic() + _BATCH_SECONDS
        for source in plan.sources[done : done + _BATCH]:
            self._take(source)
            done += 1
            self.tell("read", done, len(plan.sources))
            if time.monotonic() > deadline:
                break
        return done

    def _take(self, source: Source) -> None:
        record = self.library.sources().get(source.key)
        if (
            record
            and (record.stamp, record.how) == (source.stamp, self.how)
            and self._is_known(record)
        ):
            for article_id in record.ids:
                removed = self.library.entry(article_id).removed
                self.report.add(
                    Change.KEPT_OUT if removed else Change.UNCHANGED, article_id, source.name
                )
            return
        reading = self._read(source)
        ids, placed = list(reading.unchanged), {one: one for one in reading.unchanged}
        for article_id in reading.unchanged:
            self.report.add(Change.UNCHANGED, article_id, source.name)
        for article in reading.articles:
            change, article_id = self.library.put(article)
            self.report.add(change, article_id, source.name)
            ids.append(article_id)
            if change is not Change.KEPT_OUT:
                placed[article.id] = article_id
        self.visits.learn(reading, placed)
        if ids:
            whole = not reading.failures and placed.keys() >= {one.id for one in reading.articles}
            self.library.record(source.key, _renewed(record, source, self.how, ids, whole))

    def _is_known(self, record: SourceRecord) -> bool:
        """Whether all that the file gave is still there: else it is read again, and mended."""
        entries = map(self.library.find, record.ids)
        return all(one and not one.gone and self.library.is_stored(one) for one in entries)

    def _read(self, source: Source) -> Reading:
        try:
            reading = read(source.name, self.given, self.fetcher, self.visits.recall)
        except ReadError as error:
            self.report.fail(str(error))
            return Reading()
        except Exception as error:  # whatever a parser does, the job goes on
            what = f"{type(error).__name__}: {error}"[:200]
            self.report.fail(
                f"{source.name}: cannot be read ({what}); leave it out, or save it anew"
            )
            return Reading()
        for line in reading.failures:
            self.report.fail(line)
        return reading

    def _find_gone(self, plan: Plan, prune: bool) -> None:
        known = dict(self.library.sources())
        missing = gone(known, plan)
        here = {source.key for source in plan.sources} & known.keys()
        lost = {one for key in missing for one in (*known[key].ids, *known[key].lost)}
        lost |= {one for key in here for one in known[key].lost}
        live = {one for key, record in known.items() if key not in missing for one in record.ids}
        ids = [one.id for one in self.library.entries() if one.id in lost - live]
        self.report.gone, self.report.pruned = ids, prune
        if prune:
            for article_id in ids:
                self.library.remove(article_id, gone=True)
            for key in missing:
                self.library.record(key, None)
            for key in here:
                old = known[key]
                self.library.record(key, SourceRecord(old.stamp, old.how, old.ids))


def _renewed(
    old: SourceRecord | None, source: Source, how: str, ids: Sequence[str], whole: bool
) -> SourceRecord:
    """The record of a source that gave ``ids``.

    A link, and what was not taken in ``whole`` (a part failed or was kept out), is read again.
    """
    before = {*old.ids, *old.lost} if old else set()
    if source.is_link or not whole:
        kept = tuple(dict.fromkeys([*(old.ids if old else ()), *ids]))
        return SourceRecord("", how, kept, old.lost if old else ())
    return SourceRecord(source.stamp or "", how, tuple(ids), tuple(sorted(before - set(ids))))
