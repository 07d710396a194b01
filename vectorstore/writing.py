"""Writes one index generation into an empty folder, and checks what was written.

What an older generation holds of the same passages is carried over: its vectors by a copy of
Chroma's folder, its sentences by a copy of theirs, its keywords by renumbering. Only the rest is
analysed, embedded and added.
"""

from __future__ import annotations

import errno
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import numpy as np

from ingest.article import Article
from vectorstore.cache import EmbeddingCache, text_key
from vectorstore.embedder import Embedder
from vectorstore.errors import IndexProblem, VerificationError
from vectorstore.generations import hidden_name
from vectorstore.keyword import KeywordWriter
from vectorstore.manifest import LAYOUT, Manifest, hash_files
from vectorstore.places import Place
from vectorstore.plan import Draft, Progress, Split
from vectorstore.reading import Index
from vectorstore.records import article_row, passage_row
from vectorstore.sentence_writing import verify_sentences, write_sentences
from vectorstore.sentences import Small
from vectorstore.table import write_table
from vectorstore.terms import content_terms, each_content_terms
from vectorstore.vectors import Vector

__all__ = ["Draft", "Progress", "Split", "Written", "verify_generation", "write_generation"]

_SAMPLE = 64  # vectors read back when a generation is verified


@dataclass(frozen=True, slots=True)
class Written:
    """What was given to a generation: vectors by passage id, those of sentences by row.

    ``embedded`` counts the passages that were in no cache.
    """

    vectors: Mapping[str, Vector]
    sentences: Mapping[int, Small]
    embedded: int


def write_generation(
    folder: Path,
    draft: Draft,
    embedder: Embedder,
    cache: EmbeddingCache,
    place: Place,
    about: dict[str, str],
    progress: Progress,
) -> Written:
    """Write all parts of a generation, and say what was not carried over.

    ``about`` holds ``corpus_hash`` and ``splitter``. Raises OSError when the disk refuses.
    """
    _write_texts(folder, draft, embedder.name)
    _write_keywords(folder / "keyword", draft, progress)
    rows = place.wanted(draft)
    vectors, fresh = cache.embed(
        [draft.texts[row] for row in rows], lambda done, total: progress("embed", done, total)
    )
    sentences = write_sentences(folder, draft, embedder.dimension, cache, progress)
    place.write(folder, draft, vectors)
    _manifest(folder, draft, embedder, about).save(folder)
    ids = [draft.passages[row].id for row in rows]
    return Written(dict(zip(ids, vectors, strict=True)), sentences, fresh)


def verify_generation(folder: Path, draft: Draft, place: Place, written: Written) -> None:
    """Read a written generation back and compare it; raises ``VerificationError``.

    Every new passage is compared with its article, and a sample of those carried over; of the
    vectors a sample, new ones with ``written`` and carried ones with the generation before.
    """
    try:
        index = Index(folder, place.open)
    except IndexProblem as error:
        if isinstance(error.__cause__, OSError) and error.__cause__.errno == errno.ENOSPC:
            raise error.__cause__ from error
        raise VerificationError(str(error)) from error
    try:
        if len(index) != len(draft.passages):
            raise VerificationError(f"{len(index)} of {len(draft.passages)} passages")
        _verify_passages(index, _looked_at(draft))
        _verify_vectors(index, _expected(draft, written.vectors))
        verify_sentences(index, draft, written.sentences)
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
    titles = [
        (article.title, _title_terms(draft, article, int(first)))
        for article, first in zip(draft.articles, firsts, strict=False)
    ]
    parts = zip(draft.passages, draft.owners, draft.texts, strict=True)
    write_table(
        folder / "passages.jsonl",
        (
            passage_row(part, owner, text_key(embedder_name, text), *titles[owner])
            for part, owner, text in parts
        ),
    )
    ids = "".join(f"{id_}\n" for id_ in draft.ids)
    (folder / "ids.txt").write_text(ids, encoding="utf-8")


def _title_terms(draft: Draft, article: Article, first: int) -> Sequence[str]:
    """The terms of a title, which an older generation knows of an article that is carried over."""
    if draft.before is not None and first < len(draft.old) and draft.old[first] >= 0:
        return draft.before.searched(int(draft.old[first])).title_terms
    return content_terms(article.title)


def _write_keywords(folder: Path, draft: Draft, progress: Progress) -> None:
    writer = KeywordWriter()
    if draft.before is not None:
        writer.carry(draft.before.keywords, draft.moves())
    new = draft.new
    terms = each_content_terms([draft.texts[row] for row in new])
    for done, (row, each) in enumerate(zip(new, terms, strict=True), 1):
        writer.add(each, row)
        if done % 200 == 0 or done == len(new):
            progress("keywords", done, len(new))
    writer.finish(len(draft.passages)).save(folder)


def versions() -> dict[str, str]:
    """What a generation depends on besides the embedder and the splitter."""
    return {name: version(name) for name in ("chromadb", "kiwipiepy", "numpy")}


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
        carried=draft.carried,
        versions=versions(),
        files=hash_files(folder),
    )


def _looked_at(draft: Draft) -> Iterator[int]:
    """The rows to compare with their articles: new ones, and some of what was carried over.

    Those were all compared when they were new, and are written from what was read back.
    """
    every = max(1, int((draft.old >= 0).sum()) // _SAMPLE)
    return (row for row, old in enumerate(draft.old) if old < 0 or row % every == 0)


def _verify_passages(index: Index, rows: Iterable[int]) -> None:
    for row in rows:
        passage, article = index.passage(row), index.article_of(row)
        if article.text[passage.start : passage.end] != passage.text:
            raise VerificationError(f"passage {passage.id} is not the text at its place")
        if passage.revision != article.sha256:
            raise VerificationError(f"passage {passage.id} is of another revision")


def _expected(draft: Draft, vectors: Mapping[str, Vector]) -> dict[str, Vector]:
    """A sample of the vectors that the generation must hold, by id."""
    ids = list(vectors)
    sample = {id_: vectors[id_] for id_ in ids[:: max(1, len(ids) // _SAMPLE)]}
    if draft.before is not None:
        kept = np.flatnonzero(draft.old >= 0)
        rows = kept[:: max(1, len(kept) // _SAMPLE)]
        sample |= draft.before.vectors.get([draft.passages[int(row)].id for row in rows])
    return sample


def _verify_vectors(index: Index, expected: Mapping[str, Vector]) -> None:
    stored = index.vectors.get(list(expected))
    for id_, vector in expected.items():
        if id_ not in stored or not float(stored[id_] @ vector) >= 0.999:
            raise VerificationError(f"the vector of passage {id_} is not the one written")
        if not index.vectors.nearest(vector, 1):
            raise VerificationError(f"nothing is found near passage {id_}")
