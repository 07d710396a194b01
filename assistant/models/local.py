"""A GGUF file run in this process by llama.cpp, behind LangChain's chat model interface.

The only file that imports xllamacpp. One instance answers one request at a time; others wait.
"""

from __future__ import annotations

import atexit
import os
import queue
import secrets
import signal
import threading
from collections.abc import Iterator, Sequence
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from pydantic import PrivateAttr

from assistant.models.problem import ModelError

_ROLES = {"human": "user", "ai": "assistant", "system": "system"}
MOST_TOKENS = 1024
LAST_WAIT = 30.0  # seconds at the end of the process for a text that is still being written

_writing: dict[threading.Thread, threading.Event] = {}


@atexit.register
def _end_writing() -> None:
    """Stop what is being written before the interpreter goes: C++ threads outlive it badly."""
    for ended in list(_writing.values()):
        ended.set()
    for worker in list(_writing):
        worker.join(LAST_WAIT)


class LocalChat(BaseChatModel):
    """A chat model from a GGUF file; loaded on first use.

    Raises ModelError on first use when the file is no model that llama.cpp reads.
    """

    path: str
    window: int = 4096
    threads: int = 0
    max_tokens: int = MOST_TOKENS

    _server: Any = PrivateAttr(default=None)
    _key: str = PrivateAttr(default_factory=lambda: secrets.token_urlsafe(24))
    _turn: Any = PrivateAttr(default_factory=threading.Lock)

    @property
    def _llm_type(self) -> str:
        return "kai-gguf"

    def load(self) -> None:
        """Load the weights now; from the main thread, the process keeps its own signal handlers."""
        with self._turn:
            self._open()

    @property
    def address(self) -> str:
        """The loopback address where llama.cpp serves OpenAI's protocol, for holders of `key`."""
        with self._turn:
            return str(self._open().listening_address)

    @property
    def key(self) -> str:
        """The key that guards the loopback port; drawn anew for every process."""
        return self._key

    def _open(self) -> Any:  # noqa: ANN401 - an untyped library
        if self._server is None:
            before = _handlers()
            try:
                self._server = _serve(self.path, self.window, self.threads, self._key)
            except Exception as error:
                raise ModelError(
                    f"llama.cpp cannot load {os.path.basename(self.path)}: give a GGUF file "
                    "of a chat model that fits the memory"
                ) from error
            finally:
                _restore(before)
        return self._server

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **options: Any,  # noqa: ANN401 - the interface's own
    ) -> ChatResult:
        text = "".join(
            str(chunk.message.content) for chunk in self._stream(messages, stop, **options)
        )
        return ChatResult(generations=[ChatGeneration(message=AIMessage(text))])

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **options: Any,  # noqa: ANN401 - the interface's own
    ) -> Iterator[ChatGenerationChunk]:
        request = {
            "messages": _plain(messages),
            "stream": True,
            "temperature": 0,
            "max_tokens": self.max_tokens,
            "cache_prompt": True,
            **({"stop": stop} if stop else {}),
            **options,
        }
        with self._turn:
            for text in _spoken(self._open(), request):
                chunk = ChatGenerationChunk(message=AIMessageChunk(content=text))
                if run_manager:
                    run_manager.on_llm_new_token(text, chunk=chunk)
                yield chunk


def _spoken(server: Any, request: dict[str, Any]) -> Iterator[str]:  # noqa: ANN401 - untyped
    """The pieces of text as llama.cpp writes them; closing the generator stops it."""
    pieces: queue.Queue[str | Exception | None] = queue.Queue()
    ended = threading.Event()

    def hear(event: dict[str, Any]) -> bool:
        if "error" in event:
            pieces.put(RuntimeError("llama.cpp refused the request"))
        for choice in event.get("choices", ()):
            pieces.put((choice.get("delta") or {}).get("content") or "")
        return ended.is_set()

    def work() -> None:
        try:
            server.handle_chat_completions(request, hear)
            pieces.put(None)
        except Exception as error:
            pieces.put(error)

    worker = threading.Thread(target=work, daemon=True, name="kai-llama")
    _writing[worker] = ended
    worker.start()
    try:
        while (piece := pieces.get()) is not None:
            if isinstance(piece, Exception):
                raise piece
            if piece:
                yield piece
    finally:
        ended.set()
        worker.join()
        _writing.pop(worker, None)


def _plain(messages: Sequence[BaseMessage]) -> list[dict[str, str]]:
    return [{"role": _ROLES.get(one.type, "user"), "content": one.text} for one in messages]


def _serve(path: str, window: int, threads: int, key: str) -> Any:  # noqa: ANN401 - untyped
    # Spinning threads starve each other on a busy machine: 1 to 2 tokens a second without this, 6
    # with it, on two shared cores.
    os.environ.setdefault("GOMP_SPINCOUNT", "1000")
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = path
    params.n_ctx = window
    params.n_parallel = 1
    params.load_mode = xllamacpp.llama_load_mode.LLAMA_LOAD_MODE_NONE
    params.flash_attn_type = xllamacpp.llama_flash_attn_type.LLAMA_FLASH_ATTN_TYPE_ENABLED
    params.cache_ram_mib = 256
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = threads or _cores()
    params.verbosity = -1
    # It always opens a port: on loopback, behind a key, for no other page, without a page.
    params.hostnames = ["127.0.0.1"]
    params.api_keys = [key]
    params.cors_origins = "http://127.0.0.1"
    params.ui = False
    return xllamacpp.Server(params)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _handlers() -> dict[int, Any]:
    """This process's signal handlers; llama.cpp puts its own in their place when it loads."""
    return {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}


def _restore(handlers: dict[int, Any]) -> None:
    if threading.current_thread() is threading.main_thread():
        for number, handler in handlers.items():
            if handler is not None:
                signal.signal(number, handler)
