"""The drawer of conversations: the list of a reader, and what changes it."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.web.history import MAX_TITLE, History
from assistant.web.render_history import render_entries


@dataclass(frozen=True, slots=True)
class Drawer:
    """Lists, renames and erases; ``anonymous`` where a browser is all that names its reader."""

    history: History
    anonymous: bool = True

    def entries(self, owner: str, words: str, current: str) -> str:
        """The reader's conversations that say the words, as HTML; ``current`` is the one shown."""
        found = self.history.entries(owner, words[:MAX_TITLE]) or []
        return render_entries(found, words, current, self.anonymous)

    def rename(self, owner: str, conversation: str, title: str) -> None:
        """Give a conversation another title; nothing happens to one that is another's."""
        self.history.rename(owner, conversation, title)

    def delete(self, owner: str, conversation: str) -> None:
        """Erase a conversation; nothing happens to one that is another's."""
        self.history.delete(owner, conversation)
