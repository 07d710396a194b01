"""Small articles and a splitter by lines, for the tests of the index and the search."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from fakes import BigramEmbedder

from ingest.article import Article, Block, BlockKind, Passage, Sentence
from vectorstore.index import IndexStore

LIBRARY = (
    (
        "cafe",
        "동네 카페 이야기",
        "해오름 카페는 오전 아홉 시에 문을 연다.\n단골에게는 커피를 3,500원에 판다.",
    ),
    (
        "bridge",
        "새 다리 개통",
        "강을 건너는 새 다리가 내년 봄에 열린다.\n공사비는 1,240억 원이 들었다.",
    ),
    (
        "zoo",
        "동물원 소식",
        "북극곰 두 마리가 동물원에 새로 왔다.\n사육사는 물고기를 하루 세 번 준다.",
    ),
)


def article(name: str, title: str, body: str) -> Article:
    text = f"{title}\n{body}"
    spans = _lines(text)
    kinds = [BlockKind.TITLE] + [BlockKind.PARAGRAPH] * (len(spans) - 1)
    blocks = tuple(Block(kind, start, end) for kind, (start, end) in zip(kinds, spans, strict=True))
    return Article(name, title, text, blocks, publisher="새벽일보", published=date(2025, 8, 4))


def articles() -> list[Article]:
    return [article(*row) for row in LIBRARY]


def split_lines(article: Article) -> list[Passage]:
    return [_passage(article, block) for block in article.blocks]


def split_whole(article: Article) -> list[Passage]:
    """The title, and all lines below it as the sentences of one passage."""
    title, *lines = article.blocks
    return [_passage(article, title), _passage(article, *lines)]


def split_pairs(article: Article) -> list[Passage]:
    """Every two lines, the title the first, as the sentences of a passage."""
    return [
        _passage(article, *article.blocks[at : at + 2]) for at in range(0, len(article.blocks), 2)
    ]


def store(home: Path, embedder: BigramEmbedder | None = None, **kind: object) -> IndexStore:
    splitter = str(kind.get("splitter", "lines"))
    return IndexStore(home, embedder or BigramEmbedder(), split=split_lines, splitter=splitter)


def _lines(text: str) -> Sequence[tuple[int, int]]:
    spans, at = [], 0
    for line in text.split("\n"):
        spans.append((at, at + len(line)))
        at += len(line) + 1
    return spans


def _passage(article: Article, *blocks: Block) -> Passage:
    start, end = blocks[0].start, blocks[-1].end
    return Passage(
        id=f"{article.id}:{start}",
        article_id=article.id,
        revision=article.sha256,
        start=start,
        end=end,
        text=article.text[start:end],
        heading="",
        kind=blocks[0].kind,
        sentences=tuple(
            Sentence(block.start, block.end, article.text[block.start : block.end])
            for block in blocks
        ),
    )
