"""Training examples out of news written for the purpose: articles, and what is asked about them.

A question says which sentence answers it and with which words, or that none does although it is on
the topic. A library of encyclopaedia pages cannot teach that: there most passages are about
something else.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from assistant.reader.examples import NO_BODY, Example
from ingest.article import Article, BlockKind
from ingest.assemble import Piece, assemble
from ingest.metadata import Metadata
from ingest.split import split_article
from vectorstore.evidence import Evidence

FOLDER = Path(__file__).parent / "news"
"""``*.jsonl``, an article a line: id, language, title, paragraphs, and questions with ``q``,
``sentence`` and ``answer``; both are null where the article does not say. ``natural`` is true of
what was written as people ask, not to trick the reader."""


def written_examples(folder: Path = FOLDER, tricky: float = 1) -> list[Example]:
    """The questions of a folder, the other passages of each article as near misses.

    Of those that are no natural questions a share of ``tricky`` is taken, always the same ones. An
    article's questions share a fold. A question that the title answers is left out.

    Raises:
        ValueError: a sentence that is said to answer stands in no passage.
    """
    rows = [json.loads(line) for path in sorted(folder.glob("*.jsonl")) for line in _lines(path)]
    return [example for row in rows for example in _examples(row, tricky)]


def _lines(path: Path) -> Iterator[str]:
    return (line for line in path.read_text(encoding="utf-8").splitlines() if line.strip())


def written_article(row: dict[str, Any]) -> Article:
    """The article of a row."""
    parts = [Piece(BlockKind.PARAGRAPH, paragraph) for paragraph in row["paragraphs"]]
    return assemble(parts, Metadata(title=row["title"]), row["id"])


def _nearest_first(question: str, items: Sequence[Evidence]) -> list[Evidence]:
    """Passages in the order of how many pairs of letters they share with a question."""
    asked = _pairs(question)
    return sorted(items, key=lambda item: -len(asked & _pairs(item.passage.text)))


def _pairs(text: str) -> set[str]:
    letters = "".join(text.lower().split())
    return {letters[at : at + 2] for at in range(len(letters) - 1)}


def _examples(row: dict[str, Any], tricky: float) -> Iterator[Example]:
    article = written_article(row)
    body = [each for each in split_article(article) if each.kind not in NO_BODY]
    found = [Evidence(passage, article, 0.0) for passage in body]
    for number, asked in enumerate(row["questions"], 1):
        sentence, name = asked["sentence"], f"{row['id']}.{number}"
        drawn = asked.get("natural") or zlib.crc32(name.encode()) % 1000 < tricky * 1000
        if sentence == row["title"] or not drawn:
            continue
        gold = [item for item in found if sentence and sentence in item.passage.text]
        if sentence and not gold:
            raise ValueError(f"{row['id']}, question {number}: no passage holds its sentence")
        yield Example(
            id=name,
            question=asked["q"],
            answers=(asked["answer"],) if sentence else (),
            gold=tuple(gold),
            wrong=tuple(_nearest_first(asked["q"], [i for i in found if i not in gold])),
            found=tuple(found),
            fold=zlib.crc32(row["id"].encode()) % 10,
            sentence=sentence,
        )
