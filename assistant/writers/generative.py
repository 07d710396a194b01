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

from assistant.answer import Status
from assistant.candidates import Line
from assistant.draft import Draft, Span
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
from assistant.writers.generative_parse import Item, ItemReader
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
        progress = _Progress(question, draft, book, evidence, self.pen.label)
        trouble: Trouble | None = None
        try:
            with closing(self.pen.write(prompt, SCHEMA)) as pieces:
                for piece in pieces:
                    progress.take(progress.reader.feed(piece))
                    yield progress.draft
        except WritingStopped as stopped:
            trouble = stopped.trouble
        progress.take(progress.reader.finish())
        yield _with_notices(progress, trouble, question.language)


class _Progress:
    """How far one text of a model has come, and the draft that it makes of it."""

    def __init__(
        self,
        question: Question,
        draft: Draft,
        book: NameBook,
        evidence: Sequence[Span],
        label: str,
    ) -> None:
        self.reader = ItemReader()
        self.draft = self._before = draft
        self.refused = 0
        self.placed = False
        self._question, self._book, self._evidence = question, book, evidence
        self._label = label
        self._passed: list[Sentence] = []

    def take(self, items: Sequence[Item]) -> None:
        """Check new items and put what passed in its place.

        The draft stays the same object while nothing changes.
        """
        for item in items:
            kept, wrong = check_item(item, self._evidence, self._question, self._book)
            self._passed += [one for one in kept if one not in self._passed]
            self.refused += wrong
        if not items:
            return
        now = placed(self._before, self._passed, self._question, self._book)
        self.placed = now is not self._before
        if now.points != self.draft.points:
            self.draft = replace(now, writer=self._label)


def _with_notices(progress: _Progress, trouble: Trouble | None, language: str) -> Draft:
    draft = progress.draft
    if trouble is not None:
        draft = draft.with_notice(frame(language, _NOTICES[trouble]))
    elif not progress.placed:
        draft = draft.with_notice(frame(language, "model_nothing"))
    if progress.refused:
        draft = draft.with_notice(frame(language, "model_unsupported", count=progress.refused))
    return draft
