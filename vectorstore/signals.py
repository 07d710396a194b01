"""What the words of a question and of a candidate say to each other, beside the cosine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from vectorstore.context import Searched, under
from vectorstore.fusion import Found
from vectorstore.keyword import content_terms
from vectorstore.reading import Index
from vectorstore.sentences import cosines as sentence_cosines
from vectorstore.terms import bigrams
from vectorstore.vectors import Vector

Shares = NDArray[np.float64]
READ = 30  # candidates read; 84 rank the same on 1,625 questions, 20 a little worse
FIRST = 0.09  # weight of the terms where only they stand beside the cosine


def described(
    index: Index,
    text: str,
    vector: Vector,
    cosines: Mapping[int, float],
    keyword: NDArray[np.float32],
    read: int,
) -> list[Found]:
    """The candidates (rows with their cosines) as ``Found``, in order of rows.

    ``text`` is the canonical question, ``vector`` its embedding, ``keyword`` the BM25 score (n,) of
    every passage. Only the ``read`` best by cosine and terms are read for titles, pairs and what
    the nearest sentence says, which are 0 for the others.
    """
    rows = np.array(sorted(cosines), dtype=np.int64)
    terms = dict.fromkeys(content_terms(text))
    held = term_shares(index, list(terms), rows)
    first = np.array([cosines[int(row)] for row in rows]) + FIRST * held
    chosen = np.sort(np.argsort(-first, kind="stable")[:read])
    searched = [index.searched(int(row)) for row in rows[chosen]]
    said = sentence_cosines(vector, [index.sentences[row] for row in rows.tolist()])
    titles, pairs, near = np.zeros(len(rows)), np.zeros(len(rows)), np.zeros(len(rows))
    titles[chosen] = title_shares(index, terms, [each.title_terms for each in searched])
    pairs[chosen] = pair_shares(text, [each.text for each in searched])
    nearest = [_nearest(each, said[at]) for at, each in zip(chosen, searched, strict=True)]
    near[chosen] = near_shares(index, list(terms), nearest)
    # a passage of one sentence has no other vector for it
    known = [own or (cosines[row],) for row, own in zip(rows.tolist(), said, strict=True)]
    shares = np.column_stack([held, titles, pairs, near]).tolist()
    return [
        Found(row, cosines[row], float(keyword[row]), term, name, pair, close, own)
        for row, (term, name, pair, close), own in zip(rows.tolist(), shares, known, strict=True)
    ]


def term_shares(index: Index, terms: Sequence[str], rows: NDArray[np.int64]) -> Shares:
    """The share of ``terms`` that each of ``rows`` (ascending) holds, rare ones counting more."""
    held = np.array([index.keywords.holds(term, rows) for term in terms])
    held = held.reshape(len(terms), len(rows))
    return _weighted(held.T, np.array([index.keywords.rarity(term) for term in terms]))


def title_shares(
    index: Index, terms: Mapping[str, None], titles: Sequence[Sequence[str]]
) -> Shares:
    """The share of each title's terms that the question names, rare ones counting more."""
    return np.array([_named(index, terms, title) for title in titles], dtype=np.float64)


def near_shares(index: Index, terms: Sequence[str], sentences: Sequence[str]) -> Shares:
    """The share of ``terms`` that each sentence holds letter by letter, rare ones counting more.

    Not analysed, which would cost more than the rest of the search.
    """
    held = np.array([[term in sentence for term in terms] for sentence in sentences], dtype=bool)
    held = held.reshape(len(sentences), len(terms))
    return _weighted(held, np.array([index.keywords.rarity(term) for term in terms]))


def pair_shares(text: str, candidates: Sequence[str]) -> Shares:
    """The share of the character pairs of ``text`` in each candidate, rare ones counting more.

    Rarity is that among the candidates: what all of them hold tells nothing here.
    """
    pairs = [pair for pair in dict.fromkeys(bigrams(text)) if len(pair) > 1]
    held = np.array([[pair in each for pair in pairs] for each in candidates], dtype=bool)
    held = held.reshape(len(candidates), len(pairs))
    found = held.sum(axis=0)
    return _weighted(held, np.log1p((len(candidates) - found + 0.5) / (found + 0.5)))


def _nearest(searched: Searched, cosines: Sequence[float]) -> str:
    """The sentence with the largest cosine under its title; the first where none is known."""
    best = max(range(len(cosines)), key=cosines.__getitem__, default=0)
    return under(searched.title, "", searched.sentences[best]).casefold()


def _named(index: Index, terms: Mapping[str, None], title: Sequence[str]) -> float:
    weights = {term: index.keywords.rarity(term) for term in title}
    named = sum(weight for term, weight in weights.items() if term in terms)
    return named / sum(weights.values()) if weights else 0.0


def _weighted(held: NDArray[np.bool_], weights: NDArray[np.float64]) -> Shares:
    return np.asarray(held @ weights / max(float(weights.sum()), 1e-9))
