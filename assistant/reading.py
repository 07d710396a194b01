"""Where the reader is asked: which sentence answers, and with which words.

For the words only in Korean, for a single fact of a large library: that is what they were measured
on (docs/measurements.md). Which of the sentences that the rules find answers, it is asked always.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.candidates import Line
from assistant.question import Kind, Question, Read
from ingest.article import BlockKind
from vectorstore.evidence import Evidence

_NO_BODY = frozenset({BlockKind.TITLE, BlockKind.SUBTITLE, BlockKind.HEADING})


def sentence_scores(question: str, lines: Sequence[Line]) -> list[float | None]:
    """How far each line answers a question: a logit, 0 is even.

    None for a title or a heading, and for a sentence beyond what is read of a long passage.
    """
    from assistant.reader.reader import shared_reader

    items = {line.item.passage.id: line.item for line in lines if line.kind not in _NO_BODY}
    told = dict(zip(items, shared_reader().says_of(question, [*items.values()]), strict=True))
    return [told.get(line.item.passage.id, {}).get(line.sentence.start) for line in lines]


def words_read(question: Question, evidence: Sequence[Evidence]) -> Read | None:
    """The words that the reader takes for the answer; None for what it was not trained on."""
    if question.language != "ko" or question.kind is not Kind.FACT:
        return None
    from assistant.reader.reader import first_reading

    body = [item for item in evidence if item.passage.kind not in _NO_BODY]
    found = first_reading(question.text, body)
    return Read(found.evidence.article.id, found.start, found.end) if found else None
