"""Make text safe and plain, and take the site's furniture out of it.

``clean`` is idempotent: it repeats its passes until nothing changes, and each pass only removes.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

from ingest.furniture import (
    is_comments_marker,
    is_furniture,
    is_related_marker,
    is_section_name,
    is_share_line,
    strip_ends,
)

_LINE_ENDS = re.compile("\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
# Format characters, surrogates, private use and noncharacters carry hidden text or nothing.
_INVISIBLE_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_INVISIBLE_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")
_SENTENCE_END = re.compile(r"[.!?。！？…][\"'”’)\]」』》〉*_]*$|[다요죠까][\"”’)\]」』]*$")
_PROSE_LENGTH = 40
_RESUMED_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Cleaned text, and the lines and parts of lines that were taken out of it."""

    text: str
    removed: tuple[str, ...]


def normalise(text: str) -> str:
    r"""NFC, line ends as ``\n``, plain spaces, and no invisible or control characters."""
    text = _LINE_ENDS.sub("\n", text)
    if not text.isascii() or not text.isprintable():
        text = "".join(map(_visible, text))
    return unicodedata.normalize("NFC", text)


def clean(text: str) -> Cleaned:
    """Normalise ``text`` and remove furniture line by line; Markdown is understood too."""
    removed: list[str] = []
    lines = clean_lines([line.rstrip() for line in normalise(text).split("\n")], removed)
    return Cleaned("\n".join(_single_blank_lines(lines)), tuple(removed))


def clean_lines(lines: list[str], removed: list[str]) -> list[str]:
    """As many lines as were given, those that are furniture empty; what went is in ``removed``."""
    size = -1
    while size != (size := sum(map(len, lines))):
        lines = _one_pass(lines, removed)
    return lines


def ends_sentence(text: str) -> bool:
    """Whether ``text`` ends the way a sentence does, closing quotes and brackets aside."""
    return bool(_SENTENCE_END.search(text[-12:]))


def is_prose(line: str, length: int = _PROSE_LENGTH) -> bool:
    """Whether a line reads like a paragraph: long enough, and ended like a sentence."""
    return len(line) >= length and ends_sentence(line)


def _visible(char: str) -> str:
    if char == "\n":
        return char
    category = unicodedata.category(char)
    if category == "Zs" or char == "\t":
        return " "
    if category in _INVISIBLE_CATEGORIES or char in _INVISIBLE_LETTERS:
        return ""
    return char


def _one_pass(lines: list[str], removed: list[str]) -> list[str]:
    lines = _drop_section_names(lines, removed)
    lines = _cut_tail(lines, removed)
    return _drop_lines(lines, removed)


def _bare(line: str) -> str:
    return line.lstrip(" #>*+-•|").rstrip(" *_|")


def _drop_section_names(lines: list[str], removed: list[str]) -> list[str]:
    """Category lines stand before the title; a heading in markup is never one."""
    for number, line in enumerate(lines):
        if not line:
            continue
        rest = any(lines[number + 1 :])
        if line.startswith("#") or not rest or not is_section_name(_bare(line)):
            return [""] * number + lines[number:]
        removed.append(line.strip())
    return lines


def _cut_tail(lines: list[str], removed: list[str]) -> list[str]:
    prose_seen = False
    for number, line in enumerate(lines):
        bare = _bare(line)
        if prose_seen and is_comments_marker(bare):
            removed.extend(filter(None, map(str.strip, lines[number:])))
            return lines[:number] + [""] * (len(lines) - number)
        if prose_seen and is_related_marker(bare):
            resumed = _resumes_at(lines, number + 1)
            removed.extend(filter(None, map(str.strip, lines[number:resumed])))
            return lines[:number] + [""] * (resumed - number) + lines[resumed:]
        prose_seen = prose_seen or is_prose(bare)
    return lines


def _resumes_at(lines: list[str], start: int) -> int:
    """Where the article goes on after a box of related titles: at two full paragraphs in a row.

    Lists of other articles may carry teasers, but a title stands before each of them.
    """
    full_before: int | None = None
    for number in range(start, len(lines)):
        bare = _bare(lines[number])
        if not bare:
            continue
        full = is_prose(bare, _RESUMED_LENGTH)
        if full and full_before is not None:
            return full_before
        full_before = number if full else None
    return len(lines)


def _drop_lines(lines: list[str], removed: list[str]) -> list[str]:
    kept: list[str] = []
    bare = [_bare(line) for line in lines]
    shares = [is_share_line(line) for line in bare]
    texts = [number for number, line in enumerate(bare) if line]
    neighbours = {b for a, b in pairwise(texts) if shares[a]}
    neighbours |= {a for a, b in pairwise(texts) if shares[b]}
    for number, line in enumerate(lines):
        marker = is_comments_marker(bare[number]) or is_related_marker(bare[number])
        share = shares[number] and number in neighbours
        if marker or share or is_furniture(bare[number]):
            removed.append(line.strip())
            kept.append("")
            continue
        rest, ends = strip_ends(line)
        removed.extend(ends)
        kept.append(rest.rstrip())
    return kept


def _single_blank_lines(lines: list[str]) -> list[str]:
    kept: list[str] = []
    for line in lines:
        if line or (kept and kept[-1]):
            kept.append(line)
    while kept and not kept[-1]:
        kept.pop()
    return kept
