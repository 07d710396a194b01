"""A Word file (docx) to pieces: headings, paragraphs, lists and tables, read from its XML."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.article import BlockKind
from ingest.assemble import Piece
from ingest.errors import ReadError
from ingest.formats.parsed import Parsed
from ingest.formats.titles import titled

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

LARGEST_PART = 50 * 2**20
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PARTS = ("word/document.xml", "word/styles.xml", "word/numbering.xml")
_WHITES = frozenset({"FFFFFF", "FEFEFE", "FDFDFD"})
# Deleted text, codes of fields, and the second form of what stands there already.
_SKIPPED = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}delText", _FALLBACK})
_SHOWN = 200


def parse_docx(data: bytes, name: str, hint: str | None = None) -> Parsed:
    """The article in a docx file. Raises ReadError for other files, bombs and locked ones."""
    parts = _parts(data, name)
    body = parts["word/document.xml"].find(f"{_W}body")
    if body is None:
        raise ReadError(f"{name}: no text in this Word file; save it again")
    reader = _Reader(_styles(parts.get("word/styles.xml")), _numbered(parts))
    reader.read(body)
    if not reader.pieces:
        raise ReadError(f"{name}: no text in this Word file; give one with text")
    return Parsed(tuple(titled(reader.pieces)), removed=tuple(reader.removed))


def _parts(data: bytes, name: str) -> dict[str, Element]:
    """The parts that are read, as trees; sizes are looked at before anything is unpacked."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    trees: dict[str, Element] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            for info in packed.infolist():
                if info.filename not in _PARTS:
                    continue
                if info.file_size > LARGEST_PART:
                    raise ReadError(
                        f"{name}: unpacks to {info.file_size:,} bytes, over the limit of "
                        f"{LARGEST_PART:,}; leave it out"
                    )
                trees[info.filename] = etree.fromstring(packed.read(info), parser)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, etree.XMLSyntaxError):
        raise ReadError(f"{name}: broken, or no Word file (docx); save it again") from None
    if any(tree.getroottree().docinfo.doctype for tree in trees.values()):
        raise ReadError(f"{name}: has XML entities, which Word does not write; leave it out")
    if "word/document.xml" not in trees:
        raise ReadError(f"{name}: no Word file (docx) inside; save it as docx")
    return trees


def _styles(tree: Element | None) -> dict[str, str]:
    """The names of the paragraph styles by their ids, in small letters ("heading 1", "title")."""
    names: dict[str, str] = {}
    for style in tree.iter(f"{_W}style") if tree is not None else ():
        label = style.find(f"{_W}name")
        names[_value(style, "styleId")] = _value(label, "val").lower()
    return names


def _numbered(parts: dict[str, Element]) -> frozenset[str]:
    """The lists (numId) whose first level counts in numbers."""
    tree = parts.get("word/numbering.xml")
    if tree is None:
        return frozenset()
    formats = {
        _value(one, "abstractNumId"): _value(one.find(f"{_W}lvl/{_W}numFmt"), "val")
        for one in tree.iter(f"{_W}abstractNum")
    }
    return frozenset(
        _value(one, "numId")
        for one in tree.iter(f"{_W}num")
        if formats.get(_value(one.find(f"{_W}abstractNumId"), "val")) == "decimal"
    )


def _value(element: Element | None, name: str) -> str:
    return (element.get(f"{_W}{name}") or "") if element is not None else ""


@dataclass(slots=True)
class _Paragraph:
    """The text that is seen, and that which is hidden."""

    shown: str
    hidden: str


