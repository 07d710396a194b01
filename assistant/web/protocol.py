"""What the page needs of an assistant; the retrieval chain fits it, and so do the fakes."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from typing import Protocol

from assistant.answer import Answer, Turn
from ingest.article import Article
from vectorstore.evidence import Evidence


class Assistant(Protocol):
    """Answers questions about the articles it holds."""

    def ask(self, question: str, history: Sequence[Turn] = ()) -> Answer:
        """One verified answer."""

    def stream(self, question: str, history: Sequence[Turn] = ()) -> Iterator[Answer]:
        """Whole Answers, each replacing the last."""

    def search(self, query: str, k: int = 10) -> list[Evidence]:
        """Passages for a query, best first, without an answer."""

    def article(self, article_id: str, revision: str | None = None) -> Article | None:
        """The stored article, in the revision asked for or the newest; None when it is gone."""

    def articles(self) -> list[Article]:
        """All articles that are served."""

    def generation(self) -> Hashable:
        """What is served: it changes when the articles do."""
