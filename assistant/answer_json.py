"""Read an answer back from the contract's JSON: what `Answer.to_dict` wrote, or an honest error."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assistant.answer import Answer, AnswerSentence, Citation, Status, Verdict


class NotAnAnswer(ValueError):  # noqa: N818 - says what is the case
    """A JSON object that is no answer of the contract; the message says what is wrong."""


def answer_from(row: Mapping[str, Any]) -> Answer:
    """The answer of a JSON object.

    How the sentences were joined is read off ``text``. Raises NotAnAnswer.
    """
    try:
        sentences = tuple(_sentence(each) for each in row["sentences"])
        return Answer(
            id=_text_or_none(row.get("id")),
            question=_text(row["question"]),
            standalone_question=_text(row.get("standalone_question", row["question"])),
            language=_text(row["language"]),
            status=Status(row["status"]),
            sentences=sentences,
            citations=tuple(_citation(each) for each in row.get("citations", ())),
            short_answer=_text_or_none(row.get("short_answer")),
            missing=_text_or_none(row.get("missing")),
            nearest=tuple(_citation(each) for each in row.get("nearest", ())),
            as_of=_text_or_none(row.get("as_of")),
            notices=tuple(_text(each) for each in row.get("notices", ())),
            writer=_text(row.get("writer", "extractive")),
            separator=_separator(sentences, _text(row.get("text", ""))),
            timings_ms={str(name): float(ms) for name, ms in row.get("timings_ms", {}).items()},
        )
    except KeyError as error:
        raise NotAnAnswer(f"the key {error} is missing") from error
    except (TypeError, ValueError, AttributeError) as error:
        raise NotAnAnswer(str(error)) from error


def _separator(sentences: tuple[AnswerSentence, ...], text: str) -> str:
    listed = len(sentences) > 1 and text == "\n".join(one.marked for one in sentences)
    return "\n" if listed else " "


def _sentence(row: Mapping[str, Any]) -> AnswerSentence:
    numbers = tuple(_number(number) for number in row["citations"])
    how = _text_or_none(row.get("how"))
    return AnswerSentence(_text(row["text"]), numbers, Verdict(row["verdict"]), how)


def _citation(row: Mapping[str, Any]) -> Citation:
    return Citation(
        number=_number(row["number"]),
        article_id=_text(row["article_id"]),
        revision=_text(row["revision"]),
        title=_text(row["title"]),
        publisher=_text_or_none(row.get("publisher")),
        published=_text_or_none(row.get("published")),
        url=_text_or_none(row.get("url")),
        start=_number(row["start"]),
        end=_number(row["end"]),
        quote=_text(row["quote"]),
        page=None if row.get("page") is None else _number(row["page"]),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise NotAnAnswer(f"a text is expected, not {value!r:.40}")
    return value


def _text_or_none(value: object) -> str | None:
    return None if value is None else _text(value)


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise NotAnAnswer(f"a whole number is expected, not {value!r:.40}")
    return value
