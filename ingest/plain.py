"""Find title, subtitle, headings, paragraphs and lists in text without any markup."""

from __future__ import annotations

import re

from ingest.article import BlockKind
from ingest.assemble import Piece
from ingest.clean import ends_sentence

_BULLET = re.compile(r"^(?:[-*•‣◦▪▶►○●△▲□■◇◆※·]\s*|[①-⑳]\s*|\(?\d{1,2}[.)]\s+)(?=\S)")
_DASHES = re.compile(r"^(?:[-*•‣◦▪·]\s+)")
_HEADING_LONGEST = 80
_TITLE_LONGEST = 160
_WRAPPED_WIDTH = 40
_UNMARKED_LIST = 3


def plain_pieces(text: str, titled: bool = True) -> list[Piece]:
    """Pieces of cleaned plain text; with ``titled`` the first line is taken for the title.

    A heading is a short line between blank lines that does not end like a sentence and has text
    after it; three or more such lines in a row are a list without marks.
    """
    groups = _groups(text)
    lines = [line for group in groups for line in group]
    alone = [len(group) == 1 for group in groups for _ in group]
    if not any(len(group) > 1 for group in groups[1:]):
        alone = [True] * len(lines)
    pieces: list[Piece] = []
    if titled and lines and len(lines[0]) <= _TITLE_LONGEST:
        pieces.append(Piece(BlockKind.TITLE, lines.pop(0)))
        alone.pop(0)
        if len(lines) > 1 and _like_heading(lines[0]) and len(lines[0]) <= _TITLE_LONGEST:
            pieces.append(Piece(BlockKind.SUBTITLE, lines.pop(0)))
            alone.pop(0)
    return pieces + _body(lines, alone)


def _body(lines: list[str], alone: list[bool]) -> list[Piece]:
    pieces: list[Piece] = []
    at = 0
    while at < len(lines):
        run = at
        while run < len(lines) and alone[run] and _heading_sized(lines[run]):
            run += 1
        if run - at >= _UNMARKED_LIST:
            # What stands right over a paragraph is its heading, not the last item.
            stop = run if run == len(lines) else run - 1
            pieces += [Piece(BlockKind.LIST_ITEM, lines[i], i > at) for i in range(at, stop)]
            at = stop
            continue
        if run > at and run < len(lines):
            pieces += [Piece(BlockKind.HEADING, line) for line in lines[at:run]]
            at = run
            continue
        pieces.append(_paragraph(lines[at], pieces))
        at += 1
    return pieces


def _paragraph(line: str, before: list[Piece]) -> Piece:
    if _BULLET.match(line):
        joined = bool(before) and before[-1].kind is BlockKind.LIST_ITEM
        return Piece(BlockKind.LIST_ITEM, _DASHES.sub("", line), joined)
    return Piece(BlockKind.PARAGRAPH, line)


def _groups(text: str) -> list[list[str]]:
    """Lines grouped by blank lines; lines that were only wrapped are put together again."""
    groups = [
        [" ".join(line.split()) for line in group.split("\n") if line.strip()]
        for group in re.split(r"\n[ \t]*\n", text)
    ]
    groups = [group for group in groups if group]
    breaks = [line for group in groups for line in group[:-1]]
    wrapped = [line for line in breaks if len(line) >= _WRAPPED_WIDTH and not ends_sentence(line)]
    if not breaks or len(wrapped) * 2 <= len(breaks):
        return groups
    return [_unwrap(group) for group in groups]


def _unwrap(group: list[str]) -> list[str]:
    lines: list[str] = []
    for line in group:
        if lines and not _BULLET.match(line):
            lines[-1] = f"{lines[-1]} {line}"
        else:
            lines.append(line)
    return lines


def _like_heading(line: str) -> bool:
    return not _BULLET.match(line) and (not ends_sentence(line) or line.endswith("?"))


def _heading_sized(line: str) -> bool:
    return len(line) <= _HEADING_LONGEST and _like_heading(line)
