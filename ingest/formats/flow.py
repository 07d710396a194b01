"""From the lines of columns to paragraphs, headings, list items and rows of tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median

from ingest.article import BlockKind
from ingest.assemble import Piece
from ingest.clean import ends_sentence

Box = tuple[float, float, float, float]
LARGER = 1.15  # of the body's size: how large a heading is at least
_LEADING = 1.6  # of the usual step from line to line: a wider one parts paragraphs
_FARTHEST = 3.0  # of the text size: so wide a step parts paragraphs anyway
_SHORT = 10.0  # of the text size: a line that ends so far before the others ends its paragraph
_HEADING_LONGEST = 120
_BULLET = re.compile(r"^(?:[•‣◦▪▶►○●△▲□■◇◆※·ㆍ]\s*|-\s+|[①-⑳]\s*|\(?\d{1,2}[.)]\s+)(?=\S)")
_MARK = re.compile(r"^(?:[•‣◦▪·ㆍ]\s*|-\s+)")


@dataclass(frozen=True, slots=True)
class Segment:
    """Text on one line without a wide gap; ``box`` is left, bottom, right, top in points.

    ``spaced`` tells that the file itself has a space behind it.
    """

    text: str
    box: Box
    size: float
    bold: bool = False
    spaced: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """The segments that stand beside each other in one column."""

    parts: tuple[Segment, ...]
    page: int

    @property
    def text(self) -> str:
        """What it says."""
        return " ".join(part.text for part in self.parts)

    @property
    def size(self) -> float:
        """The size of its largest text."""
        return max(part.size for part in self.parts)

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.parts[0].box[0]

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.parts[-1].box[2]

    @property
    def middle(self) -> float:
        """How high it stands."""
        return (self.parts[0].box[1] + self.parts[0].box[3]) / 2


class Builder:
    """Puts lines together into paragraphs, over columns and pages."""

    def __init__(self, body: float, spaced: bool) -> None:
        self.pieces: list[Piece] = []
        self.body, self._spaced = body, spaced
        self._last: Line | None = None

    def column(self, lines: list[Line]) -> None:
        """Take the lines of a column, from top to bottom."""
        steps = [a.middle - b.middle for a, b in pairwise(lines) if _alike(a, b)]
        usual = median(steps) if steps else 0.0
        right = max((line.right for line in lines), default=0.0)
        tabled = _rows_of_tables(lines)
        above: Line | None = None
        for number, line in enumerate(lines):
            if number in tabled:
                text = " | ".join(part.text.replace("|", "/") for part in line.parts)
                self._add(BlockKind.TABLE_ROW, text, line, number - 1 in tabled)
            else:
                same = self._continues(line, above, usual, right) if above else self._over(line)
                (self._join if same else self._begin)(line)
            above = line

    def _continues(self, line: Line, above: Line, usual: float, right: float) -> bool:
        """Whether a line goes on with the paragraph of the line above it."""
        if not self.pieces or self.pieces[-1].kind is BlockKind.TABLE_ROW:
            return False
        if not _alike(line, above) or above.parts[0].bold != line.parts[0].bold:
            return False
        step = above.middle - line.middle
        if step > min(_LEADING * usual, _FARTHEST * line.size) or _BULLET.match(line.text):
            return False
        listed = self.pieces[-1].kind is BlockKind.LIST_ITEM
        indented = line.left - above.left > 0.5 * line.size and not listed
        left_over = right - above.right
        if left_over > _SHORT * line.size:
            return False
        return not (ends_sentence(above.text) and (indented or left_over > 2.5 * line.size))

    def _over(self, line: Line) -> bool:
        """Whether the first line of a column goes on with what stands before it."""
        last = self._last
        if not self.pieces or not last or not _alike(line, last):
            return False
        kind = self._kind(line)
        if kind is BlockKind.HEADING:  # a headline of several lines
            below = 0 < last.middle - line.middle < 2 * line.size
            return below and kind is self.pieces[-1].kind and line.page == last.page
        both = kind is BlockKind.PARAGRAPH is self.pieces[-1].kind
        return both and not ends_sentence(last.text)

    def _begin(self, line: Line) -> None:
        kind = self._kind(line)
        before = self.pieces[-1].kind if self.pieces else None
        text = _MARK.sub("", line.text) if kind is BlockKind.LIST_ITEM else line.text
        self._add(kind, text, line, kind is before is BlockKind.LIST_ITEM)

    def _add(self, kind: BlockKind, text: str, line: Line, joined: bool) -> None:
        self.pieces.append(Piece(kind, text, joined, line.page))
        self._last = line

    def _kind(self, line: Line) -> BlockKind:
        if _BULLET.match(line.text):
            return BlockKind.LIST_ITEM
        large = line.size >= LARGER * self.body
        bold = all(part.bold for part in line.parts) and not ends_sentence(line.text)
        short = len(line.text) <= _HEADING_LONGEST
        return BlockKind.HEADING if short and (large or bold) else BlockKind.PARAGRAPH

    def _join(self, line: Line) -> None:
        piece = self.pieces[-1]
        before, after = piece.text, line.text
        if before.endswith("-") and after[:1].islower():
            text = before[:-1] + after
        elif self._spaced and self._last and not self._last.parts[-1].spaced:
            text = before + after
        else:
            text = f"{before} {after}"
        self.pieces[-1] = replace(piece, text=text)
        self._last = line


def _alike(one: Line, other: Line) -> bool:
    return max(one.size, other.size) <= 1.1 * min(one.size, other.size)


def _rows_of_tables(lines: Sequence[Line]) -> frozenset[int]:
    """The numbers of lines that have several parts, and stand with others like that."""
    several = groupby(enumerate(lines), key=lambda row: len(row[1].parts) > 1)
    groups = ([number for number, _ in group] for parted, group in several if parted)
    return frozenset(number for group in groups if len(group) > 1 for number in group)
