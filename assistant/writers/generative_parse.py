"""Read what a model writes while it writes: items of quotes and a sentence, whatever stands around.

Models put JSON in fences, talk before and after it, think aloud, break off, or leave a comma too
many. Every object that has ended and holds a sentence is an item; anything else is passed over.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

MOST_ITEMS = 12

_MARKER = re.compile(r"\[(\d{1,3})\]")
_PLAIN_SENTENCE = re.compile(r"[^.?!\n]+(?:\.\d[^.?!\n]*)*[.?!]?(?:\s*\[\d{1,3}\])+")
_COMMA = re.compile(r",\s*([}\]])")
_THOUGHT = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that a model says stand in evidence ``number``; None: all of that evidence."""

    number: int
    text: str | None


@dataclass(frozen=True, slots=True)
class Item:
    """One sentence of a model and the quotes it names for it."""

    sentence: str
    quotes: tuple[Quote, ...]


class ItemReader:
    """Takes text piece by piece and gives each item once, as soon as it is whole."""

    def __init__(self) -> None:
        self._text = ""
        self._given = 0

    def feed(self, piece: str) -> list[Item]:
        """The items that this piece completes."""
        self._text += piece
        if "}" not in piece:
            return []
        found = _items(_THOUGHT.sub("", self._text))[:MOST_ITEMS]
        new = found[self._given :]
        self._given = max(self._given, len(found))
        return new

    def finish(self) -> list[Item]:
        """What is left at the end: without any JSON, plain sentences with markers like [1]."""
        if self._given or "{" in self._text:
            return []
        text = _THOUGHT.sub("", self._text)
        return [_plain(match.group()) for match in _PLAIN_SENTENCE.finditer(text)][:MOST_ITEMS]


def _items(text: str) -> list[Item]:
    """The items among all objects of a text that have ended, in the order in which they end."""
    items = []
    for source in _closed_objects(text):
        item = _item(_parsed(source))
        if item is not None:
            items.append(item)
    return items


def _closed_objects(text: str) -> list[str]:
    """Every balanced ``{…}``, inner ones too; braces inside strings do not count."""
    found: list[str] = []
    starts: list[int] = []
    quoted = escaped = False
    for place, sign in enumerate(text):
        if quoted:
            quoted = escaped or sign != '"'
            escaped = sign == "\\" and not escaped
        elif sign == '"' and starts:
            quoted = True
        elif sign == "{":
            starts.append(place)
        elif sign == "}" and starts:
            found.append(text[starts.pop() : place + 1])
    return found


def _parsed(source: str) -> object:
    for attempt in (source, _COMMA.sub(r"\1", source)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _item(value: object) -> Item | None:
    if not isinstance(value, dict):
        return None
    sentence = value.get("sentence", value.get("answer"))
    if not isinstance(sentence, str) or not sentence.strip():
        return None
    quotes = value.get("quotes")
    listed = quotes if isinstance(quotes, list) else [quotes]
    return Item(sentence, tuple(found for one in listed if (found := _quote(one))))


def _quote(value: object) -> Quote | None:
    if not isinstance(value, dict) or not isinstance(value.get("text"), str):
        return None
    number = value.get("n")
    if isinstance(number, str) and number.strip().isdecimal():
        number = int(number.strip()[:4])
    if not isinstance(number, int) or isinstance(number, bool):
        return None
    return Quote(number, value["text"])


def _plain(text: str) -> Item:
    numbers = [int(number) for number in _MARKER.findall(text)]
    return Item(_MARKER.sub("", text).strip(), tuple(Quote(number, None) for number in numbers))
