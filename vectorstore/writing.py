"""Writes one index generation into an empty folder, and checks what was written.

What an older generation holds of the same articles is not written again: its parts are named. Of a
part that goes into the new one, vectors and sentences are copied and keywords renumbered.
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
from vectorstore.manifest import LAYOUT, RUNS, Manifest, hash_file, hash_files
from vectorstore.order import write_runs
from vectorstore.part import write_places
from vectorstore.places import Place
from vectorstore.plan import Draft, Plan, Progress, Split
from vectorstore.reading import Index
from vectorstore.records import article_row, passage_row
from vectorstore.sentence_writing import verify_sentences, write_sentences
from vectorstore.sentences import Small
from vectorstore.table import write_table
from vectorstore.terms import content_terms, each_content_terms
from vectorstore.vectors import Vector

__all__ = ["Draft", "Plan", "Progress", "Split", "Written", "verify_generation", "write_generation"]

_SAMPLE = 64  # vectors read back when a generation is verified


@dataclass(frozen=True, slots=True)
class Written:
    """What was given to a new part; ``embedded`` counts the passages that were in no cache."""

    vectors: Mapping[str, Vector]  # by passage id
    sentences: Mapping[int, Small]  # those embedded or cached, by row in the part
    embedded: int


def write_generation(
    folder: Path,
    plan: Plan,
    embedder: Embedder,
    cache: EmbeddingCache,
    place: Place,
    about: dict[str, str],
    progress: Progress,
) -> Written:
    """Write all that is new of a generation, and say what went into its new part.

    The new part goes into a folder of the generation's name inside ``folder``. ``about`` holds
    ``corpus_hash`` and ``splitter``. Raises OSError when the disk refuses.
    """
    parts = {part.name: dict(part.files) for part in plan.kept}
    written = Written({}, {}, 0)
    if plan.has_new_part:
        part = folder / hidden_name(folder)
        part.mkdir()
        written = _write_part(part, plan.draft, embedder, cache, place, progress)
        parts[part.name] = hash_files(part)
    write_runs(folder / RUNS, plan.runs)
    _manifest(folder, plan, embedder, about, parts).save(folder)
    return written


def verify_generation(folder: Path, plan: Plan, place: Place, written: Written) -> None:
    """Read a written generation back and compare it; raises ``VerificationError``.

    Every new passage is compared with its article, and a sample of all; every article with what it
    was to be; of the vectors a sample, new ones with ``written``, others with those before.
    """
    try:
        index = Index(folder, place.open, plan.kept)
    except IndexProblem as error:
        cause = error.__cause__
        if isinstance(cause, OSError) and cause.errno == errno.ENOSPC:
            raise cause from error
        raise VerificationError(str(error)) from error
    try:
        if len(index) != plan.passages:
            raise VerificationError(f"{len(index)} of {plan.passages} passages")
        if index.marks() != plan.marks:
            raise VerificationError("its articles are not those it was to hold")
        _verify_passages(index, _looked_at(index, plan))
        _verify_vectors(index, _expected(index, plan, written.vectors))
        verify_sentences(index, plan, written.sentences)
    finally:
        index.close()


def _write_part(
    part: Path,
    draft: Draft,
    embedder: Embedder,
    cache: EmbeddingCache,
    place: Place,
    progress: Progress,
) -> Written:
    write_tables(part, draft, embedder.name)
    _write_keywords(part / "keyword", draft, progress)
    vectors, fresh = _vectors(draft, cache, progress, lends=place.shares)
    sentences = write_sentences(part, draft, embedder.dimension, cache, progress)
    place.write(part, draft, vectors)
    return Written(dict(zip(draft.ids, vectors, strict=True)), sentences, fresh)


def write_tables(part: Path, draft: Draft, embedder_name: str) -> None:
    """Write the articles and passages of a part."""
    firsts = draft.firsts
    rows = zip(draft.articles, firsts, np.diff(firsts), strict=False)
    write_table(
        part / "articles.jsonl",
        (article_row(article, int(first), int(count)) for article, first, count in rows),
    )
    titles = [
        (article.title, _title_terms(draft, article, int(first)))
        for article, first in zip(draft.articles, firsts, strict=False)
    ]
    passages = zip(draft.passages, draft.owners, draft.texts, strict=True)
    write_table(
        part / "passages.jsonl",
        (
            passage_row(passage, owner, text_key(embedder_name, text), *titles[owner])
            for passage, owner, text in passages
        ),
    )
    write_places(part, draft.ids, firsts, draft.marks)


def _title_terms(draft: Draft, article: Article, first: int) -> Sequence[str]:
    """The terms of a title, which an older generation knows of an article that is carried over."""
    if draft.before is not None and first < len(draft.old) and draft.old[first] >= 0:
        return draft.before.searched(int(draft.old[first])).title_terms
    return content_terms(article.title)


def _write_keywords(folder: Path, draft: Draft, progress: Progress) -> None:
    writer = KeywordWriter()
    for number, part in enumerate(draft.before.parts if draft.before is not None else ()):
        moves = draft.moves(number)
        if (moves >= 0).any():
            writer.carry(part.words, moves)
    new = draft.new
    terms = each_content_terms([draft.texts[row] for row in new])
    for done, (row, each) in enumerate(zip(new, terms, strict=True), 1):
        writer.add(each, row)
        if done % 200 == 0 or done == len(new):
            progress("keywords", done, len(new))
    writer.postings(len(draft.passages)).save(folder)


def _vectors(
    draft: Draft, cache: EmbeddingCache, progress: Progress, *, lends: bool
) -> tuple[Vector, int]:
    """The vectors (n, d) of the draft, and how many were embedded anew.

    With ``lends`` those of the generation before are taken from there, else from the cache.
    """
    old = np.flatnonzero(draft.old >= 0).tolist() if lends else []
    ids = [draft.passages[row].id for row in old]
    lent = draft.before.vectors.get(ids) if draft.before is not None else {}
    rest = [row for row, passage in enumerate(draft.passages) if passage.id not in lent]
    texts = [draft.texts[row] for row in rest]
    found, fresh = cache.embed(texts, lambda done, total: progress("embed", done, total))
    vectors = np.empty((len(draft.passages), found.shape[1]), dtype=np.float32)
    vectors[rest] = found
    for row in old:
        vectors[row] = lent.get(draft.passages[row].id, vectors[row])
    return vectors, fresh


def versions() -> dict[str, str]:
    """What a generation depends on besides the embedder and the splitter."""
    return {name: version(name) for name in ("chromadb", "kiwipiepy", "numpy")}


def _manifest(
    folder: Path,
    plan: Plan,
    embedder: Embedder,
    about: dict[str, str],
    parts: dict[str, dict[str, str]],
) -> Manifest:
    return Manifest(
        name=hidden_name(folder),
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        layout=LAYOUT,
        corpus_hash=about["corpus_hash"],
        articles=len(plan.marks),
        passages=plan.passages,
        embedder=embedder.name,
        dimension=embedder.dimension,
        splitter=about["splitter"],
        carried=plan.carried,
        versions=versions(),
        files={RUNS: hash_file(folder / RUNS)},
        parts=parts,
    )


def _looked_at(index: Index, plan: Plan) -> Iterator[int]:
    """The rows to compare with their articles: new ones, and some of all.

    The others were all compared when they were new.
    """
    yield from range(0, len(index), max(1, len(index) // _SAMPLE))
    if plan.has_new_part:
        rows = index.placed.rows[-1]
        yield from (int(rows[row]) for row in plan.draft.new)


def _verify_passages(index: Index, rows: Iterable[int]) -> None:
    for row in rows:
        passage, article = index.passage(row), index.article_of(row)
        if article.text[passage.start : passage.end] != passage.text:
            raise VerificationError(f"passage {passage.id} is not the text at its place")
        if passage.revision != article.sha256:
            raise VerificationError(f"passage {passage.id} is of another revision")


def _expected(index: Index, plan: Plan, vectors: Mapping[str, Vector]) -> dict[str, Vector]:
    """A sample of the vectors that the generation must hold, by id."""
    ids = list(vectors)
    sample = {id_: vectors[id_] for id_ in ids[:: max(1, len(ids) // _SAMPLE)]}
    if plan.draft.before is not None:
        rows = range(0, len(index), max(1, len(index) // _SAMPLE))
        old = [id_ for id_ in map(index.id_of, rows) if id_ not in vectors]
        sample |= plan.draft.before.vectors.get(old)
    return sample


def _verify_vectors(index: Index, expected: Mapping[str, Vector]) -> None:
    stored = index.vectors.get(list(expected))
    for id_, vector in expected.items():
        if id_ not in stored or not float(stored[id_] @ vector) >= 0.999:
            raise VerificationError(f"the vector of passage {id_} is not the one written")
        if not index.vectors.nearest(vector, 1):
            raise VerificationError(f"nothing is found near passage {id_}")
