"""A process that ingests in children of its own, each of which can fail or die at its n-th step.

Run as a program it reads one case a line (JSON) and forks a child for it, so that the imports are
paid once. The steps are hooked in the child: the program itself knows nothing of them.
"""

from __future__ import annotations

import functools
import json
import os
import signal
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
STEPS = (
    ("ingest.intake", "read", "read"),
    ("ingest.objects", "write_atomically", "store"),
    ("ingest.library", "Library._save", "catalog"),
    ("fakes", "BigramEmbedder.embed_passages", "embed"),
    ("vectorstore.cache", "_Records.append", "remember"),
    ("vectorstore.writing", "write_sentences", "sentences"),
    ("vectorstore.vectors", "Vectors.add", "add"),
    ("vectorstore.manifest", "Manifest.save", "manifest"),
    ("vectorstore.index", "verify_generation", "verify"),
    ("vectorstore.generations", "Generations.show", "show"),
    ("vectorstore.generations", "Generations._shelve", "shelve"),
    ("vectorstore.generations", "Generations.point", "pointer"),
    ("vectorstore.generations", "Generations.prune", "tidy"),
)


class Nursery:
    """The other end of the process: starts cases, and can kill the child that runs one."""

    def __init__(self) -> None:
        path = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
        self._process = subprocess.Popen(
            [sys.executable, __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": path},
        )
        self._say({})  # warm: the first child pays for what is loaded lazily
        self.wait()

    def start(self, **case: Any) -> int:
        """Start a case; the process id of its child."""
        return self._say(case)

    def _say(self, case: dict[str, Any]) -> int:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(case) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def wait(self) -> int:
        """The exit code of the running child; negative for the signal that ended it."""
        assert self._process.stdout
        return int(self._process.stdout.readline())

    def run(self, **case: Any) -> int:
        """Start a case and wait for its end."""
        self.start(**case)
        return self.wait()

    def close(self) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait(30)


@contextmanager
def beside(done: threading.Event, *work: Callable[[], None]) -> Iterator[None]:
    """Let ``work`` run in threads; ``done`` ends it with the block, also where that fails."""
    threads = [threading.Thread(target=one) for one in work]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        done.set()
        for thread in threads:
            thread.join()


def _hook(hit: Callable[[str], None], note: Callable[[str], None]) -> None:
    for module, name, label in STEPS:
        owner: Any = sys.modules[module]
        *inside, last = name.split(".")
        for part in inside:
            owner = getattr(owner, part)
        setattr(owner, last, _stepped(getattr(owner, last), label, hit, note))


def _stepped(
    original: Callable[..., Any],
    label: str,
    hit: Callable[[str], None],
    note: Callable[[str], None],
) -> Callable[..., Any]:
    @functools.wraps(original)
    def stepped(*args: Any, **options: Any) -> Any:
        hit(f"before {label}")
        result = original(*args, **options)
        if label == "catalog":
            for entry in args[0]._catalog.entries.values():
                note(f"ack {entry.id} {entry.head.sha256}")
        hit(f"after {label}")
        return result

    return stepped


def _case(home: str, sources: list[str], log: str, die: int = 0, fail: int = 0) -> int:
    from fakes import BigramEmbedder
    from indexing import split_pairs

    from ingest.job import run_job
    from ingest.library import Library
    from vectorstore import writing
    from vectorstore.index import IndexStore

    writing.each_content_terms = lambda texts: [text.split() for text in texts]
    steps = 0
    out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def note(line: str) -> None:
        os.write(out, f"{line}\n".encode())

    def hit(name: str) -> None:
        nonlocal steps
        steps += 1
        note(name)
        if steps == die:
            os.kill(os.getpid(), signal.SIGKILL)
        if steps == fail:
            raise OSError(5, "the disk fails here on purpose")

    _hook(hit, note)
    store = IndexStore(Path(home), BigramEmbedder(), split=split_pairs, splitter="pairs")
    report = run_job(sources, Library(Path(home)), store, home=Path(home), prune=True)
    note(f"report {report.error or ''} {report.failures}")
    return report.exit_code


def _look(home: str, look: str) -> int:
    """Write down what is served, each passage seen to be whole and found, and what is kept."""
    from fakes import BigramEmbedder
    from indexing import split_pairs

    from ingest.library import Library
    from vectorstore.index import IndexStore

    library = Library(Path(home))
    index = IndexStore(Path(home), BigramEmbedder(), split=split_pairs, splitter="pairs").open()
    for row, passage in enumerate(index.passages()):
        article, vector = index.article_of(row), index.vectors.get([passage.id])[passage.id]
        assert article.text[passage.start : passage.end] == passage.text
        assert passage.revision == article.sha256
        assert index.vectors.nearest(vector, 1)[0][1] > 0.99
    seen = {
        "served": {article.id: article.sha256 for article in index.articles()},
        "hash": library.corpus_hash(),
        "current": index.manifest.corpus_hash == library.corpus_hash(),
        "kept": [
            [one.id, r.sha256]
            for one in (*library.entries(), *library.entries(removed=True))
            for r in one.revisions
        ],
    }
    Path(look).write_text(json.dumps(seen))
    return 0


def _serve() -> None:
    import chromadb  # noqa: F401 - paid once, before the forks
    import fakes  # noqa: F401
    import filelock  # noqa: F401

    import ingest.job  # noqa: F401
    import vectorstore.index  # noqa: F401

    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            code = 70
            try:
                case = json.loads(line)
                code = (_look if "look" in case else _case)(**case) if case else 0
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(code)
        print(child, flush=True)  # noqa: T201
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)  # noqa: T201


if __name__ == "__main__":
    _serve()
