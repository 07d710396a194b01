"""The pointer always names a whole generation; old ones are kept for rollback, then pruned."""

from __future__ import annotations

import pytest

from vectorstore import generations as generations_module
from vectorstore.errors import IndexUnreadable, NoIndex
from vectorstore.generations import Generations


def made(generations: Generations, count: int) -> list[str]:
    return [generations.show(generations.begin()) for _ in range(count)]


def test_nothing_is_served_before_the_pointer_is_set(tmp_path):
    generations = Generations(tmp_path / "index")
    assert generations.names() == []
    with pytest.raises(NoIndex):
        generations.current()
    made(generations, 1)
    with pytest.raises(NoIndex):
        generations.current()


def test_the_pointer_moves_and_moves_back(tmp_path):
    generations = Generations(tmp_path)
    first, second = made(generations, 2)
    generations.point(second)
    assert generations.current() == second
    generations.point(first)
    assert generations.current() == first
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["CURRENT", first, second])


def test_names_sort_by_age(tmp_path):
    names = made(Generations(tmp_path), 5)
    assert Generations(tmp_path).names() == names == sorted(names)


def test_a_clock_that_goes_back_does_not_change_the_order(tmp_path, monkeypatch):
    class Clock(generations_module.datetime):
        @classmethod
        def now(cls, zone=None):
            return cls(2020, 1, 1, tzinfo=zone)

    (before,) = made(Generations(tmp_path), 1)
    monkeypatch.setattr(generations_module, "datetime", Clock)
    after = made(Generations(tmp_path), 3)
    assert Generations(tmp_path).names() == [before, *after]


def test_three_are_kept_and_the_served_one_always(tmp_path):
    generations = Generations(tmp_path)
    names = made(generations, 6)
    generations.point(names[1])
    generations.prune()
    assert generations.names() == [names[1], *names[3:]]


def test_what_a_kill_left_behind_goes_with_the_next_build(tmp_path):
    generations = Generations(tmp_path)
    left = generations.begin()
    (left / "half.jsonl").write_text("{")
    assert generations.names() == []
    generations.begin()
    assert not left.exists()


@pytest.mark.parametrize(
    "pointer",
    [b"", b"../../etc", b"20260101T000000.000000-abcd", b"\xff\xfe\0"],
    ids=["empty", "outside", "gone", "binary"],
)
def test_a_foreign_pointer_is_unreadable(tmp_path, pointer):
    (tmp_path / "CURRENT").write_bytes(pointer)
    with pytest.raises(IndexUnreadable, match="rebuild: kai ingest"):
        Generations(tmp_path).current()


def test_pointing_at_nothing_changes_nothing(tmp_path):
    generations = Generations(tmp_path)
    (name,) = made(generations, 1)
    generations.point(name)
    with pytest.raises(IndexUnreadable, match="no such generation"):
        generations.point("20260101T000000.000000-abcd")
    assert generations.current() == name


def test_a_pointer_that_cannot_be_written_leaves_the_old_one(tmp_path, monkeypatch):
    generations = Generations(tmp_path)
    first, second = made(generations, 2)
    generations.point(first)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        generations.point(second)
    assert generations.current() == first
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["CURRENT", first, second])
