"""The word knowledge of kai: which words mean the same, which are opposites, who is who.

Without a language model this is how a question in other words, or in another language, finds its
sentence. Concepts are groups of words that may stand for one another in a question about a news
fact (lexicon_data/concepts.tsv); names live in `assistant.lexicon_names` and are offered here too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from assistant.lexicon_english import irregular_lemmas, lemmas
from assistant.lexicon_files import listed, rows
from assistant.lexicon_fuzzy import fuzzy_name
from assistant.lexicon_names import (
    NameMention,
    canonical_name,
    find_known_names,
    name_forms,
    related_names,
    same_name,
)
from assistant.lexicon_sounds import transliterates

__all__ = [
    "Concept",
    "ConceptSpan",
    "NameMention",
    "are_antonyms",
    "canonical_name",
    "concept_spans",
    "concepts",
    "concepts_of",
    "expand",
    "find_known_names",
    "fuzzy_name",
    "korean_nouns",
    "name_forms",
    "opposites_of",
    "related_names",
    "same_name",
    "transliterates",
]

_NO_CONCEPTS: frozenset[int] = frozenset()
# Verb endings that a noun may carry: 선정하다, and 선정되 as a morpheme analyser leaves it.
_VERBALISER = re.compile("(하|되|시키|받|당하|지|드리|스럽|롭)?다?$")
# Words that end like a dictionary form but have no stem.
_NO_VERBS = frozenset(
    {"바다", "최다", "저마다", "날마다", "달마다", "해마다", "전달보다", "판다", "캐나다", "람다"}
)
# One-syllable stems that are more often a particle, a suffix, a unit or another noun.
_UNSURE_STEMS = frozenset(
    "가나내대되두드들보사서시오이자주지차치타파하기세열줄팔말갈날달돌물불살알일질풀길"
    "감안신걸미비새재켜트펴피담배매메모베"
)


@dataclass(frozen=True, slots=True)
class Concept:
    """Words that may stand for one another; verbs and adjectives in dictionary form (뽑다)."""

    korean: tuple[str, ...]
    english: tuple[str, ...]

    @property
    def head(self) -> str:
        """The word the group is known by: its first."""
        return (*self.korean, *self.english)[0]


@dataclass(frozen=True, slots=True)
class ConceptSpan:
    """Terms ``first`` to ``last`` (exclusive) of a sequence, and the concepts they name."""

    first: int
    last: int
    concepts: frozenset[int]


@cache
def concepts() -> tuple[Concept, ...]:
    """All concepts; a concept's number is its place here and may change with the list."""
    return tuple(Concept(listed(row[0]), listed(row[1])) for row in rows("concepts.tsv"))


@cache
def _index() -> dict[str, frozenset[int]]:
    """Forms as written, lower case, and the number of every group they stand in."""
    table: dict[str, set[int]] = {}
    for number, concept in enumerate(concepts()):
        for form in (*concept.korean, *concept.english):
            table.setdefault(form.lower(), set()).add(number)
    return {form: frozenset(numbers) for form, numbers in table.items()}


@lru_cache(maxsize=65536)
def concepts_of(term: str) -> frozenset[int]:
    """The numbers of the concepts a term belongs to; empty for an unknown term.

    A term is a Korean morpheme, stem or dictionary form, or an English word in any inflection
    or a listed phrase. A one-syllable stem that is also a common noun or suffix (사, 이) is
    unknown: pass its dictionary form (사다).
    """
    form = re.sub(r"\s+", " ", term.strip()).lower()
    if re.search("[가-힣]", form):
        return _korean_concepts(form)
    found = _index().get(form, _NO_CONCEPTS)
    for lemma in irregular_lemmas(form) if found else lemmas(form):
        found |= _index().get(lemma, _NO_CONCEPTS)
        if found and not irregular_lemmas(form):
            break
    return found or _inflected_phrase(form)


