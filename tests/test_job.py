from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from ingest.article import Article
from ingest.errors import JobLocked, VerificationError
from ingest.job import job_lock, run_job
from ingest.library import Change, Library

BODY = "강릉의 작은 서점이 올해로 문을 연 지 서른 해를 맞았다."


@dataclass(frozen=True)
class Built:
    generation: str
    articles: int
    passages: int = 0
    embedded: int = 0
    seconds: float = 0.0


class Builder:
    def __init__(self, trouble: Exception | None = None) -> None:
        self.served: list[str] = []
        self.corpus_hash = ""
        self.trouble = trouble

    def is_current(self, corpus_hash: str) -> bool:
        return self.corpus_hash == corpus_hash

    def build(
        self,
        articles: Sequence[Article],
        on_progress: Callable[[str, int, int], None] | None = None,
        *,
        corpus_hash: str | None = None,
    ) -> Built:
        if self.trouble:
            raise self.trouble
        self.served, self.corpus_hash = [a.title for a in articles], corpus_hash or ""
        return Built("1", len(articles))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    (folder / "more").mkdir(parents=True)
    (folder / "a.txt").write_text(f"서점\n\n{BODY}", "utf-8")
    (folder / "more" / "b.md").write_text(f"# 책방\n\n{BODY}\n", "utf-8")
    (folder / ".hidden.md").write_text("# 숨김\n\n숨은 글이다.\n", "utf-8")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    return folder


def test_a_folder_is_read_built_and_then_left_alone(tmp_path: Path, folder: Path) -> None:
    home, builder, seen = tmp_path / "home", Builder(), []
    library = Library(home)
    report = run_job(
        [folder], library, builder, home=home, on_progress=lambda *step: seen.append(step)
    )
    assert (report.counts, report.exit_code) == ({Change.NEW: 2}, 0)
    assert sorted(builder.served) == ["서점", "책방"]
    assert seen == [("read", 1, 2), ("read", 2, 2)]
    again = run_job([folder], library, builder, home=home)
    assert (again.counts, again.build, again.exit_code) == ({Change.UNCHANGED: 2}, None, 0)


def test_a_bad_source_is_one_line_and_the_job_goes_on(tmp_path: Path, folder: Path) -> None:
    home, builder = tmp_path / "home", Builder()
    bad = [tmp_path / "gone.txt", folder / "picture.png", "https://news.example/1"]
    report = run_job([*bad, folder], Library(home), builder, home=home)
    assert (len(report.failures), report.exit_code, len(builder.served)) == (3, 4, 2)
    only_bad = run_job(bad, Library(tmp_path / "empty"), Builder(), home=tmp_path / "empty")
    assert (only_bad.exit_code, only_bad.build) == (2, None)


def test_no_source_means_the_bundled_articles(tmp_path: Path) -> None:
    builder = Builder()
    report = run_job([], Library(tmp_path), builder, home=tmp_path)
    assert report.counts[Change.NEW] == len(builder.served) >= 2


@pytest.mark.parametrize(
    ("trouble", "code"),
    [(VerificationError("lost a row"), 6), (OSError(28, "No space left on device"), 1)],
)
def test_a_failed_build_is_reported_and_made_up_for(
    tmp_path: Path, folder: Path, trouble: Exception, code: int
) -> None:
    builder = Builder(trouble)
    report = run_job([folder], Library(tmp_path), builder, home=tmp_path)
    assert (report.exit_code, bool(report.error)) == (code, True)
    builder.trouble = None
    assert run_job([folder], Library(tmp_path), builder, home=tmp_path).exit_code == 0
    assert len(builder.served) == 2


def test_a_stop_keeps_what_was_read(tmp_path: Path, folder: Path) -> None:
    builder = Builder()
    report = run_job([folder], Library(tmp_path), builder, home=tmp_path, should_stop=lambda: True)
    assert (report.exit_code, report.build) == (130, None)
    assert len(Library(tmp_path).list()) == 1
    again = run_job([folder], Library(tmp_path), builder, home=tmp_path)
    assert (again.counts, len(builder.served)) == ({Change.UNCHANGED: 1, Change.NEW: 1}, 2)


def test_two_jobs_at_once(tmp_path: Path, folder: Path) -> None:
    code = "import sys, pathlib, ingest.job as j\nwith j.job_lock(pathlib.Path(sys.argv[1])): pass"
    command = [sys.executable, "-c", code, str(tmp_path)]
    with job_lock(tmp_path):
        other = subprocess.run(command, capture_output=True, text=True)
    assert "JobLocked" in other.stderr
    with job_lock(tmp_path), pytest.raises(JobLocked, match="Another job works"):
        run_job([folder], Library(tmp_path), Builder(), home=tmp_path)
