"""Article to passages: whole sentences of one paragraph, with exact offsets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.article import Article, Block, BlockKind, Passage, Sentence
from ingest.sentences import split_sentences

__all__ = ["MAX_CHARS", "SPLITTER", "split_article", "split_sentences"]

# Recorded in the index; changes whenever the same article would give other passages.
SPLITTER = "paragraph-sentences-v1"
MAX_CHARS = 600
_TINY = 40
_WHOLE = frozenset({BlockKind.TITLE, BlockKind.SUBTITLE, BlockKind.HEADING})
_ROWS = frozenset({BlockKind.LIST_ITEM, BlockKind.TABLE_ROW})


@dataclass(frozen=True, slots=True)
class _Unit:
    """Sentences that belong into one passage if they fit."""

    kind: BlockKind
    heading: str
    sentences: tuple[Sentence, ...]

    @property
    def size(self) -> int:
        return self.sentences[-1].end - self.sentences[0].start


def split_article(article: Article, max_chars: int = MAX_CHARS) -> list[Passage]:
    """Passages that cover the article's text in order; offsets count in ``article.text``.

    A paragraph is a passage, a list or a table is one with a sentence for each item or row, and
    title, subtitle and headings are passages of their own. What is over ``max_chars`` is split
    between sentences; a paragraph under 40 characters joins its neighbour in the section.
    """
    units = _join_tiny(list(_units(article)), max_chars)
    parts = [part for unit in units for part in _fit(unit, max_chars)]
    revision = article.sha256
    return [_passage(article, revision, number, part) for number, part in enumerate(parts)]


def _units(article: Article) -> Iterator[_Unit]:
    heading = ""
    rows: list[Block] = []
    for block in article.blocks:
        goes_on = rows and article.text[rows[-1].end : block.start] == "\n"
        if rows and not (goes_on and block.kind is rows[-1].kind):
            yield _Unit(rows[0].kind, heading, tuple(_whole(article, row) for row in rows))
            rows = []
        if block.kind in _ROWS:
            rows.append(block)
            continue
        if block.kind is BlockKind.HEADING:
            heading = article.text[block.start : block.end]
        sentences = _sentences(article, block)
        if sentences:
            yield _Unit(block.kind, heading, tuple(sentences))
    if rows:
        yield _Unit(rows[0].kind, heading, tuple(_whole(article, row) for row in rows))


def _sentences(article: Article, block: Block) -> Sequence[Sentence]:
    if block.kind in _WHOLE:
        return [_whole(article, block)]
    text = article.text[block.start : block.end]
    return [
        Sentence(block.start + one.start, block.start + one.end, one.text)
        for one in split_sentences(text, article.language)
    ]


def _whole(article: Article, block: Block) -> Sentence:
    return Sentence(block.start, block.end, article.text[block.start : block.end])


def _join_tiny(units: list[_Unit], max_chars: int) -> list[_Unit]:
    joined: list[_Unit] = []
    for unit in units:
        last = joined[-1] if joined else None
        if last and _joins(last, unit, max_chars):
            together = last.sentences + unit.sentences
            joined[-1] = _Unit(unit.kind, unit.heading, together)
        else:
            joined.append(unit)
    return joined


def _joins(last: _Unit, unit: _Unit, max_chars: int) -> bool:
    paragraphs = last.kind is unit.kind is BlockKind.PARAGRAPH
    fits = unit.sentences[-1].end - last.sentences[0].start <= max_chars
    return paragraphs and fits and min(last.size, unit.size) < _TINY


def _fit(unit: _Unit, max_chars: int) -> Iterator[_Unit]:
    part: list[Sentence] = []
    for sentence in unit.sentences:
        if part and sentence.end - part[0].start > max_chars:
            yield _Unit(unit.kind, unit.heading, tuple(part))
            part = []
        part.append(sentence)
    yield _Unit(unit.kind, unit.heading, tuple(part))


def _passage(article: Article, revision: str, number: int, unit: _Unit) -> Passage:
    start, end = unit.sentences[0].start, unit.sentences[-1].end
    return Passage(
        id=f"{article.id}:{revision[:8]}:{number}",
        article_id=article.id,
        revision=revision,
        start=start,
        end=end,
        text=article.text[start:end],
        heading="" if unit.kind is BlockKind.HEADING else unit.heading,
        kind=unit.kind,
        sentences=unit.sentences,
    )
