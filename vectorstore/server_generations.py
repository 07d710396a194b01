"""Generations on a Chroma server: a collection each, with all that another kai needs to serve it.

`kai-NAME` holds the passages (vector, text, the rest as JSON, those of sentences in it, in 8 bits),
`kai-NAME.articles` the articles; the manifest, put last, is metadata of the first and makes it
whole. `kai-current` carries the pointer as metadata, which the server replaces in one step. A kai
that did not write the generation, which is one part here, loads the rows once and derives keywords.
"""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import nullcontext, suppress
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from vectorstore.context import searched_text
from vectorstore.errors import IndexUnreadable, NoIndex, ServerAway
from vectorstore.generations import HIDDEN, KEPT, NAME, Generations, hidden_name
from vectorstore.keyword import KeywordWriter
from vectorstore.manifest import RUNS, Manifest, hash_files, mark_of
from vectorstore.order import runs_of, write_runs
from vectorstore.part import write_places
from vectorstore.places import Release
from vectorstore.plan import Draft
from vectorstore.records import article_of, passage_of
from vectorstore.sentence_writing import with_sentences, without_sentences
from vectorstore.server import UPLOAD, ChromaServer, ServerVectors
from vectorstore.table import Row, Table, write_table
from vectorstore.terms import each_content_terms
from vectorstore.vectors import Vector, Vectors

POINTER = "kai-current"
PAUSE = 1.0  # seconds between two looks at the pointer
TIDY = 60.0  # seconds between two looks for what has gone from the server
ABANDONED = timedelta(days=1)  # after which a collection without manifest is a leftover
_PREFIX, _ARTICLES = "kai-", ".articles"


class OnServer:
    """Keeps vectors, texts and articles in the collections of a generation."""

    shares = False  # each generation is a collection of its own, for others to load

    def __init__(self, server: ChromaServer) -> None:
        self._server = server

    def write(self, folder: Path, draft: Draft, vectors: Vector) -> None:
        """Upload the rows of the folder's tables; raises ``ServerAway``."""
        name = _PREFIX + hidden_name(folder)
        passages = list(Table(folder / "passages.jsonl"))
        ids = [row["id"] for row in passages]
        _upload(self._server, name, ids, vectors, with_sentences(passages, folder))
        articles = list(Table(folder / "articles.jsonl"))
        ids = [str(number) for number in range(len(articles))]
        flat = np.ones((len(articles), 1), dtype=np.float32)
        _upload(self._server, name + _ARTICLES, ids, flat, articles)

    def open(self, folder: Path) -> tuple[Vectors, Release]:
        """The collection that belongs to the folder."""
        vectors = ServerVectors(self._server, _PREFIX + hidden_name(folder))
        return vectors, vectors.close

    def drop(self, folder: Path) -> None:
        """Take the collections of a generation away.

        Of one that was begun only, a later job does it if the server does not answer now; else
        raises ``ServerAway``: what is to be erased must not be taken for erased.
        """
        begun = folder.name != hidden_name(folder)
        with suppress(ServerAway) if begun else nullcontext():
            _drop(self._server, hidden_name(folder))


class ServerGenerations(Generations):
    """The generations and the pointer of a server; ``folder`` keeps what is derived from them."""

    def __init__(self, folder: Path, server: ChromaServer) -> None:
        super().__init__(folder)
        self._server = server
        self._seen = ("", 0.0)
        self._tidied = float("-inf")

    def names(self) -> list[str]:
        """All whole generations of the server, oldest first."""
        whole = (each.name for each in self._server.collections() if _manifest(each))
        return sorted(name.removeprefix(_PREFIX) for name in whole)

    def current(self) -> str:
        """The generation to serve, at most a second old."""
        name, looked = self._seen
        if not name or time.monotonic() - looked > PAUSE:
            pointer = self._server.collection(POINTER)
            if pointer is None:
                raise NoIndex
            name = str((pointer.metadata or {}).get("serves"))
            if not NAME.fullmatch(name):
                raise IndexUnreadable(self._server.url, f"{POINTER} names {name[:60]!r}")
            self._seen = (name, time.monotonic())
            with suppress(ServerAway):
                self._tidy()
        return name

    def path(self, name: str) -> Path:
        """The folder of a generation, loaded from the server when it is not here."""
        folder = super().path(name)
        if not folder.is_dir():
            hidden = folder.with_name(f"{HIDDEN}{name}")
            shutil.rmtree(hidden, ignore_errors=True)
            (hidden / name).mkdir(parents=True)
            try:
                _load(self._server, hidden)
                super().show(hidden)
            finally:
                shutil.rmtree(hidden, ignore_errors=True)
        return folder

    def begin(self) -> Path:
        """A hidden folder; collections go that were begun here, or long ago, and never ended."""
        for left in self._folder.glob(f"{HIDDEN}*"):
            _drop(self._server, hidden_name(left))
        before = datetime.now(UTC) - ABANDONED
        for each in self._server.collections():
            name = each.name.removeprefix(_PREFIX).removesuffix(_ARTICLES)
            if NAME.fullmatch(name) and _made(name) < before and name not in self.names():
                _drop(self._server, name)
        return super().begin()

    def show(self, hidden: Path) -> str:
        """Keep the folder, then make the collection whole by its manifest."""
        name = super().show(hidden)
        text = json.dumps(asdict(Manifest.load(super().path(name))))
        self._server.run(
            lambda _: self._server.collection(_PREFIX + name).modify(metadata={"manifest": text})
        )
        return name

    def point(self, name: str) -> None:
        """Serve ``name`` from every kai on this server."""
        if name not in self.names():
            raise IndexUnreadable(name, f"{self._server.url} has no such generation")
        pointer = self._server.create(POINTER)
        self._server.run(lambda _: pointer.modify(metadata={"serves": name}))
        self._seen = ("", 0.0)

    def prune(self) -> None:
        """Remove all but the last generations and the one served, there and here."""
        names, served = self.names(), self.current()
        for name in names[:-KEPT]:
            if name != served:
                _drop(self._server, name)
        self._tidied = float("-inf")
        self._tidy()

    def _tidy(self) -> None:
        """Erase what is kept here of generations that the server has no more; looks now and then.

        A kai that only answers builds nothing, and would keep what others pruned or purged.
        """
        if time.monotonic() - self._tidied < TIDY:
            return
        self._tidied = time.monotonic()
        for name in set(super().names()) - set(self.names()):
            shutil.rmtree(super().path(name), ignore_errors=True)
        self.sweep()


