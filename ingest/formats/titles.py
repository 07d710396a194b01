"""Which piece of a document without a page's facts is its title."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.article import BlockKind
from ingest.assemble import Piece
from ingest.clean import ends_sentence

_TITLE_LONGEST = 160


def titled(pieces: Sequence[Piece]) -> list[Piece]:
    """The first piece is the title if it is marked so, a heading, or a line that is no sentence.

    Every other title becomes a heading.
    """
    first, *rest = pieces
    short = len(first.text) <= _TITLE_LONGEST and not ends_sentence(first.text)
    if first.kind is BlockKind.HEADING or (first.kind is BlockKind.PARAGRAPH and short):
        first = replace(first, kind=BlockKind.TITLE)
    demoted = (
        replace(piece, kind=BlockKind.HEADING) if piece.kind is BlockKind.TITLE else piece
        for piece in rest
    )
    return [first, *demoted]