def _inflected_phrase(form: str) -> frozenset[int]:
    """The concepts of a listed phrase whose first word is inflected: sets up, coming from."""
    first, _, rest = form.partition(" ")
    phrases = (f"{lemma} {rest}" for lemma in lemmas(first)) if rest else ()
    return frozenset(n for phrase in phrases for n in _index().get(phrase, ()))


def _korean_concepts(form: str) -> frozenset[int]:
    index = _index()
    found = index.get(form, _NO_CONCEPTS)
    if len(form) > 1 or not (found or form in _UNSURE_STEMS):
        endings = ("다", "하다", "되다") if len(form) > 1 else ("다",)
        for verb in (form + ending for ending in endings):
            found |= index.get(verb, _NO_CONCEPTS) if verb not in _NO_VERBS else _NO_CONCEPTS
    if found:
        return found
    noun = _VERBALISER.sub("", form)
    if len(noun) > 1 and noun in index:
        return index[noun]
    joined = form.replace(" ", "")
    return _korean_concepts(joined) if joined != form else _NO_CONCEPTS


def expand(term: str, to: Literal["ko", "en"] | None = None) -> frozenset[str]:
    """All words of the term's concepts, in one language if ``to`` is set; verbs as 뽑다."""
    words: set[str] = set()
    for number in concepts_of(term):
        concept = concepts()[number]
        words.update(concept.korean if to != "en" else (), concept.english if to != "ko" else ())
    return frozenset(words)


def concept_spans(terms: Sequence[str], longest: int = 4) -> list[ConceptSpan]:
    """The concepts along a sequence of terms, several terms joined where the list knows them so.

    시가 + 총액 is found as 시가총액, "share" + "price" as "share price". At each place the
    longest run of up to ``longest`` terms wins; terms without a concept are left out.
    """
    spans: list[ConceptSpan] = []
    first = 0
    while first < len(terms):
        span = _longest_span(terms, first, longest)
        if span:
            spans.append(span)
        first = span.last if span else first + 1
    return spans


def _longest_span(terms: Sequence[str], first: int, longest: int) -> ConceptSpan | None:
    for last in range(min(len(terms), first + longest), first, -1):
        found = concepts_of(" ".join(terms[first:last]))
        if found:
            return ConceptSpan(first, last, found)
    return None


@cache
def _opposites() -> frozenset[tuple[int, int]]:
    pairs: set[tuple[int, int]] = set()
    for first, second in rows("antonyms.tsv"):
        for a in head_concepts(first):
            pairs.update((a, b) for b in head_concepts(second))
    return frozenset(pairs | {(b, a) for a, b in pairs})


@cache
def _heads() -> dict[str, frozenset[int]]:
    table: dict[str, set[int]] = {}
    for number, concept in enumerate(concepts()):
        table.setdefault(concept.head, set()).add(number)
    return {head: frozenset(numbers) for head, numbers in table.items()}


def head_concepts(head: str) -> frozenset[int]:
    """The concepts known by this word; raises ValueError when no group starts with it."""
    try:
        return _heads()[head]
    except KeyError:
        raise ValueError(
            f"no concept starts with {head!r}: name the first word of a group"
        ) from None


@lru_cache(maxsize=65536)
def are_antonyms(a: str, b: str) -> bool:
    """Whether two terms are opposites, in either language; terms that share a concept never are."""
    mine, other = concepts_of(a), concepts_of(b)
    if mine & other:
        return False
    return any((x, y) in _opposites() for x in mine for y in other)


@lru_cache(maxsize=16384)
def opposites_of(numbers: frozenset[int]) -> frozenset[int]:
    """The concepts that are opposites of any of these, without these themselves."""
    return frozenset(b for a, b in _opposites() if a in numbers) - numbers


@cache
def korean_nouns() -> frozenset[str]:
    """Listed Korean words of two syllables or more that are no verbs or adjectives."""
    return frozenset(
        word
        for concept in concepts()
        for word in concept.korean
        if len(word) > 1 and (not word.endswith("다") or word in _NO_VERBS)
    )
