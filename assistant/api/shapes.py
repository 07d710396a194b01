"""What comes in and goes out over HTTP, as plain values: OpenAI's chat form and our own.

The form is OpenAI's Chat Completions API; the whole answer object is added under ``kai``.
"""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from pydantic import BaseModel, Field

from assistant.answer import Answer, Turn

MODEL = "kai"
MOST_MESSAGES = 200


class Part(BaseModel):
    """One part of a message; only texts are read."""

    type: str = "text"
    text: str = ""


class Message(BaseModel):
    """One message of a conversation."""

    role: Literal["user", "assistant", "system", "developer", "tool", "function"] = "user"
    content: str | list[Part] | None = None

    @property
    def text(self) -> str:
        """Its text, whatever form it came in."""
        if isinstance(self.content, str):
            return self.content
        return " ".join(part.text for part in self.content or () if part.type == "text")


class Question(BaseModel):
    """The body of ``POST /api/ask``."""

    question: str
    history: list[Message] = Field(default=[], max_length=MOST_MESSAGES)

    def asked(self) -> tuple[str, list[Turn]]:
        """The question and the turns before it."""
        return self.question, turns(self.history)


class Completion(BaseModel):
    """The body of ``POST /v1/chat/completions``; settings of a model have no effect here."""

    messages: list[Message] = Field(min_length=1, max_length=MOST_MESSAGES)
    model: str = MODEL
    stream: bool = False

    def asked(self) -> tuple[str, list[Turn]]:
        """The last message of the user and the turns before it.

        Raises:
            ValueError: the last message is not the user's.
        """
        if self.messages[-1].role != "user":
            raise ValueError("the last message must have the role user")
        return self.messages[-1].text, turns(self.messages[:-1])


def turns(messages: list[Message]) -> list[Turn]:
    """What user and assistant said; orders of a system are not part of a conversation."""
    return [Turn(one.role, one.text) for one in messages if one.role in ("user", "assistant")]


@dataclass(frozen=True, slots=True)
class Reply:
    """One completion on its way out."""

    id: str = field(default_factory=lambda: f"chatcmpl-{uuid.uuid4().hex}")
    created: int = field(default_factory=lambda: int(time.time()))

    def whole(self, answer: Answer) -> dict[str, Any]:
        """The completion as one object."""
        message = {"role": "assistant", "content": answer.text}
        choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
        return self._object("chat.completion", choice, answer)

    def preview(self, answer: Answer) -> str:
        """An answer that another may replace: under ``kai`` only; a delta cannot be undone."""
        return event(self._chunk({"role": "assistant", "content": ""}, None, answer))

    def deltas(self, answer: Answer) -> Iterator[str]:
        """The final answer, sentence by sentence, and the end of the stream."""
        for place, sentence in enumerate(answer.sentences):
            text = (answer.separator if place else "") + sentence.marked
            yield event(self._chunk({"content": text}, None))
        yield event(self._chunk({}, "stop", answer))
        yield "data: [DONE]\n\n"

    def _chunk(
        self, delta: dict[str, str], finish: str | None, answer: Answer | None = None
    ) -> dict[str, Any]:
        choice = {"index": 0, "delta": delta, "finish_reason": finish, "logprobs": None}
        return self._object("chat.completion.chunk", choice, answer)

    def _object(self, kind: str, choice: dict[str, Any], answer: Answer | None) -> dict[str, Any]:
        shape = {"id": self.id, "object": kind, "created": self.created, "model": MODEL}
        told = {"kai": answer.to_dict()} if answer else {}
        return {**shape, "choices": [choice], **told}


def event(value: dict[str, Any]) -> str:
    """A server-sent event."""
    return f"data: {json.dumps(value, ensure_ascii=False)}\n\n"


def error(message: str, kind: str = "invalid_request_error") -> dict[str, Any]:
    """An error in OpenAI's form."""
    return {"error": {"message": message, "type": kind, "param": None, "code": None}}


def models(created: int) -> dict[str, Any]:
    """The list of models: the assistant is one, whatever writes inside."""
    one = {"id": MODEL, "object": "model", "created": created, "owned_by": "kai"}
    return {"object": "list", "data": [one]}
