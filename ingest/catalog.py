"""The records of the library: one file that names every article, its revisions and sources."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from ingest.article import Article, Block, BlockKind
from ingest.errors import LibraryError
from ingest.web.condition import LinkRecord

_LAYOUT = 1


class Change(StrEnum):
    """What putting an article into the library did; what was removed by hand is kept out."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    KEPT_OUT = "kept_out"


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
    """An article in the library: revisions, oldest first; ``removed`` since when, if it is.

    ``gone`` says that it was removed because its source went away: it comes back with it, while
    what was removed by hand stays out until that is undone.
    """

    id: str
    revisions: tuple[Revision, ...]
    removed: str | None = None
    gone: bool = False

    @property
    def head(self) -> Revision:
        """The revision that is served."""
        return self.revisions[-1]


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """What a file gave when it was last read whole.

    ``stamp`` is its state on disk then, ``how`` what it was read with; equal ones need no reading.
    ``lost`` are the articles that it gave before and gives no more.
    """

    stamp: str
    how: str
    ids: tuple[str, ...]
    lost: tuple[str, ...] = ()


@dataclass(slots=True)
class Catalog:
    """Every entry by id, every file by its path, every link that says when it changes.

    ``erased`` holds hashes of texts by hash of id.
    """

    entries: dict[str, Entry] = field(default_factory=dict)
    sources: dict[str, SourceRecord] = field(default_factory=dict)
    erased: dict[str, tuple[str, ...]] = field(default_factory=dict)
    links: dict[str, LinkRecord] = field(default_factory=dict)

    def is_erased(self, article_id: str) -> bool:
        """Whether the article was purged."""
        return _hash(article_id) in self.erased

    def is_barred(self, article: Article) -> bool:
        """Whether the article, or another with its text, was purged."""
        known = self.is_erased(article.id)
        return known or any(article.sha256 in texts for texts in self.erased.values())

    def erase(self, entry: Entry) -> None:
        """Forget an article with all that came with it, but for the hashes to know it by."""
        texts = {revision.sha256 for revision in entry.revisions}
        self.erased[_hash(entry.id)] = tuple(sorted(texts))
        del self.entries[entry.id]
        for source, record in list(self.sources.items()):
            if entry.id in (*record.ids, *record.lost):
                del self.sources[source]
        self.forget_links(entry.id)

    def pardon(self, article_id: str) -> bool:
        """Let a purged article in again; whether it was one."""
        return self.erased.pop(_hash(article_id), None) is not None

    def forget_links(self, article_id: str) -> None:
        """Have every link that gave the article, and every feed of such a link, sent anew."""
        self.links = {url: one for url, one in self.links.items() if article_id not in one.gave}

    def dump(self) -> bytes:
        """As JSON."""
        whole = {
            "layout": _LAYOUT,
            "articles": [asdict(entry) for _, entry in sorted(self.entries.items())],
            "sources": {key: asdict(one) for key, one in sorted(self.sources.items())},
            "erased": self.erased,
            "links": {url: one.to_row() for url, one in sorted(self.links.items())},
        }
        return json.dumps(whole, ensure_ascii=False).encode("utf-8", "surrogatepass")

    @classmethod
    def load(cls, path: Path) -> Catalog:
        """Read it; a missing file is an empty library. Raises LibraryError for another's file."""
        try:
            whole = json.loads(path.read_bytes())
            if whole["layout"] != _LAYOUT:
                raise ValueError(f"layout {whole['layout']}")
            return cls(
                {row["id"]: _entry(row) for row in whole["articles"]},
                {key: _source(row) for key, row in whole.get("sources", {}).items()},
                {key: tuple(texts) for key, texts in whole.get("erased", {}).items()},
                {url: LinkRecord.from_row(row) for url, row in whole.get("links", {}).items()},
            )
        except FileNotFoundError:
            return cls()
        except (ValueError, KeyError, TypeError) as error:
            raise LibraryError(
                f"{path} is not a library of this version ({error}); name another --home"
            ) from error


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _entry(row: dict[str, Any]) -> Entry:
    revisions = tuple(Revision(**revision) for revision in row["revisions"])
    return Entry(row["id"], revisions, row["removed"], row.get("gone", False))


def _source(row: dict[str, Any]) -> SourceRecord:
    return SourceRecord(row["stamp"], row["how"], tuple(row["ids"]), tuple(row["lost"]))


def revision_of(article: Article) -> Revision:
    """The record of this state of an article, taken in now."""
    return Revision(
        sha256=article.sha256,
        stored=hashlib.sha256(content_of(article)).hexdigest(),
        at=now(),
        title=article.title,
        publisher=article.publisher,
        published=article.published.isoformat() if article.published else None,
        url=article.url,
        language=article.language,
        source=article.source,
        byline=article.byline,
        updated=article.updated.isoformat() if article.updated else None,
    )


def completed(known: Revision, other: Revision) -> Revision:
    """The first, with facts of the second where the first knows none."""
    return replace(
        known,
        publisher=known.publisher or other.publisher,
        published=known.published or other.published,
        url=known.url or other.url,
        byline=known.byline or other.byline,
        updated=known.updated or other.updated,
    )


def revised(old: Entry | None, article_id: str, revision: Revision) -> tuple[Entry, Change]:
    """The entry with ``revision`` as its head, and what that changed."""
    if old is None:
        return Entry(article_id, (revision,)), Change.NEW
    back = replace(old, removed=None, gone=False)
    if old.head.facts() == revision.facts():
        return back, Change.NEW if old.removed else Change.UNCHANGED
    # The same text with other facts is the same revision: its name is the hash of the text.
    others = tuple(one for one in old.revisions if one.sha256 != revision.sha256)
    return replace(back, revisions=(*others, revision)), Change.CHANGED


def now() -> str:
    """This moment, as it is written into records; nothing is ever ordered by it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


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
