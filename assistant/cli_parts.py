"""What the verbs that keep articles are made of: home, library, index, signals, progress."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

from assistant.cli import say, settings

if TYPE_CHECKING:
    from ingest.article import Article
    from ingest.library import Library
    from vectorstore.index import IndexStore

Progress = Callable[[str, int, int], None]


def parts(home: Path | None, direct: bool = False) -> tuple[Path, Library, IndexStore]:
    """The home folder with its library and index; loads no model."""
    from ingest.library import Library
    from vectorstore.embeddings import load_embedder
    from vectorstore.index import IndexStore

    read = settings(home)
    store = IndexStore(
        read.home,
        lambda: load_embedder(read.embedding_model, direct=direct),
        chroma_url=read.chroma_url,
    )
    return read.home, Library(read.home), store


class Builder:
    """Looks without sentence-transformers whether there is anything to do, and builds with it."""

    def __init__(self, home: Path | None) -> None:
        self.is_current = parts(home, direct=True)[2].is_current
        self.build = parts(home)[2].build

    def renew(self, library: Library) -> None:
        """Serve what the library holds now; nothing to do where it is served already."""
        corpus_hash = library.corpus_hash()
        if not self.is_current(corpus_hash):
            articles: list[Article] = list(library.list())
            self.build(articles, corpus_hash=corpus_hash)


class Stop:
    """Turns SIGINT and SIGTERM into a wish to stop; a second one ends the process as usual."""

    def __init__(self) -> None:
        self._event = threading.Event()
        self._signal = 0

    @property
    def code(self) -> int:
        """The exit code for the signal that came: 130 or 143."""
        return 128 + self._signal

    def asked(self) -> bool:
        """Whether a signal came."""
        return self._event.is_set()

    def wait(self, seconds: float) -> bool:
        """Sleep, but not past a signal; whether one came."""
        return self._event.wait(seconds)

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Hear signals while the block runs."""
        names = (signal.SIGINT, signal.SIGTERM)
        before = {name: signal.signal(name, self._hear) for name in names}
        self._before: dict[signal.Signals, Any] = before
        try:
            yield
        finally:
            for name, handler in before.items():
                signal.signal(name, handler)

    def _hear(self, number: int, _frame: FrameType | None) -> None:
        self._signal = number
        for name, handler in self._before.items():
            signal.signal(name, handler)
        self._event.set()


@contextmanager
def shown_progress() -> Iterator[tuple[Progress | None, Callable[[str], None]]]:
    """A bar with rate and time left, on stderr, only on a terminal; and how to print beside it."""
    if not sys.stderr.isatty():
        yield None, lambda line: say(f"kai: {line}")
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description:9}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(elapsed_when_finished=True),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        yield _Shown(bar), lambda line: bar.console.print(f"kai: {line}", markup=False)


class _Shown:
    """Shows each stage of a job as a line of its own."""

    def __init__(self, bar: Any) -> None:  # noqa: ANN401 - a rich Progress, imported lazily
        self._bar = bar
        self._tasks: dict[str, Any] = {}

    def __call__(self, stage: str, done: int, total: int) -> None:
        if stage not in self._tasks:
            self._tasks[stage] = self._bar.add_task(stage, total=total, rate="")
        task = self._bar.tasks[self._tasks[stage]]
        speed = task.finished_speed or task.speed
        rate = f"{speed:,.1f}/s" if speed else ""
        self._bar.update(self._tasks[stage], completed=done, total=total, rate=rate)
