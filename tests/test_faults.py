"""Whatever fails, whenever a job is killed: the old or the new index is served, whole; no
acknowledged article is lost; the next run ends where an uninterrupted one does.

The fault table of docs/ingestion.md says what is broken here, and where.
"""

from __future__ import annotations

import json
import os
import queue
import random
import shutil
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from faulting import Nursery

pytestmark = pytest.mark.faults

RANDOM_MOMENTS = 30
BEFORE = {
    "a": "강가의 방앗간이 다시 돈다.",
    "b": "시장에는 사과가 많다.",
    "c": "낡은 다리는 헐린다.",
}
AFTER = {
    "a": "강가의 방앗간이 쉰다.",
    "b": BEFORE["b"],
    "d": "새 우체국이 문을 열었다.",
}


@dataclass(frozen=True)
class Ground:
    """A home before a job, the sources it is to take in, and where an uninterrupted run ends."""

    folder: Path
    home: Path
    sources: list[str]
    steps: list[str]
    old: dict[str, str]
    new: dict[str, str]
    hash: str
    seconds: float

    def copy(self, name: str) -> Path:
        home = self.folder / name
        shutil.copytree(self.home, home)
        return home


@pytest.fixture(scope="module")
def nurseries():
    both = [Nursery(), Nursery()]
    yield both
    for nursery in both:
        nursery.close()


@pytest.fixture(scope="module")
def ground(nurseries, tmp_path_factory):
    folder = tmp_path_factory.mktemp("faults")
    nursery, home, source = nurseries[0], folder / "home", folder / "articles"
    write(source, BEFORE)
    time.sleep(2.1)  # so that b is old enough to be known again without being read
    assert nursery.run(home=str(home), sources=[str(source)], log=str(folder / "first")) == 0
    old = look(nursery, home)["served"]
    write(source, AFTER)
    done = folder / "done"
    shutil.copytree(home, done)
    started = time.perf_counter()
    assert nursery.run(home=str(done), sources=[str(source)], log=str(folder / "whole")) == 0
    seconds = time.perf_counter() - started
    seen = look(nursery, done)
    steps = [line for line in lines(folder / "whole") if line.startswith(("before", "after"))]
    assert seen["current"]
    assert {*old.values()} != {*seen["served"].values()}
    return Ground(folder, home, [str(source)], steps, old, seen["served"], seen["hash"], seconds)


def write(folder: Path, texts: dict[str, str]) -> None:
    folder.mkdir(exist_ok=True)
    for path in folder.iterdir():
        if path.stem not in texts:
            path.unlink()
    for name, text in texts.items():
        path, content = folder / f"{name}.md", f"# {name} 소식\n\n{text}\n"
        if not path.exists() or path.read_text("utf-8") != content:
            path.write_text(content, "utf-8")


def lines(log: Path) -> list[str]:
    return log.read_text("utf-8").splitlines()


def look(nursery: Nursery, home: Path) -> dict:
    seen = home.with_name(f"{home.name}.seen")
    assert nursery.run(home=str(home), look=str(seen)) == 0
    return json.loads(seen.read_text("utf-8"))


def check(nursery: Nursery, ground: Ground, home: Path, log: Path, part: bool = False) -> None:
    """The three promises, after a job on ``home`` came to a bad end.

    In ``part``: a source failed, so of its article the old revision is served beside what is new.
    """
    seen = look(nursery, home)
    if part:
        assert seen["served"].items() <= {*ground.old.items(), *ground.new.items()}
        assert seen["served"].keys() >= ground.old.keys() & ground.new.keys()
    else:
        assert seen["served"] in (ground.old, ground.new)
    acknowledged = [line.split()[1:] for line in lines(log) if line.startswith("ack")]
    kept = {tuple(one) for one in seen["kept"]}
    assert {tuple(one) for one in acknowledged} | set(ground.old.items()) <= kept
    assert nursery.run(home=str(home), sources=ground.sources, log=str(log)) == 0
    after = look(nursery, home)
    assert (after["hash"], after["served"], after["current"]) == (ground.hash, ground.new, True)
    assert not list(home.rglob(".building-*"))
    assert {*parts(home)} == {name for manifest in manifests(home) for name in manifest["parts"]}
    shutil.rmtree(home)


def parts(home: Path) -> list[str]:
    return [path.name for path in (home / "index" / "parts").iterdir()]


def manifests(home: Path) -> list[dict]:
    return [
        json.loads(path.read_text("utf-8")) for path in (home / "index").glob("*/manifest.json")
    ]


def each(nurseries: list[Nursery], cases: list[Callable[[Nursery], None]]) -> None:
    """Run the cases, two at a time; the first that fails is raised."""
    waiting: queue.SimpleQueue[Callable[[Nursery], None]] = queue.SimpleQueue()
    for case in cases:
        waiting.put(case)
    problems: list[BaseException] = []

    def work(nursery: Nursery) -> None:
        while not problems:
            try:
                waiting.get_nowait()(nursery)
            except queue.Empty:
                return
            except BaseException as problem:
                problems.append(problem)

    threads = [threading.Thread(target=work, args=(nursery,)) for nursery in nurseries]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if problems:
        raise problems[0]


def test_the_steps_that_fail_below_are_all_steps_of_a_job(ground):
    first = "read store catalog embed remember sentences add manifest"
    kinds = [*first.split(), *"verify show shelve pointer tidy".split()]
    assert [kind for kind in kinds if f"before {kind}" not in ground.steps] == []
    assert len(ground.steps) >= 28


def test_every_step_fails_once(ground, nurseries):
    def fails(number: int) -> Callable[[Nursery], None]:
        def case(nursery: Nursery) -> None:
            home, log = ground.copy(f"fail{number}"), ground.folder / f"fail{number}.log"
            code = nursery.run(home=str(home), sources=ground.sources, log=str(log), fail=number)
            step = ground.steps[number - 1]
            # a source that cannot be read is one line, tidying can wait: all else ends the job
            assert code == (4 if "read" in step else 0 if "tidy" in step else 1), step
            check(nursery, ground, home, log, part=code == 4)

        return case

    each(nurseries, [fails(number) for number in range(1, len(ground.steps) + 1)])


def test_a_kill_at_every_step(ground, nurseries):
    def dies(number: int) -> Callable[[Nursery], None]:
        def case(nursery: Nursery) -> None:
            home, log = ground.copy(f"die{number}"), ground.folder / f"die{number}.log"
            assert (
                nursery.run(home=str(home), sources=ground.sources, log=str(log), die=number) == -9
            )
            check(nursery, ground, home, log)

        return case

    each(nurseries, [dies(number) for number in range(1, len(ground.steps) + 1)])


def test_a_kill_at_random_moments(ground, nurseries):
    moments = random.Random(7)

    def dies(number: int, delay: float) -> Callable[[Nursery], None]:
        def case(nursery: Nursery) -> None:
            home, log = ground.copy(f"random{number}"), ground.folder / f"random{number}.log"
            log.touch()
            child = nursery.start(home=str(home), sources=ground.sources, log=str(log))
            time.sleep(delay)
            with suppress(ProcessLookupError):  # it may have ended by itself
                os.kill(child, signal.SIGKILL)
            assert nursery.wait() in (-9, 0)
            check(nursery, ground, home, log)

        return case

    each(
        nurseries,
        [dies(n, moments.uniform(0, ground.seconds)) for n in range(RANDOM_MOMENTS)],
    )
