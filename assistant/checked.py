"""The last gate before an answer leaves: what fails verification is not shown as fact."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from assistant.answer import Answer, AnswerSentence, Status, Verdict
from assistant.draft import Draft
from assistant.lexicon import same_name
from assistant.verify import verify_sentence
from prompts.loader import frame


def checked(answer: Answer, draft: Draft, read: dict[str, Any]) -> Answer:
    """Drop every sentence that its quotes do not support; refuse when none is left."""
    names = read["book"].spellings
    kept = tuple(
        sentence for sentence in answer.sentences if not _problems(sentence, answer, names)
    )
    if len(kept) == len(answer.sentences):
        return answer
    facts = [sentence for sentence in kept if sentence.verdict is not Verdict.NOTICE]
    if answer.status is Status.CORRECTED:  # a quote alone says not what is wrong
        facts = [sentence for sentence in facts if sentence.verdict is not Verdict.QUOTED]
    if facts or answer.status is Status.ABSTAINED:
        return replace(answer, sentences=kept)
    text = frame(answer.language, "not_said_plain")
    refusal = AnswerSentence(text, (), Verdict.NOTICE)
    return replace(
        answer,
        status=Status.ABSTAINED,
        sentences=(refusal,),
        citations=(),
        short_answer=None,
        missing=answer.standalone_question,
        nearest=answer.citations[:3],
    )


def _problems(sentence: AnswerSentence, answer: Answer, names: list[str]) -> list[Any]:
    quotes = [
        citation.quote for citation in answer.citations if citation.number in sentence.citations
    ]
    if sentence.verdict is Verdict.QUOTED:
        return [] if quotes and sentence.text in quotes else [sentence]
    publishers = [citation.publisher or "" for citation in answer.citations]
    allowed = [answer.standalone_question, answer.missing or "", answer.as_of or "", *publishers]
    return verify_sentence(
        sentence,
        quotes,
        names=names,
        same_name=same_name,
        allowed=allowed,
        language=answer.language,
    )
