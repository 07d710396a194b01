"""The exit codes of the command line, by what went wrong."""

from __future__ import annotations

from assistant.batch import BatchError
from assistant.chain import QuestionError
from assistant.models.problem import ModelError
from ingest.errors import IngestError, JobLocked, VerificationError
from vectorstore.embeddings import EmbedderError
from vectorstore.errors import IndexProblem

UNEXPECTED, USAGE, PARTLY, LOCKED, UNVERIFIED = 1, 2, 4, 5, 6


def code_of(error: Exception) -> int:
    """The contract's code: 2 for what the user can mend, 5 locked, 6 unverified, else 1."""
    from assistant.web import PortInUse
    from assistant.web.hosting import HostingError

    if isinstance(error, JobLocked):
        return LOCKED
    if isinstance(error, VerificationError):
        return UNVERIFIED
    asked = (QuestionError, BatchError, ModelError, PortInUse, HostingError)
    mendable = (IngestError, IndexProblem, EmbedderError, *asked)
    return USAGE if isinstance(error, mendable) else UNEXPECTED
