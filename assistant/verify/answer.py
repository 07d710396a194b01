"""Check a whole answer: its spans, its numbering, its length, and every sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from assistant.answer import Answer, AnswerSentence, Citation, Status, Verdict
from assistant.verify.problem import Problem, SameName, same_spelling
from assistant.verify.sentence import verify_sentence
from ingest.article import Article

Articles = Callable[[str, str], Article | None]

MAX_SENTENCES = 3
MAX_CHARACTERS = 400
MAX_POINTS = 10


def citation_is_exact(citation: Citation, article: Article | None) -> bool:
    """Whether the citation spans exactly its quote in that revision of that article."""
    if article is None or (article.id, article.sha256) != (citation.article_id, citation.revision):
        return False
    inside = 0 <= citation.start < citation.end <= len(article.text)
    return inside and article.text[citation.start : citation.end] == citation.quote


def verify_answer(
    answer: Answer,
    articles: Articles,
    *,
    names: Sequence[str] = (),
    same_name: SameName = same_spelling,
) -> list[Problem]:
    """All that breaks the promise of an answer; empty: it may be shown.

    ``articles`` gives the stored article of an id and revision, or None.
    """
    return [
        *_span_problems(answer, articles),
        *_numbering_problems(answer),
        *_status_problems(answer),
        *_length_problems(answer),
        *_sentence_problems(answer, names, same_name),
    ]


def _span_problems(answer: Answer, articles: Articles) -> Iterator[Problem]:
    for citation in (*answer.citations, *answer.nearest):
        if not citation_is_exact(citation, articles(citation.article_id, citation.revision)):
            yield Problem("quote", f"{citation.article_id} {citation.start}:{citation.end}")
    short = answer.short_answer
    if short is not None and not any(short in one.quote for one in answer.citations):
        yield Problem("quote", f"short answer: {short}")


def _numbering_problems(answer: Answer) -> Iterator[Problem]:
    numbers = [citation.number for citation in answer.citations]
    if numbers != list(range(1, len(numbers) + 1)):
        yield Problem("citation", f"numbers {numbers}, not 1 to {len(numbers)}")
    cited = {number for sentence in answer.sentences for number in sentence.citations}
    for number in sorted(cited - set(numbers)):
        yield Problem("citation", f"[{number}] cites nothing")
    for number in sorted(set(numbers) - cited):
        yield Problem("citation", f"[{number}] is never used")


def _status_problems(answer: Answer) -> Iterator[Problem]:
    if not answer.sentences:
        yield Problem("status", "no sentence")
    facts = [one for one in answer.sentences if one.verdict is not Verdict.NOTICE]
    if answer.status is Status.ABSTAINED:
        if not answer.missing:
            yield Problem("status", "a refusal must say what is missing")
    elif not facts:
        yield Problem("status", f"{answer.status} without a fact")


def _length_problems(answer: Answer) -> Iterator[Problem]:
    facts = [one.text for one in answer.sentences if one.verdict is not Verdict.NOTICE]
    if "\n" in answer.separator:
        if len(facts) > MAX_POINTS:
            yield Problem("length", f"{len(facts)} points, at most {MAX_POINTS}")
        return
    characters = len(" ".join(facts))
    if len(facts) > MAX_SENTENCES and characters > MAX_CHARACTERS:
        yield Problem("length", f"{len(facts)} sentences, {characters} characters")


def _sentence_problems(
    answer: Answer, names: Sequence[str], same_name: SameName
) -> Iterator[Problem]:
    by_number = {citation.number: citation for citation in answer.citations}
    for sentence in answer.sentences:
        cited = [by_number[number] for number in sentence.citations if number in by_number]
        yield from verify_sentence(
            sentence,
            [citation.quote for citation in cited],
            names=names,
            anchor=_anchor([*cited, *answer.citations, *answer.nearest]),
            same_name=same_name,
            allowed=_allowed(answer, sentence),
            language=answer.language,
        )


def _anchor(citations: Sequence[Citation]) -> date | None:
    published = [citation.published for citation in citations if citation.published]
    return date.fromisoformat(published[0]) if published else None


def _allowed(answer: Answer, sentence: AnswerSentence) -> list[str]:
    """What a notice may repeat: the question, what is missing, and what the articles say of it."""
    citations = [*answer.citations, *answer.nearest]
    sources = [text for one in citations for text in (one.title, one.publisher, one.published)]
    frame = [*sources, answer.as_of]
    if sentence.verdict is Verdict.NOTICE:
        frame += [answer.question, answer.standalone_question, answer.missing]
        frame += [one.quote for one in citations]
    return [text for text in frame if text]
