"""What a parser in the child process found, and its JSON form on the way to the parent."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from ingest.article import BlockKind
from ingest.assemble import Piece
from ingest.metadata import Metadata

_DATES = ("published", "updated")


@dataclass(frozen=True, slots=True)
class Link:
    """An entry of a feed: where its article is, and what the feed says about it."""

    url: str
    known: Metadata = field(default_factory=Metadata)

    def to_row(self) -> list[Any]:
        """As JSON."""
        return [self.url, _row(self.known)]

    @classmethod
    def from_row(cls, row: Sequence[Any]) -> Link:
        """The value that ``to_row`` wrote."""
        return cls(row[0], _known(row[1]))


@dataclass(frozen=True, slots=True)
class Parsed:
    """The pieces of an article, its facts, and what was left out; of a feed, its links."""

    pieces: tuple[Piece, ...] = ()
    known: Metadata = field(default_factory=Metadata)
    removed: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()

    def to_json(self) -> bytes:
        """As JSON: a reply that a broken parser cannot turn into code, as a pickle could."""
        row = {
            "pieces": [[p.kind.value, p.text, p.joined, p.page] for p in self.pieces],
            "known": _row(self.known),
            "removed": self.removed,
            "links": [link.to_row() for link in self.links],
        }
        return json.dumps(row).encode()

    @classmethod
    def from_json(cls, row: dict[str, Any]) -> Parsed:
        """The value that ``to_json`` wrote."""
        return cls(
            pieces=tuple(Piece(BlockKind(k), text, j, page) for k, text, j, page in row["pieces"]),
            known=_known(row["known"]),
            removed=tuple(row["removed"]),
            links=tuple(map(Link.from_row, row["links"])),
        )


def _row(known: Metadata) -> dict[str, str]:
    return {key: str(value) for key, value in asdict(known).items() if value is not None}


def _known(row: dict[str, Any]) -> Metadata:
    dates = {key: date.fromisoformat(row[key]) for key in _DATES if key in row}
    return Metadata(**{**row, **dates})
