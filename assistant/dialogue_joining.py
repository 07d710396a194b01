"""How a standalone question is put together: names in place, with the particles that fit them."""

from __future__ import annotations

import re

from assistant import dialogue_cues as cues
from assistant.korean_clause import FIRST_PARTICLE, with_particle
from assistant.language import tokens
from assistant.question import Question

_PAIRS = {
    mark: two for two in (("은", "는"), ("이", "가"), ("을", "를"), ("과", "와")) for mark in two
}


def joined(subject: str, body: str, now: Question) -> str:
    """A question with a subject before it."""
    if now.language != "ko":
        return f"{subject}: {body}"
    first = next(iter(tokens(body)), None)
    plain = first is not None and first.tag in {"NNG", "NNP", "SL", "XR", "SN", "MM"}
    asks = cues.ASKING_KO.match(body)
    return f"{subject} {body}" if plain and not asks else f"{marked(subject, '은')} {body}"


def put(text: str, match: re.Match[str], name: str) -> str:
    """The text with a name in place of a match, and the particle after it in the fitting form."""
    rest = text[match.end() :]
    if match.group() in {"거긴", "여긴"}:
        name = marked(name, "은")
    if match.group().lower() in {"its", "their", "his"} or (
        match.group().lower() == "her" and re.match(r" [a-z]", rest)
    ):
        name = f"{name}'s"
    particle = FIRST_PARTICLE.match(rest)
    if particle and "가" <= rest[0] <= "힣":
        fitting = marked(name.strip(), particle.group(1))
        return f"{text[: match.start()]}{fitting}{rest[particle.end() :]}"
    return re.sub(r"\s+", " ", f"{text[: match.start()]}{name}{rest}").strip()


def marked(word: str, mark: str) -> str:
    """A word with a particle, in the form that follows it."""
    pair = _PAIRS.get(mark) or (("으로", "로") if mark in {"으로", "로"} else None)
    return with_particle(word, pair) if pair else word + mark


def fitted(text: str) -> str:
    """A text that ends with a particle, that one in the fitting form."""
    return marked(text[:-1], text[-1])
