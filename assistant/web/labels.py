"""What a figure of a sentence is about: the words right before it, by grammar."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from assistant.quantities import find_quantities
from ingest.korean import kiwi

LONGEST = 6  # words of a label; more is a clause, not a name

_NOUN = ("NN", "NR", "SL", "SH", "XSN", "XPN", "SN")
_BRACKETS = ("SSO", "SSC", "SS")
_PARTICLE = "J"
_ADVERB = "MAG"
# Words that join sentences and that the analyser takes for nouns.
_CONNECTIVE = re.compile(r"^(?:반면|한편|반대로|이어|우선|특히) ")
_TOPIC = frozenset({"은", "는", "이", "가"})
_ENGLISH_LINKS = (
    "a an the is are was were of for to by with at in worth about around some up down rose gained "
    "climbed jumped fell dropped lost slid added totals totalled and"
)
_LINK = re.compile(rf"(?:[\s,:(–—-]|\b(?:{'|'.join(_ENGLISH_LINKS.split())})\b)+$", re.I)
_OPENER = re.compile(rf"^(?:\s|\b(?:{'|'.join(_ENGLISH_LINKS.split())}|while|but|first)\b)+", re.I)
_CAPITALS = re.compile(r"[A-Z][\w&.-]*(?: (?:[A-Z][\w&.-]*|AI))*")


def label_before(sentence: str, at: int, language: str) -> str | None:
    """The noun phrase that ends where a figure begins ("GPU 지원에 1,500억원": "GPU 지원").

    None where none stands there, or where it holds a figure of its own.
    """
    found = _korean(sentence, at) if language == "ko" else _english(sentence, at)
    if not found or len(found.split()) > LONGEST or found[0].isdigit():
        return None
    return None if find_quantities(found) else found


def topic_before(sentence: str, at: int, language: str) -> str | None:
    """What a sentence is about, said before a figure that has no name of its own."""
    if language != "ko":
        names = _CAPITALS.findall(sentence[:at].partition(" ")[2])
        return names[-1] if names else None
    tokens = [token for token in _tokens(sentence) if token.start + token.len <= at]
    for place, token in enumerate(tokens):
        if token.form in _TOPIC and token.tag.startswith(_PARTICLE):
            label = _noun_run(sentence, tokens[:place])
            return label if label and not label[0].isdigit() else None
    return None


@lru_cache(maxsize=256)
def _tokens(sentence: str) -> tuple[Any, ...]:
    """The morphemes of a sentence, kept because each of its figures asks for them."""
    return tuple(kiwi().tokenize(sentence))


def _korean(sentence: str, at: int) -> str | None:
    tokens = [token for token in _tokens(sentence) if token.start + token.len <= at]
    while tokens and (tokens[-1].tag == _ADVERB or tokens[-1].tag in _BRACKETS):
        tokens.pop()
    while tokens and tokens[-1].tag.startswith(_PARTICLE):
        tokens.pop()
    return _noun_run(sentence, tokens)


def _noun_run(sentence: str, tokens: list[Any]) -> str | None:
    run: list[Any] = []
    for token in reversed(tokens):
        if not token.tag.startswith(_NOUN):
            break
        run.append(token)
    if not run:
        return None
    return _CONNECTIVE.sub("", sentence[run[-1].start : run[0].start + run[0].len].strip())


def _english(sentence: str, at: int) -> str | None:
    clause = re.split(r"[.;:(]\s|\d[%\w]*(?:[,;]| and) |\b(?:while|as well)\b", sentence[:at])[-1]
    trimmed = _OPENER.sub("", _LINK.sub("", clause)).strip(" ,")
    return trimmed or None
