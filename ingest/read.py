"""Read a file into articles: plain text, Markdown, and JSON lines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.article import Article
from ingest.assemble import Piece, assemble
from ingest.clean import clean
from ingest.decode import decode
from ingest.errors import ReadError
from ingest.markdown import markdown_pieces
from ingest.metadata import Metadata, metadata_from, split_front_matter
from ingest.plain import plain_pieces

TEXT_SUFFIXES = frozenset({".txt", ".text", ""})
MARKDOWN_SUFFIXES = frozenset({".md", ".markdown"})
JSONL_SUFFIXES = frozenset({".jsonl", ".ndjson"})
SUFFIXES = TEXT_SUFFIXES | MARKDOWN_SUFFIXES | JSONL_SUFFIXES
LARGEST_TEXT = 20 * 2**20
LARGEST_JSONL = 500 * 2**20


@dataclass(frozen=True, slots=True)
class Reading:
    """What one source gave: its articles, and one line for each part that could not be read."""

    articles: tuple[Article, ...] = ()
    failures: tuple[str, ...] = ()


def read(path: str | Path, given: Metadata | None = None) -> Reading:
    """Read all articles of a file; ``given`` facts go before those that stand in the file.

    Raises ReadError when nothing of the file can be read.
    """
    path = Path(path)
    given = given or Metadata()
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        known = " ".join(sorted(filter(None, SUFFIXES)))
        raise ReadError(f"{path}: {suffix} files are not read; give one of {known}")
    if suffix in JSONL_SUFFIXES:
        return _read_jsonl(path, given)
    text = decode(_load(path, LARGEST_TEXT), str(path))
    marked_up = suffix in MARKDOWN_SUFFIXES
    return Reading((read_text(text, str(path), identity_of(path), given, marked_up),))


def read_text(
    text: str, name: str, identity: str, given: Metadata | None = None, marked_up: bool = False
) -> Article:
    """One article from text or, ``marked_up``, from Markdown; front matter is read in both.

    ``name`` stands in errors, ``identity`` (a path, a link) makes the article's id.
    """
    own, body = split_front_matter(text, name)
    known = (given or Metadata()).over(own)
    cleaned = clean(body)
    removed = list(cleaned.removed)
    pieces: list[Piece]
    if marked_up:
        pieces = markdown_pieces(cleaned.text, removed)
    else:
        first = cleaned.text.split("\n", 1)[0]
        titled = not known.title or known.title == " ".join(first.split())
        pieces = plain_pieces(cleaned.text, titled)
    if not pieces:
        raise ReadError(f"{name}: nothing is left beside site furniture; give the article's text")
    return assemble(pieces, known, identity, removed)


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


def _read_jsonl(path: Path, given: Metadata) -> Reading:
    text = decode(_load(path, LARGEST_JSONL), str(path))
    articles: list[Article] = []
    failures: list[str] = []
    for name, line in _numbered(text, path):
        try:
            articles.append(_from_json(line, name, path, given))
        except ReadError as error:
            failures.append(str(error))
    if not articles:
        raise ReadError(failures[0])
    return Reading(tuple(articles), tuple(failures))


def _numbered(text: str, path: Path) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield f"{path} line {number}", line


def _from_json(line: str, name: str, path: Path, given: Metadata) -> Article:
    try:
        values = json.loads(line)
    except (ValueError, RecursionError):
        raise ReadError(f"{name}: not JSON; write one object a line") from None
    if not isinstance(values, dict) or not isinstance(values.get("text"), str):
        raise ReadError(f'{name}: no "text"; write {{"id": …, "title": …, "text": …}}')
    known = given.over(metadata_from(values, name)).over(Metadata(source=identity_of(path)))
    identity = f"{identity_of(path)}#{known.id or name.rsplit(' ', 1)[-1]}"
    return read_text(values["text"], name, identity, known)
