"""A PDF file to pieces with their pages: its visible text, read column by column.

PDFium (through pypdfium2) tells each sign with its place, size and colour; see ``layout`` for how
they become lines and paragraphs.
"""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any

from ingest.errors import ReadError
from ingest.formats.flow import Box, Segment
from ingest.formats.layout import laid_out
from ingest.formats.parsed import Parsed
from ingest.formats.titles import titled

MOST_PAGES = 500
_PALE = 0xE6  # of 255; what is as light as this in all colours is not seen on white
_TINY = 1.5  # points
_GAP = 1.3  # of the size of a sign: a wider gap parts two cells or columns
_BOLD = 600
_MOST_GARBLED = 0.2
_SHOWN = 200
_INVISIBLE = 3  # the text render mode that draws nothing


@dataclass(frozen=True, slots=True)
class _Sign:
    """One character of a page; ``box`` is left, bottom, right, top in points."""

    char: str
    box: Box
    size: float  # of the font, as it is drawn
    made: bool  # put in by PDFium, where a gap is
    bold: bool
    hidden: str | None


def parse_pdf(data: bytes, name: str, hint: str | None = None) -> Parsed:
    """The text of a PDF file. Raises ReadError for broken, locked and scanned files."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = "assword" in str(error)
        raise ReadError(
            f"{name}: {'locked with a password' if locked else 'broken, or no PDF file'}; "
            "save it again as PDF or as text"
        ) from None
    if len(document) > MOST_PAGES:
        raise ReadError(f"{name}: {len(document)} pages, over the limit of {MOST_PAGES}; split it")
    removed: list[str] = []
    garbled = Counter[bool]()
    pages: list[tuple[float, list[Segment]]] = []
    for number in range(len(document)):
        page = document[number]
        signs = list(_signs(page))
        garbled.update(map(_is_garbled, signs))
        removed += _hidden_lines(signs, number + 1)
        pages.append((page.get_height(), list(_segments(s for s in signs if not s.hidden))))
        page.close()
    if garbled[True] > _MOST_GARBLED * garbled.total():
        raise ReadError(f"{name}: its fonts do not say which letters they draw; save its text")
    pieces = laid_out(pages, removed)
    if not pieces:
        raise ReadError(f"{name}: no text in the PDF, it may be a scan; save its text")
    return Parsed(tuple(titled(pieces)), removed=tuple(removed))


def _is_garbled(sign: _Sign) -> bool:
    return sign.char == "\ufffd" or unicodedata.category(sign.char) in ("Co", "Cn", "Cc")


def _signs(page: Any) -> Iterator[_Sign]:  # noqa: ANN401 - pypdfium2 has no types
    """The characters of a page in the order of the file."""
    import pypdfium2.raw as raw

    text = page.get_textpage()
    count = text.count_chars()
    grounds, pictured = _grounds(page)
    drawn = [_mode(text, at) != _INVISIBLE for at in range(count)]
    # A scan with its text laid under the picture is read; invisible text elsewhere is not.
    scanned = pictured and not any(drawn)
    frame, turned = page.get_bbox(), page.get_rotation()
    for at in range(count):
        char = chr(raw.FPDFText_GetUnicode(text, at))
        box = text.get_charbox(at, loose=True)
        reason = None
        if not char.isspace() and not raw.FPDFText_IsGenerated(text, at):
            reason = _why_hidden(text, at, box, frame, grounds)
            reason = reason or (None if drawn[at] or scanned else "invisible")
        made = bool(raw.FPDFText_IsGenerated(text, at))
        bold = raw.FPDFText_GetFontWeight(text, at) >= _BOLD
        if raw.FPDFText_IsHyphen(text, at) == 1:
            char = "-"
        if char not in "\r\n\x00":
            place = _as_shown(box, frame, turned)
            yield _Sign(char, place, _size(text, at), made, bold, reason)
    text.close()


def _as_shown(box: Box, frame: Box, turned: int) -> Box:
    """A place on the page as it is shown: from the corner of its frame, and turned upright."""
    left, bottom, right, top = box
    if turned == 90:
        return bottom - frame[1], frame[2] - right, top - frame[1], frame[2] - left
    if turned == 180:
        return frame[2] - right, frame[3] - top, frame[2] - left, frame[3] - bottom
    if turned == 270:
        return frame[3] - top, left - frame[0], frame[3] - bottom, right - frame[0]
    return left - frame[0], bottom - frame[1], right - frame[0], top - frame[1]


def _why_hidden(
    text: Any,  # noqa: ANN401 - pypdfium2 has no types
    at: int,
    box: Box,
    frame: Box,
    grounds: list[Box],
) -> str | None:
    if _size(text, at) < _TINY:
        return "font size"
    outside = box[2] < frame[0] or box[3] < frame[1] or box[0] > frame[2] or box[1] > frame[3]
    if outside:
        return "off the page"
    red, green, blue, alpha = _colour(text, at)
    if alpha == 0:
        return "transparent"
    pale = min(red, green, blue) >= _PALE
    return "white on white" if pale and not any(_is_in(box, one) for one in grounds) else None


def _colour(text: Any, at: int) -> tuple[int, ...]:  # noqa: ANN401 - pypdfium2 has no types
    import pypdfium2.raw as raw

    parts = [ctypes.c_uint() for _ in range(4)]
    known = raw.FPDFText_GetFillColor(text, at, *parts)
    return tuple(part.value for part in parts) if known else (0, 0, 0, 255)


def _size(text: Any, at: int) -> float:  # noqa: ANN401 - pypdfium2 has no types
    """The size in points: many files set it to 1 and enlarge by the matrix."""
    import pypdfium2.raw as raw

    matrix = raw.FS_MATRIX()
    known = raw.FPDFText_GetMatrix(text, at, matrix)
    scale = math.hypot(matrix.c, matrix.d) if known else 1.0
    return float(raw.FPDFText_GetFontSize(text, at)) * (scale or 1.0)


def _mode(text: Any, at: int) -> int:  # noqa: ANN401 - pypdfium2 has no types
    import pypdfium2.raw as raw

    drawn = raw.FPDFText_GetTextObject(text, at)
    return int(raw.FPDFTextObj_GetTextRenderMode(drawn)) if drawn else 0


def _grounds(page: Any) -> tuple[list[Box], bool]:  # noqa: ANN401 - pypdfium2 has no types
    """Where pictures and coloured shapes lie, on which pale text is seen; whether pictures do."""
    import pypdfium2.raw as raw

    boxes: list[Box] = []
    pictured = False
    kinds = (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING)
    for drawn in page.get_objects(filter=kinds, max_depth=3):
        if drawn.type == raw.FPDF_PAGEOBJ_PATH:
            parts = [ctypes.c_uint() for _ in range(4)]
            filled = raw.FPDFPageObj_GetFillColor(drawn.raw, *parts)
            if not filled or min(part.value for part in parts[:3]) >= _PALE:
                continue
        pictured = pictured or drawn.type == raw.FPDF_PAGEOBJ_IMAGE
        boxes.append(drawn.get_bounds())
    return boxes, pictured


def _is_in(box: Box, ground: Box) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return ground[0] <= x <= ground[2] and ground[1] <= y <= ground[3]


def _segments(signs: Iterator[_Sign]) -> Iterator[Segment]:
    """Runs of signs on one line without a wide gap."""
    run: list[_Sign] = []
    for sign in signs:
        if run and not _goes_on(run, sign):
            yield from _segment(run)
            run = []
        run.append(sign)
    yield from _segment(run)


def _goes_on(run: list[_Sign], sign: _Sign) -> bool:
    last = next((one for one in reversed(run) if not one.made), None)
    if sign.made or last is None:
        return True
    size = last.box[3] - last.box[1]
    shared = min(last.box[3], sign.box[3]) - max(last.box[1], sign.box[1])
    gap = sign.box[0] - last.box[2]
    return shared > 0.4 * min(size, sign.box[3] - sign.box[1]) and -size < gap < _GAP * size


def _segment(run: list[_Sign]) -> Iterator[Segment]:
    text = "".join(sign.char for sign in run)
    inked = [sign for sign in run if not sign.char.isspace()]
    if not inked:
        return
    left, bottom, right, top = zip(*(sign.box for sign in inked), strict=True)
    yield Segment(
        text=" ".join(text.split()),
        box=(min(left), min(bottom), max(right), max(top)),
        size=median(sign.size for sign in inked),
        bold=sum(sign.bold for sign in inked) * 2 > len(inked),
        spaced=run[-1].char.isspace() and not run[-1].made,
    )


def _hidden_lines(signs: list[_Sign], page: int) -> list[str]:
    """What is hidden on a page, a line for each reason."""
    texts: dict[str, str] = {}
    before: str | None = None
    for sign in signs:
        reason = sign.hidden or (before if sign.char.isspace() else None)
        if reason:
            texts[reason] = texts.get(reason, "") + sign.char
        before = reason
    return [
        f"hidden ({reason}), page {page}: {' '.join(text.split())[:_SHOWN]}"
        for reason, text in texts.items()
        if text.strip()
    ]
