"""An English question over Korean articles, once more in Korean words: to search with, not to read.

The words are those of the question's concepts, the names those of the index that sound alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from assistant import lexicon
from assistant.confidence import LARGE
from assistant.language import language_of, tokens
from assistant.lexicon_asked import asked_spans
from assistant.lexicon_sounds import hangul_sounds, latin_sounds, sound_distance
from assistant.names_abroad import is_named, runs_in
from assistant.names_used import named_by_ending
from assistant.question_words import LIGHT, STOPWORDS

if TYPE_CHECKING:
    from vectorstore.reading import Index

EACH = 2  # Korean words for one English word
SYLLABLES = range(2, 9)  # of a name that is looked for by its sound

_NAME = re.compile(r"[가-힣]+")
Heard = Mapping[str, tuple[str, ...]]  # Hangul words by their first syllable
_HEARD: WeakKeyDictionary[Index, Heard] = WeakKeyDictionary()


def korean_query(question: str, index: Index) -> tuple[str, bool] | None:
    """Korean words for an English question, and whether a name of the index is among them.

    None for a Korean question, over an index that holds no Korean, and where no word is known.
    """
    heard = _heard(index) if language_of(question) == "en" else {}
    if not heard:
        return None
    names = list(dict.fromkeys(_names(question, heard)))
    spoken = dict.fromkeys([*names, *_words(question)])
    return (" ".join(spoken), bool(names)) if spoken else None


def with_korean(question: str, queries: list[str], index: Index) -> list[str]:
    """The queries and the Korean one: first, where it names what the Korean articles name."""
    crossed = korean_query(question, index)
    if not crossed:
        return queries
    query, named = crossed
    return [query, *queries] if named else [*queries, query]


def _heard(index: Index) -> Heard:
    if index not in _HEARD:
        found: dict[str, list[str]] = {}
        texts = (article.text for article in index.articles()) if len(index) < LARGE else ()
        compounds = {name for text in texts for name in named_by_ending(text)}
        for word in dict.fromkeys([*index.keywords.vocabulary, *sorted(compounds)]):
            if len(word) in SYLLABLES and _NAME.fullmatch(word):
                found.setdefault(word[0], []).append(word)
        _HEARD[index] = {first: tuple(words) for first, words in found.items()}
    return _HEARD[index]


def _names(question: str, heard: Heard) -> Iterator[str]:
    """The words of the index by which names of the question are known, the nearest of each."""
    for _, run in runs_in(question):
        known = [form for form in lexicon.name_forms(run) if _NAME.match(form)]
        if known:
            yield min(known, key=lambda form: _strangeness(form, heard))
            continue
        parts = [part for part in run.split() if not lexicon.concepts_of(part)]
        yield from next(filter(None, (_sounding(one, heard) for one in [run, *parts])), [])


def _strangeness(form: str, heard: Heard) -> tuple[bool, bool, int, str]:
    """Orders spellings: those of the index before others, all Hangul before mixed, full names."""
    unheard = form not in heard.get(form[0], ())
    return unheard, not _NAME.fullmatch(form), -len(form), form


def _sounding(name: str, heard: Heard) -> list[str]:
    """The nearest word of the index that sounds like a Latin name, or none."""
    opening = latin_sounds(name)[:1]
    if not opening:
        return []
    near = [
        word
        for first, words in heard.items()
        if _may_open(first, opening[0].classes)
        for word in words
        if is_named(word, name)
    ]
    return sorted(near, key=lambda word: (sound_distance(word, name), word))[:1]


def _may_open(syllable: str, classes: frozenset[str]) -> bool:
    mine = hangul_sounds(syllable)[0].classes
    return bool(mine & classes) if mine and classes else not mine and not classes


def _words(question: str) -> Iterator[str]:
    """Korean nouns and verbs for the words of a question, a few for each."""
    found = [token for token in tokens(question) if token.form not in LIGHT | STOPWORDS]
    said = [token.word or token.form for token in found]
    numbers = [span.concepts for span in lexicon.concept_spans(said)]
    numbers += [asked.concepts for asked in asked_spans(said)]
    for concepts in numbers:
        for number in sorted(concepts)[:EACH]:
            yield from lexicon.concepts()[number].korean[:1]
