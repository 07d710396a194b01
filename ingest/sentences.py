"""Find sentence borders in Korean and English news text, by rules.

The hard cases: quotations stay whole with their "…라고 말했다", points in numbers, dates,
abbreviations and versions end nothing, and an ellipsis in a Korean line is a pause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ingest.article import Sentence

HARD_LIMIT = 600
_QUOTE_LIMIT = 400  # a longer quotation is a speech, and is split inside
_PAIRS = {"“": "”", "‘": "’", "「": "」", "『": "』", "(": ")", "[": "]", "《": "》", "〈": "〉"}
_PAIRS |= {"（": "）", "【": "】"}
_CLOSERS = {close: opened for opened, close in _PAIRS.items()}
_CLOSING = r"[\"'”’)\]」』》〉）】]*(?:\[\d{1,3}\])*"
_END = re.compile(rf"(?:[.!?。！？…]+)({_CLOSING})(?:(\s+)|$|(?<=[다요죠까]\.)(?=[가-힣“‘A-Z]))")
_PARTICLE = re.compile(
    r"(?:이?라(?:고|며|면서|는|던)|고|며|면서|하고|는|란|이?란|라는)(?=[\s.,]|$)|(?:said|says|asked|added)\b"
)
_NEVER_FINAL = """
mr mrs ms dr prof gen sen rep gov st lt col sgt capt rev hon no vs fig vol pp ed eds e.g i.e cf al
approx est dept jan feb mar apr jun jul aug sep sept oct nov dec
"""
_SELDOM_FINAL = "inc co corp ltd jr sr etc bros plc ave"
_STARTERS = """
the a an in on at it its he she they we you i but and this that these those however as for if when
while meanwhile after before there so still both other some many his her their according officials
"""
_WORD_BEFORE = re.compile(r"[A-Za-z][A-Za-z.]*$")
_DATE_BEFORE = re.compile(r"(?:^|\D)(?:\d{4}|['’]\d{2})\.\s?\d{1,2}\.\s?\d{1,2}$")
_DATE_AFTER = re.compile(r"\d{1,2}\.(?:\s|$)")


def split_sentences(text: str, language: str = "ko") -> list[Sentence]:
    """Sentences of one block of text, in order, with offsets into ``text``.

    White space around a sentence belongs to none; a sentence over ``HARD_LIMIT`` characters is
    cut between words.
    """
    cuts = [0, *_borders(text, language), len(text)]
    spans = (_trim(text, start, end) for start, end in pairwise(cuts))
    return [
        Sentence(start, end, text[start:end])
        for span in spans
        for start, end in _limited(text, *span)
        if start < end
    ]


def _borders(text: str, language: str) -> Iterator[int]:
    inside = _protected(text)
    for found in _END.finditer(text):
        if found.end() == len(text) or inside[found.end() - len(found.group(2) or "") - 1]:
            continue
        if "\n" in (found.group(2) or "") or _is_border(text, found, language):
            yield found.end()


def _protected(text: str) -> bytearray:
    """For each position, whether it stands inside quotation marks or brackets."""
    inside = bytearray(len(text))
    for start, end in _quotations(text):
        if end - start <= _QUOTE_LIMIT:
            inside[start:end] = b"\x01" * (end - start)
    return inside


def _quotations(text: str) -> Iterator[tuple[int, int]]:
    """Matched pairs as half-open spans that leave the closing sign outside."""
    open_at: dict[str, list[int]] = {}
    for at, char in enumerate(text):
        if char in "\"'":
            if char == "'" and not _quotes(text, at, bool(open_at.get(char))):
                continue
            stack = open_at.setdefault(char, [])
            if stack:
                yield stack.pop(), at
            else:
                stack.append(at)
        elif char in _PAIRS:
            open_at.setdefault(char, []).append(at)
        elif char in _CLOSERS and open_at.get(_CLOSERS[char]):
            yield open_at[_CLOSERS[char]].pop(), at


def _quotes(text: str, at: int, opened: bool) -> bool:
    """Whether a straight single quote is a quotation mark and not an apostrophe."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if opened:
        return not before.isspace() and not (after.isascii() and after.isalnum())
    return (not before or before.isspace() or before in '"“([,') and not after.isspace()


def _is_border(text: str, found: re.Match[str], language: str) -> bool:
    signs = found.group().rstrip()[: len(found.group().rstrip()) - len(found.group(1))]
    after = text[found.end() :]
    if found.group(1) and _PARTICLE.match(after[:20]):
        return False
    if "…" in signs or ".." in signs:
        return language != "ko" and after[:1].isupper()
    before = text[: found.start()][-24:]
    korean = "가" <= before[-1:] <= "힣"
    if after[:1].islower() and after[:1].isascii() and not korean:
        return False
    return signs != "." or _point_ends(before, after)


def _point_ends(before: str, after: str) -> bool:
    if before[-1:].isdigit():
        first = before.isdigit() and len(before) <= 2
        dated = _DATE_BEFORE.search(before) and not after[:1].isupper()
        return not (first or dated or _DATE_AFTER.match(after[:4]))
    word = _WORD_BEFORE.search(before)
    if not word:
        return True
    last = word.group().lower()
    if last in _NEVER_FINAL.split():
        return False
    initials = len(last) == 1 or "." in last
    if initials or last in _SELDOM_FINAL.split():
        following = re.match(r"[A-Za-z]+", after[:20])
        return not following or following.group().lower() in _STARTERS.split()
    return True


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _limited(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > HARD_LIMIT:
        space = text.rfind(" ", start + HARD_LIMIT // 2, start + HARD_LIMIT)
        cut = space if space > 0 else start + HARD_LIMIT
        yield _trim(text, start, cut)
        start, _ = _trim(text, cut, end)
    yield start, end
