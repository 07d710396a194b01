"""How much is read for a question: the nearest passages, or all of an article asked about whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.confidence import LARGE
from assistant.language import language_of
from assistant.question import Kind, analyse
from vectorstore.evidence import Evidence

if TYPE_CHECKING:
    from vectorstore.reading import Index

WHOLE = frozenset({Kind.SUMMARY, Kind.SCHEDULE, Kind.EACH})
MOST = 200  # passages of one article
EVIDENCE = 40  # passages a question is read against: of a small library all, or nearly
OF_MANY = 12  # ... of a large one, where the others are about something else


def passages_read(index: Index) -> int:
    """How many of the nearest passages a question is read against in this library."""
    return EVIDENCE if len(index) < LARGE else OF_MANY


def with_whole_article(question: str, found: Sequence[Evidence], index: Index) -> list[Evidence]:
    """Add the passages that search left out of the best article, where the question is of a whole.

    The best article is that of the first passage in the question's language.
    """
    if not found or analyse(question).kind not in WHOLE:
        return list(found)
    language = language_of(question)
    best = next((item.article for item in found if item.article.language == language), None)
    article = best or found[0].article
    known = {item.passage.id for item in found}
    rest = (index.passage(row) for row in index.rows_of(article.id)[:MOST])
    return [
        *found,
        *(Evidence(passage, article, 0.0) for passage in rest if passage.id not in known),
    ]
