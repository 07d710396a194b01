"""Few vectors are compared exactly, many through the graph: the answers are the same."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vectorstore.exact import Exact
from vectorstore.vectors import Vectors


def unit(count: int, seed: int = 0) -> np.ndarray:
    drawn = np.random.default_rng(seed).standard_normal((count, 16)).astype(np.float32)
    return np.asarray(drawn / np.linalg.norm(drawn, axis=1, keepdims=True))


@given(st.integers(0, 40), st.integers(1, 60))
def test_the_nearest_are_those_of_a_full_sort(count, wanted):
    vectors, asked = unit(count), unit(1, seed=1)[0]
    exact = Exact([f"p{row}" for row in range(count)], vectors)
    scores = vectors.astype(np.float64) @ asked
    order = np.argsort(-scores, kind="stable")[:wanted]
    found = exact.nearest(asked, wanted)
    assert [id_ for id_, _ in found] == [f"p{row}" for row in order]
    assert np.allclose([cosine for _, cosine in found], scores[order], atol=1e-6)


def test_only_those_that_exist_are_given():
    vectors = unit(2)
    found = Exact(["a", "b"], vectors).get(["b", "c"])
    assert list(found) == ["b"]
    assert np.array_equal(found["b"], vectors[1])


@pytest.mark.slow
def test_held_in_memory_they_are_found_as_through_the_graph(tmp_path):
    vectors, ids = unit(300), [f"p{row}" for row in range(300)]
    store = Vectors(tmp_path / "chroma", create=True)
    store.add(ids, vectors)
    asked = unit(20, seed=1)
    graph = [store.nearest(each, 10) for each in asked]
    held_ones = store.held(ids)
    held = [held_ones.nearest(each, 10) for each in asked]
    assert [[id_ for id_, _ in found] for found in held] == [
        [id_ for id_, _ in found] for found in graph
    ]
    cosines = [[cosine for _, cosine in found] for found in (*held, *graph)]
    assert np.allclose(cosines[:20], cosines[20:], atol=1e-5)
    store.delete(["p7"])
    assert store.get(["p7", "p8"]).keys() == {"p8"}
    with pytest.raises(ValueError, match="other passages"):
        store.held(ids)
    store.close()
