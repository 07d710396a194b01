"""Questions to go on with, after an answer or in a conversation that was opened again."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator

from assistant.answer import Answer
from assistant.suggest import suggest
from assistant.web.conversation import Conversation
from assistant.web.protocol import Assistant
from assistant.web.render_answer import render_suggestions
from assistant.web.screen import Screen

ONWARD = 3  # questions to go on with

log = logging.getLogger(__name__)


def onward(
    assistant: Assistant, answer: Answer, before: Conversation, is_over: Callable[[], bool]
) -> Iterator[Screen]:
    """The screen with questions to go on with; none where there are none, or nobody waits.

    Args:
        assistant: answers each question before it is offered.
        answer: the last one, of whose articles the questions are made.
        before: what was said before; nothing asked there is offered.
        is_over: whether the reader has gone on to something else.
    """
    try:
        found = suggest(assistant, answer.language, answer, ONWARD + 1)
        questions = [one for one in found if not before.asked(one)][:ONWARD]
    except Exception:
        log.exception("No questions could be suggested")
        return
    if questions and not is_over():
        yield Screen(onward=render_suggestions(answer.status, questions))
