"""The types that flow out of the assistant: Answer, Sentence, Citation, and what they promise.

The JSON form (`Answer.to_dict`) is fixed: others measure through it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from ingest.article import Article


class Status(StrEnum):
    """What kind of answer this is; a refusal is a status, not a sentence."""

    ANSWERED = "answered"
    CORRECTED = "corrected"
    ABSTAINED = "abstained"


class Verdict(StrEnum):
    """How a sentence stands to its citations."""

    QUOTED = "quoted"  # the article's own sentence, equal to its quote
    SUPPORTED = "supported"  # rephrased by a model and checked
    DERIVED = "derived"  # computed or concluded from cited quotes
    NOTICE = "notice"  # as-of, refusal, pointer to the nearest text: no fact of its own


@dataclass(frozen=True, slots=True)
class Citation:
    """An exact span of one revision of one article: ``text[start:end] == quote``.

    ``page`` is where the span begins in a file with pages; only then it is part of the JSON.
    """

    number: int
    article_id: str
    revision: str
    title: str
    publisher: str | None
    published: str | None
    url: str | None
    start: int
    end: int
    quote: str
    page: int | None = None

    @classmethod
    def of(cls, number: int, article: Article, start: int, end: int) -> Citation:
        """Cite ``article.text[start:end]``; raises ValueError when the span is not inside it."""
        if not 0 <= start < end <= len(article.text):
            raise ValueError(f"span {start}:{end} is not inside article {article.id}")
        published = article.published.isoformat() if article.published else None
        return cls(
            number=number,
            article_id=article.id,
            revision=article.sha256,
            title=article.title,
            publisher=article.publisher,
            published=published,
            url=article.url,
            start=start,
            end=end,
            quote=article.text[start:end],
            page=article.page_at(start),
        )


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """One sentence of an answer, without its markers; ``how`` explains a derived one."""

    text: str
    citations: tuple[int, ...]
    verdict: Verdict
    how: str | None = None

    @property
    def marked(self) -> str:
        """The sentence followed by its citation markers: ``text [1] [2]``."""
        return " ".join([self.text, *(f"[{number}]" for number in self.citations)])


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a conversation; ``role`` is "user" or "assistant"."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A verified answer, a correction, or a refusal, to one question.

    ``confidence`` is the calibrated probability (0 to 1) that the articles answer the question at
    all, whatever the status; None where a writer does not judge it. It is not part of the JSON.
    """

    question: str
    standalone_question: str
    language: str
    status: Status
    sentences: tuple[AnswerSentence, ...]
    citations: tuple[Citation, ...] = ()
    short_answer: str | None = None
    missing: str | None = None
    nearest: tuple[Citation, ...] = ()
    as_of: str | None = None
    notices: tuple[str, ...] = ()
    writer: str = "extractive"
    separator: str = " "
    timings_ms: dict[str, float] = field(default_factory=dict)
    id: str | None = None
    confidence: float | None = None

    @property
    def text(self) -> str:
        """The sentences in order with their markers; nothing else stands in it."""
        return self.separator.join(sentence.marked for sentence in self.sentences)

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of the contract, keys in its order."""
        return {
            "id": self.id,
            "question": self.question,
            "standalone_question": self.standalone_question,
            "language": self.language,
            "status": self.status.value,
            "text": self.text,
            "short_answer": self.short_answer,
            "sentences": [_sentence_dict(sentence) for sentence in self.sentences],
            "citations": _citation_dicts(self.citations),
            "missing": self.missing,
            "nearest": _citation_dicts(self.nearest),
            "as_of": self.as_of,
            "notices": list(self.notices),
            "writer": self.writer,
            "timings_ms": {name: round(ms, 2) for name, ms in self.timings_ms.items()},
        }


def _sentence_dict(sentence: AnswerSentence) -> dict[str, Any]:
    row: dict[str, Any] = {
        "text": sentence.text,
        "citations": list(sentence.citations),
        "verdict": sentence.verdict.value,
    }
    return row if sentence.how is None else {**row, "how": sentence.how}


def _citation_dicts(citations: Sequence[Citation]) -> list[dict[str, Any]]:
    names = [name for name in Citation.__dataclass_fields__ if name != "page"]
    rows = [{name: getattr(citation, name) for name in names} for citation in citations]
    return [
        row if citation.page is None else {**row, "page": citation.page}
        for row, citation in zip(rows, citations, strict=True)
    ]
