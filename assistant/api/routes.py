"""The routes for other programs, and what each answers.

An answer is made in a thread, in the same line as the page's readers; a caller who goes away
stops it, and the language model with it.
"""

from __future__ import annotations

import hmac
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Generator, Iterator, Sequence
from contextlib import closing
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from assistant.answer import Answer, Turn
from assistant.api.shapes import Completion, Question, Reply, error, models
from assistant.chain import QuestionError
from assistant.web.line import Line, Pace
from assistant.web.protocol import Assistant
from vectorstore.errors import IndexProblem

if TYPE_CHECKING:
    import fastapi
    from starlette.requests import Request
    from starlette.responses import Response

    Handler = Callable[[Request], Awaitable[Response]]

log = logging.getLogger(__name__)

HEALTH = ("/healthz", "/readyz")
LOOK_AGAIN = 0.5  # seconds between two looks at the place in line
RETRY = {"retry-after": "5"}


class Refused(Exception):  # noqa: N818 - a request that gets no answer, with its status
    """A request that is turned away."""

    def __init__(self, status: int, message: str, retry: int = 0) -> None:
        super().__init__(message)
        self.status, self.message, self.retry = status, message, retry


def is_api(path: str) -> bool:
    """Whether a path is a route of this module but for health."""
    return path.startswith("/v1/") or path == "/api/ask"


def add_api(
    app: fastapi.FastAPI,
    assistant: Assistant,
    *,
    line: Line | None = None,
    pace: Pace | None = None,
    key: str | None = None,
) -> None:
    """Add the routes to an application.

    Args:
        app: the page's application, or any other.
        assistant: answers the questions.
        line: where callers wait; the page's own, so that together they do not exceed it.
        pace: how often one address may ask.
        key: what callers must send as ``Authorization: Bearer KEY``; None asks for nothing.
    """
    api = Api(assistant, line or Line(), pace or Pace(0), key)
    app.add_route("/healthz", api.health, methods=["GET"])
    app.add_route("/readyz", api.ready, methods=["GET"])
    app.add_route("/v1/models", api.guarded(api.models), methods=["GET"])
    app.add_route("/v1/chat/completions", api.guarded(api.complete), methods=["POST"])
    app.add_route("/api/ask", api.guarded(api.ask), methods=["POST"])


class Api:
    """The handlers over one assistant."""

    def __init__(self, assistant: Assistant, line: Line, pace: Pace, key: str | None) -> None:
        self._assistant, self._line, self._pace, self._key = assistant, line, pace, key
        self._reply = Reply()

    async def health(self, request: Request) -> Response:
        """Alive."""
        return _json({"status": "ok"})

    async def ready(self, request: Request) -> Response:
        """Whether there is an index to answer from."""
        from starlette.concurrency import run_in_threadpool

        try:
            articles = await run_in_threadpool(self._assistant.articles)
        except IndexProblem:
            return _json({"status": "no index; build it: kai ingest"}, 503)
        return _json({"status": "ready", "articles": len(articles)})

    async def models(self, request: Request) -> Response:
        """The one model there is."""
        return _json(models(self._reply.created))

    async def ask(self, request: Request) -> Response:
        """One answer object."""
        asked = _read(Question, await request.body()).asked()
        return _json((await self._final(request, asked)).to_dict())

    async def complete(self, request: Request) -> Response:
        """One chat completion, whole or as a stream."""
        from starlette.responses import StreamingResponse

        body = _read(Completion, await request.body())
        asked, reply = body.asked(), Reply()
        if not body.stream:
            return _json(reply.whole(await self._final(request, asked)))
        # The first answer is made before the status goes out, so that a refusal has its own.
        answers = self._answers(*asked)
        first = await _next(answers)
        told = _told(reply, first, answers)
        return StreamingResponse(told, media_type="text/event-stream", headers=NOT_KEPT)

    def guarded(self, handler: Handler) -> Handler:
        """A handler behind the key and the pace, whose faults become answers in OpenAI's form."""

        async def handle(request: Request) -> Response:
            try:
                self._let_in(request)
                return await handler(request)
            except Refused as refused:
                headers = {"retry-after": str(refused.retry)} if refused.retry else {}
                return _json(error(refused.message), refused.status, headers)
            except (QuestionError, ValueError) as fault:
                return _json(error(str(fault)), 400)
            except IndexProblem:
                return _json(error("no index; build it: kai ingest", "server_error"), 503, RETRY)
            except Exception:
                log.exception("A request could not be answered")
                return _json(error("something broke; see the log", "server_error"), 500)

        return handle

    def _let_in(self, request: Request) -> None:
        sent = request.headers.get("authorization", "").removeprefix("Bearer ").encode()
        if self._key and not hmac.compare_digest(sent, self._key.encode()):
            raise Refused(401, "send the key of this server as: Authorization: Bearer KEY")
        delay = self._pace.delay(request.client.host if request.client else "")
        if delay:
            raise Refused(429, f"too many questions; ask again in {delay} seconds", delay)

    async def _final(self, request: Request, asked: tuple[str, Sequence[Turn]]) -> Answer:
        """The last answer; a caller who goes away stops the making of it."""
        answers = self._answers(*asked)
        last: Answer | None = None
        try:
            while (answer := await _next(answers)) is not _END:
                last = answer or last
                if await request.is_disconnected():
                    raise Refused(499, "the caller went away")
        finally:
            answers.close()
        assert last is not None
        return last

    def _answers(self, question: str, history: Sequence[Turn]) -> Generator[Answer | None]:
        """The assistant's answers when the turn has come; None while it has not."""
        ticket = self._line.join()
        if ticket is None:
            raise Refused(503, "too many are waiting; ask again in a moment", 5)
        try:
            while not ticket.wait(LOOK_AGAIN):
                yield None
            yield from self._assistant.stream(question, history)
        finally:
            ticket.leave()


_END: Any = object()
NOT_KEPT = {"cache-control": "no-store", "x-accel-buffering": "no"}


async def _next(answers: Iterator[Answer | None]) -> Any:  # noqa: ANN401 - a sentinel
    from starlette.concurrency import run_in_threadpool

    return await run_in_threadpool(next, answers, _END)


async def _told(
    reply: Reply, first: Answer | None, answers: Generator[Answer | None]
) -> AsyncIterator[str]:
    """The events of a stream: previews as they come, comments in between, then the answer.

    A caller who goes away cancels this, which closes the answers.
    """
    answer, shown = first, None
    with closing(answers):
        while answer is not _END:
            if answer is None or answer is shown:
                yield ": waiting\n\n"
            else:
                shown = answer
                yield reply.preview(answer)
            answer = await _next(answers)
    assert shown is not None
    for event in reply.deltas(shown):
        yield event


def _read(shape: type[Any], body: bytes) -> Any:  # noqa: ANN401 - one of two shapes
    try:
        return shape.model_validate_json(body)
    except ValidationError as fault:
        first = fault.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "body"
        raise Refused(400, f"{place}: {first['msg']}") from None


def _json(value: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:  # noqa: ANN401
    from starlette.responses import JSONResponse

    return JSONResponse(value, status, headers={**NOT_KEPT, **(headers or {})})
