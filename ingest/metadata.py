"""What is known about an article beside its text, and where that stands: front matter, JSON."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime

from ingest.errors import ReadError

_FENCE = re.compile(
    r"\A\ufeff?---[ \t]*\r?\n(.*?\r?\n)??(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL
)
_TEXTS = "id title subtitle publisher url language source byline author".split()
_LINKS = re.compile(r"https?://\S+")


@dataclass(frozen=True, slots=True)
class Metadata:
    """Facts about an article that do not stand in its text; None means unknown."""

    id: str | None = None
    title: str | None = None
    subtitle: str | None = None
    publisher: str | None = None
    published: date | None = None
    url: str | None = None
    language: str | None = None
    source: str | None = None
    byline: str | None = None
    updated: date | None = None

    def over(self, other: Metadata) -> Metadata:
        """These facts, and those of ``other`` where this one knows nothing."""
        known = {f.name: value for f in fields(self) if (value := getattr(self, f.name))}
        return replace(other, **known)


def parse_date(value: object, name: str) -> date:
    """A date from ``YYYY-MM-DD`` (a time after it is ignored); raises ReadError otherwise."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value).strip()[:10])
    except ValueError:
        raise ReadError(
            f"{name}: the date {str(value)[:40]!r} is not one; write published as YYYY-MM-DD"
        ) from None


def metadata_from(values: Mapping[str, object], name: str) -> Metadata:
    """The known keys of front matter or of a JSON object; other keys are ignored."""
    texts = {
        key: " ".join(str(values[key]).split()) or None
        for key in _TEXTS
        if isinstance(values.get(key), str | int | float)
    }
    texts["byline"] = texts.get("byline") or texts.pop("author", None)
    texts.pop("author", None)
    published = values.get("published") or values.get("date")
    updated = values.get("updated")
    url = texts.get("url")
    if url and not _LINKS.fullmatch(url):
        raise ReadError(f"{name}: the url {url[:60]!r} is not a link; write http:// or https://")
    return Metadata(
        **texts,
        published=parse_date(published, name) if published else None,
        updated=parse_date(updated, name) if updated else None,
    )


def split_front_matter(text: str, name: str) -> tuple[Metadata, str]:
    """Front matter (YAML between two lines of ``---``) and the text after it."""
    found = _FENCE.match(text)
    if not found:
        return Metadata(), text
    import yaml

    try:
        values = yaml.load(found.group(1) or "", Loader=yaml.BaseLoader) or {}
    except (yaml.YAMLError, ValueError) as error:
        reason = " ".join(str(error).split())[:120]
        raise ReadError(f"{name}: the front matter is not YAML ({reason}); correct it") from error
    if not isinstance(values, dict):
        # Two horizontal rules around prose are no front matter.
        return Metadata(), text
    return metadata_from({str(k): v for k, v in values.items()}, name), text[found.end() :]
