"""From the extractive answer to the model's: whole Answers, each replacing the last."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from assistant.answer import Answer, Status
from assistant.question import analyse
from assistant.writers.generative import ModelWriter
from assistant.writers.generative_question import standalone_by_model

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable

State = dict[str, Any]
Finish = Callable[[State], Answer]


def rewritten(
    writer: ModelWriter, state: State, answer: Answer, drafting: Runnable[State, State],
    finish: Finish,
) -> Iterator[Answer]:  # fmt: skip
    """The answers after the extractive one; the same Answer again is a pause.

    ``state`` is what the chain's drafting left, ``finish`` makes a verified Answer of it.
    """
    for found in _asked_again(writer, state, answer, drafting):
        if found is not None:
            state, answer = found, finish(found)
        yield answer
    text, before = state["draft"]
    read = state["read"]
    question = analyse(text, read["book"])
    for draft in writer.rewrite(question, before, read["lines"], read["book"]):
        if draft is not before:
            before = draft
            answer = finish({**state, "draft": (text, draft)})
        yield answer


def _asked_again(
    writer: ModelWriter, state: State, answer: Answer, drafting: Runnable[State, State]
) -> Iterator[State | None]:
    """Pauses, then what the model's standalone question finds where those by rule found nothing.

    The rules answer in milliseconds and their wrong readings are mostly refused; so the model is
    asked for a reading only where they ended in a refusal, and it must find an answer to count.
    """
    if not state["history"] or answer.status is not Status.ABSTAINED:
        return
    question, history = state["question"], state["history"]
    for written in standalone_by_model(writer.pen, question, history):
        if not written:
            yield None
            continue
        found = drafting.invoke({"question": written, "history": []})
        if found["draft"][1].status is not Status.ABSTAINED:
            start = state["marks"]["start"]
            yield {**found, "raw": state["raw"], "marks": {**found["marks"], "start": start}}
