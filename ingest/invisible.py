"""Signs that nobody sees: name them when they are dropped, and spell out what they smuggle."""

from __future__ import annotations

import re

_ZERO_WIDTH = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\u00ad]")
_TAGS = re.compile("[\U000e0020-\U000e007e]+")
_SHOWN = 200


def invisible_lines(text: str) -> list[str]:
    """A line for zero-width and direction signs, and one for text written in tag characters."""
    lines: list[str] = []
    zero = _ZERO_WIDTH.findall(text.removeprefix("\ufeff"))
    if zero:
        kinds = " ".join(f"U+{ord(char):04X}" for char in sorted(set(zero)))
        lines.append(f"invisible signs: {len(zero)} times {kinds}")
    tags = "".join(_TAGS.findall(text))
    if tags:
        said = "".join(chr(ord(char) - 0xE0000) for char in tags)[:_SHOWN]
        lines.append(f"invisible text (tag characters): {said}")
    return lines
