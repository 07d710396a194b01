"""From the places of text on pages to columns and lines, in the order of reading.

Columns are found by cutting a page along its empty bands, again and again (the XY cut of Nagy and
Seth, 1984): first between columns, else between what stands one below the other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from ingest.assemble import Piece
from ingest.formats.flow import LARGER, Builder, Line, Segment

_GUTTER = 0.9  # of the text size: how wide an empty band between columns is at least
_COLUMN = 8.0  # of the text size: how wide the lines of a column are at least
_EDGE = 0.09  # of the page's height: where headers and footers stand
_PAGE_NUMBER = re.compile(r"\W*(?:page|p\.|쪽)?\s*\d{1,4}\s*(?:쪽|(?:/|of)\s*\d{1,4})?\W*", re.I)


def laid_out(pages: Sequence[tuple[float, Sequence[Segment]]], removed: list[str]) -> list[Piece]:
    """The pieces of all pages, given as their heights and segments; repeated edges are removed."""
    kept = _without_edges(pages, removed)
    sizes: Counter[float] = Counter()
    for segment in (segment for page in kept for segment in page):
        sizes[round(segment.size, 1)] += len(segment.text)
    if not sizes:
        return []
    build = Builder(body=sizes.most_common(1)[0][0], spaced=_has_spaces(kept))
    for number, page in enumerate(kept, 1):
        for column in _columns(list(page), build.body):
            build.column([Line(parts, number) for parts in _lines(column)])
    return build.pieces


def _without_edges(
    pages: Sequence[tuple[float, Sequence[Segment]]], removed: list[str]
) -> list[list[Segment]]:
    """Segments without page numbers, and without headers and footers that repeat."""
    seen: Counter[str] = Counter()
    for height, segments in pages:
        seen.update({_shape(one.text) for one in segments if _at_edge(one, height)})
    often = max(2, len(pages) // 3)
    kept: list[list[Segment]] = []
    for height, segments in pages:
        page: list[Segment] = []
        for one in segments:
            repeated = seen[_shape(one.text)] >= often or _PAGE_NUMBER.fullmatch(one.text)
            if _at_edge(one, height) and repeated:
                removed.append(f"furniture (edge of page {len(kept) + 1}): {one.text}")
            else:
                page.append(one)
        kept.append(page)
    return kept


def _shape(text: str) -> str:
    return re.sub(r"\d+", "0", text)


def _at_edge(segment: Segment, height: float) -> bool:
    return segment.box[1] > height * (1 - _EDGE) or segment.box[3] < height * _EDGE


def _has_spaces(pages: Sequence[Sequence[Segment]]) -> bool:
    """Whether the file writes the space at which a line is broken; many do, some drop it."""
    segments = [segment for page in pages for segment in page]
    return sum(segment.spaced for segment in segments) * 5 >= len(segments)


def _columns(segments: list[Segment], body: float) -> Iterator[list[Segment]]:
    """The segments in the order of reading, column by column."""
    rows = _cut(segments, 1, 3, 0.1 * body)
    at = _headed(rows, body)
    if not at:
        parts = _cut(segments, 0, 2, _GUTTER * body)
        if len(parts) > 1 and all(_is_column(part, body) for part in parts):
            for part in parts:
                yield from _columns(part, body)
            return
        at = _widest(rows) if _has_columns(segments, body) else 0
    if at:
        yield from _columns([one for row in rows[at:] for one in row], body)
        yield from _columns([one for row in rows[:at] for one in row], body)
    elif segments:
        yield segments


def _headed(rows: Sequence[Sequence[Segment]], body: float) -> int:
    """Before which row, from below, to cut over a headline that has the whole width to itself."""
    for number in range(len(rows) - 1, 0, -1):
        below = rows[number - 1]
        if all(one.size >= LARGER * body for one in below):
            return number
        if number == len(rows) - 1 and all(one.size >= LARGER * body for one in rows[number]):
            return number
    return 0


def _cut(segments: Sequence[Segment], low: int, high: int, gap: float) -> list[list[Segment]]:
    """Parts between which an empty band of at least ``gap`` lies, from low to high places."""
    parts: list[list[Segment]] = []
    reach = float("-inf")
    for one in sorted(segments, key=lambda segment: segment.box[low]):
        if not parts or one.box[low] - reach >= gap:
            parts.append([])
        parts[-1].append(one)
        reach = max(reach, one.box[high])
    return parts


def _is_column(part: Sequence[Segment], body: float) -> bool:
    return len(part) > 1 and median(one.box[2] - one.box[0] for one in part) >= _COLUMN * body


def _has_columns(segments: Sequence[Segment], body: float) -> bool:
    """Whether anywhere two segments as wide as columns stand side by side."""
    wide = [one for one in segments if one.box[2] - one.box[0] >= _COLUMN * body]
    beside = (
        a.box[2] < b.box[0] and min(a.box[3], b.box[3]) > max(a.box[1], b.box[1])
        for a in wide[:300]
        for b in wide[:300]
    )
    return any(beside)


def _widest(rows: Sequence[Sequence[Segment]]) -> int:
    """Before which of the rows, counted from below, the widest empty band lies."""
    gaps = [
        min(one.box[1] for one in above) - max(one.box[3] for one in below)
        for below, above in pairwise(rows)
    ]
    return gaps.index(max(gaps)) + 1 if gaps else 0


def _lines(segments: list[Segment]) -> Iterator[tuple[Segment, ...]]:
    rows: list[list[Segment]] = []
    for one in sorted(segments, key=lambda s: -(s.box[1] + s.box[3])):
        last = rows[-1][0] if rows else None
        middle = (one.box[1] + one.box[3]) / 2
        if last and last.box[1] < middle < last.box[3]:
            rows[-1].append(one)
        else:
            rows.append([one])
    for row in rows:
        yield tuple(sorted(row, key=lambda segment: segment.box[0]))
