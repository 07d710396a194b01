"""An answer as LangChain's own message: text with standard Citation annotations.

The annotations' indexes point into the answer's text, as the standard has them; where a quote
stands in its article is in their ``extras``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from assistant.answer import Answer, AnswerSentence, Citation

if TYPE_CHECKING:
    from langchain_core.messages import AIMessage


def to_message(answer: Answer) -> AIMessage:
    """The answer as one AIMessage; its metadata hold the whole answer object under ``kai``."""
    from langchain_core.messages import AIMessage

    return AIMessage(
        content_blocks=content_blocks(answer),
        response_metadata={"model_name": answer.writer, "kai": answer.to_dict()},
    )


def content_blocks(answer: Answer) -> list[Any]:
    """One text block, with one annotation for every citation of every sentence."""
    from langchain_core.messages.content import create_text_block

    return [create_text_block(answer.text, annotations=list(_annotations(answer)))]


def _annotations(answer: Answer) -> Iterator[Any]:
    from langchain_core.messages.content import create_citation

    known = {citation.number: citation for citation in answer.citations}
    for start, sentence in _placed(answer):
        for number in sentence.citations:
            citation = known[number]
            yield create_citation(
                url=citation.url,
                title=citation.title,
                start_index=start,
                end_index=start + len(sentence.text),
                cited_text=citation.quote,
                **_source(citation),
            )


def _placed(answer: Answer) -> Iterator[tuple[int, AnswerSentence]]:
    """Every sentence and where it starts in the answer's text."""
    start = 0
    for sentence in answer.sentences:
        yield start, sentence
        start += len(sentence.marked) + len(answer.separator)


def _source(citation: Citation) -> dict[str, Any]:
    return {
        "number": citation.number,
        "article_id": citation.article_id,
        "revision": citation.revision,
        "publisher": citation.publisher,
        "published": citation.published,
        "source_start": citation.start,
        "source_end": citation.end,
    }