def _upload(
    server: ChromaServer, name: str, ids: Sequence[str], vectors: Vector, rows: Sequence[Row]
) -> None:
    facts, texts = zip(*map(_fact, range(len(rows)), rows), strict=True) if rows else ((), ())
    ServerVectors(server, name, create=True).put(ids, vectors, texts, facts)


def _fact(number: int, row: Row) -> tuple[dict[str, Any], str]:
    """A row as metadata and text; a text that is not valid Unicode stays in the JSON too."""
    text = str(row["text"]).encode("utf-8", "replace").decode("utf-8")
    rest = row if row["text"] != text else row | {"text": None}
    return {"row": number, "json": json.dumps(rest)}, text


def _load(server: ChromaServer, hidden: Path) -> None:
    """Make a generation from its collections, and compare it with the manifest."""
    name = hidden_name(hidden)
    part = hidden / name
    passages = server.collection(_PREFIX + name)
    articles = server.collection(_PREFIX + name + _ARTICLES)
    text = None if passages is None else _manifest(passages)
    if articles is None or text is None:
        raise IndexUnreadable(server.url, f"it has no whole generation {name}")
    manifest = Manifest(**json.loads(text))
    write_table(part / "articles.jsonl", _rows(server, articles))
    rows = without_sentences(_rows(server, passages), part, manifest.dimension)
    write_table(part / "passages.jsonl", rows)
    _derive_places(hidden, part)
    if hash_files(part).items() - manifest.parts.get(name, {}).items():
        raise IndexUnreadable(server.url, f"rows of {name} are missing or changed")
    _derive_keywords(part)
    replace(manifest, parts={name: hash_files(part)}).save(hidden)


def _derive_places(hidden: Path, part: Path) -> None:
    """Number the articles of the only part in their order."""
    ids = [row["id"] for row in Table(part / "passages.jsonl")]
    articles = list(Table(part / "articles.jsonl"))
    firsts = np.cumsum([0, *(row["count"] for row in articles)])
    write_places(part, ids, firsts, [mark_of(article_of(row)) for row in articles])
    write_runs(hidden / RUNS, runs_of([0] * len(articles), range(len(articles))))


def _derive_keywords(folder: Path) -> None:
    articles = [article_of(row) for row in Table(folder / "articles.jsonl")]
    rows = Table(folder / "passages.jsonl")
    writer = KeywordWriter()
    for terms in each_content_terms(
        searched_text(articles[row["article"]], passage_of(row)) for row in rows
    ):
        writer.add(terms)
    writer.postings(len(rows)).save(folder / "keyword")


def _rows(server: ChromaServer, collection: Any) -> Iterator[Row]:  # noqa: ANN401
    """The rows of a collection in their order."""
    for start in range(0, server.run(lambda _: collection.count()), UPLOAD):
        between = [{"row": {"$gte": start}}, {"row": {"$lt": start + UPLOAD}}]
        request = {"where": {"$and": between}, "include": ["documents", "metadatas"]}
        found = server.run(lambda _, asked=request: collection.get(**asked))  # type: ignore[misc]
        rows = zip(found["metadatas"], found["documents"], strict=True)
        for fact, text in sorted(rows, key=lambda pair: int(pair[0]["row"])):
            row = json.loads(fact["json"])
            yield row if row["text"] is not None else row | {"text": text}


def _manifest(collection: Any) -> str | None:  # noqa: ANN401
    return (collection.metadata or {}).get("manifest")


def _made(name: str) -> datetime:
    return datetime.strptime(name.split(".")[0], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)


def _drop(server: ChromaServer, name: str) -> None:
    server.delete(_PREFIX + name)
    server.delete(_PREFIX + name + _ARTICLES)
