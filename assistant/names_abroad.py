"""Korean names in an English question: Hangyeol Semiconductor is 한결반도체, Garam is 가람시.

Abroad a name is spelled by its sound, and the word for what it is is translated or left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from assistant import lexicon
from assistant.language import ENGLISH_STOPWORDS
from assistant.names import Mention, NameBook
from assistant.names_used import BY_ENDING

_RUN = re.compile(r"[A-Z][\w-]+(?: [A-Z][\w-]+){0,3}")
_HANGUL = re.compile(r"[가-힣]+")


def runs_in(text: str) -> Iterator[tuple[int, str]]:
    """Runs of capitalised words, each with its place, without a question's opening word."""
    for match in _RUN.finditer(text):
        start, run = match.start(), match.group()
        while run and run.split()[0].lower() in ENGLISH_STOPWORDS:
            opener, _, run = run.partition(" ")
            start += len(opener) + 1
        if run:
            yield start, run


def names_abroad(text: str, book: NameBook) -> list[Mention]:
    """Names of the book that an English question spells by their sound, in any of these ways."""
    found = []
    for start, run in runs_in(text):
        same = [name for name in book.spellings if is_named(name, run)]
        keys = {book.resolve(name) for name in same} - {None}
        if len(keys) == 1:
            found.append(Mention(str(keys.pop()), run, start, start + len(run)))
    return found


def is_named(name: str, run: str) -> bool:
    """Whether Latin words are the way a Hangul name is put abroad."""
    if not _HANGUL.fullmatch(name):
        return False
    if lexicon.transliterates(name, run):
        return True
    first, _, last = run.rpartition(" ")
    opening = BY_ENDING.fullmatch(name)
    if not first:
        return opening is not None and lexicon.transliterates(opening.group(1), run)
    return any(lexicon.transliterates(part, first) for part in _without(name, last))


def _without(name: str, word: str) -> Iterable[str]:
    """A name without the Korean for an English word at its end."""
    endings = {"시"} if word.lower() == "city" else lexicon.expand(word, "ko")
    return (name.removesuffix(end) for end in endings if name.endswith(end) and name != end)
