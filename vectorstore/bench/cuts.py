"""How long passages should be: articles put together from a set's passages, and cut anew."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from ingest.article import Article, Block, BlockKind, Passage, Sentence
from ingest.split import split_article, split_sentences
from vectorstore.bench.questions import QuestionSet
from vectorstore.embedder import Embedder
from vectorstore.evidence import Evidence
from vectorstore.index import IndexStore
from vectorstore.search import Searcher

SEED, SAMPLE = 11, 2_000
Cut = Callable[[Article], list[Passage]]
Span = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Cuttable:
    """Articles, one for a title, and for each question the spans (article, start, end) it means."""

    articles: Sequence[Article]
    questions: Sequence[str]
    right: Sequence[frozenset[Span]]

    @classmethod
    def sample(cls, asked: QuestionSet, count: int = SAMPLE) -> Cuttable:
        """About ``count`` passages: titles drawn at random, with all questions about them."""
        rows = defaultdict(list)
        for row, title in enumerate(asked.titles):
            rows[title].append(row)
        titles = sorted(rows)
        random.Random(SEED).shuffle(titles)
        articles: list[Article] = []
        spans: dict[int, Span] = {}
        for title in titles:
            if len(spans) >= count:
                break
            article = _article(
                f"a{len(articles)}", title, [asked.texts[row] for row in rows[title]]
            )
            articles.append(article)
            for row, block in zip(rows[title], article.blocks, strict=True):
                spans[row] = (article.id, block.start, block.end)
        right = [
            frozenset(spans[int(row)] for row in each.nonzero()[0] if int(row) in spans)
            for each in asked.right
        ]
        pairs = [pair for pair in zip(asked.questions, right, strict=True) if pair[1]]
        return cls(articles, [question for question, _ in pairs], [spans for _, spans in pairs])


def cuts() -> Iterator[tuple[str, Cut]]:
    """Names and ways to cut; lengths in characters, of which 165 are about 100 tokens."""
    yield "as kai cuts: a paragraph, 600 characters at most", split_article
    yield "sentence by sentence", partial(by_length, size=1, overlap=0)
    yield "165 characters", partial(by_length, size=165, overlap=0)
    yield "330 characters", partial(by_length, size=330, overlap=0)
    yield "330 characters, half of them again", partial(by_length, size=330, overlap=165)
    yield "660 characters", partial(by_length, size=660, overlap=0)


def by_length(article: Article, size: int, overlap: int) -> list[Passage]:
    """Whole sentences up to ``size`` characters, across paragraphs.

    A passage begins with the last sentences of the one before that fit into ``overlap``.
    """
    parts: list[list[Sentence]] = [[]]
    for sentence in split_sentences(article.text, article.language):
        if parts[-1] and sentence.end - parts[-1][0].start > size:
            end = parts[-1][-1].end
            again = [each for each in parts[-1][1:] if end - each.start <= overlap]
            parts.append(again)
        parts[-1].append(sentence)
    return [_passage(article, number, part) for number, part in enumerate(parts) if part]


def found_at(
    cuttable: Cuttable, cut: Cut, embedder: Embedder, home: Path, name: str
) -> list[float]:
    """The place (0 is first) of each question's first hit.

    A hit shares with what is right at least half of the shorter of the two: a passage that reaches
    over the border of two paragraphs is not the right one for both.
    """
    store = IndexStore(home, embedder, split=cut, splitter=name)
    store.build(cuttable.articles)
    searcher = Searcher(store)
    pairs = zip(cuttable.questions, cuttable.right, strict=True)
    return [_place(searcher.search(question), spans) for question, spans in pairs]


def _place(found: Sequence[Evidence], right: frozenset[Span]) -> float:
    hit = (place for place, each in enumerate(found) if _hits(each.passage, right))
    return float(next(hit, float("inf")))


def _hits(passage: Passage, right: frozenset[Span]) -> bool:
    return any(
        passage.article_id == article
        and 2 * (min(passage.end, end) - max(passage.start, start))
        >= min(passage.end - passage.start, end - start)
        for article, start, end in right
    )


def _article(id_: str, title: str, texts: Sequence[str]) -> Article:
    blocks, start = [], 0
    for text in texts:
        blocks.append(Block(BlockKind.PARAGRAPH, start, start + len(text)))
        start += len(text) + 1
    return Article(id_, title, "\n".join(texts), tuple(blocks))


def rows_of_cuts(asked: QuestionSet, embedder: Embedder) -> Iterator[tuple[str, list[float]]]:
    """Names of the cuts with their number of passages and length, and the places they reach."""
    cuttable = Cuttable.sample(asked)
    for name, cut in cuts():
        passages = [passage for article in cuttable.articles for passage in cut(article)]
        mean = sum(len(passage.text) for passage in passages) / len(passages)
        with TemporaryDirectory() as home:
            found = found_at(cuttable, cut, embedder, Path(home), name)
        yield f"cut: {name} ({len(passages):,} passages, {mean:.0f} on average)", found


def _passage(article: Article, number: int, part: Sequence[Sentence]) -> Passage:
    start, end = part[0].start, part[-1].end
    return Passage(
        id=f"{article.id}:{number}",
        article_id=article.id,
        revision=article.sha256,
        start=start,
        end=end,
        text=article.text[start:end],
        heading="",
        kind=BlockKind.PARAGRAPH,
        sentences=tuple(part),
    )
