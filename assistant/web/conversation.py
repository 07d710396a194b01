"""A conversation as the server remembers it; nothing in it ever comes from the browser."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.answer import Answer, Turn

MAX_QUESTION = 1_000
MAX_REMEMBERED = 50


@dataclass(frozen=True, slots=True)
class Conversation:
    """The answers given so far, oldest first; at most the last ``MAX_REMEMBERED`` of them.

    ``dropped`` counts those that were forgotten, so that turn numbers stay what they were.
    ``id`` names it in the history.
    """

    answers: tuple[Answer, ...] = ()
    dropped: int = 0
    id: str = ""

    @property
    def next_turn(self) -> int:
        """The number that the next answer will have."""
        return self.dropped + len(self.answers)

    def numbered(self) -> list[tuple[int, Answer]]:
        """Each answer with its turn number."""
        return list(enumerate(self.answers, start=self.dropped))

    def answer(self, turn: int) -> Answer | None:
        """The answer of a turn; None when there is none, or no more."""
        place = turn - self.dropped
        return self.answers[place] if 0 <= place < len(self.answers) else None

    def before(self, turn: int) -> Conversation:
        """The conversation as it was before a turn."""
        return replace(self, answers=self.answers[: max(0, turn - self.dropped)])

    def asked(self, question: str) -> bool:
        """Whether this very question was asked before."""
        return any(answer.question == question for answer in self.answers)

    def history(self) -> tuple[Turn, ...]:
        """The conversation as the assistant reads it."""
        return tuple(
            turn
            for answer in self.answers
            for turn in (Turn("user", answer.question), Turn("assistant", answer.text))
        )

    def then(self, answer: Answer) -> Conversation:
        """The conversation with one more answer."""
        answers = (*self.answers, answer)
        surplus = max(0, len(answers) - MAX_REMEMBERED)
        return replace(self, answers=answers[surplus:], dropped=self.dropped + surplus)


def question_fault(question: str) -> str | None:
    """The key of the line that says what is wrong with a question; None when it can be asked."""
    if not any(sign.isprintable() and not sign.isspace() for sign in question):
        return "hint_empty"
    return "hint_long" if len(question) > MAX_QUESTION else None
