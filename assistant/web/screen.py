"""What a click or a question changes on the page."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.web.conversation import Conversation


@dataclass(frozen=True, slots=True)
class Screen:
    """What changes on the page, as HTML; None leaves a part as it is."""

    past: str | None = None
    current: str | None = None
    onward: str | None = None
    evidence: str | None = None
    hint: str | None = None
    conversation: Conversation | None = None
