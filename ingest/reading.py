"""What reading a source gives."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.article import Article


@dataclass(frozen=True, slots=True)
class Reading:
    """What one source gave: its articles, and one line for each part that could not be read."""

    articles: tuple[Article, ...] = ()
    failures: tuple[str, ...] = ()
