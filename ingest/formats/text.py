"""Plain text and Markdown, with or without front matter, to the pieces of an article."""

from __future__ import annotations

from ingest.clean import clean
from ingest.formats.parsed import Parsed
from ingest.invisible import invisible_lines
from ingest.markdown import markdown_pieces
from ingest.metadata import split_front_matter
from ingest.plain import plain_pieces


def parse_text(text: str, name: str, title: str | None = None, marked_up: bool = False) -> Parsed:
    """The article in a text or, ``marked_up``, in Markdown; ``title`` is known from elsewhere.

    Raises ReadError for front matter that cannot be read.
    """
    known, body = split_front_matter(text, name)
    cleaned = clean(body)
    removed = [f"furniture: {line}" for line in cleaned.removed]
    if marked_up:
        hidden: list[str] = []
        pieces = markdown_pieces(cleaned.text, hidden)
        removed += [f"hidden (HTML in Markdown): {part}" for part in hidden]
    else:
        title = title or known.title
        first = cleaned.text.split("\n", 1)[0]
        pieces = plain_pieces(cleaned.text, not title or title == " ".join(first.split()))
    return Parsed(tuple(pieces), known, (*removed, *invisible_lines(text)))


def parse_plain(data: bytes, name: str, hint: str | None = None) -> Parsed:
    """Plain text in UTF-8; ``hint`` is its title where it is known from elsewhere."""
    return parse_text(data.decode("utf-8", "surrogatepass"), name, hint)


def parse_markdown(data: bytes, name: str, hint: str | None = None) -> Parsed:
    """Markdown in UTF-8."""
    return parse_text(data.decode("utf-8", "surrogatepass"), name, hint, marked_up=True)
