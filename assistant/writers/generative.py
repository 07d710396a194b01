"""The writer with a language model: it phrases, joins and translates the verified answer.

The extractive writer decides what is answered, corrected or refused, and from which sentences;
the model is given those sentences and writes. Its sentences are checked one by one while it
writes, and each takes the place of the quotes it says. A refusal is never the model's: it is not
asked where the articles do not answer, and when it declines where they do, the quotes stay.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace

from assistant.answer import Status, Verdict
from assistant.candidates import Line
from assistant.draft import Draft
from assistant.models.pen import Pen
from assistant.models.problem import Trouble, WritingStopped
from assistant.names import NameBook
from assistant.question import Question
from assistant.writers.generative_check import Sentence, check_item
from assistant.writers.generative_evidence import (
    SCHEMA,
    evidence_for,
    writing_prompt,
)
from assistant.writers.generative_parse import ItemReader
from assistant.writers.generative_place import placed
from prompts.loader import frame

_NOTICES = {
    Trouble.FAILED: "model_failed",
    Trouble.SLOW: "model_slow",
    Trouble.BUSY: "model_busy",
}


class ModelWriter:
    """Rewrites verified drafts with one model; safe to share between threads."""

    def __init__(self, pen: Pen) -> None:
        self.pen = pen

    def rewrite(
        self, question: Question, draft: Draft, lines: Sequence[Line], book: NameBook
    ) -> Iterator[Draft]:
        """Drafts as the model's sentences pass; the same draft again is a pause.

        The last one is final, and says in its notices what was left out.
        """
        evidence = evidence_for(draft, lines)
        if draft.status is not Status.ANSWERED or not evidence:
            return
        prompt = writing_prompt(question.text, question.language, evidence, self.pen.window)
        reader, passed, refused = ItemReader(), list[Sentence](), 0
        trouble: Trouble | None = None
        current = draft
        try:
            with closing(self.pen.write(prompt, SCHEMA)) as pieces:
                for piece in pieces:
                    for item in reader.feed(piece):
                        kept, wrong = check_item(item, evidence, question, book)
                        passed += [one for one in kept if one not in passed]
                        refused += wrong
                    current = self._signed(draft, passed, question, book, current)
                    yield current
        except WritingStopped as stopped:
            trouble = stopped.trouble
        for item in reader.finish():
            kept, wrong = check_item(item, evidence, question, book)
            passed += kept
            refused += wrong
        current = self._signed(draft, passed, question, book, current)
        yield _with_notices(current, current is not draft, refused, trouble, question.language)

    def _signed(
        self,
        draft: Draft,
        passed: Sequence[Sentence],
        question: Question,
        book: NameBook,
        before: Draft,
    ) -> Draft:
        """The draft with the sentences in place; the very one from before when nothing changed."""
        now = placed(draft, passed, question, book)
        if now is draft:
            return draft
        signed = replace(now, writer=self.pen.label)
        return before if signed == before else signed


def _with_notices(
    draft: Draft, changed: bool, refused: int, trouble: Trouble | None, language: str
) -> Draft:
    facts = [point for point in draft.points if point.verdict is not Verdict.NOTICE]
    if trouble is not None:
        draft = draft.with_notice(frame(language, _NOTICES[trouble]))
    elif not changed and facts:
        draft = draft.with_notice(frame(language, "model_nothing"))
    if refused:
        draft = draft.with_notice(frame(language, "model_unsupported", count=refused))
    return draft
