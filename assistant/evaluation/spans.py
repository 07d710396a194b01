"""Citations against the stored texts: exact spans, well-formed answers, precision and recall."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from assistant.answer import Answer, Citation, Status, Verdict
from assistant.evaluation.questions import EvidenceSpan

Articles = Mapping[tuple[str, str], str]
"""Stored texts by (article id, revision)."""

Span = tuple[str, int, int]
"""Article id, start, end."""


def is_exact(citation: Citation, articles: Articles) -> bool:
    """Whether ``text[start:end] == quote`` in the very revision that is cited."""
    text = articles.get((citation.article_id, citation.revision))
    inside = text is not None and 0 <= citation.start < citation.end <= len(text)
    return inside and text is not None and text[citation.start : citation.end] == citation.quote


def inexact(answer: Answer, articles: Articles) -> list[Citation]:
    """The citations, nearest texts included, whose span is not exact."""
    return [each for each in (*answer.citations, *answer.nearest) if not is_exact(each, articles)]


def form_problems(answer: Answer, written_text: str | None) -> list[str]:
    """Where an answer breaks the contract's form, one line each."""
    cited = {each.number: each.quote for each in (*answer.citations, *answer.nearest)}
    problems = []
    if written_text is not None and written_text != answer.text:
        problems.append("text is not its sentences in order")
    if answer.status is not Status.ABSTAINED and not answer.citations:
        problems.append("states something without a citation")
    for sentence in answer.sentences:
        quotes = [cited[number] for number in sentence.citations if number in cited]
        if len(quotes) < len(sentence.citations):
            problems.append(f"cites a number that is not in the list: {sentence.text:.40}")
        if sentence.verdict is not Verdict.NOTICE and not sentence.citations:
            problems.append(f"a fact without citation: {sentence.text:.40}")
        if sentence.verdict is Verdict.QUOTED and sentence.text not in quotes:
            problems.append(f"marked as quoted, but not equal to its quote: {sentence.text:.40}")
        if sentence.verdict is Verdict.DERIVED and not sentence.how:
            problems.append(f"derived without saying how: {sentence.text:.40}")
    short = answer.short_answer
    if short is not None and not any(short in quote for quote in cited.values()):
        problems.append(f"short_answer stands in no cited quote: {short:.40}")
    return problems


def resolve(span: EvidenceSpan, articles: Articles) -> list[Span]:
    """Every place in the stored texts that an evidence entry means; empty when there is none."""
    places = []
    for (name, revision), text in articles.items():
        if span.article not in (None, name) or span.revision not in (None, revision):
            continue
        if span.quote is None:
            places += [(name, span.start, span.end)] if span.end <= len(text) else []
            continue
        at = text.find(span.quote)
        while at >= 0:
            places.append((name, at, at + len(span.quote)))
            at = text.find(span.quote, at + 1)
    return places


def citation_precision(answer: Answer, evidence: Sequence[Sequence[Span]]) -> float | None:
    """The share of citations that touch the evidence; None when either is missing."""
    if not evidence or not answer.citations:
        return None
    places = [place for entry in evidence for place in entry]
    hits = [touches(_span(each), places) for each in answer.citations]
    return sum(hits) / len(hits)


def citation_recall(answer: Answer, evidence: Sequence[Sequence[Span]]) -> float | None:
    """The share of evidence entries that some citation touches; None without evidence."""
    if not evidence:
        return None
    cited = [_span(each) for each in answer.citations]
    hits = [any(touches(place, cited) for place in entry) for entry in evidence]
    return sum(hits) / len(hits)


def touches(span: Span, others: Iterable[Span]) -> bool:
    """Whether a span shares a character with one of the others."""
    name, start, end = span
    return any(other == name and low < end and start < high for other, low, high in others)


def _span(citation: Citation) -> Span:
    return citation.article_id, citation.start, citation.end
