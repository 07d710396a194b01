"""Every name of a sentence stands in its quotes, in one of its spellings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.dates.rules import MONTHS
from assistant.folding import fold
from assistant.quantities.numerals import read_english
from assistant.verify.problem import Problem, SameName, Text
from ingest.korean import kiwi

_LATIN = re.compile(r"(?<![0-9])[A-Za-z][A-Za-z0-9]*(?:[-.&'_+][A-Za-z0-9]+)*")
_HANGUL = re.compile(r"[가-힣]+")
# Capitalised words that name nobody: what sentences begin with, and signs of our field.
_COMMON_WORDS = """
    a according after ai all also although altogether am among an and another answer april are
    article articles as as-of at august based both but by can closest companies compared date dated
    december did does each eight eighth either even every february few fifth finally first
    five for four fourth friday from furthermore government gpu gpus he her here his how
    however i if in including instead is it its january july june korea korean krw later many
    march may meanwhile monday more moreover most nearest neither next nine ninth no none not
    note nothing november october of on one only or other out over overall participating
    passage pm published q1 q2 q3 q4 related saturday second selected september seven seventh
    shares she since six sixth so some source sources still stock such sunday teams ten tenth
    than that the their then there these they third this those three thursday thus to together
    total tuesday two under unfortunately until usd was we wednesday were what what's when
    where which while who why will with won yes you your
    """
_COMMON = frozenset(_COMMON_WORDS.split())
_SUFFIXES = ("들", "측", "사", "은", "는", "이", "가", "을", "를", "의", "와", "과", "도", "에")


def name_problems(
    sentence: Text,
    quotes: Sequence[Text],
    allowed: Sequence[Text],
    same_name: SameName,
) -> Iterator[Problem]:
    """Names of the sentence that no quote mentions.

    Names are those of ``Text.names``, the longest first, then Latin words with a capital and
    Korean proper nouns. A listed name needs the same listed name in a quote, so that LG is not
    found in LG AI연구원; other names are looked up as whole words, then through ``same_name``.
    """
    sources = [*quotes, *allowed]
    listed, rest = _listed(sentence.folded, sentence.names)
    quoted = {name for source in sources for name in _listed(source.folded, source.names)[0]}
    for name in sorted(listed):
        if not any(_same(name, other, same_name) for other in quoted):
            yield Problem("name", name)
    words = {word for source in sources for word in _words(source.folded)} | quoted
    texts = [source.folded.casefold() for source in sources]
    for phrase in _phrases(rest):
        if any(_same(phrase, word, same_name) for word in words):
            continue
        for name in phrase.split():
            if _is_name(name) and not _mentioned(name, texts, words, same_name):
                yield Problem("name", name)
    for name in _proper_nouns(rest):
        if not _mentioned(name, texts, words, same_name):
            yield Problem("name", name)


def listed_names(text: Text) -> set[str]:
    """The names of ``text.names`` that the text mentions, longest first."""
    return _listed(text.folded, text.names)[0]


def _listed(folded: str, names: Sequence[str]) -> tuple[set[str], str]:
    """The listed names in a folded text, and the text without them."""
    found: set[str] = set()
    for name in sorted(set(names), key=len, reverse=True):
        form = fold(name).text
        pattern = re.compile(rf"(?<![A-Za-z0-9]){re.escape(form)}(?![A-Za-z0-9])", re.IGNORECASE)
        if form and pattern.search(folded):
            found.add(name)
            folded = pattern.sub(lambda match: "·" * len(match.group()), folded)
    return found, folded


def _same(one: str, other: str, same_name: SameName) -> bool:
    return one == other or same_name(one, other)


def _mentioned(name: str, texts: Sequence[str], words: set[str], same_name: SameName) -> bool:
    if _HANGUL.fullmatch(name):
        found = any(name in text for text in texts)
    else:
        form = name.casefold()
        forms = "|".join(map(re.escape, {form, form.removesuffix("s"), form.removesuffix("'s")}))
        pattern = re.compile(rf"(?<![a-z0-9])(?:{forms})(?![a-z0-9])")
        found = any(pattern.search(text) for text in texts)
    return found or any(same_name(name, word) for word in words)


def _words(folded: str) -> Iterator[str]:
    yield from (match.group() for match in _LATIN.finditer(folded))
    for match in _HANGUL.finditer(folded):
        word = match.group()
        yield word
        yield from (word.removesuffix(end) for end in _SUFFIXES if word.endswith(end))


def _phrases(text: str) -> Iterator[str]:
    """Runs of neighbouring Latin words with capitals: Naver Cloud."""
    run: list[str] = []
    end = 0
    for match in _LATIN.finditer(text):
        word = match.group()
        named = any(char.isupper() for char in word) or any(char.isdigit() for char in word)
        if run and (text[end : match.start()] != " " or not named):
            yield " ".join(run)
            run = []
        if named:
            run.append(word)
        end = match.end()
    if run:
        yield " ".join(run)


def _is_name(word: str) -> bool:
    plain = word.casefold().removesuffix("'s")
    if plain in _COMMON or (plain[:3] in MONTHS and plain.rstrip(".") in MONTHS):
        return False
    return len(word) > 1 and read_english(plain, 0) is None


def _proper_nouns(text: str) -> set[str]:
    if not _HANGUL.search(text):
        return set()
    return {
        token.form
        for token in kiwi().tokenize(text)
        if token.tag == "NNP" and len(token.form) > 1 and _HANGUL.fullmatch(token.form)
    }
