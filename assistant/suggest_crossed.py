"""English questions that a Korean sentence answers: only what a few templates can say surely.

For readers of English where the articles are Korean alone. A question is made of a name that has a
known Latin spelling and of a verb or label whose English is certain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from assistant.lexicon import name_forms
from assistant.names import NameBook
from assistant.suggest_korean import Asked, korean_questions

# The Korean question, and the English one that asks the same.
_TEMPLATES = (
    (r"(?P<who>.+?)[은는이가] 무엇을 개발하나요\?", "What is {who} developing?"),
    (r"(?P<who>.+?)[은는이가] 개발하는 것은 무엇인가요\?", "What is {who} developing?"),
    (r"(?P<who>.+?)[은는이가] 무엇을 발표했나요\?", "What did {who} announce?"),
    (r"(?P<who>.+?)[은는이가] 무엇을 출시했나요\?", "What did {who} release?"),
    (r"(?P<who>.+?)의 목표는 무엇인가요\?", "What is the goal of {who}?"),
    (r"(?P<who>.+?)의 (?:주가 )?상승률은 몇 %인가요\?", "How much did {who} rise?"),
    (r"(?P<who>.+?)의 (?:주가 )?하락률은 몇 %인가요\?", "How much did {who} fall?"),
)


def crossed_questions(sentence: str, book: NameBook, published: date | None) -> list[Asked]:
    """The English questions that one Korean sentence answers."""
    return [
        Asked(text, asked.wanted)
        for asked in korean_questions(sentence, book, published)
        for text in _crossed(asked.text)
    ]


def _crossed(question: str) -> Iterator[str]:
    for pattern, template in _TEMPLATES:
        match = re.fullmatch(pattern, question)
        name = latin_name(match["who"]) if match else None
        if name:
            yield template.format(who=name)


def latin_name(name: str) -> str | None:
    """How a name is written in Latin letters: the shortest that is no short acronym."""
    forms = [form for form in {name, *name_forms(name)} if form.isascii()]
    long = [form for form in forms if len(form) > 4 or not form.isupper()]
    return min(long or forms, key=lambda form: (len(form), form), default=None)
