"""Names of organisations, products and places: spellings, relations, places in a text.

The list is lexicon_data/names.tsv. An alias written ``=Meta`` counts only when capitalised; an
alias may be written with other spacing, and its Latin initials may be read in Hangul (에스케이티).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache

from assistant.lexicon_files import listed, rows
from assistant.lexicon_sounds import HANGUL, LATIN, read_letters, transliterates
from assistant.lexicon_tail import is_tail

_INITIALS = re.compile(r"(?<![A-Za-z])[A-Z]{2,5}(?![A-Za-z])")
_HANGUL_RUN = re.compile("[가-힣]*")
_GAPS = " -"


@dataclass(frozen=True, slots=True)
class NameMention:
    """A known name in a text: ``text`` is what stands at ``start:end``."""

    canonical: str
    start: int
    end: int
    text: str


@dataclass(slots=True)
class _Node:
    """A node of the tree of aliases; ``gap`` allows a space or hyphen before the next letter."""

    next: dict[str, _Node] = field(default_factory=dict)
    canonical: str | None = None
    capital: str = ""  # the spelling whose capitals a text must show; empty: any case
    gap: bool = False


def name_key(name: str) -> str:
    """A name without spaces, hyphens, dots and case: what spellings are compared by."""
    return re.sub(r"[\s\-.·'’–_]+", "", name).lower()


def _readings(alias: str) -> Iterator[str]:
    """The alias, and with its Latin initials read in Hangul where that is safely long."""
    yield alias
    read = _INITIALS.sub(lambda initials: read_letters(initials.group()), alias)
    if read != alias and len(read) > 2 and not LATIN.search(read):
        yield read


@cache
def _aliases() -> dict[str, tuple[str, ...]]:
    """Every canonical name with all its spellings, as the file writes them."""
    return {name: (name, *listed(column, " · ")) for name, column in rows("names.tsv")}


@cache
def _by_key() -> dict[str, str]:
    table: dict[str, str] = {}
    for written, spellings in _aliases().items():
        for spelling in spellings:
            table[name_key(spelling.lstrip("="))] = written
    for written, spellings in _aliases().items():
        for spelling in spellings:
            for reading in _readings(spelling.lstrip("=")):
                table.setdefault(name_key(reading), written)
    return table


@lru_cache(maxsize=16384)
def canonical_name(name: str) -> str | None:
    """The canonical form of a known name, None for any other."""
    return _by_key().get(name_key(name))


@lru_cache(maxsize=16384)
def name_forms(name: str) -> frozenset[str]:
    """All known spellings of a name, itself included; initials also as read in Hangul."""
    canonical = canonical_name(name)
    spellings = _forms().get(canonical, ()) if canonical else ()
    written = {name, *spellings}
    return frozenset(reading for spelling in written for reading in _readings(spelling))


@cache
def _forms() -> dict[str, tuple[str, ...]]:
    return {
        written: tuple(spelling.lstrip("=") for spelling in spellings)
        for written, spellings in _aliases().items()
    }


@cache
def _relations() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for first, others in rows("related.tsv"):
        for other in listed(others, " · "):
            table.setdefault(first, set()).add(other)
            table.setdefault(other, set()).add(first)
    return {name: frozenset(others) for name, others in table.items()}


def related_names(name: str) -> frozenset[str]:
    """Canonical names that belong with this one but are not it: 네이버 and 네이버클라우드."""
    canonical = canonical_name(name)
    return _relations().get(canonical, frozenset()) if canonical else frozenset()


@lru_cache(maxsize=16384)
def same_name(a: str, b: str) -> bool:
    """Whether two spellings name the same thing.

    Two listed names are the same only as aliases of one entry; otherwise the spellings must agree
    without spaces and case, with initials read in Hangul, or by sound across the two scripts.
    """
    known = canonical_name(a), canonical_name(b)
    if all(known):
        return known[0] == known[1]
    if name_key(a) == name_key(b) or _spoken(a) == _spoken(b):
        return True
    if any(HANGUL.search(name) and LATIN.search(name) for name in (a, b)):
        return False
    return transliterates(a, b) or transliterates(b, a)


def _spoken(name: str) -> str:
    """Short Latin runs read in Hangul (``SKT``, ``skt``), spelling variants levelled."""
    runs = re.sub(
        r"(?<![A-Za-z])[A-Za-z]{2,4}(?![A-Za-z])", lambda r: read_letters(r.group()), name
    )
    return name_key(runs).replace("씨", "시").replace("아르", "알")


@cache
def _tree() -> _Node:
    root = _Node()
    for written, spellings in _aliases().items():
        for spelling in spellings:
            for reading in _readings(spelling.lstrip("=")):
                capital = reading if spelling.startswith("=") else ""
                _plant(root, reading, written, capital)
    return root


def _plant(root: _Node, spelling: str, canonical: str, capital: str) -> None:
    node = root
    loose = len(name_key(spelling)) > 3 and not LATIN.search(spelling[1:-1])
    for place, char in enumerate(spelling):
        if char in _GAPS:
            continue
        before = spelling[place - 1] if place else ""
        if node is not root and (loose or _may_part(before, char)):
            node.gap = True
        node = node.next.setdefault(char.lower(), _Node())
    if node.canonical is None or not capital:
        node.canonical, node.capital = canonical, capital


def _may_part(before: str, char: str) -> bool:
    """Whether a spelling may be parted here: at its own gap, a change of script, or OpenAI's A."""
    if before in _GAPS or bool(HANGUL.match(before)) != bool(HANGUL.match(char)):
        return True
    return before.islower() and char.isupper()


def find_known_names(text: str) -> list[NameMention]:
    """The known names in a text, the longest at each place, in order and without overlap.

    Latin letters match in any case, spacing may differ, a Korean particle or a plain noun may
    follow at once (``네이버는``, ``lg ai연구원모델``); a name inside another word is not found.
    """
    folded = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    mentions: list[NameMention] = []
    root, place = _tree(), 0
    while place < len(text):
        found = None
        if folded[place] in root.next and _starts_word(text, place):
            found = _longest(text, folded, place)
        if found:
            mentions.append(found)
        place = found.end if found else place + 1
    return mentions


def _longest(text: str, folded: str, start: int) -> NameMention | None:
    best: NameMention | None = None
    node, place = _tree(), start
    while place < len(folded):
        char = folded[place]
        if char in _GAPS and node.gap and place > start and folded[place - 1] not in _GAPS:
            place += 1
            continue
        following = node.next.get(char)
        if following is None:
            break
        node, place = following, place + 1
        shown = _shows_capitals(node.capital, text[start:place])
        if node.canonical and shown and _ends_word(text, place):
            best = NameMention(node.canonical, start, place, text[start:place])
    return best


def _shows_capitals(spelling: str, text: str) -> bool:
    return not spelling or (text.isupper() if spelling.isupper() else text[0].isupper())


def _starts_word(text: str, start: int) -> bool:
    before = text[start - 1] if start else " "
    if before == "-" and start > 1 and LATIN.match(text[start]):
        return not LATIN.match(text[start - 2])
    if LATIN.match(text[start]) or text[start].isdigit():
        return not (LATIN.match(before) or before.isdigit())
    return not before.isalnum()


def _ends_word(text: str, end: int) -> bool:
    after = text[end : end + 1]
    if not after or not after.isalnum():
        return True
    if not HANGUL.match(after):
        return bool(HANGUL.match(text[end - 1])) and not LATIN.match(after)
    return is_tail(text[end : _HANGUL_RUN.match(text, end).end()])  # type: ignore[union-attr]
