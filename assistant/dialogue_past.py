"""What a conversation was about before the question at hand: who, what, and what was answered."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from assistant import dialogue_cues as cues
from assistant.dates import find_dates
from assistant.lexicon import find_known_names
from assistant.names import NameBook
from assistant.names_used import names_in, strip_particle
from assistant.question import Question
from assistant.question_terms import Term

_SUFFIX = re.compile(r"[기금비액률료점소](?=[은는이가을를의도에]|\s|\?|$)")  # 충전 + 기


@dataclass(frozen=True)
class Past:
    """What was said before: the last question as it was understood, and the answer to it."""

    question: Question
    answer: str
    earlier: tuple[str, ...]
    book: NameBook

    @cached_property
    def names(self) -> list[str]:
        """Who the last question speaks of."""
        question = self.question
        return subjects(question)

    @cached_property
    def told(self) -> list[str]:
        """Who the answer speaks of beside; a refusal, which cites nothing, speaks of nobody.

        A sentence of many names does not tell which of them is meant.
        """
        first, *cited = re.split(r"\[\d+\]", self.answer)
        asked = {term.key for term in self.question.names}
        found = [mention for mention in self.book.find(first) if mention.key not in asked]
        keys = {mention.key for mention in found}
        names = [mention.text for mention in found if may_be_subject(mention.text)]
        return list(dict.fromkeys(names)) if cited and len(keys) <= 2 else []

    @cached_property
    def phrase(self) -> str:
        """The nouns that the last question is about, as it says them."""
        return cues.HOW_EN.sub("", self._phrases[0]) if self._phrases else ""

    @cached_property
    def time(self) -> str:
        """When the last question asked about: its own date, else the time of what it is about."""
        dates = [date.text for date in find_dates(self.question.text, None)]
        if dates:
            return f"{dates[0]}에"
        return f"{self.phrase} 때" if self.phrase else ""

    @cached_property
    def topic(self) -> str:
        """The nouns that a Korean question marks as its topic ("…은"), else the first ones."""
        text = self.question.text
        marked = (p for p in self._phrases if re.search(rf"{re.escape(p)}[은는](?![가-힣])", text))
        return next(marked, self.phrase)

    @cached_property
    def _phrases(self) -> list[str]:
        """The runs of nouns of the last question that say something."""
        text = self.question.text
        groups: list[list[Term]] = []
        for term in self.question.terms:
            if term.verb or term.number:
                continue
            gap = text[groups[-1][-1].end : term.start].strip() if groups else "?"
            if gap in ("", "의", "of", "of the") and groups:
                groups[-1].append(term)
            else:
                groups.append([term])
        weighty = [group for group in groups if any(not term.light for term in group)]
        ends = [_SUFFIX.match(text, group[-1].end) for group in weighty]
        return [
            text[group[0].start : end.end() if end else group[-1].end]
            for group, end in zip(weighty, ends, strict=True)
        ]

    @cached_property
    def subject(self) -> str:
        """The likeliest subject: a name that was asked about, or found; else the nouns."""
        who = cues.WHO_KO if self.question.language == "ko" else cues.WHO_EN
        found = self.told[:1] if who.search(self.question.text) else []
        return next(iter([*self.names, *found]), "") or self.phrase


def subjects(question: Question) -> list[str]:
    """Names in a question that a conversation can be about, known to the articles or not."""
    text = question.text
    whole = cues.WHOLE_NAME_EN
    start = 0 if question.language == "ko" else text.find(" ") + 1  # the first word is no name
    long = [m.group() for m in whole.finditer(text, start)] if start else []
    known = [text[t.start : t.end] for t in question.names if t.key]
    known = list(dict.fromkeys(next((w for w in long if k in w), k) for k in known))
    spoken = {strip_particle(name) for name in names_in(text)}
    others = sorted((n for n in spoken if not any(n in k or k in n for k in known)), key=text.find)
    return [name for name in [*known, *others] if may_be_subject(name)]


def may_be_subject(name: str) -> bool:
    """Whether a name can be what a conversation is about; GPU or AI cannot."""
    short = name.isascii() and len(name) <= 4 and not name.istitle()
    acronym = short and not find_known_names(name.upper())
    return len(name) >= 2 and not acronym and not re.fullmatch(r"[\d\s]+", name)
