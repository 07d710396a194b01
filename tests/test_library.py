from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ingest import storage
from ingest.article import Article
from ingest.errors import LibraryError
from ingest.library import Change, Library
from ingest.read import read_text

BODY = "강릉의 작은 서점이 올해로 문을 연 지 서른 해를 맞았다."


def article(name: str = "shop", body: str = BODY, **facts: object) -> Article:
    return replace(read_text(f"서점\n\n{body}", name, name), id=name, **facts)


def test_put_get_and_revisions(tmp_path: Path) -> None:
    library, first = Library(tmp_path), article(published=date(2025, 8, 4))
    assert library.put(first)[0] is Change.NEW
    assert library.put(first)[0] is Change.UNCHANGED
    second = article(body=f"{BODY} 손님이 늘었다.", published=date(2025, 8, 5))
    assert library.put(second)[0] is Change.CHANGED
    again = Library(tmp_path)
    assert again.get("shop") == second
    assert again.get("shop", first.sha256[:12]) == first
    assert [one.sha256 for one in again.entry("shop").revisions] == [first.sha256, second.sha256]


def test_the_same_text_from_elsewhere_is_one_article(tmp_path: Path) -> None:
    library = Library(tmp_path)
    library.put(article("one", source="a.txt"))
    assert library.put(article("two", source="b.txt"))[0] is Change.UNCHANGED
    assert library.put(article("two", publisher="새벽일보"))[0] is Change.CHANGED
    assert library.put(article("three", publisher="저녁일보"))[0] is Change.NEW
    assert [(a.id, a.publisher) for a in library.list()] == [
        ("one", "새벽일보"),
        ("three", "저녁일보"),
    ]


def test_facts_once_given_are_not_lost(tmp_path: Path) -> None:
    library = Library(tmp_path)
    library.put(article(publisher="새벽일보"))
    assert library.put(article())[0] is Change.UNCHANGED
    assert library.get("shop").publisher == "새벽일보"


def test_remove_restore_and_prune(tmp_path: Path) -> None:
    library = Library(tmp_path)
    library.put(article())
    whole = library.corpus_hash()
    library.remove("shop")
    assert (library.list(), [e.id for e in library.entries(removed=True)]) == ([], ["shop"])
    assert library.corpus_hash() != whole
    library.restore("shop")
    assert library.corpus_hash() == whole
    library.remove("shop")
    assert library.prune() == 1
    assert not list(tmp_path.glob("library/objects/*/*"))
    with pytest.raises(LibraryError, match="no article 'shop'"):
        library.get("shop")


def test_the_hash_does_not_depend_on_order(tmp_path: Path) -> None:
    one, two = article("one"), article("two", "다른 글이다.")
    first, second = Library(tmp_path / "1"), Library(tmp_path / "2")
    first.put(one), first.put(two)
    with second.batch():
        second.put(two), second.put(one)
    assert first.corpus_hash() == second.corpus_hash() == Library(tmp_path / "2").corpus_hash()


def test_another_reader_sees_each_write(tmp_path: Path) -> None:
    writer, reader = Library(tmp_path), Library(tmp_path)
    assert reader.list() == []
    writer.put(article())
    assert reader.list() == [article()]


def test_a_write_that_fails_leaves_the_library_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = Library(tmp_path)
    library.put(article())

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(storage.os, "replace", full)
    with pytest.raises(OSError, match="No space"):
        library.put(article(body="다른 글이다."))
    monkeypatch.undo()
    assert library.list() == Library(tmp_path).list() == [article()]
    assert not list(tmp_path.glob("library/**/.tmp-*"))


def test_damage_and_foreign_files_are_told(tmp_path: Path) -> None:
    library = Library(tmp_path)
    library.put(article())
    next(tmp_path.glob("library/objects/*/*")).write_text("{}")
    with pytest.raises(LibraryError, match="damaged"):
        library.get("shop")
    (tmp_path / "library" / "catalog.json").write_text('{"layout": 99}')
    with pytest.raises(LibraryError, match="not a library of this version"):
        Library(tmp_path).list()
