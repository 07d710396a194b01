"""Where the span reader is asked: for a single fact, in Korean, of a large library.

That is what it was trained and measured on (docs/measurements.md); elsewhere the rules answer.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.question import Kind, Question, Read
from ingest.article import BlockKind
from vectorstore.evidence import Evidence

_NO_BODY = frozenset({BlockKind.TITLE, BlockKind.SUBTITLE, BlockKind.HEADING})


def words_read(question: Question, evidence: Sequence[Evidence]) -> Read | None:
    """The words that the reader takes for the answer; None for what it was not trained on."""
    if question.language != "ko" or question.kind is not Kind.FACT:
        return None
    from assistant.reader.reader import first_reading

    body = [item for item in evidence if item.passage.kind not in _NO_BODY]
    found = first_reading(question.text, body)
    return Read(found.evidence.article.id, found.start, found.end) if found else None
