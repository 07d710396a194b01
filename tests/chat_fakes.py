"""A chat model from a script: a real LangChain model that says what it is told to say."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult

from assistant.models.pen import Pen

Piece = str | float | BaseException  # text, seconds of silence, or what is raised


class QueuedChat(BaseChatModel):
    """Each call takes the next reply: a text, or pieces of text, silences and exceptions."""

    replies: list[Any]
    calls: list[dict[str, Any]]
    ended: list[str]

    @property
    def _llm_type(self) -> str:
        return "queued"

    def _generate(self, messages: list[BaseMessage], stop=None, run_manager=None, **options: Any):
        text = "".join(c.message.content for c in self._stream(messages, stop, **options))
        return ChatResult(generations=[ChatGeneration(message=AIMessage(text))])

    def _stream(
        self, messages: list[BaseMessage], stop=None, run_manager=None, **options: Any
    ) -> Iterator[ChatGenerationChunk]:
        self.calls.append({"messages": messages, **options})
        reply = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        try:
            for piece in [reply] if isinstance(reply, str | BaseException) else reply:
                if isinstance(piece, BaseException):
                    raise piece
                if isinstance(piece, float):
                    time.sleep(piece)
                    continue
                yield ChatGenerationChunk(message=AIMessageChunk(content=piece))
            self.ended.append("told all")
        except GeneratorExit:
            self.ended.append("stopped")
            raise


def queued(*replies: Any) -> QueuedChat:
    """A model with these replies; the last one is repeated."""
    return QueuedChat(replies=list(replies), calls=[], ended=[])


def pen(*replies: Any, **options: Any) -> Pen:
    """A pen whose model has these replies."""
    return Pen(queued(*replies), "fake:liar", **{"seconds": 5.0, **options})


def said(*sentences: tuple[str, Sequence[tuple[int, str]]]) -> str:
    """What a model that keeps to the form writes: sentences with their quotes."""
    items = [
        {"quotes": [{"n": n, "text": text} for n, text in quotes], "sentence": sentence}
        for sentence, quotes in sentences
    ]
    return json.dumps({"sentences": items}, ensure_ascii=False)
