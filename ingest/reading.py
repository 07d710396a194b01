"""What reading a source gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ingest.article import Article
from ingest.formats.parsed import Link
from ingest.metadata import Metadata
from ingest.web.condition import Condition, LinkRecord

Recall = Callable[[str, Metadata], LinkRecord | None]


@dataclass(frozen=True, slots=True)
class Visit:
    """A link that was fetched whole: the ids it gave, and what to ask it with next time.

    ``known`` is what its feed says of it; a feed has ``links``.
    """

    url: str
    known: Metadata
    condition: Condition | None
    ids: tuple[str, ...]
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What one source gave: its articles, and one line for each part that could not be read.

    ``unchanged`` are ids of the library that their servers say to be as they were.
    """

    articles: tuple[Article, ...] = ()
    failures: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    visits: tuple[Visit, ...] = ()


def nothing_known(url: str, known: Metadata) -> None:
    """The memory of one who reads for the first time."""
