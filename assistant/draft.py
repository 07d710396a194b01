"""What a writer hands over: points with the spans they rest on, not yet numbered or verified."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.answer import Answer, AnswerSentence, Citation, Status, Verdict
from ingest.article import Article


@dataclass(frozen=True, slots=True)
class Span:
    """An exact span of an article."""

    article: Article
    start: int
    end: int

    @property
    def quote(self) -> str:
        """The spanned text."""
        return self.article.text[self.start : self.end]

    @property
    def key(self) -> tuple[str, int, int]:
        """What makes two spans the same."""
        return (self.article.id, self.start, self.end)


@dataclass(frozen=True, slots=True)
class Point:
    """One sentence of a draft and the spans it rests on; ``how`` shows a derivation."""

    text: str
    spans: tuple[Span, ...]
    verdict: Verdict
    how: str | None = None

    @classmethod
    def quoting(cls, span: Span) -> Point:
        """The article's own words."""
        return cls(span.quote, (span,), Verdict.QUOTED)

    @classmethod
    def notice(cls, text: str, *spans: Span) -> Point:
        """A line that states no fact of its own."""
        return cls(text, spans, Verdict.NOTICE)


@dataclass(frozen=True, slots=True)
class Draft:
    """A writer's answer before numbering and verification."""

    status: Status
    points: tuple[Point, ...]
    short_answer: str | None = None
    missing: str | None = None
    nearest: tuple[Span, ...] = ()
    notices: tuple[str, ...] = ()
    separator: str = " "
    writer: str = "extractive"

    def with_notice(self, notice: str) -> Draft:
        """The same draft with one more notice."""
        return replace(self, notices=(*self.notices, notice))


def finish(draft: Draft, question: str, standalone: str, language: str) -> Answer:
    """Number the citations in order of use and make the Answer of a draft."""
    numbers: dict[tuple[str, int, int], int] = {}
    citations: list[Citation] = []
    sentences = []
    for point in draft.points:
        for span in point.spans:
            if span.key not in numbers:
                numbers[span.key] = len(numbers) + 1
                citations.append(Citation.of(numbers[span.key], span.article, span.start, span.end))
        cited = tuple(dict.fromkeys(numbers[span.key] for span in point.spans))
        sentences.append(AnswerSentence(point.text, cited, point.verdict, point.how))
    nearest = tuple(
        Citation.of(number, span.article, span.start, span.end)
        for number, span in enumerate(draft.nearest, len(citations) + 1)
    )
    dates = [item.published for item in (*citations, *nearest) if item.published]
    return Answer(
        question=question,
        standalone_question=standalone,
        language=language,
        status=draft.status,
        sentences=tuple(sentences),
        citations=tuple(citations),
        short_answer=draft.short_answer,
        missing=draft.missing,
        nearest=nearest,
        as_of=max(dates) if dates else None,
        notices=draft.notices,
        writer=draft.writer,
        separator=draft.separator,
    )
