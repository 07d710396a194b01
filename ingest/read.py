"""Read a file or a link into articles: the one door for every format."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.compose import from_parsed, read_text
from ingest.decode import decode
from ingest.errors import ReadError
from ingest.formats.sandbox import sandbox
from ingest.jsonl import read_jsonl
from ingest.metadata import Metadata
from ingest.reading import Reading, Recall, nothing_known

if TYPE_CHECKING:
    from ingest.web.fetch import Fetcher

__all__ = ["SUFFIXES", "Reading", "is_link", "listed", "read", "read_text"]

TEXT_SUFFIXES = frozenset({".txt", ".text", ""})
MARKDOWN_SUFFIXES = frozenset({".md", ".markdown"})
JSONL_SUFFIXES = frozenset({".jsonl", ".ndjson"})
FEED_SUFFIXES = frozenset({".rss", ".atom"})
PARSED_SUFFIXES = {
    **dict.fromkeys((".html", ".htm", ".xhtml"), "html"),
    **dict.fromkeys(FEED_SUFFIXES, "feed"),
    ".pdf": "pdf",
    ".docx": "docx",
}
SUFFIXES = TEXT_SUFFIXES | MARKDOWN_SUFFIXES | JSONL_SUFFIXES | PARSED_SUFFIXES.keys()
LARGEST_TEXT = 20 * 2**20
LARGEST_PARSED = 50 * 2**20
LARGEST_JSONL = 500 * 2**20
_LINK = re.compile(r"https?://", re.IGNORECASE)


def read(
    source: str | Path,
    given: Metadata | None = None,
    fetcher: Fetcher | None = None,
    recall: Recall = nothing_known,
) -> Reading:
    """Read all articles of a file or a link; ``given`` facts go before those that stand in it.

    A feed gives the articles of its links; ``recall`` tells what is known of a link. Raises
    ReadError when nothing of it can be read.
    """
    given = given or Metadata()
    if is_link(str(source)):
        from ingest.web.links import read_link

        return read_link(str(source), given, fetcher, recall)
    path = Path(source)
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        known = " ".join(sorted(filter(None, SUFFIXES)))
        raise ReadError(f"{path}: {suffix} files are not read; give one of {known}")
    name, identity = str(path), identity_of(path)
    if suffix in JSONL_SUFFIXES:
        lines = decode(_load(path, LARGEST_JSONL), name)
        articles, failures = read_jsonl(lines, name, identity, given)
        return Reading(tuple(articles), tuple(failures))
    if suffix in PARSED_SUFFIXES:
        data = _load(path, LARGEST_PARSED)
        parsed = sandbox().parse(PARSED_SUFFIXES[suffix], data, name)
        if suffix not in FEED_SUFFIXES:
            return Reading((from_parsed(parsed, name, identity, given),))
        from ingest.web.links import read_feed

        return read_feed(parsed.links, name, given, fetcher, recall)
    text = decode(_load(path, LARGEST_TEXT), name)
    return Reading((read_text(text, name, identity, given, suffix in MARKDOWN_SUFFIXES),))


def is_link(source: str) -> bool:
    """Whether a source is a link and not a path."""
    return bool(_LINK.match(source))


def listed(lines: Iterable[str]) -> list[str]:
    """The links and paths of a list, one a line; blank lines and lines with ``#`` are left out."""
    names = (line.strip().removeprefix("\ufeff") for line in lines)
    return list(dict.fromkeys(name for name in names if name and not name.startswith("#")))


def identity_of(path: Path) -> str:
    """What makes a file the same source next time: its full path, or its place in this package."""
    full, package = path.resolve(), Path(__file__).resolve().parent
    return str(full.relative_to(package) if full.is_relative_to(package) else full)


def _load(path: Path, limit: int) -> bytes:
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise ReadError(f"{path}: not a regular file; give a file or a folder")
        if size > limit:
            raise ReadError(f"{path}: {size:,} bytes are over the limit of {limit:,}; split it")
        return path.read_bytes()
    except FileNotFoundError:
        raise ReadError(f"{path}: no such file; check the path") from None
    except OSError as error:
        raise ReadError(f"{path}: cannot be opened ({error.strerror}); check it") from error
