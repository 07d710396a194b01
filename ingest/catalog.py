"""The records of the library: one file that names every article and its revisions."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from ingest.article import Article, Block, BlockKind
from ingest.errors import LibraryError

_LAYOUT = 1


@dataclass(frozen=True, slots=True)
class Revision:
    """One state of an article: ``stored`` names its content, ``sha256`` is the hash of its text."""

    sha256: str
    stored: str
    at: str
    title: str
    publisher: str | None
    published: str | None
    url: str | None
    language: str
    source: str | None
    byline: str | None = None
    updated: str | None = None

    def facts(self) -> dict[str, str | None]:
        """All that makes this revision what it is; when it came is not part of that."""
        return {key: value for key, value in asdict(self).items() if key != "at"}


@dataclass(frozen=True, slots=True)
class Entry:
    """An article in the library: revisions, oldest first; ``removed`` since when, if it is."""

    id: str
    revisions: tuple[Revision, ...]
    removed: str | None = None

    @property
    def head(self) -> Revision:
        """The revision that is served."""
        return self.revisions[-1]


@dataclass(slots=True)
class Catalog:
    """Every entry by id."""

    entries: dict[str, Entry] = field(default_factory=dict)

    def dump(self) -> bytes:
        """As JSON."""
        rows = [asdict(entry) for _, entry in sorted(self.entries.items())]
        return json.dumps({"layout": _LAYOUT, "articles": rows}, ensure_ascii=False).encode()

    @classmethod
    def load(cls, path: Path) -> Catalog:
        """Read it; a missing file is an empty library. Raises LibraryError for another's file."""
        try:
            whole = json.loads(path.read_bytes())
            if whole["layout"] != _LAYOUT:
                raise ValueError(f"layout {whole['layout']}")
            return cls({row["id"]: _entry(row) for row in whole["articles"]})
        except FileNotFoundError:
            return cls()
        except (ValueError, KeyError, TypeError) as error:
            raise LibraryError(
                f"{path} is not a library of this version ({error}); name another --home"
            ) from error


def _entry(row: dict[str, Any]) -> Entry:
    revisions = tuple(Revision(**revision) for revision in row["revisions"])
    return Entry(row["id"], revisions, row["removed"])


def content_of(article: Article) -> bytes:
    """What is stored of an article under the hash of these bytes: text, blocks, what went."""
    blocks = [block_row(block) for block in article.blocks]
    content = {"text": article.text, "blocks": blocks, "removed": article.removed}
    return json.dumps(content, ensure_ascii=False).encode("utf-8", "surrogatepass")


def article_from(entry_id: str, revision: Revision, content: bytes) -> Article:
    """The article again."""
    values = json.loads(content)
    return Article(
        id=entry_id,
        title=revision.title,
        text=values["text"],
        blocks=tuple(block_of(row) for row in values["blocks"]),
        publisher=revision.publisher,
        published=date.fromisoformat(revision.published) if revision.published else None,
        url=revision.url,
        language=revision.language,
        source=revision.source,
        removed=tuple(values["removed"]),
        byline=revision.byline,
        updated=date.fromisoformat(revision.updated) if revision.updated else None,
    )


def block_row(block: Block) -> list[Any]:
    """A block as JSON; its page only where it has one."""
    row: list[Any] = [block.kind.value, block.start, block.end]
    return row if block.page is None else [*row, block.page]


def block_of(row: Sequence[Any]) -> Block:
    """The block written by ``block_row``."""
    return Block(BlockKind(row[0]), *row[1:])
