"""A Chroma server: one connection, with retries, a time-out, and one clear line when it is away."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from vectorstore.errors import ServerAway
from vectorstore.vectors import HNSW, Vector, Vectors

T = TypeVar("T")
TRIES = 4
CONNECT_SECONDS, ANSWER_SECONDS = 5.0, 60.0
UPLOAD = 1_000  # rows in one request: about 10 MB with their texts


class ChromaServer:
    """The collections of the server at ``url``; safe to share between threads.

    A request that fails on the way or inside the server is tried again, up to ``TRIES`` times
    within seconds; all requests made here may be repeated. Then ``ServerAway`` is raised.
    """

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self._client: Any = None
        self._lock = threading.Lock()

    def collection(self, name: str) -> Any:  # noqa: ANN401
        """The collection of that name, or None."""
        return self.run(lambda client: _found(client, name))

    def create(self, name: str, metadata: Mapping[str, str] | None = None) -> Any:  # noqa: ANN401
        """The collection of that name, made if it is not there."""
        return self.run(
            lambda client: client.get_or_create_collection(
                name,
                embedding_function=None,
                configuration={"hnsw": HNSW},
                metadata=dict(metadata) if metadata else None,
            )
        )

    def collections(self) -> list[Any]:
        """All collections."""
        return list(self.run(lambda client: list(_pages(client))))

    def delete(self, name: str) -> None:
        """Take a collection away; one that is not there is no error."""

        def take(client: Any) -> None:  # noqa: ANN401
            if _found(client, name) is not None:
                client.delete_collection(name)

        self.run(take)

    def run(self, request: Callable[[Any], T]) -> T:
        """``request(client)``, tried again while the server is away.

        Raises:
            ServerAway: it stayed away.
        """
        from tenacity import (
            Retrying,
            before_sleep_log,
            retry_if_exception_type,
            stop_after_attempt,
            wait_random_exponential,
        )

        tries = Retrying(
            stop=stop_after_attempt(TRIES),
            wait=wait_random_exponential(multiplier=0.2, max=2.0),
            retry=retry_if_exception_type(_passing()),
            before_sleep=before_sleep_log(logging.getLogger(__name__), logging.INFO),
            reraise=True,
        )
        with _named(self.url):
            return tries(lambda: request(self._connected()))

    def _connected(self) -> Any:  # noqa: ANN401
        with self._lock:
            if self._client is None:
                self._client = _connect(self.url)
            return self._client


class ServerVectors(Vectors):
    """The vectors of one collection."""

    def __init__(self, server: ChromaServer, name: str, *, create: bool = False) -> None:
        self._server = server
        rows = server.create(name) if create else server.collection(name)
        if rows is None:
            raise FileNotFoundError(f"{server.url} has no collection {name}")
        self._rows = rows

    def put(
        self, ids: Sequence[str], vectors: Vector, texts: Sequence[str], facts: Sequence[Any]
    ) -> None:
        """Put rows with their texts and metadata; a row already there is replaced."""
        for start in range(0, len(ids), UPLOAD):
            part = slice(start, start + UPLOAD)
            rows = {
                "ids": list(ids[part]),
                "embeddings": vectors[part],
                "documents": list(texts[part]),
                "metadatas": list(facts[part]),
            }
            self._call("upsert", **rows)

    def close(self) -> None:
        """Nothing: the connection is the server's."""

    def _call(self, what: str, **given: Any) -> Any:  # noqa: ANN401
        return self._server.run(lambda _: getattr(self._rows, what)(**given))


def _connect(url: str) -> Any:  # noqa: ANN401
    """A client with a time-out; Chroma's own has none, and none can be asked for."""
    import chromadb
    import httpx
    from chromadb.config import Settings

    timeout = httpx.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS)
    httpx.get(f"{url}/api/v2/heartbeat", timeout=timeout).raise_for_status()
    address = httpx.URL(url)
    secure = address.scheme == "https"
    client = chromadb.HttpClient(
        host=address.host,
        port=address.port or (443 if secure else 80),
        ssl=secure,
        settings=Settings(anonymized_telemetry=False),
    )
    client._server._session.timeout = timeout
    return client


def _found(client: Any, name: str) -> Any:  # noqa: ANN401
    from chromadb.errors import NotFoundError

    try:
        return client.get_collection(name, embedding_function=None)
    except NotFoundError:
        return None


def _pages(client: Any) -> Iterator[Any]:  # noqa: ANN401
    size, start = 100, 0
    while page := client.list_collections(limit=size, offset=start):
        yield from page
        start += len(page)


def _passing() -> tuple[type[Exception], ...]:
    """What another try may cure."""
    import httpx
    from chromadb.errors import InternalError, RateLimitError

    return (httpx.TransportError, httpx.HTTPStatusError, InternalError, RateLimitError)


@contextmanager
def _named(url: str) -> Iterator[None]:
    import httpx
    from chromadb.errors import ChromaError

    try:
        yield
    except (httpx.HTTPError, httpx.InvalidURL, ChromaError) as error:
        raise ServerAway(url, str(error).splitlines()[0] if str(error) else repr(error)) from error
