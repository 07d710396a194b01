"""A generation that takes over from the one before holds what one built whole would hold."""

from __future__ import annotations

import os
import random

import numpy as np
import pytest
from fakes import BigramEmbedder
from indexing import article, split_lines, store

from vectorstore import index as index_module
from vectorstore import plan, writing
from vectorstore.generations import PARTS
from vectorstore.index import IndexStore, IndexUnreadable, VerificationError
from vectorstore.search import Searcher
from vectorstore.vectors import Vectors

pytestmark = pytest.mark.slow  # a real Chroma in a real folder

WORDS = "항구 등대 배 갈매기 바람 파도 시장 생선 그물 어부 방파제 안개 새벽 밧줄".split()
QUESTIONS = ["등대 안개", "어부의 그물은 어디에", "새벽 시장 생선", "없는 낱말"]


def shelf(numbers, edition: int = 0):
    return [
        article(f"a{number}", f"항구 소식 {number}", _body(number, edition)) for number in numbers
    ]


def _body(number: int, edition: int) -> str:
    rng = random.Random(number * 100 + edition)
    return "\n".join(" ".join(rng.choices(WORDS, k=6)) + f" {number}호." for _ in range(4))


def seen(served: IndexStore):
    """All that a reader can see of an index."""
    index = served.open()
    found = [
        [(e.passage.id, round(e.score, 5)) for e in Searcher(served).search(each)]
        for each in QUESTIONS
    ]
    return list(index.articles()), list(index.passages()), found


@pytest.mark.parametrize(
    "second",
    [
        shelf(range(13)),
        shelf(range(11)),
        shelf(range(11, -1, -1)),
        shelf(range(11)) + shelf([11], edition=1),
        [*shelf([20]), *shelf(range(12))],
        shelf(range(12)),
    ],
    ids=["added", "removed", "reordered", "changed", "in-front", "the-same"],
)
def test_taking_over_gives_what_building_whole_gives(tmp_path, monkeypatch, second):
    monkeypatch.setattr(plan, "WORN", 0.9)
    served = store(tmp_path / "one")
    served.build(shelf(range(12)))
    served.build(second)
    whole = store(tmp_path / "two")
    whole.build(second)
    assert seen(served) == seen(whole)
    one, two = served.open().keywords, whole.open().keywords
    for term in two.vocabulary:
        np.testing.assert_allclose(one.scores({term: 1.0}), two.scores({term: 1.0}), rtol=1e-5)
    ids = [passage.id for passage in whole.open().passages()]
    one_of, two_of = served.open().vectors.get(ids), whole.open().vectors.get(ids)
    assert all(np.allclose(one_of[id_], two_of[id_]) for id_ in ids)


def test_only_what_is_new_is_analysed_embedded_and_added(tmp_path, monkeypatch):
    embedder, split, analysed, added = BigramEmbedder(), [], [], []
    add, terms = Vectors.add, writing.each_content_terms

    def splitting(article):
        split.append(article.id)
        return split_lines(article)

    def analysing(texts):
        analysed.extend(texts)
        return terms(texts)

    def adding(self, ids, vectors):
        added.extend(ids)
        add(self, ids, vectors)

    served = IndexStore(tmp_path, embedder, split=splitting, splitter="lines")
    served.build(shelf(range(20)))
    split.clear(), embedder.embedded.clear()
    monkeypatch.setattr(writing, "each_content_terms", analysing)
    monkeypatch.setattr(Vectors, "add", adding)
    served.build(shelf(range(21)))
    assert split == ["a20"]
    assert (len(analysed), len(embedder.embedded), len(added)) == (5, 5, 5)


def test_a_worn_index_is_made_whole_again(tmp_path):
    served = store(tmp_path)
    served.build(shelf(range(8)))
    carried = []
    for last in range(9, 13):
        served.build(shelf(range(last)))
        carried.append(served.manifest().carried)
    assert carried == [5, 10, 0, 5]


def test_the_older_generation_stays_as_it_was(tmp_path):
    served = store(tmp_path)
    first = served.build(shelf(range(12))).generation
    before = seen(served)
    served.build(shelf(range(1, 13)))
    served.rollback(first)
    assert seen(served) == before


@pytest.mark.parametrize("part", ["write_table", "write_places", "hash_files", "write_runs"])
def test_a_failure_while_taking_over_leaves_the_old_generation(tmp_path, monkeypatch, part):
    served = store(tmp_path)
    first = served.build(shelf(range(12))).generation
    before = seen(served)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing, part, full)
    with pytest.raises(OSError, match="No space left"):
        served.build(shelf(range(13)))
    left = sorted(path.name for path in (tmp_path / "index").iterdir() if path.is_dir())
    assert left == [first, PARTS]
    assert seen(store(tmp_path)) == before


@pytest.mark.parametrize("wrong", ["one left out", "two changed places", "beyond the part"])
def test_what_is_taken_over_is_verified(tmp_path, monkeypatch, wrong):
    served = store(tmp_path)
    first = served.build(shelf(range(12))).generation
    write = writing.write_runs

    def wrongly(path, runs):
        if wrong == "one left out":
            runs = np.subtract(runs, [[0, 0, 1], [0, 0, 0]])
        elif wrong == "two changed places":
            runs = np.concatenate([runs[1:], runs[:1]])
        else:
            runs = np.add(runs, [[0, 1, 0], [0, 0, 0]])
        write(path, runs)

    monkeypatch.setattr(writing, "write_runs", wrongly)
    with pytest.raises(VerificationError):
        served.build(shelf(range(13)))
    assert served.open().name == first


def test_damage_to_what_was_taken_over_is_found_and_cured(tmp_path):
    store(tmp_path).build(shelf(range(12)))
    store(tmp_path).build(shelf(range(13)))
    largest = max((tmp_path / "index" / PARTS).glob("*/passages.jsonl"), key=os.path.getsize)
    data = largest.read_bytes()
    largest.write_bytes(data[:-9] + b"?" + data[-8:])
    with pytest.raises(IndexUnreadable, match=r"damaged or missing: passages\.jsonl"):
        store(tmp_path).open()
    store(tmp_path).build(shelf(range(13)))
    assert len(store(tmp_path).open()) == 13 * 5


@pytest.mark.parametrize(
    ("attribute", "value"), [("SPLITTER", "other-lines"), ("VERSIONS", {"chromadb": "0"})]
)
def test_nothing_is_carried_over_from_another_kind(tmp_path, monkeypatch, attribute, value):
    served = store(tmp_path)
    served.build(shelf(range(12)))
    if attribute == "VERSIONS":
        monkeypatch.setattr(index_module, "versions", lambda: value)
    else:
        served = store(tmp_path, splitter=value)
    added: list[str] = []
    add = Vectors.add
    monkeypatch.setattr(Vectors, "add", lambda self, ids, v: (added.extend(ids), add(self, ids, v)))
    served.build(shelf(range(13)))
    assert len(added) == 13 * 5
