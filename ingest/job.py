"""One ingestion run: plan → read → store → build → verify → swap, under one lock.

The job is handed its index builder; it never knows what an index is. A killed job leaves the
library with every article of its finished batches and the old index in service, and the next
run goes on from there.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from ingest.article import Article
from ingest.errors import JobLocked, ReadError, VerificationError
from ingest.library import Change, Library
from ingest.metadata import Metadata
from ingest.read import SUFFIXES, read

BUNDLED = Path(__file__).with_name("articles")
_BATCH = 256
Progress = Callable[[str, int, int], None]


class BuildReport(Protocol):
    """What a build made: ``embedded`` of ``passages`` were new, the others were remembered."""

    @property
    def generation(self) -> str: ...  # noqa: D102
    @property
    def articles(self) -> int: ...  # noqa: D102
    @property
    def passages(self) -> int: ...  # noqa: D102
    @property
    def embedded(self) -> int: ...  # noqa: D102
    @property
    def seconds(self) -> float: ...  # noqa: D102


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
        """Build aside, verify, swap; raises VerificationError with the old index in service."""
        ...


@dataclass(slots=True)
class JobReport:
    """What a run did. ``failures`` and ``error`` are lines for people."""

    counts: Counter[Change] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    build: BuildReport | None = None
    error: str | None = None
    error_code: int = 0
    stopped: bool = False
    seconds: float = 0.0

    @property
    def exit_code(self) -> int:
        """0 done, 1 the disk refused, 2 nothing could be read, 4 some could not, 6 not verified.

        A stopped job gives 130; the caller knows whether it was another signal.
        """
        if self.error:
            return self.error_code
        if self.stopped:
            return 130
        if self.failures:
            return 4 if sum(self.counts.values()) else 2
        return 0


def run_job(
    sources: Sequence[str | Path],
    library: Library,
    builder: IndexBuilder,
    *,
    home: Path,
    given: Metadata | None = None,
    on_progress: Progress | None = None,
    should_stop: Callable[[], bool] = lambda: False,
) -> JobReport:
    """Add or update the articles of ``sources`` (none: the bundled ones) and renew the index.

    ``on_progress(stage, done, total)`` hears of the stage "read" and of the builder's stages;
    ``should_stop`` is asked between two batches. Raises JobLocked when another job runs; all
    other trouble is in the report.
    """
    started = time.perf_counter()
    report = JobReport()
    with job_lock(home):
        try:
            _store(sources or [BUNDLED], library, given, report, on_progress, should_stop)
            if not report.stopped:
                _build(library, builder, report, on_progress)
        except VerificationError as error:
            report.error, report.error_code = str(error), 6
        except OSError as error:
            report.error_code = 1
            report.error = (
                f"{error.strerror or error}: {error.filename or home}; the old index is still "
                "served; make room or rights there and run again: kai ingest"
            )
    report.seconds = time.perf_counter() - started
    return report


@contextmanager
def job_lock(home: Path) -> Iterator[None]:
    """Hold the lock of ``home``: every change of library or index happens under it."""
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


def plan(sources: Sequence[str | Path], failures: list[str]) -> list[Path]:
    """The files of ``sources``, each once; folders are walked, and what fails is noted."""
    files: dict[Path, None] = {}
    for source in sources:
        if str(source).lower().startswith(("http://", "https://")):
            failures.append(f"{source}: links are not fetched; save the text and give it as --url")
        elif Path(source).is_dir():
            found = sorted(_walk(Path(source)))
            if not found:
                failures.append(f"{source}: no articles in this folder; give text or Markdown")
            files.update(dict.fromkeys(found))
        else:
            files[Path(source)] = None
    return list(files)


def _walk(folder: Path) -> Iterator[Path]:
    for root, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            path = Path(root, name)
            if not name.startswith(".") and path.suffix and path.suffix.lower() in SUFFIXES:
                yield path


def _store(
    sources: Sequence[str | Path],
    library: Library,
    given: Metadata | None,
    report: JobReport,
    on_progress: Progress | None,
    should_stop: Callable[[], bool],
) -> None:
    files = plan(sources, report.failures)
    for at in range(0, len(files), _BATCH):
        with library.batch():
            for number, path in enumerate(files[at : at + _BATCH], at + 1):
                _read_into(library, path, given, report)
                if on_progress:
                    on_progress("read", number, len(files))
        if should_stop():
            report.stopped = True
            return


def _read_into(library: Library, path: Path, given: Metadata | None, report: JobReport) -> None:
    try:
        reading = read(path, given)
    except ReadError as error:
        report.failures.append(str(error))
        return
    report.failures.extend(reading.failures)
    report.counts.update(library.put(article) for article in reading.articles)


def _build(
    library: Library, builder: IndexBuilder, report: JobReport, on_progress: Progress | None
) -> None:
    if report.failures and not library.entries():
        return
    corpus_hash = library.corpus_hash()
    if not builder.is_current(corpus_hash):
        report.build = builder.build(library.list(), on_progress, corpus_hash=corpus_hash)
