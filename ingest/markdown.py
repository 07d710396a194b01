"""Markdown to pieces: CommonMark with tables, the markup gone and every sign of the text kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ingest.article import BlockKind
from ingest.assemble import Piece
from ingest.clean import ends_sentence

if TYPE_CHECKING:
    from markdown_it.token import Token

# Closing ** after punctuation and before Hangul is no emphasis to CommonMark; it is to the author.
_LEFT_OVER = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_OPENED = re.compile(r"<(!--|script\b|style\b|template\b)", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_SUBTITLE_LONGEST = 200
_TEXTS = ("inline", "fence", "code_block", "html_block")


def markdown_pieces(text: str, removed: list[str]) -> list[Piece]:
    """Pieces of cleaned Markdown. HTML comments and scripts go to ``removed``."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    walk = _Walk()
    for token in parser.parse(_without_hidden(text, removed)):
        walk.take(token)
    return _with_title(walk.pieces)


def _without_hidden(text: str, removed: list[str]) -> str:
    """The text without HTML comments and scripts; what is not closed stays, and is not sought."""
    kept: list[str] = []
    unclosed: set[str] = set()
    at = 0
    for opened in _OPENED.finditer(text):
        name = opened[1].lower()
        if opened.start() < at or name in unclosed:
            continue
        closed = re.compile("-->" if name == "!--" else rf"</{name}\s*>", re.IGNORECASE)
        end = closed.search(text, opened.end())
        if end is None:
            unclosed.add(name)
            continue
        kept.append(text[at : opened.start()])
        removed.append(" ".join(text[opened.start() : end.end()].split()))
        at = end.end()
    return "".join([*kept, text[at:]])


class _Walk:
    """Collects pieces from parser tokens, knowing which list, table or heading is open."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self._kind = BlockKind.PARAGRAPH
        self._lists = 0
        self._marker = ""
        self._cells: list[str] | None = None
        self._joined = False

    def take(self, token: Token) -> None:
        """Read one token."""
        if token.type in _TEXTS:
            self._text(token)
        elif token.type.startswith(("bullet_list_", "ordered_list_")):
            self._lists += token.nesting
            self._joined = self._joined and self._lists > 0
        elif token.type == "list_item_open":
            # The number of an item is part of what it says ("2025. 8. 4." would lose its year).
            self._marker += f"{token.info}. " if token.info else ""
        elif token.type == "list_item_close":
            self._marker = ""
        elif token.type.startswith(("table_", "tr_")):
            self._table(token)
        elif token.type.startswith("heading_"):
            opened = BlockKind.TITLE if token.tag == "h1" else BlockKind.HEADING
            self._kind = opened if token.nesting > 0 else BlockKind.PARAGRAPH

    def _table(self, token: Token) -> None:
        if token.type == "tr_open":
            self._cells = []
        elif token.type == "tr_close" and self._cells is not None:
            row = " | ".join(self._cells)
            self.pieces.append(Piece(BlockKind.TABLE_ROW, row, self._joined))
            self._cells, self._joined = None, True
        elif token.type in ("table_open", "table_close"):
            self._joined = False

    def _text(self, token: Token) -> None:
        words = _words(token)
        if self._cells is not None:
            self._cells.append(" ".join(words.split()))
        elif not words.strip():
            return
        elif self._lists:
            item = Piece(BlockKind.LIST_ITEM, self._marker + words, self._joined)
            self.pieces.append(item)
            self._joined, self._marker = True, ""
        else:
            self.pieces.append(Piece(self._kind, words))


def _words(token: Token) -> str:
    if token.type == "html_block":
        return _TAG.sub(" ", token.content)
    if token.type != "inline":
        return token.content
    return _LEFT_OVER.sub(r"\2", "".join(map(_inline, token.children or ())))


def _inline(token: Token) -> str:
    if token.type in ("text", "code_inline"):
        return token.content
    spaced = token.type in ("softbreak", "hardbreak") or _BREAK.fullmatch(token.content)
    return " " if spaced else ""


def _with_title(pieces: Sequence[Piece]) -> list[Piece]:
    """The first top heading is the title; a line under it that is no sentence, the subtitle."""
    pieces = [
        Piece(BlockKind.HEADING, piece.text) if piece.kind is BlockKind.TITLE and number else piece
        for number, piece in enumerate(pieces)
    ]
    if len(pieces) < 3 or pieces[0].kind is not BlockKind.TITLE:
        return pieces
    below = pieces[1]
    short = len(below.text) <= _SUBTITLE_LONGEST and not ends_sentence(below.text.strip())
    if below.kind is BlockKind.PARAGRAPH and short:
        pieces[1] = Piece(BlockKind.SUBTITLE, below.text)
    return pieces
