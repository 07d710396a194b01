"""Questions to begin with, by topic: found in the background, shown once they are known."""

from __future__ import annotations

import logging
import threading
from collections.abc import Hashable, Mapping

from assistant.suggest import topics
from assistant.web.protocol import Assistant

log = logging.getLogger(__name__)

Groups = Mapping[str, list[tuple[str, list[str]]]]
LANGUAGES = ("ko", "en")


class Starters:
    """The questions of one generation of the articles; a new generation is looked at anew."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._groups: Groups = {}
        self._of: Hashable = None
        self._lock = threading.Lock()
        self._busy = False

    def groups(self) -> Groups:
        """By language, topics with their questions; empty until they have been found."""
        try:
            generation = self._assistant.generation()
        except Exception:
            log.exception("No questions to begin with: the articles cannot be opened")
            return {}
        with self._lock:
            if generation == self._of:
                return self._groups
            if not self._busy:
                self._busy = True
                threading.Thread(target=self._find, args=(generation,), daemon=True).start()
        return {}

    def _find(self, generation: Hashable) -> None:
        found: Groups = {}
        try:
            found = {language: topics(self._assistant, language) for language in LANGUAGES}
        except Exception:
            log.exception("No questions to begin with were found")
        with self._lock:
            self._groups, self._of, self._busy = found, generation, False
