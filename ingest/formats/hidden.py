"""Find what a reader of a page cannot see; a page may talk to machines that way.

Judged from the page alone: attributes, inline styles, simple rules of its own style sheets, and
class names that hide by convention. What scripts and other files do is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CLASSES = frozenset(
    "sr-only sr_only visually-hidden visuallyhidden screen-reader-text screen_out blind "
    "a11y_hidden u_hc hidden d-none is-hidden ir_caption".split()
)
_AT_RULE = re.compile(r"@[\w-]+[^{;]*(?:;|\{(?:[^{}]*\{[^{}]*\})*[^{}]*\})")
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}]{1,500})\{([^{}]{0,2000})\}")
_SIMPLE = re.compile(r"(?:[a-z][\w-]*)?[.#][\w-]+|[a-z]+", re.IGNORECASE)
_NUMBER = re.compile(r"^(-?[\d.]+)\s*(px|em|rem|pt|%|vw|vh|in|cm)?")
_NAMED = {"white": "fff", "black": "000", "snow": "fffafa", "ivory": "fffff0"}
_LARGEST_SHEET = 200_000
_FAR = {"px": 400.0, "pt": 300.0, "em": 25.0, "rem": 25.0, "%": 100.0, "vw": 100.0, "vh": 100.0}
_FAR |= {"in": 4.0, "cm": 10.0, "": 400.0}
_NEARLY = 24  # of 255: how far colours may lie apart and still not be told apart
_FOREIGN = frozenset({"html", "body", "main", "article"})


class Sheet:
    """The simple rules of a page's own style sheets: one class, one id or one tag each."""

    def __init__(self, sheets: str) -> None:
        self._rules: dict[str, str] = {}
        text = _AT_RULE.sub("", _CSS_COMMENT.sub("", sheets[:_LARGEST_SHEET]))
        for selectors, body in _RULE.findall(text):
            for selector in selectors.split(","):
                if _SIMPLE.fullmatch(selector.strip()):
                    key = selector.strip().lower()
                    self._rules[key] = f"{self._rules.get(key, '')};{body}"

    def style_of(self, element: HtmlElement) -> dict[str, str]:
        """The declarations that hold for an element by the sheets and its own attribute."""
        if not self._rules and not element.get("style"):
            return {}
        tag = str(element.tag).lower()
        names = [tag]
        for name in (element.get("class") or "").lower().split():
            names += [f".{name}", f"{tag}.{name}"]
        if element.get("id"):
            own = str(element.get("id")).lower()
            names += [f"#{own}", f"{tag}#{own}"]
        found = ";".join(self._rules.get(name, "") for name in names)
        return declarations(f"{found};{element.get('style') or ''}")


def declarations(style: str) -> dict[str, str]:
    """``color: #FFF !important`` as ``{"color": "#fff"}``."""
    pairs = (part.partition(":") for part in style.lower().split(";"))
    return {
        name.strip(): value.replace("!important", "").strip()
        for name, colon, value in pairs
        if colon
    }


def why_hidden(element: HtmlElement, style: Mapping[str, str], ground: str) -> str | None:
    """The reason why the element cannot be seen on a ground of that colour, or None."""
    if element.tag in _FOREIGN:
        return None
    if element.get("hidden") is not None:
        return "hidden attribute"
    if (element.get("aria-hidden") or "").lower() == "true":
        return "aria-hidden"
    names = _CLASSES.intersection((element.get("class") or "").split())
    if names:
        return f"class {min(names)}"
    return _by_style(style, ground) if style else None


def ground_of(style: Mapping[str, str], under: str) -> str:
    """The colour behind an element's text."""
    found = _colour(style.get("background-color") or style.get("background") or "")
    return found or ("?" if "url(" in style.get("background", "") else under)


def _by_style(style: Mapping[str, str], ground: str) -> str | None:
    for name, values in (
        ("display", {"none"}),
        ("visibility", {"hidden", "collapse"}),
        ("content-visibility", {"hidden"}),
        ("color", {"transparent"}),
        ("-webkit-text-fill-color", {"transparent"}),
    ):
        if style.get(name) in values:
            return f"{name}:{style[name]}"
    for name, least in (("font-size", 2.0), ("opacity", 0.05)):
        size = _number(style.get(name, ""))
        if size and (size[0] < least if size[1] in ("px", "pt", "") else size[0] == 0):
            return f"{name}:{style[name]}"
    return _off_screen(style) or _by_colour(style, ground)


def _off_screen(style: Mapping[str, str]) -> str | None:
    places = ["text-indent"]
    if style.get("position") in ("absolute", "fixed"):
        places += ["left", "top", "right", "bottom", "margin-left"]
        clip = style.get("clip", "") + style.get("clip-path", "")
        if "rect(0" in clip or "rect(1px" in clip or re.search(r"inset\((?:50|100)%", clip):
            return "clipped away"
    for name in places:
        found = _number(style.get(name, ""))
        if found and -found[0] >= _FAR[found[1]]:
            return f"off-screen, {name}:{style[name]}"
    if "scale(0)" in style.get("transform", ""):
        return "transform:scale(0)"
    sizes = [_number(style.get(name, "")) for name in ("width", "height")]
    small = any(size and size[0] <= 1 and size[1] in ("px", "") for size in sizes)
    return "cut to nothing" if small and style.get("overflow") == "hidden" else None


def _by_colour(style: Mapping[str, str], ground: str) -> str | None:
    colour = _colour(style.get("color", ""))
    behind = ground_of(style, ground)
    if not colour or behind == "?":
        return None
    pairs = zip(bytes.fromhex(colour), bytes.fromhex(behind), strict=True)
    near = max(abs(a - b) for a, b in pairs) <= _NEARLY
    return f"colour #{colour} on #{behind}" if near else None


def _colour(value: str) -> str:
    """The first colour of a CSS value as six hexadecimal digits, or an empty string."""
    found = re.search(r"#([0-9a-f]{6}|[0-9a-f]{3})\b", value)
    if found:
        return found[1] if len(found[1]) == 6 else "".join(2 * char for char in found[1])
    found = re.search(r"rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})", value)
    if found:
        return "".join(f"{min(int(part), 255):02x}" for part in found.groups())
    named = next((_NAMED[word] for word in value.split() if word in _NAMED), "")
    return named if len(named) == 6 else "".join(2 * char for char in named)


def _number(value: str) -> tuple[float, str] | None:
    found = _NUMBER.match(value)
    try:
        return (float(found[1]), found[2] or "") if found else None
    except ValueError:
        return None
