"""A light English lemmatiser: irregular forms from a list, regular endings by rule.

It proposes every lemma a word may have; the caller keeps those it knows.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from assistant.lexicon_files import rows

# ending, what stands for it; tried in order, all that fit are proposed
_ENDINGS = (
    ("'s", ("",)),
    ("ies", ("y", "ie")),
    ("ied", ("y",)),
    ("iest", ("y",)),
    ("ier", ("y",)),
    ("ves", ("f", "fe")),
    ("es", ("", "e", "is")),
    ("s", ("",)),
    ("ed", ("", "e")),
    ("ing", ("", "e")),
    ("est", ("", "e")),
    ("er", ("", "e")),
)
_HISSING = re.compile(r"(?:s|x|z|ch|sh|o)$")
_DOUBLED = re.compile(r"([bdfgklmnprstvz])\1$")


@cache
def _irregular() -> dict[str, tuple[str, ...]]:
    table: dict[str, list[str]] = {}
    for lemma, forms in rows("irregular.tsv"):
        for form in forms.split():
            table.setdefault(form, []).append(lemma)
    return {form: tuple(lemmas) for form, lemmas in table.items()}


@lru_cache(maxsize=16384)
def lemmas(word: str) -> tuple[str, ...]:
    """The lemmas a word may have, the surest first and the word itself last: won → win, won."""
    word = word.lower().replace("’", "'")
    found = dict.fromkeys(_irregular().get(word, ()))
    for ending, replacements in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 1:
            if ending == "es" and not _HISSING.search(stem):  # routes are no rout
                replacements = ("e", "", "is")
            found |= dict.fromkeys(stem + replacement for replacement in replacements)
            if ending in ("ed", "ing", "er", "est") and _DOUBLED.search(stem):
                found[stem[:-1]] = None
    return (*found, word)


def irregular_lemmas(word: str) -> tuple[str, ...]:
    """Only the lemmas of an irregular form: left → leave; nothing for a regular one."""
    return _irregular().get(word.lower(), ())


@cache
def inflections(verb: str) -> tuple[str, ...]:
    """All forms of an English verb, itself first: call → call, calls, called, calling."""
    irregular = dict.fromkeys(form for form, of in _irregular().items() if verb in of)
    root = verb[:-1] if verb.endswith("e") else verb
    last = verb[-1] if re.fullmatch(r"[^aeiou]*[aeiou][bdgkmnpt]", verb) else ""
    plural = f"{verb}es" if re.search("(?:s|x|z|ch|sh|o)$", verb) else f"{verb}s"
    regular: tuple[str, ...] = (plural, f"{root}{last}ed", f"{root}{last}ing")
    if re.search("[^aeiou]y$", verb):
        regular = (f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing")
    return tuple(dict.fromkeys((verb, *irregular, *regular)))
