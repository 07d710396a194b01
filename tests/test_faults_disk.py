"""A disk that is full, a home that cannot be written, a clock that goes back, two jobs, readers."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from fakes import BigramEmbedder
from faulting import beside
from indexing import split_lines

from ingest.job import job_lock, run_job
from ingest.library import Library
from vectorstore import generations, writing
from vectorstore.index import IndexStore

pytestmark = pytest.mark.faults

TEXTS = {
    "mill": "강가의 방앗간이 다시 돈다.",
    "market": "시장에는 사과가 많다.",
    "bridge": "낡은 다리는 헐린다.",
}


@pytest.fixture(autouse=True)
def _plain_words(monkeypatch):
    monkeypatch.setattr(
        writing, "each_content_terms", lambda texts: [text.split() for text in texts]
    )


@pytest.fixture
def source(tmp_path):
    return write(tmp_path / "articles", TEXTS)


def write(folder, texts):
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.md").write_text(f"# {name} 소식\n\n{text}\n", "utf-8")
    return folder


def store(home):
    return IndexStore(home, BigramEmbedder(), split=split_lines, splitter="lines")


def ingest(source, home):
    return run_job([source], Library(home), store(home), home=home, prune=True)


def served(home):
    """The texts served, each passage seen to stand in its article, and found."""
    index = store(home).open()
    for row, passage in enumerate(index.passages()):
        article = index.article_of(row)
        assert article.text[passage.start : passage.end] == passage.text
        vector = index.vectors.get([passage.id])[passage.id]
        assert index.vectors.nearest(vector, 1)[0][1] > 0.99
    texts = {article.id.rsplit("-", 1)[0]: article.text for article in index.articles()}
    index.close()
    return texts


@contextmanager
def disk(folder: Path, size: int):
    """A disk of ``size`` KiB; skips where this user may not mount one."""
    folder.mkdir(exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", str(folder)]
    if subprocess.run(command, capture_output=True).returncode:
        pytest.skip("mounting a small disk needs rights that this user has not")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def remount(folder: Path, options: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{options}", str(folder)], check=True)


def used(folder: Path) -> int:
    return sum(path.stat().st_blocks for path in folder.rglob("*")) // 2


def test_a_full_disk_keeps_what_is_served_and_ends_with_1(tmp_path, source):
    base = tmp_path / "base"
    assert ingest(source, base).exit_code == 0
    before = served(base)
    write(source, {"mill": "강가의 방앗간이 쉰다.", "post": "새 우체국이 문을 열었다."})
    codes = []
    for spare in (0, 4, 8, 16, 32, 64, 128, 256, 384, 512, 1024):
        place = tmp_path / f"disk{spare}"
        with disk(place, used(base) + 64 + spare):
            home = Path(shutil.copytree(base, place / "home"))
            fill(place, spare)
            report = ingest(source, home)
            codes.append(report.exit_code)
            if report.exit_code:
                assert (report.exit_code, "No space left" in report.error) == (1, True), report
                remount(place, "size=8m")
                assert served(home) == before
                assert ingest(source, home).exit_code == 0
            assert served(home)["mill"] == "mill 소식\n\n강가의 방앗간이 쉰다."
            assert "post" in served(home)
    assert codes == sorted(codes, reverse=True)
    assert (codes[0], codes[-1]) == (1, 0)


def fill(place: Path, spare: int) -> None:
    """Leave ``spare`` KiB of the disk."""
    status = os.statvfs(place)
    size = status.f_bavail * status.f_frsize - spare * 1024
    if size > 0:
        (place / "filler").write_bytes(b"\0" * size)


def test_a_home_that_cannot_be_written_is_read_and_one_line_says_why(tmp_path, source):
    place = tmp_path / "disk"
    with disk(place, 8_000):
        home = place / "home"
        assert ingest(source, home).exit_code == 0
        before = served(home)
        remount(place, "ro")
        write(source, {"mill": "강가의 방앗간이 쉰다."})
        report = ingest(source, home)
        assert (report.exit_code, "Read-only" in report.error) == (1, True)
        assert served(home) == before


def test_a_clock_that_goes_back_changes_nothing(tmp_path, source, monkeypatch):
    class Earlier(datetime):
        @classmethod
        def now(cls, zone=None):
            return datetime(2001, 1, 1, tzinfo=zone or UTC)

    home = tmp_path / "home"
    assert ingest(source, home).exit_code == 0
    monkeypatch.setattr(generations, "datetime", Earlier)
    monkeypatch.setattr("ingest.catalog.datetime", Earlier)
    monkeypatch.setattr(time, "time_ns", lambda: 10**18)
    for number in range(5):
        write(source, {"mill": f"방앗간이 {number}번째 쉰다."})
        assert ingest(source, home).exit_code == 0
        assert f"{number}번째" in served(home)["mill"]
    assert len(store(home).generations()) == 3
    history = Library(home).entry(next(i for i in ids(home) if i.startswith("mill"))).revisions
    assert len(history) == 6


def ids(home):
    return [entry.id for entry in Library(home).entries()]


def test_readers_ask_all_the_time_and_never_see_a_stale_or_broken_index(tmp_path, source):
    home = tmp_path / "home"
    assert ingest(source, home).exit_code == 0
    shared, latest, done = store(home), [0], threading.Event()
    problems: list[str] = []
    asked = [0, 0]

    def ask(number: int) -> None:
        while not done.is_set():
            at_least = latest[0]
            try:
                index = shared.open()
                for row in range(len(index)):
                    passage, article = index.passage(row), index.article_of(row)
                    vector = index.vectors.get([passage.id])[passage.id]
                    index.vectors.nearest(vector, 1)
                    if article.text[passage.start : passage.end] != passage.text:
                        problems.append(f"{passage.id} is not its article's text")
                    if "번째" in passage.text and int(passage.text.split()[1][0]) < at_least:
                        problems.append(f"{passage.text!r} was replaced before it was asked")
            except Exception as problem:
                problems.append(repr(problem))
            asked[number] += 1

    with beside(done, partial(ask, 0), partial(ask, 1)):
        for number in range(1, 7):
            write(source, {"mill": f"방앗간이 {number}번째 쉰다."})
            assert ingest(source, home).exit_code == 0
            latest[0] = number
    assert problems == []
    assert min(asked) > 6


def kai(*arguments, home):
    command = [sys.executable, "-m", "assistant", *map(str, arguments), "--home", str(home)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_two_jobs_at_once(tmp_path, source):
    home = tmp_path / "home"
    with job_lock(home):
        second = kai("ingest", source, home=home)
        out, error = second.communicate(timeout=60)
    assert (second.returncode, out, error.count("\n")) == (5, "", 1)
    assert "Another job" in error


@pytest.mark.parametrize(("name", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_stops_at_a_border_and_the_next_run_goes_on(tmp_path, name, code):
    texts = {f"n{number}": f"{number}번째 소식이다." * 40 for number in range(1500)}
    source, home = write(tmp_path / "many", texts), tmp_path / "home"
    job = kai("ingest", source, "--json", home=home)
    while not (home / "lock").exists():
        time.sleep(0.02)
    time.sleep(0.3)
    job.send_signal(name)
    out, error = job.communicate(timeout=60)
    assert (job.returncode, "stopped" in error, error.count("\n")) == (code, True, 1)
    kept = len(Library(home).entries())
    assert 0 < kept <= 1500
    assert f'"new": {kept}' in out
    report = run_job([source], Library(home), Unbuilt(), home=home)
    assert sum(report.counts.values()) == 1500
    assert report.counts["new"] == 1500 - kept


class Unbuilt:
    """A builder with nothing to do."""

    def is_current(self, corpus_hash):
        return True
