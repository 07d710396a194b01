"""What a single word of a question is: a name, a verb to be, a measure, or nothing that counts."""

from __future__ import annotations

import re

from assistant import lexicon
from assistant import question_words as words
from assistant.language import Token, language_of

PLACES = frozenset({"등", "위", "호"})


def is_light(token: Token) -> bool:
    """Whether an answer need not say a word; 줄 (a line) is said, 줄다 (to shrink) is not."""
    return token.form in words.LIGHT and not (token.form in words.NOUNS_ONLY and token.tag == "VV")


def is_infinitive(token: Token, text: str) -> bool:
    """Whether an English word follows "to" and can be a verb: "to win", not "to data"."""
    if not text[: token.start].lower().endswith(" to "):
        return False
    known = (lexicon.concepts()[number] for number in lexicon.concepts_of(token.word))
    return any(word.endswith("다") for concept in known for word in concept.korean)


def is_each(token: Token, text: str) -> bool:
    """Whether a word only says what to go through or measure: 팀별, each team, how often."""
    return text[token.end : token.end + 1] == "별" or bool(
        re.search(r"(?:\b각|\beach|\bper|\bby|\b[Hh]ow)\s$", text[: token.start])
    )


def concepts_meant(token: Token) -> frozenset[int]:
    """The concepts of a word; a compound noun unknown as such has those of its last part."""
    found = lexicon.concepts_of(token.word)
    if not found and token.tag == "NNG" and len(token.form) >= 3:
        found = lexicon.concepts_of(token.form[1:]) or lexicon.concepts_of(token.form[-2:])
    return found


def is_name(token: Token, text: str) -> bool:
    """Whether a token looks like a proper name: an NNP, or Latin with a capital letter."""
    if token.tag == "NNP":
        return True
    word = text[token.start : token.end]
    capital = any(char.isupper() for char in word) and not words.DAY_OR_MONTH.fullmatch(word)
    return token.tag == "SL" and capital and token.start > 0


def counts(token: Token, text: str) -> bool:
    """Whether a word says something of what is asked, and is no word of the asking."""
    adverb = token.tag == "MAG" and token.form in words.ADVERBS
    place = (
        token.tag == "NNB"
        and token.form in PLACES
        and text[token.start - 1 : token.start].isdigit()
    )
    return adverb or place or (token.is_content and not _is_stop(token, text))


def _is_stop(token: Token, text: str) -> bool:
    if token.tag == "SL" and language_of(text) == "ko":
        return False
    return token.form in words.STOPWORDS or (
        token.tag == "NR" and token.form in words.INTERROGATIVES
    )
