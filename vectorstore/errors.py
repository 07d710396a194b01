"""What can be wrong with an index; every message carries the cure."""

from __future__ import annotations

from ingest.errors import VerificationError as IngestVerificationError


class IndexProblem(Exception):  # noqa: N818 - a state that is reported, as much as an error
    """Base of all index errors: the edge prints its one line."""


class NoIndex(IndexProblem):
    """Nothing has been built yet."""

    def __init__(self) -> None:
        super().__init__("No index yet. Build it first: kai ingest")


class IndexMismatch(IndexProblem):
    """The index was built with another embedder, splitter or layout than the one in use."""

    def __init__(self, what: str, built: object, now: object) -> None:
        super().__init__(
            f"The index was built with {what} {built!r}, now it is {now!r}; rebuild: kai ingest"
        )


class IndexUnreadable(IndexProblem):
    """The index is damaged, incomplete or not ours."""

    def __init__(self, path: object, reason: str) -> None:
        super().__init__(f"The index at {path} cannot be read ({reason}); rebuild: kai ingest")


class ServerAway(IndexProblem):
    """The Chroma server does not answer, after some tries."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(
            f"The Chroma server at {url} does not answer ({reason}); "
            "see that it runs and can be reached, then try again"
        )


class VerificationError(IndexProblem, IngestVerificationError):
    """A freshly built generation failed its checks; the one served before stays."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"The new index failed verification ({reason}); the old one is still served. "
            "Try again: kai ingest"
        )
