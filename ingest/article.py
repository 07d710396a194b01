"""The types that flow out of ingestion: Article, Block, Sentence and Passage.

All offsets count Unicode code points in ``Article.text``; spans are half-open, so that
``article.text[start:end]`` is the spanned text.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class BlockKind(StrEnum):
    """What a block of an article is; headings and titles can be cited like any other block."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"


@dataclass(frozen=True, slots=True)
class Block:
    """One title, heading, paragraph, list item or table row of an article.

    ``page`` counts from 1 and is where the block begins, in files that have pages.
    """

    kind: BlockKind
    start: int
    end: int
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One stored article: cleaned text with its structure and where it came from.

    ``text`` holds the title, the headings and the body, and is what citations point into;
    ``blocks`` cover it in order without overlap. ``sha256`` is the hash of ``text`` and names
    the revision. ``id`` is stable over revisions of the same source. ``removed`` lists what of the
    source is not part of ``text``, a line each, most of them led by the reason. ``group`` is the id
    of the article that speaks for this one and its near-copies; None where there are no copies.
    """

    id: str
    title: str
    text: str
    blocks: tuple[Block, ...]
    publisher: str | None = None
    published: date | None = None
    url: str | None = None
    language: str = "ko"
    source: str | None = None
    removed: tuple[str, ...] = ()
    byline: str | None = None
    updated: date | None = None
    group: str | None = None

    @property
    def sha256(self) -> str:
        """The revision: SHA-256 of the UTF-8 text, in hexadecimal."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    def page_at(self, offset: int) -> int | None:
        """The page of the block that holds ``text[offset]``; None where there are no pages."""
        within = (block for block in self.blocks if block.start <= offset < block.end)
        return next((block.page for block in within), None)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence (or a whole heading) of an article, by its span."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole sentences from one section of one article: the unit that is searched.

    ``heading`` is the section heading the passage stands under ("" before the first one); it is
    context for search and reading, not part of ``text``. ``kind`` tells titles and headings from
    body text.
    """

    id: str
    article_id: str
    revision: str
    start: int
    end: int
    text: str
    heading: str
    kind: BlockKind
    sentences: tuple[Sentence, ...]
