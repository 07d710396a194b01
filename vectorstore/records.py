"""Articles and passages as JSON rows, and back, without loss."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ingest.article import Article, BlockKind, Passage, Sentence
from ingest.catalog import block_of, block_row
from vectorstore.table import Row


def article_row(article: Article, first: int, count: int) -> Row:
    """An article as a row, with the run of passage rows that belongs to it."""
    return {
        "id": article.id,
        "title": article.title,
        "text": article.text,
        "blocks": [block_row(block) for block in article.blocks],
        "publisher": article.publisher,
        "published": article.published.isoformat() if article.published else None,
        "url": article.url,
        "language": article.language,
        "source": article.source,
        "removed": list(article.removed),
        "byline": article.byline,
        "updated": article.updated.isoformat() if article.updated else None,
        "group": article.group,
        "first": first,
        "count": count,
    }


def article_of(row: Row) -> Article:
    """The article written by ``article_row``."""
    return Article(
        id=row["id"],
        title=row["title"],
        text=row["text"],
        blocks=tuple(block_of(block) for block in row["blocks"]),
        publisher=row["publisher"],
        published=date.fromisoformat(row["published"]) if row["published"] else None,
        url=row["url"],
        language=row["language"],
        source=row["source"],
        removed=tuple(row["removed"]),
        byline=row.get("byline"),
        updated=date.fromisoformat(row["updated"]) if row.get("updated") else None,
        group=row.get("group"),
    )


def passage_row(
    passage: Passage, article: int, key: str, title: str, title_terms: Sequence[str]
) -> Row:
    """A passage as a row, with the row and the title of its article.

    ``key`` is the hash of what is searched of it.
    """
    return {
        "id": passage.id,
        "article": article,
        "article_id": passage.article_id,
        "revision": passage.revision,
        "start": passage.start,
        "end": passage.end,
        "text": passage.text,
        "heading": passage.heading,
        "kind": passage.kind.value,
        "sentences": [
            [s.start, s.end, None if s.text == _cut(passage, s.start, s.end) else s.text]
            for s in passage.sentences
        ],
        "key": key,
        "title": title,
        "title_terms": list(title_terms),
    }


def passage_of(row: Row) -> Passage:
    """The passage written by ``passage_row``."""
    text, start = row["text"], row["start"]
    return Passage(
        id=row["id"],
        article_id=row["article_id"],
        revision=row["revision"],
        start=start,
        end=row["end"],
        text=text,
        heading=row["heading"],
        kind=BlockKind(row["kind"]),
        sentences=tuple(
            Sentence(s, e, text[s - start : e - start] if own is None else own)
            for s, e, own in row["sentences"]
        ),
    )


def sentences_of(row: Row) -> tuple[str, ...]:
    """The texts of the sentences of a passage, without reading the rest of it."""
    text, start = row["text"], row["start"]
    return tuple(
        text[s - start : e - start] if own is None else own for s, e, own in row["sentences"]
    )


def _cut(passage: Passage, start: int, end: int) -> str:
    return passage.text[start - passage.start : end - passage.start]
