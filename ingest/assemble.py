"""Put the pieces that a reader found together into one Article with exact block offsets."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace

from ingest.article import Article, Block, BlockKind
from ingest.clean import normalise
from ingest.errors import ReadError
from ingest.metadata import Metadata

_SAFE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
_KOREAN_SHARE = 0.25


@dataclass(frozen=True, slots=True)
class Piece:
    """One block as a reader found it; ``joined`` continues the list or table before it."""

    kind: BlockKind
    text: str
    joined: bool = False
    page: int | None = None


def assemble(
    pieces: Iterable[Piece], known: Metadata, identity: str, removed: Iterable[str] = ()
) -> Article:
    """Build the article: title, subtitle, then all blocks, a blank line between them.

    Items of one list and rows of one table stand on lines of their own, without blank lines.
    ``identity`` (a link, a path) makes the id where ``known`` has none. Raises ReadError when
    there is no text beside the title.
    """
    ordered = _title_first([_plain(p) for p in pieces], known)
    ordered = [piece for piece in ordered if piece.text]
    if not any(piece.kind not in (BlockKind.TITLE, BlockKind.SUBTITLE) for piece in ordered):
        raise ReadError(f"{identity}: no article text beside a title; give the whole article")
    text, blocks = _lay_out(ordered)
    return Article(
        id=article_id(known.id, known.url or identity),
        title=known.title or ordered[0].text,
        text=text,
        blocks=blocks,
        publisher=known.publisher,
        published=known.published,
        url=known.url,
        language=known.language or detect_language(text),
        source=known.source or identity,
        removed=tuple(removed),
        byline=known.byline,
        updated=known.updated,
    )


def article_id(given: str | None, identity: str) -> str:
    """A stable, URL-safe id: the given one if it is safe, else a readable slug and a hash."""
    if given and _SAFE_ID.fullmatch(given):
        return given
    identity = given or identity
    last = re.split(r"[/\\]", re.split(r"[?#]", identity)[0].rstrip("/\\"))[-1]
    stem = re.sub(r"\.(?:txt|md|markdown|html?|pdf|docx|jsonl?)$", "", last, flags=re.IGNORECASE)
    ascii_stem = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_stem.lower()).strip("-")[:48].strip("-")
    digest = hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{slug or 'article'}-{digest}"


def detect_language(text: str) -> str:
    """``ko`` or ``en``, by the share of Hangul among the letters of the two."""
    hangul = sum("가" <= char <= "힣" for char in text)
    latin = sum("a" <= char <= "z" for char in text.lower())
    return "ko" if hangul > _KOREAN_SHARE * (hangul + latin) else "en"


def _plain(piece: Piece) -> Piece:
    return replace(piece, text=" ".join(normalise(piece.text).split()))


def _title_first(pieces: list[Piece], known: Metadata) -> list[Piece]:
    title = " ".join((known.title or "").split())
    found = pieces[0].text if pieces and pieces[0].kind is BlockKind.TITLE else None
    if title and found != title:
        if found:
            pieces = [replace(pieces[0], kind=BlockKind.HEADING), *pieces[1:]]
        elif pieces and pieces[0].text == title:
            pieces = pieces[1:]
        pieces = [Piece(BlockKind.TITLE, title), *pieces]
    if known.subtitle and not any(piece.kind is BlockKind.SUBTITLE for piece in pieces):
        pieces = [*pieces[:1], Piece(BlockKind.SUBTITLE, known.subtitle), *pieces[1:]]
    return pieces


def _lay_out(pieces: list[Piece]) -> tuple[str, tuple[Block, ...]]:
    parts: list[str] = []
    blocks: list[Block] = []
    length = 0
    for piece in pieces:
        if parts:
            parts.append("\n" if piece.joined else "\n\n")
            length += len(parts[-1])
        blocks.append(Block(piece.kind, length, length + len(piece.text), piece.page))
        parts.append(piece.text)
        length += len(piece.text)
    return "".join(parts), tuple(blocks)
