"""What can go wrong in ingestion; every message is one line with the cause and the cure."""

from __future__ import annotations


class IngestError(Exception):
    """Base of all errors that ingestion raises on purpose."""


class ReadError(IngestError):
    """A source cannot be read as an article."""


class LibraryError(IngestError):
    """The library has no such article, or its folder cannot be understood."""


class VerificationError(IngestError):
    """A newly built index does not hold what it should; the old one stays in service."""


class JobLocked(IngestError):  # noqa: N818 - a state that is reported, as much as an error
    """Another ingestion job holds the lock of this home."""
