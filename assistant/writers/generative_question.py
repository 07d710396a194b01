"""A standalone question by the model, taken only when it adds nothing to the conversation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing

from assistant.answer import Turn
from assistant.answerable import is_order
from assistant.language import language_of
from assistant.models.pen import Pen
from assistant.models.problem import WritingStopped
from assistant.names import NameBook
from assistant.names_used import names_in
from assistant.quantities import find_quantities
from assistant.question import normalise
from assistant.verify.numbers import supports
from assistant.writers.generative_evidence import standalone_prompt

LONGEST = 300


def standalone_by_model(pen: Pen, question: str, history: Sequence[Turn]) -> Iterator[str]:
    """Empty texts while the model writes, then its question, if that may be asked at all."""
    prompt = standalone_prompt(question, language_of(question), history, pen.window)
    text = ""
    try:
        with closing(pen.write(prompt)) as pieces:
            for piece in pieces:
                text += piece
                if len(text) > 2 * LONGEST:
                    return
                yield ""
    except WritingStopped:
        return
    written = normalise(text.strip().partition("\n")[0])
    if written != question and may_be_asked(written, question, history):
        yield written


def may_be_asked(written: str, question: str, history: Sequence[Turn]) -> bool:
    """Whether a rewritten question has names and figures of the conversation only.

    It must also keep those of the question itself, its language, and be no order.
    """
    if not 0 < len(written) <= LONGEST or is_order(written):
        return False
    if language_of(written) != language_of(question):
        return False
    said = [question, *(turn.content for turn in history)]
    return _within(written, said) and _within(question, [written])


def _within(text: str, sources: Sequence[str]) -> bool:
    """Whether every name and every figure of a text stands in the sources."""
    book = NameBook.from_texts(sources)
    plain = " ".join(sources).casefold()
    names = all(name.casefold() in plain or book.resolve(name) for name in names_in(text))
    known = [figure for source in sources for figure in find_quantities(source)]
    figures = find_quantities(text)
    return names and all(any(supports(one, other) for one in known) for other in figures)
