"""What a generation says about itself: how it was made, what it holds, the hash of every file."""

from __future__ import annotations

import hashlib
import json
import marshal
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from ingest.article import Article
from vectorstore.errors import IndexUnreadable

LAYOUT = 3  # rises whenever an older program could not read what this one writes
MARKS, MARK = "marks.bin", 32  # the marks of a part's articles, and the bytes of one
RUNS = "runs.npy"  # which articles of which parts a generation holds, in order
_NAME = "manifest.json"
_PLAIN = 2  # the last version of marshal that writes equal values as equal bytes


@dataclass(frozen=True, slots=True)
class Manifest:
    """The record of one index generation; ``files`` maps names to SHA-256.

    ``parts`` are those it is made of, in order, with the ``files`` of each. ``carried`` counts the
    passages added and taken out since all of it was last made one part.
    """

    name: str
    created: str
    layout: int
    corpus_hash: str
    articles: int
    passages: int
    embedder: str
    dimension: int
    splitter: str
    versions: dict[str, str]
    files: dict[str, str]
    carried: int = 0
    parts: dict[str, dict[str, str]] = field(default_factory=dict)

    def save(self, folder: Path) -> None:
        """Write it into the generation's folder."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1)
        (folder / _NAME).write_text(text, encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Manifest:
        """Read it; raises ``IndexUnreadable`` for a folder that is not a generation of ours."""
        try:
            return cls(**json.loads((folder / _NAME).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError) as error:
            raise IndexUnreadable(folder, f"manifest: {type(error).__name__}") from error


def mark_of(article: Article) -> bytes:
    """The hash (32 bytes) of all that an index shows of an article: text, title, date, source.

    It is taken of every article for every generation, so it must be quick: a third of the time of
    JSON. Where another Python writes other bytes, articles are indexed anew.
    """
    day, updated = article.published, article.updated
    whole: tuple[Any, ...] = (
        *(article.id, article.title, article.text, article.publisher, article.url),
        *(article.language, article.source, article.byline, article.group),
        *(day and day.isoformat(), updated and updated.isoformat(), tuple(article.removed)),
        *[(block.kind.value, block.start, block.end, block.page) for block in article.blocks],
    )
    return hashlib.sha256(marshal.dumps(whole, _PLAIN)).digest()


def hash_of(articles: Iterable[Article]) -> str:
    """One hash of all that an index shows of its articles, whatever their order."""
    return hash_of_marks(map(mark_of, articles))


def hash_of_marks(marks: Iterable[bytes]) -> str:
    """``hash_of`` the articles that have these marks."""
    return hashlib.sha256(b"".join(sorted(marks))).hexdigest()


def hash_files(folder: Path) -> dict[str, str]:
    """SHA-256 of every file of a part but Chroma's own.

    Chroma touches its files when it opens them; their rows are counted and sampled instead.
    """
    return {str(path.relative_to(folder)): hash_file(path) for path in sorted(_ours(folder))}


def hash_file(path: Path) -> str:
    """SHA-256 of one file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _ours(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        if path.is_file() and path.relative_to(folder).parts[0] != "chroma":
            yield path
