"""One article from text or from parsed pieces: clean, structure, assemble."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.article import Article, BlockKind
from ingest.assemble import Piece, assemble
from ingest.clean import clean_lines, normalise
from ingest.errors import ReadError
from ingest.formats.parsed import Parsed
from ingest.formats.sandbox import sandbox
from ingest.formats.text import parse_text
from ingest.invisible import invisible_lines
from ingest.metadata import Metadata

# What is larger is parsed under limits: some texts cost the square of their length.
_SMALL = 64 * 1024
_AS_WRITTEN = frozenset({BlockKind.TITLE, BlockKind.TABLE_ROW})


def read_text(
    text: str, name: str, identity: str, given: Metadata | None = None, marked_up: bool = False
) -> Article:
    """One article from text or, ``marked_up``, from Markdown; front matter is read in both.

    ``name`` stands in errors, ``identity`` (a path, a link) makes the article's id. Raises
    ReadError when nothing is left beside furniture.
    """
    given = given or Metadata()
    if len(text) > _SMALL:
        kind, data = "markdown" if marked_up else "text", text.encode("utf-8", "surrogatepass")
        parsed = sandbox().parse(kind, data, name, given.title)
    else:
        parsed = parse_text(text, name, given.title, marked_up)
    return _assembled(parsed.pieces, given.over(parsed.known), name, identity, parsed.removed)


def from_parsed(parsed: Parsed, name: str, identity: str, given: Metadata | None = None) -> Article:
    """One article from what a parser found; its paragraphs lose furniture as text does."""
    known = (given or Metadata()).over(parsed.known)
    removed: list[str] = []
    pieces = _cleaned(parsed.pieces, removed)
    raw = "\n".join([parsed.known.title or "", *(piece.text for piece in parsed.pieces)])
    removed = [
        *parsed.removed,
        *(f"furniture: {line}" for line in removed),
        *invisible_lines(raw),
    ]
    return _assembled(pieces, known, name, identity, removed)


def _assembled(
    pieces: Sequence[Piece], known: Metadata, name: str, identity: str, removed: Sequence[str]
) -> Article:
    if not pieces:
        raise ReadError(f"{name}: nothing is left beside site furniture; give the article's text")
    return assemble(pieces, known, identity, removed)


def _cleaned(pieces: Sequence[Piece], removed: list[str]) -> list[Piece]:
    """Pieces without furniture; titles and rows of tables stay as they are."""
    plain = [replace(piece, text=" ".join(normalise(piece.text).split())) for piece in pieces]
    lines = ["" if piece.kind in _AS_WRITTEN else piece.text for piece in plain]
    cleaned = clean_lines(lines, removed)
    texts = [
        piece.text if piece.kind in _AS_WRITTEN else line
        for piece, line in zip(plain, cleaned, strict=True)
    ]
    kept = [replace(p, text=text) for p, text in zip(plain, texts, strict=True) if text]
    while len(kept) > 1 and kept[-1].kind is BlockKind.HEADING:
        # It stood over something of the site's that is gone.
        removed.append(kept.pop().text)
    return _rejoined(kept)


def _rejoined(pieces: list[Piece]) -> list[Piece]:
    """No piece continues a list or a table whose first part was taken out."""
    return [
        replace(piece, joined=piece.joined and number > 0 and pieces[number - 1].kind is piece.kind)
        for number, piece in enumerate(pieces)
    ]
