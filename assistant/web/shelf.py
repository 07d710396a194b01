"""Where the text behind a citation is found: among the served articles, else in the library."""

from __future__ import annotations

import logging
from pathlib import Path

from assistant.web.protocol import Assistant
from assistant.web.render_evidence import FindArticle
from ingest.article import Article

log = logging.getLogger(__name__)


def shelf(assistant: Assistant, home: Path | None) -> FindArticle:
    """Finds an article in the very revision that was cited, also when a newer one is served.

    An article that was removed is not shown again, whatever cites it.
    """

    def find(article_id: str, revision: str | None) -> Article | None:
        served = assistant.article(article_id, revision)
        if served is not None or home is None or revision is None:
            return served
        return _kept(home, article_id, revision)

    return find


def _kept(home: Path, article_id: str, revision: str) -> Article | None:
    from ingest.errors import IngestError
    from ingest.library import Library

    library = Library(home)
    try:
        if article_id not in {entry.id for entry in library.entries()}:
            return None
        article = library.get(article_id, revision)
    except (IngestError, OSError) as error:
        log.debug("%s in revision %s is not kept: %s", article_id, revision, error)
        return None
    return article if article.sha256 == revision else None
