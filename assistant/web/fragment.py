"""Text fragments: an address that opens the published article at the quoted words.

The form is ``#:~:text=[prefix-,]start[,end][,-suffix]`` (WICG Scroll-to-Text-Fragment). Browsers
match whole words only, and take the first place that fits.
"""

from __future__ import annotations

from urllib.parse import quote

WHOLE = 8  # a quote of more words is given by its first and last ones
EDGE = 4
AROUND = 3  # words before and after a quote that stands in the text more than once


def text_fragment(text: str, start: int, end: int) -> str:
    """The text directive for ``text[start:end]``, without the ``#:~:text=`` before it.

    The span is widened to whole words. Where its words stand earlier or more than once in
    ``text``, the words around it are added, so that the browser finds this place.
    """
    if not text[start:end].strip():
        return ""
    start, end = _whole_words(text, start, end)
    lines = [line for line in text[start:end].split("\n") if line.strip()]
    first, last = lines[0].split(), lines[-1].split()
    if len(lines) == 1 and len(first) <= WHOLE:
        parts = [" ".join(first)]
    else:
        parts = [" ".join(first[:EDGE]), _ending(text, start, end, last)]
    before, after = "", ""
    if _count(text, parts[0]) > 1:
        before = " ".join(_last_line(text[:start]).split()[-AROUND:])
        after = " ".join(_first_line(text[end:]).split()[:AROUND])
    encoded = ",".join(map(_encoded, parts))
    encoded = f"{_encoded(before)}-,{encoded}" if before else encoded
    return f"{encoded},-{_encoded(after)}" if after else encoded


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    while start > 0 and text[start - 1].isalnum() and text[start : start + 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1 : end].isalnum():
        end += 1
    return start, end


def _ending(text: str, start: int, end: int, last: list[str]) -> str:
    """The last words of a span: as few as are not met earlier in it."""
    span = " ".join(text[start:end].split())
    for size in range(min(EDGE, len(last)), len(last)):
        words = " ".join(last[-size:])
        if span.find(words, 1) == len(span) - len(words):
            return words
    return " ".join(last[-max(EDGE, len(last) - EDGE) :])


def _count(text: str, words: str) -> int:
    return " ".join(text.split()).count(words)


def _last_line(text: str) -> str:
    lines = [line for line in text.split("\n") if line.strip()]
    return lines[-1] if lines else ""


def _first_line(text: str) -> str:
    lines = [line for line in text.split("\n") if line.strip()]
    return lines[0] if lines else ""


def _encoded(words: str) -> str:
    """Percent-encoded; the comma and the hyphen too, since they mean something in a directive."""
    safe = words.encode("utf-8", "replace").decode("utf-8")
    return quote(safe, safe="").replace("-", "%2D")
