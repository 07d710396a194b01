"""Which links need not be sent again: what was learnt of them, as long as it still holds."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import astuple, dataclass

from ingest.catalog import now
from ingest.library import Library
from ingest.metadata import Metadata
from ingest.reading import Reading
from ingest.web.condition import LinkRecord


@dataclass(frozen=True, slots=True)
class Visits:
    """The links of ``library``, when read as ``how`` says."""

    library: Library
    how: str

    def recall(self, url: str, known: Metadata) -> LinkRecord | None:
        """What is remembered of a link, if an unchanged page would change nothing here.

        So not if an article of it is gone, removed, damaged or has another text by now, or if the
        page is to be read with other facts (``known`` are those of its feed).
        """
        record = self.library.links().get(url)
        if record is None or record.how != self._how(known) or not record.is_recent():
            return None
        whole = record.links or all(self._is_served(*one) for one in record.gave.items())
        return record if whole else None

    def learn(self, reading: Reading, placed: Mapping[str, str]) -> None:
        """Remember what was fetched; ``placed`` says which article of the library each became.

        A link is only remembered where all that it gave was taken in: what failed or was kept out
        is to be looked at again.
        """
        for visit in reading.visits:
            record = None
            if visit.condition and placed.keys() >= set(visit.ids):
                gave = {placed[one]: self._text(placed[one]) for one in visit.ids}
                how = self._how(visit.known)
                record = LinkRecord(visit.condition, how, now(), gave, visit.links)
            self.library.remember(visit.url, record)

    def _is_served(self, article_id: str, text: str) -> bool:
        entry = self.library.find(article_id)
        if entry is None or entry.removed:
            return False
        return entry.head.sha256 == text and self.library.is_stored(entry)

    def _text(self, article_id: str) -> str:
        return self.library.entry(article_id).head.sha256

    def _how(self, known: Metadata) -> str:
        return hashlib.sha256(repr((self.how, astuple(known))).encode()).hexdigest()[:16]
