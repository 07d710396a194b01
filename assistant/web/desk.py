"""What happens on the page, without Gradio: a question or a click in, what to show out."""

from __future__ import annotations

import logging
import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field, replace

from assistant.answer import Answer
from assistant.web.conversation import Conversation, question_fault
from assistant.web.counts import Counts
from assistant.web.feedback import FeedbackBook, feedback_from
from assistant.web.history import History, new_id
from assistant.web.line import Line, Pace, Ticket
from assistant.web.onward import onward
from assistant.web.protocol import Assistant
from assistant.web.readers import Reader, Readers, Watch
from assistant.web.render_answer import (
    render_failure,
    render_turn,
    render_waiting,
)
from assistant.web.render_charts import render_teaser
from assistant.web.render_evidence import FindArticle, render_evidence
from assistant.web.render_page import render_empty, render_hint, render_library, render_reading
from assistant.web.render_talk import (
    render_again,
    render_at,
    render_pace,
    render_queued,
    render_said,
    render_turns,
    render_unanswered_turn,
    render_whole,
)
from assistant.web.screen import Screen
from assistant.web.starters import Starters
from assistant.web.store import Store

FOUND = 12  # passages looked up beside an answer, those it cites among them
LOOK_AGAIN = 0.4  # seconds between two looks at the place in line

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Desk:
    """One assistant and how it is shown; what it knows of a reader is kept under the owner."""

    assistant: Assistant
    examples: Sequence[str] | None = None
    counts: Counts | None = None
    store: Store = field(default_factory=Store)
    line: Line = field(default_factory=Line)
    pace: Pace = field(default_factory=lambda: Pace(0))
    find: FindArticle | None = None
    starters: Starters | None = None
    suggests: bool = False  # whether questions to go on with are looked for after each answer
    readers: Readers = field(default_factory=Readers)

    @property
    def history(self) -> History:
        """The conversations that outlive the page."""
        return History(self.store)

    def ask(
        self,
        question: str,
        conversation: Conversation,
        reader: Reader = Reader(),  # noqa: B008 - a frozen value
        at: int | None = None,
    ) -> Iterator[Screen]:
        """The screens of one question: that it is looked for, its answer, where to go from there.

        Args:
            question: as it was written.
            conversation: what was said before.
            reader: who asks, on which page.
            at: the turn that this question takes the place of; None adds one.
        """
        fault = question_fault(question)
        delay = 0 if fault else self.pace.delay(reader.owner)
        if fault or delay:
            yield Screen(hint=render_hint(fault, len(question)) if fault else render_pace(delay))
            return
        conversation = self._known(conversation, reader, at)
        turn, question = conversation.next_turn, question.strip()
        asked = Screen(
            past=render_at(conversation.id) + self._past(conversation),
            current=render_waiting(turn, question),
            onward="",
            hint=render_hint(None),
        )
        ticket = self.line.join()
        if ticket is None:
            yield replace(asked, current=render_unanswered_turn(turn, question, "full"))
            return
        watch = self.readers.begin(reader, ticket.leave)
        try:
            yield asked
            for screen in self._in_line(ticket, question, turn):
                if watch.is_over:
                    return
                yield screen
            answer = yield from self._answers(question, turn, conversation, reader, watch)
        finally:
            ticket.leave()
        if answer is not None and self.suggests and not self.line.crowded and not watch.is_over:
            yield from onward(self.assistant, answer, conversation, lambda: watch.is_over)

    def _known(self, conversation: Conversation, reader: Reader, at: int | None) -> Conversation:
        """The conversation as the history has it now: another page may have gone on with it."""
        kept = self.history.open(reader.owner, conversation.id) if conversation.id else None
        known = kept or replace(conversation, id=conversation.id or new_id())
        return known if at is None else known.before(at)

    def _past(self, conversation: Conversation) -> str:
        return render_turns(conversation, FeedbackBook(self.store).of(conversation.id))

    def _in_line(self, ticket: Ticket, question: str, turn: int) -> Iterator[Screen]:
        shown = None
        while not ticket.wait(LOOK_AGAIN if shown else 0):
            moved, shown = ticket.place != shown, ticket.place
            yield Screen(current=render_queued(turn, question, shown) if moved else None)

    def _answers(
        self, question: str, turn: int, conversation: Conversation, reader: Reader, watch: Watch
    ) -> Generator[Screen, None, Answer | None]:
        last: Answer | None = None
        given = time.monotonic()
        try:
            stream = self.assistant.stream(question, conversation.history())
            for answer in stream:
                if watch.is_over:
                    return None
                # Without news too, now and then: only where something is given can it be ended.
                if answer != last or time.monotonic() - given > LOOK_AGAIN:
                    given = time.monotonic()
                    shown = render_turn(turn, answer, unfinished=True)
                    yield Screen(current=shown if answer != last else None)
                last = answer
            if last is None:
                raise RuntimeError("the assistant gave no answer at all")
            if not watch.is_over:
                yield self._finished(turn, last, conversation, reader)
        except Exception:
            log.exception("A question could not be answered")
            yield Screen(current=render_failure(turn, question) + render_again(turn, question))
            return None
        return last

    def _finished(
        self, turn: int, answer: Answer, conversation: Conversation, reader: Reader
    ) -> Screen:
        if self.counts:
            self.counts.note(answer)
        self.history.record(reader.owner, conversation.id, turn, answer)
        return Screen(
            current=render_whole(turn, answer),
            evidence=self._evidence(turn, answer),
            conversation=conversation.then(answer),
        )

    def stop(self, reader: Reader, question: str, turn: int) -> Screen:
        """End the answer that is being made; what was shown of it is not kept."""
        self.readers.end(reader)
        return Screen(current=render_unanswered_turn(turn, question, "stopped"))

    def open(self, conversation_id: str, reader: Reader) -> Screen:
        """A conversation from the history, with its last answer in front."""
        self.readers.end(reader)
        kept = self.history.open(reader.owner, conversation_id)
        if kept is None or not kept.answers:
            return replace(self.fresh(), hint=render_said("gone_conversation"))
        turn, answer = kept.numbered()[-1]
        said = FeedbackBook(self.store).of(kept.id)
        return Screen(
            past=render_at(kept.id) + render_turns(kept.before(turn), said),
            current=render_whole(turn, answer, said.get(turn)),
            onward="",
            evidence=self._evidence(turn, answer),
            hint=render_hint(None),
            conversation=kept,
        )

    def onward(self, conversation: Conversation, reader: Reader) -> Iterator[Screen]:
        """The questions to go on with from a conversation that was opened."""
        if self.suggests and conversation.answers:
            watch = Watch(self.readers, reader, self.readers.number(reader))
            turn, last = conversation.numbered()[-1]
            before = conversation.before(turn)
            yield from onward(self.assistant, last, before, lambda: watch.is_over)

    def judge(self, sent: dict[str, object], conversation: Conversation, reader: Reader) -> Screen:
        """Keep what a reader says of an answer."""
        turn = sent.get("turn")
        answer = conversation.answer(turn) if isinstance(turn, int) else None
        feedback = feedback_from(sent, len(answer.sentences)) if answer else None
        if answer is None or feedback is None or not isinstance(turn, int):
            return Screen()
        owned = self.history.open(reader.owner, conversation.id) is not None
        kept = owned and FeedbackBook(self.store).keep(conversation.id, turn, feedback)
        return Screen(hint=render_said("thanks" if kept else "not_kept"))

    def evidence_of(self, turn: int, conversation: Conversation) -> Screen:
        """The panel of an earlier turn; nothing changes when that turn is not remembered."""
        answer = conversation.answer(turn)
        if answer is None:
            return Screen()
        return Screen(evidence=self._evidence(turn, answer))

    def _evidence(self, turn: int, answer: Answer) -> str:
        found = self.assistant.search(answer.standalone_question, FOUND)
        return render_evidence(turn, answer, self.find or self.assistant.article, found)

    def read(self, article_id: str) -> Screen:
        """One whole article in the panel."""
        return Screen(evidence=render_reading(self.assistant.article(article_id)))

    def library(self) -> str:
        """The list of articles, as it is now."""
        articles = self.assistant.articles()
        return render_library(articles, render_teaser(articles))

    def fresh(self, reader: Reader | None = None) -> Screen:
        """The page as it is before the first question."""
        if reader is not None:
            self.readers.end(reader)
        return Screen(
            past=render_at(""),
            current=self.empty(),
            onward="",
            evidence=self.library(),
            hint=render_hint(None),
            conversation=Conversation(),
        )

    def again(self, reader: Reader) -> Screen:
        """The empty page as it is now, as long as nothing was asked or opened on it."""
        screen = Screen(current=self.empty(), evidence=self.library())
        return screen if self.readers.number(reader) == 0 else Screen()

    def empty(self) -> str:
        """What stands where the conversation will be, with questions that the articles answer."""
        return render_empty(self.examples, self.starters.groups() if self.starters else None)

    def bare(self) -> str:
        """The same without questions, which nobody begins to look for."""
        return render_empty(self.examples, {} if self.starters else None)
