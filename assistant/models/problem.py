"""What can be wrong with a language model, said without its keys."""

from __future__ import annotations

from enum import StrEnum


class ModelError(ValueError):
    """The model's setting cannot be used; the message names the cure."""


class Trouble(StrEnum):
    """Why a model wrote nothing, or not to the end."""

    FAILED = "failed"  # it raised, or its server refused
    SLOW = "slow"  # it did not end in time
    BUSY = "busy"  # others were before, and it did not get free in time


class WritingStopped(Exception):  # noqa: N818 - says what is the case
    """The model stopped writing; what it wrote until then still stands.

    The text names the kind of trouble and the type of the error only: an error's own text may
    hold a key or a piece of the prompt.
    """

    def __init__(self, trouble: Trouble, cause: str = "") -> None:
        super().__init__(f"{trouble.value}: {cause}" if cause else trouble.value)
        self.trouble = trouble


_PASSING_STATUS = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
_PASSING_TYPES = (
    "APIConnectionError", "APITimeoutError", "ConnectError", "ConnectTimeout", "ReadTimeout",
    "RemoteProtocolError", "ResourceExhausted", "ServiceUnavailable",
)  # fmt: skip
LONGEST_PAUSE = 20.0  # seconds a server may ask for before a second try


def passes(error: BaseException) -> bool:
    """Whether trying again can help: limits, overload, and what breaks on the way."""
    if status_of(error) is not None:
        return status_of(error) in _PASSING_STATUS
    known = any(type_.__name__ in _PASSING_TYPES for type_ in type(error).__mro__)
    return known or isinstance(error, ConnectionError | TimeoutError)


def status_of(error: BaseException) -> int | None:
    """The HTTP status behind an error of any provider's client, or None."""
    own = getattr(error, "status_code", None) or getattr(error, "code", None)
    status = own or getattr(getattr(error, "response", None), "status_code", None)
    return status if isinstance(status, int) else None


def asked_pause(error: BaseException | None) -> float:
    """The seconds that a server asks to wait (Retry-After), 0 when it does not say."""
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    try:
        return min(LONGEST_PAUSE, max(0.0, float(headers.get("retry-after", 0))))
    except (TypeError, ValueError):
        return 0.0
