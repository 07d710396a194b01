"""Read many articles from one file of JSON lines."""

from __future__ import annotations

import json
from collections.abc import Iterator

from ingest.article import Article
from ingest.compose import read_text
from ingest.errors import ReadError
from ingest.metadata import Metadata, metadata_from


def read_jsonl(
    text: str, name: str, identity: str, given: Metadata
) -> tuple[list[Article], list[str]]:
    """The articles of ``text``, and one line for each bad one; the whole fails if all are bad."""
    articles: list[Article] = []
    failures: list[str] = []
    for number, line in _numbered(text):
        try:
            articles.append(_from_json(line, f"{name} line {number}", number, identity, given))
        except ReadError as error:
            failures.append(str(error))
    if not articles:
        raise ReadError(failures[0])
    return articles, failures


def _numbered(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield number, line


def _from_json(line: str, name: str, number: int, identity: str, given: Metadata) -> Article:
    try:
        values = json.loads(line)
    except (ValueError, RecursionError):
        raise ReadError(f"{name}: not JSON; write one object a line") from None
    if not isinstance(values, dict) or not isinstance(values.get("text"), str):
        raise ReadError(f'{name}: no "text"; write {{"id": …, "title": …, "text": …}}')
    known = given.over(metadata_from(values, name)).over(Metadata(source=identity))
    return read_text(values["text"], name, f"{identity}#{known.id or number}", known)
