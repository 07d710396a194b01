"""What happens on the page, without Gradio: a question or a click in, what to show out."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answer import Answer
from assistant.web.conversation import Conversation, question_fault
from assistant.web.counts import Counts
from assistant.web.figures import charts_of, telling
from assistant.web.protocol import Assistant
from assistant.web.render import newest_first
from assistant.web.render_answer import render_failure, render_turn, render_waiting
from assistant.web.render_charts import render_teaser
from assistant.web.render_evidence import render_evidence
from assistant.web.render_page import render_empty, render_hint, render_library, render_reading

FOUND = 12  # passages looked up beside an answer, those it cites among them

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Screen:
    """What changes on the page, as HTML; None leaves a part as it is."""

    past: str | None = None
    current: str | None = None
    evidence: str | None = None
    hint: str | None = None
    conversation: Conversation | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """One assistant and how it is shown; holds nothing of any reader."""

    assistant: Assistant
    examples: Sequence[str] | None = None
    counts: Counts | None = None

    def ask(self, question: str, conversation: Conversation) -> Iterator[Screen]:
        """The screens of one question: at once that it is looked for, then its answer."""
        fault = question_fault(question)
        if fault:
            yield Screen(hint=render_hint(fault, len(question)))
            return
        question = question.strip()
        turn = conversation.next_turn
        yield Screen(
            past=_turns(conversation),
            current=render_waiting(turn, question),
            hint=render_hint(None),
        )
        yield from self._answers(question, turn, conversation)

    def _answers(self, question: str, turn: int, conversation: Conversation) -> Iterator[Screen]:
        last: Answer | None = None
        try:
            for answer in self.assistant.stream(question, conversation.history()):
                last = answer
                yield Screen(current=render_turn(turn, answer, unfinished=True))
            if last is None:
                raise RuntimeError("the assistant gave no answer at all")
            yield self._finished(turn, last, conversation)
        except Exception:
            log.exception("A question could not be answered")
            yield Screen(current=render_failure(turn, question))

    def _finished(self, turn: int, answer: Answer, conversation: Conversation) -> Screen:
        if self.counts:
            self.counts.note(answer)
        return Screen(
            current=render_turn(turn, answer),
            evidence=self._evidence(turn, answer),
            conversation=conversation.then(answer),
        )

    def evidence_of(self, turn: int, conversation: Conversation) -> Screen:
        """The panel of an earlier turn; nothing changes when that turn is not remembered."""
        answer = conversation.answer(turn)
        if answer is None:
            return Screen()
        return Screen(evidence=self._evidence(turn, answer))

    def _evidence(self, turn: int, answer: Answer) -> str:
        found = self.assistant.search(answer.standalone_question, FOUND)
        return render_evidence(turn, answer, self.assistant.article, found)

    def read(self, article_id: str) -> Screen:
        """One whole article in the panel."""
        return Screen(evidence=render_reading(self.assistant.article(article_id)))

    def library(self) -> str:
        """The list of articles, as it is now."""
        articles = sorted(self.assistant.articles(), key=newest_first, reverse=True)
        told = telling(articles)
        return render_library(articles, render_teaser(told, charts_of(told)) if told else "")

    def fresh(self) -> Screen:
        """The page as it is before the first question."""
        return Screen(
            past="",
            current=render_empty(self.examples),
            evidence=self.library(),
            hint=render_hint(None),
            conversation=Conversation(),
        )


def _turns(conversation: Conversation) -> str:
    return "".join(render_turn(turn, answer) for turn, answer in conversation.numbered())
