"""A chat model that is asked to write: in turn, within a time, again after a passing error.

`Pen.write` hands out text while the model writes. It pauses at least twice a second with an empty
text, so that whoever reads can leave; leaving stops the model.
"""

from __future__ import annotations

import logging
import queue
import random
import threading
import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing
from typing import TYPE_CHECKING, Any

from assistant.models.problem import Trouble, WritingStopped, asked_pause, passes, status_of

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from tenacity import RetryCallState

log = logging.getLogger(__name__)

Message = tuple[str, str]  # role, text

BEAT = 0.5  # seconds between two pauses in which a reader may leave
ATTEMPTS = 3
MOST_CHARACTERS = 6000  # of one answer; a model that writes on is stopped


class Pen:
    """Writes with one chat model; safe to share between threads.

    Args:
        model: any LangChain chat model.
        label: what answers call their writer.
        window: the model's context in tokens.
        seconds: the longest a reader waits for a turn, and again for one text.
        at_once: how many texts are written at the same time.
        schema_style: how the model takes a JSON schema: "openai", "ollama", or None.
    """

    def __init__(
        self,
        model: BaseChatModel,
        label: str,
        *,
        window: int = 4096,
        seconds: float = 90.0,
        at_once: int = 1,
        schema_style: str | None = None,
    ) -> None:
        self.label, self.window, self.seconds = label, window, seconds
        self._model = model
        self._turns = threading.BoundedSemaphore(at_once)
        self._schema_style = schema_style

    def load(self) -> None:
        """Load a model that loads late, so that the first question does not wait."""
        load = getattr(self._model, "load", None)
        if load is not None:
            load()

    def write(
        self, messages: Sequence[Message], schema: Mapping[str, Any] | None = None
    ) -> Generator[str]:
        """Pieces of the model's text as they come; empty ones are pauses.

        Raises:
            WritingStopped: the model failed, was too slow, or did not get free.
        """
        yield from self._wait_for_turn()
        pieces: queue.Queue[str | WritingStopped | None] = queue.Queue()
        left = threading.Event()
        arguments = (list(messages), schema, pieces, left)
        threading.Thread(target=self._work, args=arguments, daemon=True, name="kai-pen").start()
        try:
            yield from _read(pieces, time.monotonic() + self.seconds)
        finally:
            left.set()

    def _wait_for_turn(self) -> Iterator[str]:
        until = time.monotonic() + self.seconds
        while not self._turns.acquire(timeout=BEAT):
            if time.monotonic() > until:
                raise WritingStopped(Trouble.BUSY)
            yield ""

    def _work(
        self,
        messages: list[Message],
        schema: Mapping[str, Any] | None,
        pieces: queue.Queue[str | WritingStopped | None],
        left: threading.Event,
    ) -> None:
        """Run the model in its own thread, and give the turn back only when it has ended."""
        try:
            self._try_writing(messages, schema, pieces, left)
            pieces.put(None)
        except Exception as error:
            log.warning("The model %s failed: %s", self.label, type(error).__name__)
            pieces.put(WritingStopped(Trouble.FAILED, type(error).__name__))
        finally:
            self._turns.release()

    def _try_writing(
        self,
        messages: list[Message],
        schema: Mapping[str, Any] | None,
        pieces: queue.Queue[str | WritingStopped | None],
        left: threading.Event,
    ) -> None:
        from tenacity import Retrying, retry_if_exception, stop_after_attempt

        def again(error: BaseException) -> bool:
            if left.is_set() or sent:
                return False
            return passes(error) or self._give_up_schema(error)

        sent: list[int] = []
        tries = Retrying(
            stop=stop_after_attempt(ATTEMPTS),
            wait=_pause,
            retry=retry_if_exception(again),
            sleep=lambda seconds: (left.wait(seconds), None)[1],
            reraise=True,
        )
        tries(lambda: self._speak(messages, schema, pieces, left, sent))

    def _speak(
        self,
        messages: list[Message],
        schema: Mapping[str, Any] | None,
        pieces: queue.Queue[str | WritingStopped | None],
        left: threading.Event,
        sent: list[int],
    ) -> None:
        if left.is_set():
            return
        stream: Any = self._model.stream(messages, **self._schema_options(schema))
        with closing(stream):
            for chunk in stream:
                if left.is_set() or sum(sent) > MOST_CHARACTERS:
                    return
                if text := str(chunk.text):
                    sent.append(len(text))
                    pieces.put(text)

    def _schema_options(self, schema: Mapping[str, Any] | None) -> dict[str, Any]:
        if schema is None or self._schema_style is None:
            return {}
        if self._schema_style == "ollama":
            return {"format": dict(schema)}
        form = {"name": "answer", "schema": dict(schema), "strict": True}
        return {"response_format": {"type": "json_schema", "json_schema": form}}

    def _give_up_schema(self, error: BaseException) -> bool:
        """Whether a refused request may have been refused for its schema: then never again."""
        refused = status_of(error) in (400, 404, 422, 501) and self._schema_style is not None
        if refused:
            log.info("The model %s takes no JSON schema; its text is read without", self.label)
            self._schema_style = None
        return refused


def _read(pieces: queue.Queue[str | WritingStopped | None], until: float) -> Iterator[str]:
    while True:
        left = until - time.monotonic()
        if left <= 0:
            raise WritingStopped(Trouble.SLOW)
        try:
            piece = pieces.get(timeout=min(BEAT, left))
        except queue.Empty:
            yield ""
            continue
        if piece is None:
            return
        if isinstance(piece, WritingStopped):
            raise piece
        yield piece


def _pause(state: RetryCallState) -> float:
    """Seconds before the next try: what the server asks for, else doubling from half a second."""
    error = state.outcome.exception() if state.outcome else None
    doubled = min(8.0, 0.5 * 2 ** (state.attempt_number - 1))
    return asked_pause(error) or doubled + random.uniform(0, 0.5)
