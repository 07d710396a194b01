"""One ingestion run: plan → read → store → build → verify → swap, under one lock.

The job is handed its index builder; it never knows what an index is. A killed job leaves the
library with every article of its finished batches and the old index in service, and the next
run goes on from there.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol, TypedDict, Unpack

from ingest.article import Article
from ingest.errors import JobLocked, VerificationError
from ingest.intake import Intake
from ingest.library import Library
from ingest.metadata import Metadata
from ingest.report import BuildReport, JobReport, JobStopped, Progress, Teller
from ingest.web.fetch import Fetcher

__all__ = [
    "BUNDLED",
    "IndexBuilder",
    "JobReport",
    "Options",
    "job_lock",
    "preview_job",
    "run_job",
]

BUNDLED = Path(__file__).with_name("articles")


class IndexBuilder(Protocol):
    """Makes an index of all articles, verifies it, and puts it in service."""

    def is_current(self, corpus_hash: str) -> bool:
        """Whether the index in service holds exactly this corpus."""
        ...

    def build(
        self,
        articles: Sequence[Article],
        on_progress: Progress | None = None,
        *,
        corpus_hash: str | None = None,
    ) -> BuildReport:
        """Build aside, verify, swap; raises VerificationError with the old index in service.

        What ``on_progress`` raises ends the build, likewise with the old index in service.
        """
        ...


class Options(TypedDict, total=False):
    """What a job may be given beside its sources.

    ``given`` are facts of all of them. With ``prune``, articles whose files went away from a folder
    are removed. ``on_progress(stage, done, total)`` hears of the stage "read" and of the builder's
    stages; ``on_failure`` of each source that fails; ``should_stop`` is asked between two steps.
    """

    given: Metadata | None
    prune: bool
    on_progress: Progress | None
    on_failure: Callable[[str], None] | None
    should_stop: Callable[[], bool]
    fetcher: Fetcher | None


def run_job(
    sources: Sequence[str | Path],
    library: Library,
    builder: IndexBuilder,
    *,
    home: Path,
    **options: Unpack[Options],
) -> JobReport:
    """Add or update the articles of ``sources`` (none: the bundled ones) and renew the index.

    Raises JobLocked when another job runs; all other trouble is in the report.
    """
    started = time.perf_counter()
    report = JobReport(on_failure=options.get("on_failure"))
    try:
        with job_lock(home):
            tell = _take_in(sources, library, report, options)
            _build(library, builder, report, tell)
    except JobStopped:
        report.stopped = True
    except VerificationError as error:
        report.error, report.error_code = str(error), 6
    except OSError as error:
        report.error_code = 1
        report.error = (
            f"{error.strerror or error}: {error.filename or home}; what is served is whole "
            "and stays; make room or rights there and run again: kai ingest"
        )
    report.seconds = time.perf_counter() - started
    return report


def preview_job(
    sources: Sequence[str | Path],
    library: Library,
    **options: Unpack[Options],
) -> JobReport:
    """What ``run_job`` would find; reads what changed, writes nothing and takes no lock."""
    started = time.perf_counter()
    report = JobReport(on_failure=options.get("on_failure"))
    with library.trial():
        try:
            _take_in(sources, library, report, options)
        except JobStopped:
            report.stopped = True
    report.seconds = time.perf_counter() - started
    return report


@contextmanager
def job_lock(home: Path) -> Iterator[None]:
    """Hold the lock of ``home``: every change of library or index happens under it.

    Raises JobLocked when another job holds it, OSError when ``home`` cannot be written.
    """
    from filelock import FileLock, Timeout

    home.mkdir(parents=True, exist_ok=True)
    lock = FileLock(home / "lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise JobLocked(f"Another job works on {home}; wait until it ends and try again") from None
    try:
        yield
    finally:
        lock.release()


def _take_in(
    sources: Sequence[str | Path], library: Library, report: JobReport, options: Options
) -> Teller:
    """Read the sources into the library; whom to tell of what comes after."""
    stop = options.get("should_stop") or (lambda: False)
    tell = Teller(report.stages, options.get("on_progress"), stop)
    given, fetcher = options.get("given") or Metadata(), options.get("fetcher") or Fetcher()
    intake = Intake(library, given, report, tell, fetcher)
    intake.take_in(sources or [BUNDLED], options.get("prune", False))
    return tell


def _build(library: Library, builder: IndexBuilder, report: JobReport, tell: Teller) -> None:
    if report.failures and not library.entries():
        return
    corpus_hash = library.corpus_hash()
    if not builder.is_current(corpus_hash):
        articles = library.list()
        tell.book("load")
        report.build = builder.build(articles, tell, corpus_hash=corpus_hash)
        tell.book("finish")
