"""What a generation says about itself: how it was made, what it holds, the hash of every file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from ingest.article import Article
from vectorstore.errors import IndexUnreadable
from vectorstore.records import article_row

LAYOUT = 2  # rises whenever an older program could not read what this one writes
_NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """The record of one index generation; ``files`` maps names to SHA-256.

    ``carried`` counts the vectors added and taken out since Chroma's folder was last made anew.
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


def hash_of(articles: Iterable[Article]) -> str:
    """One hash of all that an index shows of its articles: texts, titles, dates, sources."""
    whole = hashlib.sha256()
    for article in sorted(articles, key=lambda article: article.id):
        whole.update(json.dumps(article_row(article, 0, 0)).encode())
    return whole.hexdigest()


def hash_files(folder: Path) -> dict[str, str]:
    """SHA-256 of every file of a generation but the manifest and Chroma's own.

    Chroma touches its files when it opens them; their rows are counted and sampled instead.
    """
    return {str(path.relative_to(folder)): _sha256(path) for path in sorted(_ours(folder))}


def _ours(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        inside = path.relative_to(folder).parts
        if path.is_file() and inside[0] not in ("chroma", _NAME):
            yield path


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
