"""Generations share parts: whatever came and went, the index is what one built anew would be."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
from fakes import BigramEmbedder
from hypothesis import given
from hypothesis import strategies as st
from indexing import article, split_pairs, store

from vectorstore import part as part_module
from vectorstore import plan
from vectorstore.generations import PARTS, Generations
from vectorstore.index import IndexStore
from vectorstore.order import Order, passage_runs, runs_of
from vectorstore.search import Searcher
from vectorstore.sentences import cosines

WORDS = "항구 등대 배 갈매기 바람 파도 시장 생선 그물 어부 방파제 안개 새벽 밧줄".split()
QUESTIONS = ["등대 안개", "어부의 그물은 어디에", "새벽 시장 생선", "3호 밧줄", "없는 낱말"]


def written(number: int, edition: int = 0):
    """An article; those of even numbers are alike, but for the name, so that many scores tie."""
    rng = random.Random(number % 2 and number * 100 + edition)
    body = "\n".join(" ".join(rng.choices(WORDS, k=6)) + "." for _ in range(rng.randint(0, 4)))
    return article(f"a{number}", f"항구 소식 {number % 2 and number}", body)


def parts_of(home: Path) -> set[str]:
    return {path.name for path in (home / "index" / PARTS).iterdir()}


def paired(home: Path) -> IndexStore:
    """A store of passages of one and of two sentences."""
    return IndexStore(home, BigramEmbedder(), split=split_pairs, splitter="pairs")


def same(served: IndexStore, whole: IndexStore) -> None:
    """Both show, rank and score alike, to the last bit."""
    one, two = served.open(), whole.open()
    assert list(one.articles()) == list(two.articles())
    assert list(one.passages()) == list(two.passages())
    assert sorted(one.keywords.vocabulary) == sorted(two.keywords.vocabulary)
    rows = np.arange(len(two))
    for term in [*two.keywords.vocabulary, "없다"]:
        assert one.keywords.rarity(term) == two.keywords.rarity(term)
        assert np.array_equal(one.keywords.holds(term, rows), two.keywords.holds(term, rows))
        query = {term: 1.5}
        assert np.array_equal(one.keywords.scores(query), two.keywords.scores(query))
    assert all(map(np.array_equal, one.sentences, two.sentences))
    for each in QUESTIONS:
        vector = served.embedder.embed_query(each)
        assert cosines(vector, list(one.sentences)) == cosines(vector, list(two.sentences))
        assert one.vectors.nearest(vector, 7) == two.vectors.nearest(vector, 7)
        assert Searcher(served).search(each) == Searcher(whole).search(each)
    for number in range(30):
        assert one.rows_of(f"a{number}") == two.rows_of(f"a{number}")


@pytest.mark.slow
@pytest.mark.parametrize("worn", [plan.WORN, 9.0], ids=["made-whole", "never-made-whole"])
@pytest.mark.parametrize("seed", range(3))
def test_after_any_changes_it_ranks_as_one_built_anew(tmp_path, monkeypatch, seed, worn):
    monkeypatch.setattr(plan, "WORN", worn)
    rng, served = random.Random(seed), paired(tmp_path / "one")
    library = {number: written(number) for number in range(16)}
    served.build(list(library.values()))
    for step in range(8):
        for number in rng.sample(range(30), rng.randint(1, 4)):
            if number in library and rng.random() < 0.5:
                del library[number]
            else:
                library[number] = written(number, step)
        order = list(library.values())
        if step % 3 == 2:
            rng.shuffle(order)
        served.build(order)
        whole = paired(tmp_path / f"two{step}")
        whole.build(order)
        same(served, whole)
    same(paired(tmp_path / "one"), whole)
    assert {len(own) for own in whole.open().sentences} == {0, 2}


@pytest.mark.slow
def test_through_the_graph_what_is_gone_is_not_found(tmp_path, monkeypatch):
    monkeypatch.setattr(part_module, "FEW", 0)
    monkeypatch.setattr(plan, "WORN", 9.0)
    served = store(tmp_path)
    served.build([written(number) for number in range(1, 60, 2)])
    left = [written(number) for number in (1, 3, 61)]
    served.build(left)
    index = served.open()
    assert max(map(len, index.parts)) > 60
    found = index.vectors.nearest(served.embedder.embed_query("등대"), 50)
    assert sorted(id_ for id_, _ in found) == sorted(part.id for part in index.passages())
    assert index.vectors.get(["a5:0"]) == {}
    with pytest.raises(KeyError):
        index.row("a5:0")


@pytest.mark.slow
def test_what_is_added_one_by_one_lies_in_few_parts_and_is_rewritten_seldom(tmp_path, monkeypatch):
    monkeypatch.setattr(plan, "WORN", 9.0)
    served = store(tmp_path)
    library = [written(number, 1) for number in range(1, 160, 2)]
    served.build(library)
    sizes = []
    for number in range(161, 201, 2):
        library.append(article(f"a{number}", "한 줄", f"{number}번 등대."))
        served.build(library)
        sizes.append([len(part) for part in served.open().parts])
    assert max(map(len, sizes)) <= 6
    assert sum(each[-1] for each in sizes) <= 20 * 2 * 4
    assert {each[0] for each in sizes} == {sizes[0][0]}


@pytest.mark.slow
def test_parts_go_with_the_last_generation_that_names_them(tmp_path):
    served = store(tmp_path)
    library = [written(number) for number in range(1, 40, 2)]
    first = served.build(library).generation
    second = served.build([*library, written(41)]).generation
    assert parts_of(tmp_path) == {first, second}
    served.build(library)
    assert parts_of(tmp_path) == {first, second}
    served.build(library[:-1])
    served.build(library[:-2])
    assert second not in served.generations()
    assert parts_of(tmp_path) == {first}


@pytest.mark.slow
def test_a_part_that_a_killed_job_left_goes_and_none_while_a_generation_cannot_be_read(tmp_path):
    served = store(tmp_path)
    library = [written(number) for number in range(1, 20, 2)]
    first = served.build(library).generation
    left = tmp_path / "index" / PARTS / "20260101T000000.000000-abcd"
    left.mkdir()
    second = served.build([*library, written(31)]).generation
    assert parts_of(tmp_path) == {first, second}
    (tmp_path / "index" / first / "manifest.json").write_text("{")
    left.mkdir()
    third = served.build([*library, written(33)]).generation
    assert parts_of(tmp_path) == {first, second, third, left.name}


@pytest.mark.slow
def test_a_part_stays_that_another_process_is_about_to_name(tmp_path):
    store(tmp_path).build([written(1)])
    index, name = tmp_path / "index", "29990101T000000.000000-abcd"
    (index / PARTS / name).mkdir()
    for folder in (index / f".building-{name}", index / name):
        folder.mkdir()
        (folder / "manifest.json").write_text('{"parts": {}}')
        Generations(index).sweep()
        assert (index / PARTS / name).is_dir()
        (folder / "manifest.json").unlink()
        folder.rmdir()
    Generations(index).sweep()
    assert not (index / PARTS / name).exists()


@pytest.mark.slow
def test_an_article_taken_out_is_erased_with_the_parts_that_hold_it_still(tmp_path):
    served = store(tmp_path)
    library = [written(number) for number in range(1, 40, 2)]
    served.build([*library, article("whale", "고래", "은빛 고래가 나타났다.")])
    served.build(library)
    assert "whale" not in {one.id for one in served.open().articles()}
    assert served.open().holds_text_of({"whale"})
    last = served.build(library, carry=False).generation
    served.forget({"whale"})
    assert served.generations() == [last]
    assert parts_of(tmp_path) == {last}
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert not [path for path in files if "은빛 고래".encode() in path.read_bytes()]


@pytest.mark.slow
def test_two_generations_open_in_one_process_read_one_part(tmp_path):
    served = store(tmp_path)
    library = [written(number) for number in range(1, 20, 2)]
    served.build(library)
    old = served.open()
    served.build([*library, written(31)])
    new = served.open()
    assert old.parts[0] is new.parts[0]
    old.close()
    assert new.vectors.nearest(served.embedder.embed_query("등대"), 3)
    new.close()
    assert not new.parts[0].take()


@pytest.mark.slow
@pytest.mark.parametrize("other", ["in the new part", "in one that stays"])
def test_one_id_twice_is_refused(tmp_path, other):
    served = store(tmp_path)
    library = [written(number, 1) for number in range(1, 40, 2)]
    served.build(library)
    twin = article("a1", "항구 소식 1", "다른 글.")
    again = [twin, twin] if other == "in the new part" else [twin]
    with pytest.raises(ValueError, match="two passages have the same id"):
        served.build([*library, *again])
    with pytest.raises(ValueError, match="two passages have the same id"):
        served.build([*library, library[0]])


@given(st.lists(st.integers(0, 3), max_size=5), st.randoms(use_true_random=False))
def test_runs_give_the_order_back(counts, rng):
    places = [(part, place) for part, count in enumerate(counts) for place in range(count)]
    chosen = rng.sample(places, rng.randint(0, len(places)))
    parts, locals_ = [part for part, _ in chosen], [place for _, place in chosen]
    order = Order.of(runs_of(parts, locals_), counts)
    assert [order.place(row) for row in range(len(order))] == chosen
    back = {(part, place): row for row, (part, place) in enumerate(chosen)}
    for part, rows in enumerate(order.rows):
        assert rows.tolist() == [back.get((part, place), -1) for place in range(counts[part])]


@pytest.mark.parametrize(
    "runs", [[[0, 1, 3]], [[0, -1, 1]], [[0, 0, 1], [0, 0, 2]]], ids=["beyond", "before", "twice"]
)
def test_runs_that_cannot_be_are_refused(runs):
    with pytest.raises(ValueError, match=r"longer than its part|named twice"):
        Order.of(np.array(runs), [3])


def test_runs_of_articles_are_runs_of_their_passages():
    runs = passage_runs(
        np.array([[0, 1, 2], [1, 0, 1]]), [np.array([0, 2, 2, 5]), np.array([0, 4])]
    )
    assert runs.tolist() == [[0, 2, 3], [1, 0, 4]]
