"""Which words of an English question are its verbs: "What is X building?", "What does X cost?".

English marks its verbs by their place: behind "who", behind an auxiliary and its subject, behind a
form of "be" as -ing or -ed. No grammar is parsed; each place is looked at by itself.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant import lexicon
from assistant.language import Token
from assistant.lexicon_english import irregular_lemmas, lemmas

_BE = frozenset("is are was were be been being am".split())
_HAVE = frozenset("has have had".split())
_MODAL = frozenset("do does did will would can could should shall may might must".split())
_PREPOSITIONS = frozenset(
    """of for from with by at in on about as into over after before during within under
    against behind without between among through""".split()
)
_DETERMINERS = frozenset(
    """a an the this that these those its their his her our your my each every all any no
    some""".split()
)
# What may follow a verb that stands behind its subject, and no noun of a compound.
_AFTER = (
    _PREPOSITIONS
    | _DETERMINERS
    | frozenset(
        """to until through toward towards up out off it him them when where why how if whether
        and or first most more per not last next again""".split()
    )
)
# What stands before a noun: the word behind it is no verb.
_BEFORE_NOUN = _PREPOSITIONS | _DETERMINERS | frozenset("and or new many few which whose".split())
_NEAR = 4  # words of a subject between "is" and its participle


def verbs_in(found: Sequence[Token]) -> dict[int, frozenset[int]]:
    """The verbs of an English question by the place where they start, each with its concepts."""
    words = [token.word or token.form for token in found]
    return {
        token.start: _concepts(words[index])
        for index, token in enumerate(found)
        if token.tag == "SL" and _is_verb(words, index)
    }


def _is_verb(words: Sequence[str], index: int) -> bool:
    word, before = words[index], words[:index]
    if not before or before[-1] in _BEFORE_NOUN or _is_figure(before[-1]):
        return False
    if before[-1] == "who":
        return True
    if _is_participle(word) and _behind(before, _BE | _HAVE):
        return True
    if word.endswith("ing") and _behind(before, _BE):
        return True
    auxiliary = any(one in _BE | _HAVE | _MODAL for one in before)
    return _behind_subject(words, index) if auxiliary else _tells_past(words, index)


def _is_figure(word: str) -> bool:
    return word[0].isdigit() or word in {"hundred", "thousand", "million", "billion", "trillion"}


def _behind(before: Sequence[str], auxiliaries: frozenset[str]) -> bool:
    """Whether an auxiliary stands right before, or with a short subject between."""
    near = before[-_NEAR - 1 :]
    places = [place for place, one in enumerate(near) if one in auxiliaries]
    between = near[places[-1] + 1 :] if places else []
    return bool(places) and not any(one in _PREPOSITIONS or _is_ing(one) for one in between)


def _is_ing(word: str) -> bool:
    return word.endswith("ing") and len(word) > 5


def _tells_past(words: Sequence[str], index: int) -> bool:
    """A past form right behind the thing asked for: "how many contenders entered"."""
    before = words[:index]
    asks = before[0] in {"which", "what"} or list(before[:2]) == ["how", "many"]
    return asks and 2 <= index <= _NEAR and _is_participle(words[index])


def _is_participle(word: str) -> bool:
    regular = word.endswith("ed") and len(word) > 4
    return regular or bool(irregular_lemmas(word))


def _behind_subject(words: Sequence[str], index: int) -> bool:
    """A verb in its plain form behind "does" and a subject: "does the ticket cost"."""
    before = words[:index]
    after = words[index + 1] if index + 1 < len(words) else "?"
    places = [place for place, one in enumerate(before) if one in _MODAL]
    if not places or not (after in _AFTER or not after[0].isalnum()):
        return False
    subject = before[places[0] + 1 :]
    return bool(subject) and _is_base(words[index]) and not _has_verb(subject)


def _has_verb(subject: Sequence[str]) -> bool:
    """Whether the verb was met already, so that this is the noun behind it."""
    pairs = zip(subject[1:], subject[2:], subject, strict=False)
    return any(
        after in _AFTER and before not in _BEFORE_NOUN and _is_base(one)
        for one, after, before in pairs
    )


def _is_base(word: str) -> bool:
    """A form that may follow "does" or "will": no plural, no past."""
    inflected = word.endswith(("s", "ed", "ing")) and not word.endswith("ss")
    return not inflected and _can_be_verb(word)


def _can_be_verb(word: str) -> bool:
    if irregular_lemmas(word):
        return True
    known = (lexicon.concepts()[number] for number in lexicon.concepts_of(word))
    return any(one.endswith("다") for concept in known for one in concept.korean)


def _concepts(word: str) -> frozenset[int]:
    """The concepts of a verb in any form: "building" is no house here."""
    if word.endswith("ing"):
        for lemma in lemmas(word):
            if lemma != word and lexicon.concepts_of(lemma):
                return lexicon.concepts_of(lemma)
    return lexicon.concepts_of(word)