class _Reader:
    """Walks the body and keeps count of numbered lists."""

    def __init__(self, styles: dict[str, str], numbered: frozenset[str]) -> None:
        self.pieces: list[Piece] = []
        self.removed: list[str] = []
        self._styles, self._numbered = styles, numbered
        self._counts: dict[str, int] = {}

    def read(self, parent: Element) -> None:
        """Take in the paragraphs and tables below an element."""
        for child in parent:
            if child.tag == f"{_W}p":
                self._paragraph(child)
            elif child.tag == f"{_W}tbl":
                self._table(child)
            elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}moveTo"):
                self.read(child)

    def _paragraph(self, element: Element) -> None:
        text = self._text(element)
        style = self._styles.get(_value(element.find(f"{_W}pPr/{_W}pStyle"), "val"), "")
        number = _value(element.find(f"{_W}pPr/{_W}numPr/{_W}numId"), "val")
        if not text:
            return
        if style == "title":
            self.pieces.append(Piece(BlockKind.TITLE, text))
        elif style == "subtitle":
            self.pieces.append(Piece(BlockKind.SUBTITLE, text))
        elif style.startswith("heading"):
            self.pieces.append(Piece(BlockKind.HEADING, text))
        elif style.startswith("list") or (number and number != "0"):
            self._item(text, number or style, number in self._numbered or "number" in style)
        else:
            self.pieces.append(Piece(BlockKind.PARAGRAPH, text))

    def _item(self, text: str, key: str, counted: bool) -> None:
        joined = bool(self.pieces) and self.pieces[-1].kind is BlockKind.LIST_ITEM
        if counted:
            self._counts[key] = (self._counts.get(key, 0) if joined else 0) + 1
            text = f"{self._counts[key]}. {text}"
        self.pieces.append(Piece(BlockKind.LIST_ITEM, text, joined))

    def _table(self, table: Element) -> None:
        joined = False
        above: list[str] = []
        for row in table.iterchildren(f"{_W}tr"):
            above = self._cells(row, above)
            if any(above):
                self.pieces.append(Piece(BlockKind.TABLE_ROW, " | ".join(above), joined))
                joined = True

    def _cells(self, row: Element, above: list[str]) -> list[str]:
        """The cells of a row; one over several rows or columns stands in each of them."""
        cells: list[str] = []
        for cell in row.iterchildren(f"{_W}tc"):
            text = " ".join(filter(None, map(self._text, cell.iter(f"{_W}p")))).replace("|", "/")
            merged = cell.find(f"{_W}tcPr/{_W}vMerge")
            if merged is not None and _value(merged, "val") != "restart":
                text = above[len(cells)] if len(cells) < len(above) else text
            span = _value(cell.find(f"{_W}tcPr/{_W}gridSpan"), "val")
            times = int(span) if span.isascii() and span.isdigit() and len(span) < 3 else 1
            cells += [text] * max(times, 1)
        return cells

    def _text(self, paragraph: Element) -> str:
        """What is seen of a paragraph; what is not goes to ``removed``."""
        shown: list[str] = []
        for run, reason in _runs(paragraph):
            text = "".join(map(_sign, run))
            if reason and text.strip():
                self.removed.append(f"hidden ({reason}): {' '.join(text.split())[:_SHOWN]}")
            elif not reason:
                shown.append(text)
        return " ".join("".join(shown).split())


def _runs(element: Element) -> Iterator[tuple[Element, str | None]]:
    for child in element:
        if child.tag in _SKIPPED:
            continue
        if child.tag == f"{_W}r":
            yield child, _why_hidden(child)
        else:
            yield from _runs(child)


def _why_hidden(run: Element) -> str | None:
    look = run.find(f"{_W}rPr")
    if look is None:
        return None
    vanish = look.find(f"{_W}vanish")
    if vanish is not None and _value(vanish, "val") not in ("0", "false"):
        return "hidden font"
    shaded = look.find(f"{_W}shd") is not None or look.find(f"{_W}highlight") is not None
    if _value(look.find(f"{_W}color"), "val").upper() in _WHITES and not shaded:
        return "white on white"
    size = _value(look.find(f"{_W}sz"), "val")
    return "font size" if size.isdigit() and int(size) <= 4 else None


def _sign(element: Element) -> str:
    """The text of one part of a run: its letters, a tab, a line break."""
    if element.tag == f"{_W}t":
        return element.text or ""
    return " " if element.tag in (f"{_W}tab", f"{_W}br", f"{_W}cr") else ""
