"""What a name is the name of: KAIST is a university, 한빛여객 a bus company.

The table is lexicon_data/types.tsv: the words for a kind, the endings by which a name shows that
it is of the kind, and well-known names that do not show it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from assistant.lexicon_files import listed, rows
from assistant.lexicon_names import name_key


@dataclass(frozen=True, slots=True)
class NameType:
    """One kind of name; ``words`` and ``members`` as keys without spaces and case."""

    words: frozenset[str]
    endings: tuple[str, ...]
    members: frozenset[str]

    def has(self, name: str) -> bool:
        """Whether a name is of the kind; the bare word for the kind is no name of it."""
        key = name_key(name)
        if key in self.members:
            return True
        return key not in self.words and any(
            key.endswith(ending) and len(key) > len(ending) + 1 for ending in self.endings
        )


@cache
def _types() -> tuple[NameType, ...]:
    return tuple(
        NameType(
            frozenset(map(name_key, listed(words))),
            tuple(map(name_key, listed(endings, " · "))),
            frozenset(map(name_key, listed(members, " · "))),
        )
        for words, endings, members in rows("types.tsv")
    )


@lru_cache(maxsize=4096)
def types_named(word: str) -> tuple[NameType, ...]:
    """The kinds of name that a word asks for: 대학, university; none for most words."""
    key = name_key(word)
    return tuple(kind for kind in _types() if key in kind.words)


def is_a(name: str, word: str) -> bool:
    """Whether a name is of the kind that a word names."""
    return any(kind.has(name) for kind in types_named(word))
