"""Training examples: questions, the passages that answer them, and near misses from the search."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.evaluation.benchmark_rows import Row, drawn
from assistant.reader.pieces import Pieces
from ingest.article import BlockKind
from vectorstore.evidence import Evidence
from vectorstore.reading import Index
from vectorstore.search import Searcher

FOUND, NEAR = 40, 12
NO_BODY = frozenset({BlockKind.TITLE, BlockKind.SUBTITLE, BlockKind.HEADING})


@dataclass(frozen=True, slots=True)
class Example:
    """A question with what the search finds for it.

    ``gold`` are passages of the right article that hold an answer, ``wrong`` the passages found
    near the top, of other articles and without the answer's words; ``fold`` is 0 to 9. Where
    ``sentence`` is given, only in it do the words answer.
    """

    id: str
    question: str
    answers: tuple[str, ...]
    gold: tuple[Evidence, ...]
    wrong: tuple[Evidence, ...]
    found: tuple[Evidence, ...]
    fold: int
    sentence: str | None = None


def read_examples(folder: Path, index: Index, searcher: Searcher) -> list[Example]:
    """All questions of a folder (``passages.jsonl``, ``questions.jsonl``) over its index.

    Raises:
        SetError: the questions are not such a set.
    """
    rows = drawn("reading", folder, None, 0)
    folds = ten_folds([[_squeeze(row["question"]), *row["wanted"]] for row in rows])
    return [
        _example(row, fold, index, searcher.search(row["question"], FOUND))
        for row, fold in zip(rows, folds, strict=True)
    ]


def _example(row: Row, fold: int, index: Index, found: Sequence[Evidence]) -> Example:
    right = frozenset(row["wanted"])
    body = [item for item in found if item.passage.kind not in NO_BODY]
    answers = tuple(row["answers"])
    near = [item for item in body[:NEAR] if item.article.id not in right]
    return Example(
        id=row["id"],
        question=row["question"],
        answers=answers,
        gold=tuple(_holding(index, right, answers)),
        wrong=tuple(item for item in near if not _has(item.passage.text, answers)),
        found=tuple(body),
        fold=fold,
    )


def _holding(index: Index, articles: Iterable[str], answers: tuple[str, ...]) -> list[Evidence]:
    rows = [row for name in sorted(articles) for row in index.rows_of(name)]
    passages = [(row, index.passage(row)) for row in rows]
    return [
        Evidence(passage, index.article_of(row), 0.0)
        for row, passage in passages
        if passage.kind not in NO_BODY and any(each in passage.text for each in answers)
    ]


def _has(text: str, answers: Iterable[str]) -> bool:
    return any(_squeeze(each) in _squeeze(text) for each in answers)


def _squeeze(text: str) -> str:
    return "".join(text.lower().split())


def ten_folds(keys: Sequence[Iterable[str]]) -> list[int]:
    """0 to 9 for each item, so that items which share a key (directly or not) share a fold."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent.setdefault(name, name) != name:
            name = parent[name]
        return name

    for number, names in enumerate(keys):
        for name in names:
            parent[root(f"key {name}")] = root(f"i:{number}")
    return [zlib.crc32(root(f"i:{n}").encode()) % 10 for n in range(len(keys))]


def occurrences(
    text: str, answers: Iterable[str], pieces: Pieces, within: str | None = None
) -> list[tuple[int, int]]:
    """First and last token of every place where an answer stands among the tokens read.

    With ``within``, a part of the text, only in that part.
    """
    places = []
    first = text.find(within) if within else 0
    last = first + len(within) if within else len(text)
    readable = [(token, at) for token, at in enumerate(pieces.offsets) if at[1] > 0]
    read_to = readable[-1][1][1] if readable else 0
    for answer in answers:
        start = text.find(answer, first, last)
        while start >= 0:
            end = start + len(answer)
            inside = [token for token, (a, b) in readable if b > start and a < end]
            if inside and end <= read_to:
                places.append((inside[0], inside[-1]))
            start = text.find(answer, start + 1, last)
    return places
