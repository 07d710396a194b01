"""What is searched of a passage: its text with the title and heading it stands under."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.article import Article, Passage


@dataclass(frozen=True, slots=True)
class Searched:
    """The searched text of a passage without case, its article's title, and that title's terms.

    ``sentences`` are those of the passage as they are written.
    """

    text: str
    title: str
    title_terms: tuple[str, ...]
    sentences: tuple[str, ...]


def searched_text(article: Article, passage: Passage) -> str:
    """Title, heading and text on lines of their own, for both legs of the search."""
    return under(article.title, passage.heading, passage.text)


def sentence_texts(article: Article, passage: Passage) -> list[str]:
    """What is embedded of each sentence, under the title; nothing of one that is the passage."""
    if len(passage.sentences) < 2:
        return []
    return [under(article.title, "", sentence.text) for sentence in passage.sentences]


def under(title: str, heading: str, text: str) -> str:
    """``text`` under those of ``title`` and ``heading`` that it does not hold itself."""
    return "\n".join([line for line in (title, heading) if line and line not in text] + [text])
