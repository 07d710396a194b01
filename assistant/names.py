"""Which names the articles use, and where a text says one of them.

A `NameBook` is built from the articles' own text (`names_used`). Spellings of one name (NAVER,
네이버) share a key; related names (네이버 and 네이버클라우드) do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from assistant import lexicon
from assistant.names_used import names_in, squeeze, stands_alone, titles_in


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text: ``key`` is shared by all its spellings."""

    key: str
    text: str
    start: int
    end: int


class NameBook:
    """The names of a set of texts, with every spelling that is known for them."""

    def __init__(self, names: Iterable[str], titles: Iterable[str] = ()) -> None:
        self._keys: dict[str, str] = {}
        self._written: set[str] = set()
        self.spellings = sorted(set(names))
        self._titles = frozenset(titles)
        self._found: dict[str, tuple[Mention, ...]] = {}
        self._resolved: dict[str, str | None] = {}
        for name in sorted(self.spellings, key=lambda item: (-len(item), item)):
            self._add(name)

    @classmethod
    def from_texts(cls, texts: Iterable[str]) -> NameBook:
        """Collect the names that the texts use."""
        texts = list(texts)
        names = {name for text in texts for name in names_in(text)}
        return cls(names, {title for text in texts for title in titles_in(text)})

    def _add(self, name: str) -> None:
        form = squeeze(name)
        if len(form) < 2 or form in self._keys:
            return
        written = {name, *lexicon.name_forms(name)}
        forms = {squeeze(other) for other in written}
        self._written |= written
        key = next((self._keys[other] for other in sorted(forms) if other in self._keys), form)
        for other in forms:
            self._keys.setdefault(other, key)

    @cached_property
    def titles(self) -> frozenset[str]:
        """Keys of names that only stand in quotation marks: of models and slogans, of nobody."""
        return frozenset(
            self._keys[form] for form in map(squeeze, self._titles) if form in self._keys
        )

    @property
    def keys(self) -> frozenset[str]:
        """One key for every name."""
        return frozenset(self._keys.values())

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        if not self._keys:
            return None
        written = {name for name in self._written if len(squeeze(name)) > 1}
        longest = map(_loosely, sorted(written, key=lambda name: (-len(squeeze(name)), name)))
        return re.compile("|".join(longest), re.IGNORECASE)

    def find(self, text: str) -> list[Mention]:
        """Find the longest names in a text, left to right, never inside another word."""
        if text not in self._found:
            self._found[text] = tuple(self._find(text))
        return list(self._found[text])

    def _find(self, text: str) -> list[Mention]:
        if self._pattern is None:
            return []
        found = []
        for match in self._pattern.finditer(text):
            if stands_alone(text, match.start(), match.end()):
                key = self._keys.get(squeeze(match.group()))
                if key:
                    found.append(Mention(key, match.group(), *match.span()))
        return found

    def resolve(self, word: str) -> str | None:
        """The key of a word that is a known spelling, transliteration or slip of a name."""
        if word not in self._resolved:
            self._resolved[word] = self._resolve(squeeze(word))
        return self._resolved[word]

    def _resolve(self, form: str) -> str | None:
        if form in self._keys:
            return self._keys[form]
        for known, key in self._keys.items():
            if lexicon.same_name(form, known) or lexicon.same_name(form, _without_ending(known)):
                return key
        slip = lexicon.fuzzy_name(form, self._keys)
        return self._keys[slip] if slip else None

    def related(self, key: str) -> frozenset[str]:
        """Keys of names that are related to this one but not the same."""
        forms = [form for form, other in self._keys.items() if other == key] or [key]
        related = {squeeze(name) for form in forms for name in lexicon.related_names(form)}
        return frozenset(self._keys[form] for form in related if form in self._keys) - {key}


def _without_ending(name: str) -> str:
    """A place without the word for what it is: 가람시 is called Garam abroad."""
    return re.sub(r"(?<=[가-힣]{2})[시군구도]$", "", name)


def _loosely(name: str) -> str:
    """A pattern for a name: spaces and signs may be left out or in where its parts meet."""
    parts = re.findall(r"[A-Za-z0-9+&]+|[^\sA-Za-z0-9+&·.\-–_'’]+", name)
    pattern = "[\\s·.\\-–_'’]?".join(map(re.escape, parts))
    before = "(?<![A-Za-z0-9])" if name[:1].isascii() else ""
    after = "(?![A-Za-z0-9])" if name[-1:].isascii() else ""
    return f"{before}{pattern}{after}"
