"""Read an export back, and check it against the stored articles: quotes, numbers, names.

Takes what the page exports (JSON and Markdown) and what ``kai ask`` prints (``--json``, and the
lines of ``--batch``). Nothing but the library is asked; no model is loaded.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assistant.answer import Answer, AnswerSentence, Citation, Status, Verdict
from assistant.answer_json import NotAnAnswer, answer_from
from assistant.language import language_of
from assistant.lexicon import same_name
from assistant.names import NameBook
from assistant.verify import verify_answer
from ingest.article import Article

Find = Callable[[str, str], Article | None]

_MARK = re.compile(r"\s*<!-- kai export 1 -->")
_QUOTE = re.compile(r"> \[(\d+)\] (.*)")
_PLACE = re.compile(r"> — .*\((.+)@([0-9a-f]{12,64}) (\d+)–(\d+)\)")
_MARKS = re.compile(r"((?: \[\d+\])*)\s*$")


class NotAnExport(ValueError):  # noqa: N818 - says what is the case
    """A file that no export is; the message says why."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found: how much was looked at, and a line for everything that is wrong."""

    answers: int
    quotes: int
    problems: tuple[str, ...]


def check_export(text: str, find: Find) -> Checked:
    """Check an export.

    Args:
        text: the file's text.
        find: gives the stored article of an id and a revision (or its beginning), or None.

    Raises:
        NotAnExport: the text is none.
    """
    answers = read_export(text, find)
    problems = [
        f"answer {number}: {problem}"
        for number, answer in enumerate(answers, 1)
        for problem in _problems(answer, find)
    ]
    quotes = sum(len(answer.citations) + len(answer.nearest) for answer in answers)
    return Checked(len(answers), quotes, tuple(problems))


def _problems(answer: Answer, find: Find) -> Iterator[str]:
    stored = [find(one.article_id, one.revision) for one in (*answer.citations, *answer.nearest)]
    texts = {article.text for article in stored if article}
    names = NameBook.from_texts(sorted(texts)).spellings
    for problem in verify_answer(answer, find, names=names, same_name=same_name):
        yield f"{problem.kind}: {problem.detail}"


def read_export(text: str, find: Find) -> list[Answer]:
    """The answers of an export; raises NotAnExport."""
    try:
        if text.lstrip().startswith(("{", "[")):
            return [answer_from(row) for row in _rows(text)]
    except NotAnAnswer as error:
        raise NotAnExport(f"not an answer: {error}") from error
    answers = list(_from_markdown(text, find)) if _MARK.match(text) else []
    if not answers:
        raise NotAnExport("neither JSON nor Markdown that kai exported")
    return answers


def _rows(text: str) -> list[dict[str, Any]]:
    try:
        whole = json.loads(text)
    except ValueError:
        whole = _lines(text)
    if isinstance(whole, dict):
        whole = whole.get("answers", [whole])
    if not isinstance(whole, list) or not all(isinstance(row, dict) for row in whole) or not whole:
        raise NotAnExport("no answers in this JSON")
    return [row for row in whole if "error" not in row]


def _lines(text: str) -> list[Any]:
    try:
        return [json.loads(line) for line in text.splitlines() if line.strip()]
    except ValueError as error:
        raise NotAnExport(f"broken JSON: {error}") from error


def _from_markdown(text: str, find: Find) -> Iterator[Answer]:
    parts = re.split(r"^## ", text, flags=re.MULTILINE)
    for part in parts[1:]:
        lines = [line.rstrip() for line in part.splitlines()]
        yield _answer(html.unescape(lines[0]), [line for line in lines[1:] if line], find)


def _answer(question: str, lines: Sequence[str], find: Find) -> Answer:
    citations = tuple(_citations(lines, find))
    told = [line for line in lines if not line.startswith((">", "※", "—"))]
    sentences = tuple(_sentences(told, {one.number: one.quote for one in citations}))
    missing = next((html.unescape(line[2:]) for line in lines if line.startswith("— ")), None)
    refused = not any(sentence.citations for sentence in sentences)
    return Answer(
        question=question,
        standalone_question=question,
        language=language_of(question),
        status=Status.ABSTAINED if refused else Status.ANSWERED,
        sentences=sentences,
        citations=() if refused else citations,
        nearest=citations if refused else (),
        missing=missing,
        separator="\n",  # one sentence a line is how it is written
    )


def _citations(lines: Sequence[str], find: Find) -> Iterator[Citation]:
    for line, after in zip(lines, [*lines[1:], ""], strict=False):
        quote, place = _QUOTE.fullmatch(line), _PLACE.fullmatch(after)
        if quote and place is None:
            raise NotAnExport(f"a quote without its place: {line:.60}")
        if quote and place:
            yield _citation(int(quote[1]), html.unescape(quote[2]), place, find)


def _citation(number: int, quote: str, place: re.Match[str], find: Find) -> Citation:
    """The citation as the file tells it; of its article only what the library knows.

    Markdown cannot keep line breaks within a quote, so those alone are taken from the library.
    """
    article_id, revision, start, end = place[1], place[2], int(place[3]), int(place[4])
    article = find(article_id, revision)
    known = Citation(number, article_id, revision, "", None, None, None, start, end, quote)
    if article is None:
        return known
    stored = article.text[start:end]
    published = article.published.isoformat() if article.published else None
    return replace(
        known,
        revision=article.sha256,
        title=article.title,
        publisher=article.publisher,
        published=published,
        quote=stored if stored.split() == quote.split() else quote,
    )


def _sentences(lines: Sequence[str], quotes: dict[int, str]) -> Iterator[AnswerSentence]:
    for line, after in zip(lines, [*lines[1:], ""], strict=False):
        if line.startswith("↳"):
            continue
        marks = _MARKS.search(line)
        numbers = tuple(int(one) for one in re.findall(r"\d+", marks[1])) if marks else ()
        text = html.unescape((line[: marks.start()] if marks else line).removeprefix("\\"))
        how = html.unescape(after[2:]) if after.startswith("↳ ") else None
        yield AnswerSentence(text, numbers, _verdict(text, numbers, how, quotes), how)


def _verdict(text: str, numbers: Sequence[int], how: str | None, quotes: dict[int, str]) -> Verdict:
    if not numbers:
        return Verdict.NOTICE
    if any(quotes.get(number, "").split() == text.split() for number in numbers):
        return Verdict.QUOTED
    return Verdict.DERIVED if how else Verdict.SUPPORTED
