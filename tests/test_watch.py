"""A watched folder is ingested once its files rest; nothing is missed and nothing is done twice."""

from __future__ import annotations

from ingest.watch import watch


class Looks:
    """Plays a script: what happens before each look; and counts the jobs."""

    def __init__(self, folder, script, ends=()):
        self.folder, self.script, self.ends = folder, list(script), list(ends)
        self.jobs = []

    def run(self):
        self.jobs.append(sorted(path.name for path in self.folder.iterdir()))
        return self.ends.pop(0) if self.ends else True

    def wait(self, _seconds):
        if not self.script:
            return True
        happens = self.script.pop(0)
        if happens:
            happens(self.folder)
        return False

    def watch(self, **options):
        watch([self.folder], self.run, self.wait, **options)
        return self.jobs


def write(name, text="글이다."):
    return lambda folder: (folder / name).write_text(f"# {name}\n\n{text}", "utf-8")


def test_a_rested_change_is_one_job(tmp_path):
    looks = Looks(tmp_path, [None, write("a.md"), None, None, None])
    assert looks.watch() == [[], ["a.md"]]


def test_while_files_still_come_nothing_is_read(tmp_path):
    looks = Looks(tmp_path, [write("a.md"), write("b.md"), write("c.md"), None, None])
    assert looks.watch() == [[], ["a.md", "b.md", "c.md"]]


def test_a_change_during_a_job_is_not_missed(tmp_path):
    looks = Looks(tmp_path, [None, None, None])
    plain = looks.run

    def run():
        if len(looks.jobs) == 0:
            write("late.md")(tmp_path)
        return plain()

    watch([tmp_path], run, looks.wait)
    assert len(looks.jobs) == 2


def test_a_file_that_goes_and_one_that_changes_in_place_are_changes(tmp_path):
    write("a.md")(tmp_path)
    gone = [None, lambda folder: (folder / "a.md").unlink(), None]
    assert Looks(tmp_path, gone).watch() == [["a.md"], []]
    write("a.md")(tmp_path)
    changed = [None, write("a.md", "다른 글이다."), None]
    assert len(Looks(tmp_path, changed).watch()) == 2


def test_a_job_that_could_not_end_is_tried_again_after_a_while(tmp_path):
    assert len(Looks(tmp_path, [None] * 4, ends=[False]).watch(retry=0)) == 2
    assert len(Looks(tmp_path, [None] * 4, ends=[False]).watch(retry=60)) == 1
