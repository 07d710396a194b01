"""What is searched of a passage: its text with the title and heading it stands under."""

from __future__ import annotations

from ingest.article import Article, Passage


def searched_text(article: Article, passage: Passage) -> str:
    """Title, heading and text on lines of their own, for both legs of the search."""
    context = [article.title, passage.heading]
    return "\n".join(
        [line for line in context if line and line not in passage.text] + [passage.text]
    )
