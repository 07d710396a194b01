"""What a server is asked with the second time, so that it need not send what has not changed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from ingest.formats.parsed import Link

LONGEST = timedelta(days=7)  # for how long a server is believed that nothing has changed
_ETAG = re.compile(r'(?:W/)?"[\x21\x23-\x7e]{0,200}"')
_DATE = re.compile(r"[A-Za-z0-9,: +-]{1,40}")


@dataclass(frozen=True, slots=True)
class Condition:
    """The validators that the server at ``url`` gave with an answer (RFC 9110, section 8.8)."""

    url: str
    etag: str | None = None
    modified: str | None = None

    @classmethod
    def of(cls, url: str, headers: Mapping[str, str]) -> Condition | None:
        """What an answer says about itself; None where it says nothing that can be sent back."""
        etag, modified = headers.get("etag", ""), headers.get("last-modified", "")
        found = cls(
            url,
            etag if _ETAG.fullmatch(etag) else None,
            modified if _DATE.fullmatch(modified) else None,
        )
        return found if found.etag or found.modified else None

    def headers(self, url: str) -> dict[str, str]:
        """What to send to ``url``: nothing to any other place than the one that gave it."""
        given = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in given.items() if value and url == self.url}


@dataclass(frozen=True, slots=True)
class LinkRecord:
    """What a link gave when it was last fetched whole, and the condition to ask it with.

    ``how`` is what it was read with, ``gave`` its articles with the hash of their text then. A
    feed has ``links``; its pages are records of their own.
    """

    condition: Condition
    how: str
    at: str
    gave: Mapping[str, str]
    links: tuple[Link, ...] = ()

    def is_recent(self) -> bool:
        """Whether it is a week old at most; in the future it is not, as clocks may go back."""
        age = datetime.now(UTC) - datetime.fromisoformat(self.at)
        return timedelta(minutes=-1) <= age <= LONGEST

    def to_row(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "condition": asdict(self.condition),
            "how": self.how,
            "at": self.at,
            "gave": dict(self.gave),
            "links": [link.to_row() for link in self.links],
        }

    @classmethod
    def from_row(cls, row: dict[str, Any]) -> LinkRecord:
        """The value that ``to_row`` wrote."""
        links = tuple(map(Link.from_row, row["links"]))
        return cls(Condition(**row["condition"]), row["how"], row["at"], row["gave"], links)
