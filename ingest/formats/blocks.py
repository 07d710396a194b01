"""From the elements of a page to pieces: paragraphs, headings, lists, and tables by rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.article import BlockKind
from ingest.assemble import Piece
from ingest.clean import ends_sentence

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# The second names are those that trafilatura gives.
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr html li main nav ol p pre section summary "
    "table tbody td tfoot th thead tr ul caption quote head list item row cell".split()
)
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6 head".split())
_LISTS = frozenset("ul ol list".split())
_ITEMS = frozenset("li item".split())
_ROWS = frozenset("tr row".split())
_CELLS = frozenset("td th cell".split())
_STRONG = frozenset("b strong".split())
_BREAKS = frozenset("br lb".split())
# Style sheets make lines of their own of these, whatever their tag.
_LEADS = re.compile(r"summary|subtitle|sub_?tit|subhead", re.IGNORECASE)
_HEADING_LONGEST = 80
_CELL_PROSE = 300
_WIDEST = 50


def page_pieces(container: HtmlElement) -> list[Piece]:
    """The pieces of an element, in order; single line breaks join lines, double ones part them."""
    walk = _Walk()
    walk.enter(container)
    walk.flush()
    return walk.pieces


def flatten_layout(tree: HtmlElement) -> None:
    """Make plain blocks of the tables that only lay out a page, as old pages have them."""
    for table in [one for one in tree.iter("table") if _lays_out(one)]:
        inside = [one for one in table.iter("tbody", "tr", "td", "th") if _table_of(one) is table]
        for element in (table, *inside):
            element.tag = "div"


class _Walk:
    """Collects inline text until a block begins or ends."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self._buffer: list[str] = []
        self._plain = False  # whether the buffer has text that is not in <strong>
        self._kind = BlockKind.PARAGRAPH
        self._lists: list[int | None] = []  # the next number of each open list; None: no numbers
        self._marker = ""
        self._joined = False
        self._strong = 0

    def enter(self, element: HtmlElement) -> None:
        """Read an element with all that is in it, but not what stands behind it."""
        tag = str(element.tag).lower() if isinstance(element.tag, str) else ""
        if not tag:
            return
        if tag in _BREAKS:
            self._buffer.append("\n")
            return
        if tag == "table" and self._table(element):
            return
        if tag == "dl" and self._definitions(element):
            return
        stands_alone = tag in _BLOCKS or bool(_LEADS.search(element.get("class") or ""))
        if stands_alone:
            self.flush()
        before = self._kind
        self._open(tag, element)
        self._inside(element)
        if stands_alone:
            self.flush()
        self._close(tag, before)

    def flush(self) -> None:
        """Make pieces of the inline text so far."""
        text, self._buffer = "".join(self._buffer), []
        plain, self._plain = self._plain, False
        for part in _paragraphs(text):
            kind = BlockKind.LIST_ITEM if self._lists else self._kind
            if kind is BlockKind.PARAGRAPH and not plain and _like_heading(part):
                kind = BlockKind.HEADING
            listed = kind is BlockKind.LIST_ITEM
            self.pieces.append(Piece(kind, self._marker + part, self._joined and listed))
            self._joined, self._marker = listed, ""

    def _inside(self, element: HtmlElement) -> None:
        self._text(element.text)
        for child in element:
            self.enter(child)
            self._text(child.tail)

    def _text(self, text: str | None) -> None:
        if text:
            self._buffer.append(re.sub(r"\s+", " ", text))
            self._plain = self._plain or (not self._strong and not text.isspace())

    def _open(self, tag: str, element: HtmlElement) -> None:
        if tag in _LISTS:
            self._joined = self._joined and bool(self._lists)
            self._lists.append(_first_number(element) if tag == "ol" else None)
        elif tag in _ITEMS and self._lists:
            number = self._lists[-1]
            self._marker = "" if number is None else f"{number}. "
            self._lists[-1] = None if number is None else number + 1
        elif tag in _HEADINGS:
            self._kind = BlockKind.HEADING
        self._strong += tag in _STRONG

    def _close(self, tag: str, before: BlockKind) -> None:
        self._kind = before
        self._strong -= tag in _STRONG
        if tag in _LISTS:
            self._lists.pop()
            self._joined = self._joined and bool(self._lists)
        elif tag in _ITEMS:
            self._marker = ""

    def _table(self, table: HtmlElement) -> bool:
        """Rows of a table; one with a single column is no table."""
        rows = _grid(table)
        if not rows or max(map(len, rows)) < 2:
            return False
        self.flush()
        for caption in table.iter("caption"):
            self.pieces.append(Piece(BlockKind.PARAGRAPH, _text_of(caption)))
        pieces = [Piece(BlockKind.TABLE_ROW, " | ".join(row), True) for row in rows if any(row)]
        self.pieces += [replace(piece, joined=n > 0) for n, piece in enumerate(pieces)]
        self._joined = False
        return True

    def _definitions(self, element: HtmlElement) -> bool:
        """Terms with their meanings as items of a list: "term: meaning"."""
        parts = [one for one in element.iter("dt", "dd") if one.tag in ("dt", "dd")]
        if not parts or parts[0].tag != "dt" or self._lists:
            return False
        self.flush()
        term, joined = "", False
        for part in parts:
            text = _text_of(part)
            if part.tag == "dt":
                term = text
            elif text:
                item = f"{term}: {text}" if term else text
                self.pieces.append(Piece(BlockKind.LIST_ITEM, item, joined))
                joined = True
        return True


