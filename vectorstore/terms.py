"""Text to content terms: Kiwi morphemes that carry meaning, in one written form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from ingest.korean import kiwi

# nouns, numerals, verbs, adjectives, roots, foreign letters, digits, Chinese characters, addresses
_CONTENT = frozenset(
    ["NNG", "NNP", "NNB", "NR", "VV", "VA", "XR", "SL", "SN", "SH", "W_URL", "W_EMAIL", "W_HASHTAG"]
)
# morphemes that stand in nearly every sentence and name nothing
_EMPTY = frozenset(
    ["것", "수", "등", "때문", "하", "되", "있", "없", "이", "그", "저", "데", "바", "뿐", "중"]
)
_CONTROL = re.compile(r"[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b-\u200f\ufeff]")
_DIGIT_COMMA = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_ZEROS = re.compile(r"(\d+)\.0+(?!\d)")

CROWDED = 12  # letters without a space: rare in words, sure in a question typed without spaces


def canonical(text: str) -> str:
    """One written form: NFKC, lower case, no control characters, single spaces, 1,000 as 1000."""
    text = text.encode("utf-8", "replace").decode("utf-8")  # lone surrogates
    text = _CONTROL.sub(" ", unicodedata.normalize("NFKC", text)).casefold()
    text = unicodedata.normalize("NFC", text)
    return " ".join(_ZEROS.sub(r"\1", _DIGIT_COMMA.sub("", text)).split())


def content_terms(text: str) -> list[str]:
    """The content morphemes of ``text`` in order, repeats kept; cached for short texts."""
    return list(_cached(text) if len(text) <= 2_000 else _terms(text))


def each_content_terms(texts: Iterable[str]) -> Iterator[list[str]]:
    """``content_terms`` of many texts, on all cores and past the cache."""
    for tokens in kiwi().tokenize(map(canonical, texts)):
        yield _kept(tokens)


def bigrams(text: str) -> list[str]:
    """Character pairs inside the words of ``text``; a one-letter word stands for itself."""
    return [
        word[at : at + 2]
        for word in re.findall(r"\w+", canonical(text))
        for at in range(max(1, len(word) - 1))
    ]


def respaced(text: str) -> str:
    """``text`` with the spaces that Kiwi would put, if a word of it is too long to be one word."""
    if all(len(word) < CROWDED for word in text.split()):
        return text
    return canonical(kiwi().space(text))


@lru_cache(maxsize=8_192)
def _cached(text: str) -> tuple[str, ...]:
    return tuple(_terms(text))


def _terms(text: str) -> list[str]:
    return _kept(kiwi().tokenize(canonical(text)))


def _kept(tokens: Iterable[Any]) -> list[str]:
    return [
        token.form
        for token in tokens
        if token.tag.split("-")[0] in _CONTENT and token.form not in _EMPTY
    ]
