"""A job reads what changed, tells what went away, and keeps out what was removed."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest

from ingest import intake, plan
from ingest.catalog import SourceRecord
from ingest.errors import LibraryError
from ingest.job import preview_job, run_job
from ingest.library import Change, Library


class NoIndex:
    def is_current(self, corpus_hash: str) -> bool:
        return True


@pytest.fixture(autouse=True)
def _files_rest_at_once(monkeypatch):
    """The tests write and ingest within one moment: no file counts as just changed."""
    monkeypatch.setattr(plan, "_FRESH", 0)


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "articles"
    for name in ("mill", "market", "bridge"):
        write(folder, name, f"{name} 이야기가 여기 있다.")
    return folder


def write(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.md"
    path.write_text(f"---\nid: {name}\n---\n# {name}\n\n{text}\n", "utf-8")
    return path


def job(home: Path, *sources, **options):
    return run_job(list(sources), Library(home), NoIndex(), home=home, **options)


def counts(report) -> dict[str, int]:
    return {change.value: count for change, count in report.counts.items()}


def test_a_file_that_rests_is_not_read_again(tmp_path, folder, monkeypatch):
    job(tmp_path / "home", folder)
    read = []
    plain = intake.read
    monkeypatch.setattr(intake, "read", lambda *a: read.append(Path(a[0]).name) or plain(*a))
    assert counts(job(tmp_path / "home", folder)) == {"unchanged": 3}
    assert read == []
    write(folder, "mill", "이제는 다른 글이다.")
    assert counts(job(tmp_path / "home", folder)) == {"unchanged": 2, "changed": 1}
    assert read == ["mill.md"]


@pytest.mark.parametrize("keep_times", [True, False])
def test_a_change_of_equal_size_is_seen_whatever_its_time(tmp_path, folder, keep_times):
    job(tmp_path / "home", folder)
    path = folder / "mill.md"
    before = path.stat()
    path.write_text(path.read_text("utf-8").replace("여기", "저기"), "utf-8")
    if keep_times:
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert counts(job(tmp_path / "home", folder))["changed"] == 1


def test_other_facts_and_another_program_read_all_again(tmp_path, folder, monkeypatch):
    job(tmp_path / "home", folder)
    from ingest.metadata import Metadata

    report = job(tmp_path / "home", folder, given=Metadata(publisher="새벽일보"))
    assert counts(report) == {"changed": 3}
    monkeypatch.setattr(plan, "version", lambda _name: "99")
    read = []
    plain = intake.read
    monkeypatch.setattr(intake, "read", lambda *a: read.append(a[0]) or plain(*a))
    job(tmp_path / "home", folder, given=Metadata(publisher="새벽일보"))
    assert len(read) == 3


def test_a_preview_tells_all_and_writes_nothing(tmp_path, folder):
    home = tmp_path / "home"
    first = preview_job([folder], Library(home))
    assert (counts(first), home.exists()) == ({"new": 3}, False)
    job(home, folder)
    before = {path: path.stat().st_mtime_ns for path in home.rglob("*")}
    write(folder, "mill", "이제는 다른 글이다.")
    write(folder, "sea", "바다 이야기다.")
    (folder / "bridge.md").unlink()
    library = Library(home)
    seen = preview_job([folder], library, prune=True)
    assert counts(seen) == {"new": 1, "changed": 1, "unchanged": 1}
    assert (seen.gone, [item.id for item in seen.items]) == (["bridge"], ["mill", "sea"])
    assert {path: path.stat().st_mtime_ns for path in home.rglob("*")} == before
    assert [entry.id for entry in library.entries()] == ["bridge", "market", "mill"]


def test_what_went_away_is_told_pruned_only_when_asked_and_comes_back_with_its_file(
    tmp_path, folder
):
    home = tmp_path / "home"
    job(home, folder)
    (folder / "bridge.md").unlink()
    for _ in range(2):
        told = job(home, folder)
        assert (told.gone, told.pruned) == (["bridge"], False)
    assert len(Library(home).entries()) == 3
    pruned = job(home, folder, prune=True)
    assert (pruned.gone, pruned.pruned) == (["bridge"], True)
    assert [entry.id for entry in Library(home).entries()] == ["market", "mill"]
    assert job(home, folder, prune=True).gone == []
    write(folder, "bridge", "bridge 이야기가 여기 있다.")
    assert counts(job(home, folder)) == {"new": 1, "unchanged": 2}


def test_a_moved_file_and_one_with_a_copy_are_not_gone(tmp_path, folder):
    home = tmp_path / "home"
    (folder / "copy.txt").write_text("제목이다\n\n같은 글이 두 곳에 있다.\n", "utf-8")
    (folder / "twin.txt").write_text("제목이다\n\n같은 글이 두 곳에 있다.\n", "utf-8")
    assert counts(job(home, folder)) == {"new": 4, "unchanged": 1}
    (folder / "copy.txt").unlink()
    (folder / "mill.md").rename(folder / "moved.md")
    report = job(home, folder, prune=True)
    assert (report.gone, len(Library(home).entries())) == ([], 4)


def test_a_row_that_left_a_jsonl_file_is_gone(tmp_path):
    home, path = tmp_path / "home", tmp_path / "rows.jsonl"
    rows = [f'{{"id": "r{n}", "title": "제목 {n}", "text": "{n}번째 글이다."}}' for n in range(3)]
    path.write_text("\n".join(rows), "utf-8")
    job(home, path)
    path.write_text("\n".join(rows[:2]), "utf-8")
    assert job(home, path).gone == ["r2"]
    assert job(home, path, prune=True).gone == ["r2"]
    assert len(Library(home).entries()) == 2


def test_an_empty_mount_point_prunes_nothing(tmp_path, folder):
    home = tmp_path / "home"
    job(home, folder)
    for path in folder.iterdir():
        path.unlink()
    report = job(home, folder, prune=True)
    assert (report.exit_code, report.gone, len(Library(home).entries())) == (2, [], 3)
    assert "all 3 files" in report.failures[0]


def test_what_was_removed_by_hand_stays_out(tmp_path, folder):
    home = tmp_path / "home"
    job(home, folder)
    Library(home).remove("mill")
    assert counts(job(home, folder)) == {"unchanged": 2, "kept_out": 1}
    write(folder, "mill", "이제는 다른 글이다.")
    assert counts(job(home, folder)) == {"unchanged": 2, "kept_out": 1}
    (folder / "other.txt").write_text("mill\n\nmill 이야기가 여기 있다.\n", "utf-8")
    assert counts(job(home, folder))["kept_out"] == 2
    Library(home).restore("mill")
    assert counts(job(home, folder))["changed"] == 1


def test_what_was_purged_stays_out_under_any_name_until_that_is_undone(tmp_path, folder):
    home = tmp_path / "home"
    job(home, folder)
    Library(home).purge("mill")
    assert counts(job(home, folder)) == {"unchanged": 2, "kept_out": 1}
    (folder / "other.txt").write_text("mill\n\nmill 이야기가 여기 있다.\n", "utf-8")
    assert counts(job(home, folder))["kept_out"] == 2
    assert b"mill \\uc774" not in b"".join(p.read_bytes() for p in home.rglob("*.json"))
    with pytest.raises(LibraryError, match="no article"):
        Library(home).get("mill")
    Library(home).restore("mill")
    assert counts(job(home, folder))["new"] == 1


def test_a_damaged_text_is_mended_by_its_source(tmp_path, folder):
    home = tmp_path / "home"
    job(home, folder)
    library = Library(home)
    stored = home / "library" / "objects"
    path = next(stored.rglob(f"{library.entry('mill').head.stored}.json"))
    path.unlink()
    job(home, folder)
    assert "mill 이야기" in library.get("mill").text
    path.write_bytes(b"{}")
    with pytest.raises(LibraryError, match="touch its file"):
        library.get("mill")
    (folder / "mill.md").touch()
    job(home, folder)
    assert "mill 이야기" in library.get("mill").text


def test_a_name_in_decomposed_hangul_and_with_spaces_is_found_either_way(tmp_path):
    name = "새 소식 모음"
    folder = tmp_path / unicodedata.normalize("NFD", name)
    write(folder, "mill", "글이다.")
    assert counts(job(tmp_path / "home", tmp_path / name)) == {"new": 1}
    assert counts(job(tmp_path / "home", folder)) == {"unchanged": 1}


def test_a_pattern_is_expanded_and_one_without_files_fails(tmp_path, folder):
    assert counts(job(tmp_path / "home", folder / "m*.md")) == {"new": 2}
    report = job(tmp_path / "home", folder / "x*.md")
    assert (report.exit_code, "no file fits" in report.failures[0]) == (2, True)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda path: path.symlink_to(path), "cannot be opened"),
        (lambda path: path.mkdir(), "no articles"),
        (lambda path: os.mkfifo(path), "not a regular file"),
        (lambda path: path.write_bytes(b""), "empty"),
        (lambda path: None, "no such file"),
    ],
    ids=["symlink loop", "empty folder", "pipe", "empty file", "missing"],
)
def test_what_cannot_be_read_is_one_line_and_code_2(tmp_path, make, said):
    path = tmp_path / "bad.txt"
    make(path)
    report = job(tmp_path / "home", path)
    assert (report.exit_code, len(report.failures)) == (2, 1)
    assert said in report.failures[0]
    assert "\n" not in report.failures[0]


@pytest.mark.parametrize("name", ["", " "])
def test_an_empty_name_is_not_the_folder_one_is_in(tmp_path, folder, monkeypatch, name):
    monkeypatch.chdir(folder)
    report = job(tmp_path / "home", name)
    assert (report.exit_code, report.counts) == (2, {})


def test_a_folder_that_may_not_be_read_is_told_beside_the_rest(tmp_path, folder, monkeypatch):
    (folder / "closed").mkdir()
    plain = os.scandir

    def scandir(path):
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return plain(path)

    monkeypatch.setattr(os, "scandir", scandir)
    report = job(tmp_path / "home", folder)
    assert (report.exit_code, counts(report)) == (4, {"new": 3})
    assert "closed: cannot be opened (Permission denied)" in report.failures[0]


def test_a_folder_that_holds_itself_is_walked_once(tmp_path, folder):
    (folder / "again").symlink_to(folder, target_is_directory=True)
    assert counts(job(tmp_path / "home", folder)) == {"new": 3}


def test_a_reader_that_breaks_is_one_failed_source(tmp_path, folder, monkeypatch):
    plain = intake.read

    def breaks(name, *rest):
        if "mill" in name:
            raise RecursionError("too deep")
        return plain(name, *rest)

    monkeypatch.setattr(intake, "read", breaks)
    report = job(tmp_path / "home", folder)
    assert (report.exit_code, counts(report)) == (4, {"new": 2})
    assert "mill.md: cannot be read (RecursionError: too deep)" in report.failures[0]


def test_failures_are_heard_as_they_happen_and_can_always_be_printed(tmp_path):
    heard = []
    name = os.fsdecode(b"/nowhere/\xff\xfe.txt")
    report = job(tmp_path / "home", name, on_failure=heard.append)
    assert heard == report.failures
    assert heard[0].encode("utf-8")


def test_a_name_that_is_no_text_is_stored_and_read_again(tmp_path):
    path = tmp_path / os.fsdecode(b"\xff.txt")
    path.write_text("제목이다\n\n글이다.\n", "utf-8")
    assert counts(job(tmp_path / "home", path)) == {"new": 1}
    assert counts(job(tmp_path / "home", path)) == {"unchanged": 1}


def test_a_partly_read_file_is_read_again_next_time(tmp_path):
    home, path = tmp_path / "home", tmp_path / "rows.jsonl"
    path.write_text('{"id": "a", "title": "제목", "text": "글이다."}\n{"id": ', "utf-8")
    assert (job(home, path).exit_code, job(home, path).exit_code) == (4, 4)
    assert Library(home).sources()[str(path)] == SourceRecord("", plan.how_of(NONE), ("a",))


def test_the_times_of_the_stages_add_up(tmp_path, folder):
    report = job(tmp_path / "home", folder)
    assert 0 < sum(report.stages.values()) <= report.seconds
    assert report.to_dict()["new"] == report.counts[Change.NEW] == 3


NONE = plan.Metadata()
