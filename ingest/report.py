"""What an ingestion job did, for people and for programs."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from ingest.catalog import Change
from ingest.errors import IngestError

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


class JobStopped(IngestError):  # noqa: N818 - a state that is reported, as much as an error
    """The job was asked to stop; what it had finished stays."""


@dataclass(frozen=True, slots=True)
class Item:
    """One article that a job took in, or met in a new state, and the source it came from."""

    change: Change
    id: str
    source: str


@dataclass(slots=True)
class JobReport:
    """What a run did. ``failures`` and ``error`` are lines for people.

    ``counts`` are of articles; ``items`` are those that were not unchanged; ``gone`` are ids whose
    source went away, ``pruned`` says whether they were taken out; ``stages`` are seconds;
    ``on_failure`` hears of every failure as it happens.
    """

    counts: Counter[Change] = field(default_factory=Counter)
    items: list[Item] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    pruned: bool = False
    failures: list[str] = field(default_factory=list)
    build: BuildReport | None = None
    error: str | None = None
    error_code: int = 0
    stopped: bool = False
    seconds: float = 0.0
    stages: dict[str, float] = field(default_factory=dict)
    on_failure: Callable[[str], None] | None = None

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

    def add(self, change: Change, article_id: str, source: str) -> None:
        """Count an article."""
        self.counts[change] += 1
        if change is not Change.UNCHANGED:
            self.items.append(Item(change, article_id, source))

    def fail(self, line: str) -> None:
        """Note one line about a source that failed, fit to be printed anywhere."""
        printable = " ".join(line.encode("utf-8", "backslashreplace").decode().split())
        self.failures.append(printable)
        if self.on_failure:
            self.on_failure(printable)

    def to_dict(self) -> dict[str, Any]:
        """For ``--json``: the counts, a row for each article that was not unchanged, the build."""
        build = self.build
        rows = [{"change": i.change.value, "id": i.id, "source": i.source} for i in self.items]
        return {
            **{change.value: self.counts[change] for change in Change},
            "gone": len(self.gone),
            "gone_ids": self.gone,
            "pruned": self.pruned,
            "failed": len(self.failures),
            "failures": self.failures,
            "articles": rows,
            "generation": build.generation if build else None,
            "passages": build.passages if build else None,
            "embedded": build.embedded if build else 0,
            "seconds": round(self.seconds, 2),
            "stages": {stage: round(seconds, 2) for stage, seconds in self.stages.items()},
            "error": self.error,
            "exit_code": self.exit_code,
        }


class Teller:
    """Passes progress on, books the time to its stage, and ends a job that is to stop."""

    def __init__(
        self,
        stages: dict[str, float],
        on_progress: Progress | None,
        should_stop: Callable[[], bool],
    ) -> None:
        self._stages, self._on_progress, self._should_stop = stages, on_progress, should_stop
        self._last = time.perf_counter()

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Hear of a step that is done; raises JobStopped between two steps."""
        self.book(stage)
        if self._on_progress:
            self._on_progress(stage, done, total)
        if self._should_stop():
            raise JobStopped(f"stopped at {done} of {total} ({stage})")

    def book(self, stage: str) -> None:
        """Book the time since the last step to ``stage``."""
        now = time.perf_counter()
        self._stages[stage] = self._stages.get(stage, 0.0) + now - self._last
        self._last = now
