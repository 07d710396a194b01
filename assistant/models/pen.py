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
PATIENCE = 5.0  # seconds without a look after which a reader counts as gone
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
        text = _Text(list(messages), schema)
        threading.Thread(target=self._work, args=(text,), daemon=True, name="kai-pen").start()
        try:
            yield from text.read(self.seconds)
        finally:
            text.leave()

    def _wait_for_turn(self) -> Iterator[str]:
        until = time.monotonic() + self.seconds
        while not self._turns.acquire(timeout=BEAT):
            if time.monotonic() > until:
                raise WritingStopped(Trouble.BUSY)
            yield ""

    def _work(self, text: _Text) -> None:
        """Run the model in its own thread, and give the turn back only when it has ended."""
        try:
            self._try_writing(text)
            text.put(WritingStopped(Trouble.SLOW) if text.is_left else None)
        except Exception as error:
            log.warning("The model %s failed: %s", self.label, type(error).__name__)
            text.put(WritingStopped(Trouble.FAILED, type(error).__name__))
        finally:
            self._turns.release()

    def _try_writing(self, text: _Text) -> None:
        from tenacity import Retrying, retry_if_exception, stop_after_attempt

        def again(error: BaseException) -> bool:
            if text.is_left or text.length:
                return False
            return passes(error) or self._give_up_schema(error)

        tries = Retrying(
            stop=stop_after_attempt(ATTEMPTS),
            wait=_pause,
            retry=retry_if_exception(again),
            sleep=text.pause,
            reraise=True,
        )
        tries(lambda: self._speak(text))

    def _speak(self, text: _Text) -> None:
        if text.is_left:
            return
        stream: Any = self._model.stream(text.messages, **self._schema_options(text.schema))
        with closing(stream):
            for chunk in stream:
                if text.is_left or text.length > MOST_CHARACTERS:
                    return
                if piece := str(chunk.text):
                    text.put(piece)

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


class _Text:
    """One text between the thread that writes it and the one that reads it."""

    def __init__(self, messages: list[Message], schema: Mapping[str, Any] | None) -> None:
        self.messages, self.schema = messages, schema
        self.length = 0
        self._pieces: queue.Queue[str | WritingStopped | None] = queue.Queue()
        self._left = threading.Event()
        self._looked = time.monotonic()

    @property
    def is_left(self) -> bool:
        """Whether nobody reads any more: it was said, or nobody has looked for a while."""
        return self._left.is_set() or time.monotonic() - self._looked > PATIENCE

    def leave(self) -> None:
        """Say that nobody reads any more."""
        self._left.set()

    def pause(self, seconds: float) -> None:
        """Wait, but not for a reader who has left."""
        self._left.wait(seconds)

    def put(self, piece: str | WritingStopped | None) -> None:
        """Hand on a piece; None is the end."""
        self.length += len(piece) if isinstance(piece, str) else 0
        self._pieces.put(piece)

    def read(self, seconds: float) -> Iterator[str]:
        """The pieces as they come, for so long at most; empty ones are pauses."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            self._looked = time.monotonic()
            try:
                piece = self._pieces.get(timeout=min(BEAT, left))
            except queue.Empty:
                yield ""
                continue
            if piece is None:
                return
            if isinstance(piece, WritingStopped):
                raise piece
            yield piece
        raise WritingStopped(Trouble.SLOW)


def _pause(state: RetryCallState) -> float:
    """Seconds before the next try: what the server asks for, else doubling from half a second."""
    error = state.outcome.exception() if state.outcome else None
    doubled = min(8.0, 0.5 * 2 ** (state.attempt_number - 1))
    return asked_pause(error) or doubled + random.uniform(0, 0.5)
