"""Single legs over a question set: BM25 over several kinds of terms, and the exact dense search."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from vectorstore.bench.questions import QuestionSet
from vectorstore.fitting import rank_of
from vectorstore.keyword import KeywordIndex, KeywordWriter
from vectorstore.terms import bigrams, canonical, content_terms, each_content_terms

Scores = NDArray[np.floating]
Terms = Callable[[str], list[str]]


def words(text: str) -> list[str]:
    """What stands between spaces."""
    return canonical(text).split()


def keyword_index(texts: Sequence[str], terms: Terms) -> KeywordIndex:
    """BM25 over ``texts``."""
    writer = KeywordWriter()
    for each in each_content_terms(texts) if terms is content_terms else map(terms, texts):
        writer.add(each)
    return writer.finish()


def keyword_scores(texts: Sequence[str], questions: Sequence[str], terms: Terms) -> Scores:
    """BM25 scores (questions, texts)."""
    index = keyword_index(texts, terms)
    return np.stack([index.scores(dict.fromkeys(terms(each), 1.0)) for each in questions])


def keyword_legs(asked: QuestionSet) -> Iterator[tuple[str, Scores]]:
    """Names and scores of the keyword legs; the last is the one that is served."""
    for name, texts, terms in [
        ("BM25, words", asked.titled, words),
        ("BM25, character pairs", asked.titled, bigrams),
        ("BM25, Kiwi morphemes, no title", asked.texts, content_terms),
        ("BM25, Kiwi morphemes", asked.titled, content_terms),
    ]:
        yield name, keyword_scores(texts, asked.questions, terms)


def ranks(asked: QuestionSet, scores: Scores) -> list[float]:
    """The place of each question's right passage."""
    return [rank_of(*pair) for pair in zip(scores, asked.right, strict=True)]


def reciprocal(constant: int, *legs: Scores) -> Scores:
    """Reciprocal rank fusion (Cormack et al. 2009)."""
    return np.asarray(sum(1 / (constant + _places(leg)) for leg in legs))


def _places(scores: Scores) -> Scores:
    order = np.argsort(-scores, axis=1, kind="stable")
    return np.asarray(np.argsort(order, axis=1), dtype=np.float32)
