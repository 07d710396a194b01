"""Writes one index generation into an empty folder, and checks what was written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import numpy as np

from ingest.article import Article, Passage
from vectorstore.cache import EmbeddingCache, text_key
from vectorstore.context import searched_text
from vectorstore.embedder import Embedder
from vectorstore.errors import IndexProblem, VerificationError
from vectorstore.generations import hidden_name
from vectorstore.keyword import KeywordWriter
from vectorstore.manifest import LAYOUT, Manifest, hash_files
from vectorstore.reading import Index
from vectorstore.records import article_row, passage_row
from vectorstore.table import write_table
from vectorstore.terms import each_content_terms
from vectorstore.vectors import Vector, Vectors

Split = Callable[[Article], Sequence[Passage]]
Progress = Callable[[str, int, int], None]
_SAMPLE = 64  # vectors read back when a generation is verified


@dataclass(frozen=True, slots=True)
class Draft:
    """The passages of all articles, in order, with what is searched of each."""

    articles: Sequence[Article]
    passages: Sequence[Passage]
    owners: Sequence[int]
    texts: Sequence[str]

    @classmethod
    def of(cls, articles: Sequence[Article], split: Split, progress: Progress) -> Draft:
        """Split every article; raises ValueError when two passages have one id."""
        passages: list[Passage] = []
        owners: list[int] = []
        for number, article in enumerate(articles):
            own = split(article)
            passages.extend(own)
            owners.extend([number] * len(own))
            progress("split", number + 1, len(articles))
        if len({passage.id for passage in passages}) != len(passages):
            raise ValueError("two passages have the same id")
        pairs = [(articles[owner], part) for owner, part in zip(owners, passages, strict=True)]
        texts = [searched_text(article, part) for article, part in pairs]
        return cls(articles, passages, owners, texts)


def write_generation(
    folder: Path,
    draft: Draft,
    embedder: Embedder,
    cache: EmbeddingCache,
    about: dict[str, str],
    progress: Progress,
) -> tuple[Vector, int]:
    """Write all parts of a generation; the vectors and how many of them were embedded anew.

    ``about`` holds ``corpus_hash`` and ``splitter``. Raises OSError when the disk refuses.
    """
    _write_texts(folder, draft, embedder.name)
    _write_keywords(folder / "keyword", draft.texts, progress)
    vectors, fresh = cache.embed(draft.texts, lambda done, total: progress("embed", done, total))
    store = Vectors(folder / "chroma", create=True)
    try:
        store.add([passage.id for passage in draft.passages], vectors)
    finally:
        store.close()
    _manifest(folder, draft, embedder, about).save(folder)
    return vectors, fresh


def verify_generation(folder: Path, draft: Draft, vectors: Vector) -> None:
    """Read a written generation back and compare it; raises ``VerificationError``."""
    try:
        index = Index(folder)
    except IndexProblem as error:
        raise VerificationError(str(error)) from error
    try:
        if len(index) != len(draft.passages):
            raise VerificationError(f"{len(index)} of {len(draft.passages)} passages")
        _verify_passages(index)
        _verify_vectors(index, draft, vectors)
    finally:
        index.close()


def _write_texts(folder: Path, draft: Draft, embedder_name: str) -> None:
    counts = np.bincount(draft.owners, minlength=len(draft.articles))
    firsts = np.concatenate([[0], np.cumsum(counts)])
    rows = zip(draft.articles, firsts, counts, strict=False)
    write_table(
        folder / "articles.jsonl",
        (article_row(article, int(first), int(count)) for article, first, count in rows),
    )
    parts = zip(draft.passages, draft.owners, draft.texts, strict=True)
    write_table(
        folder / "passages.jsonl",
        (passage_row(part, owner, text_key(embedder_name, text)) for part, owner, text in parts),
    )
    ids = "".join(f"{passage.id}\n" for passage in draft.passages)
    (folder / "ids.txt").write_text(ids, encoding="utf-8")


def _write_keywords(folder: Path, texts: Sequence[str], progress: Progress) -> None:
    writer = KeywordWriter()
    for done, terms in enumerate(each_content_terms(texts), 1):
        writer.add(terms)
        if done % 200 == 0 or done == len(texts):
            progress("keywords", done, len(texts))
    writer.finish().save(folder)


def _manifest(folder: Path, draft: Draft, embedder: Embedder, about: dict[str, str]) -> Manifest:
    return Manifest(
        name=hidden_name(folder),
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        layout=LAYOUT,
        corpus_hash=about["corpus_hash"],
        articles=len(draft.articles),
        passages=len(draft.passages),
        embedder=embedder.name,
        dimension=embedder.dimension,
        splitter=about["splitter"],
        versions={name: version(name) for name in ("chromadb", "kiwipiepy", "numpy")},
        files=hash_files(folder),
    )


def _verify_passages(index: Index) -> None:
    for row, passage in enumerate(index.passages()):
        article = index.article_of(row)
        if article.text[passage.start : passage.end] != passage.text:
            raise VerificationError(f"passage {passage.id} is not the text at its place")
        if passage.revision != article.sha256:
            raise VerificationError(f"passage {passage.id} is of another revision")


def _verify_vectors(index: Index, draft: Draft, vectors: Vector) -> None:
    rows = range(0, len(vectors), max(1, len(vectors) // _SAMPLE))
    ids = [draft.passages[row].id for row in rows]
    stored = index.vectors.get(ids)
    for row, id_ in zip(rows, ids, strict=True):
        if id_ not in stored or not float(stored[id_] @ vectors[row]) >= 0.999:
            raise VerificationError(f"the vector of passage {id_} is not the one written")
        if not index.vectors.nearest(vectors[row], 1):
            raise VerificationError(f"nothing is found near passage {id_}")