def _paragraphs(text: str) -> Iterator[str]:
    """Lines parted by double breaks; by single ones too where a sentence ends there."""
    for group in re.split(r"\n\s*\n", text):
        lines: list[str] = []
        for line in filter(None, (" ".join(one.split()) for one in group.split("\n"))):
            if lines and not ends_sentence(lines[-1]):
                lines[-1] = f"{lines[-1]} {line}"
            else:
                lines.append(line)
        yield from lines


def _like_heading(text: str) -> bool:
    return len(text) <= _HEADING_LONGEST and not ends_sentence(text)


def _table_of(element: HtmlElement) -> HtmlElement | None:
    return next(element.iterancestors("table"), None)


def _text_of(element: HtmlElement) -> str:
    return " ".join(" ".join(element.itertext()).split())


def _first_number(element: HtmlElement) -> int | None:
    start = element.get("start") or "1"
    return int(start) if start.isascii() and start.isdigit() and len(start) < 6 else 1


def _lays_out(table: HtmlElement) -> bool:
    """Whether a table holds other tables, headings, or cells with prose."""
    if next(table.iterdescendants("table", "h1", "h2", "h3"), None) is not None:
        return True
    return any(
        len(_text_of(cell)) > _CELL_PROSE or len(cell.findall("p")) > 2 for cell in table.iter("td")
    )


def _grid(table: HtmlElement) -> list[list[str]]:
    """The cells as texts; a cell over several rows or columns stands in each of them."""
    rows: list[list[str]] = []
    hanging: dict[int, tuple[int, str]] = {}
    for row in table.iter(*_ROWS):
        cells: list[str] = []
        for cell in row.iterchildren(*_CELLS):
            _hang(cells, hanging)
            text = _text_of(cell).replace("|", "/")
            for _ in range(_span(cell, "colspan")):
                if _span(cell, "rowspan") > 1:
                    hanging[len(cells)] = (_span(cell, "rowspan"), text)
                cells.append(text)
        _hang(cells, hanging)
        hanging = {at: (left - 1, text) for at, (left, text) in hanging.items() if left > 1}
        rows.append(cells[:_WIDEST])
    return rows


def _hang(cells: list[str], hanging: dict[int, tuple[int, str]]) -> None:
    """Fill the places that cells of rows above reach down to."""
    while len(cells) in hanging and len(cells) < _WIDEST:
        left, text = hanging[len(cells)]
        if left < 1:
            return
        cells.append(text)


def _span(cell: HtmlElement, name: str) -> int:
    value = cell.get(name) or "1"
    return min(int(value), _WIDEST) if value.isascii() and value.isdigit() and value != "0" else 1
