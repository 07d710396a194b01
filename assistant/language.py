"""Words of a text: one analysis for Korean and English, shared by question and sentence.

A `Token` is a Kiwi morpheme with its offsets. Latin words keep their own form, lower-cased and
reduced by a light stemmer, so that "selected" and "select" meet. Sources: Kiwi's tag set
(Sejong); the stemmer is a shortened Porter step 1.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from ingest.korean import kiwi

CONTENT_TAGS = frozenset({"NNG", "NNP", "SL", "SN", "SH", "XR", "VV", "VA", "NR", "W_HASHTAG"})
NOUN_TAGS = frozenset({"NNG", "NNP", "SL", "SH", "XR"})
NAME_TAGS = frozenset({"NNP", "SL"})

ENGLISH_STOPWORDS = frozenset(
    """
        a an the and or but of in on at to for from by with about as into over after
        among amid toward towards upon via per
        before is are was were be been being am do does did doing done has have had having
        will would shall should can could may might must that this these those there here
        it its they them their he she his her him we us our you your i me my who whom
        whose which what when where why how if then than so not no nor any some each every
        all both other another such only just also too very more most much many s t d ll
        re ve tell give show list name please let kindly ever get got make made
    """.split()
)

_WORD = re.compile(r"[A-Za-z][A-Za-z'’]*")
_ENGLISH_QUESTION = re.compile(
    r"(?:and |so |but )?(?:what|who|whom|whose|when|where|why|how|which|is|are|was|were|do|does|"
    r"did|has|have|will|would|can|could|should|tell|list)\s[a-z]",
    re.IGNORECASE,
)
_HANGUL = re.compile(r"[가-힣ㄱ-ㅎㅏ-ㅣ]")


@dataclass(frozen=True, slots=True)
class Token:
    """One morpheme: ``form`` normalised for comparison, ``tag`` by Kiwi, offsets in the text."""

    form: str
    tag: str
    start: int
    end: int
    word: str = ""  # what a dictionary lists: verbs in 다, English words as written

    @property
    def is_content(self) -> bool:
        """Whether the token carries meaning of its own (nouns, verbs, names, numbers)."""
        return self.tag in CONTENT_TAGS


def language_of(text: str) -> str:
    """Return "ko" when the text has Hangul, or no letters at all, else "en".

    An English question may name somebody in Hangul.
    """
    if _ENGLISH_QUESTION.match(text) and is_english(text):
        return "en"
    return "ko" if _HANGUL.search(text) or not _WORD.search(text) else "en"


def is_english(text: str) -> bool:
    """Whether a text is written in English: fewer Hangul syllables than Latin letters."""
    hangul = len(_HANGUL.findall(text))
    latin = sum(char.isascii() and char.isalpha() for char in text)
    return latin > 2 * hangul


@lru_cache(maxsize=65536)
def tokens(text: str) -> tuple[Token, ...]:
    """Split a text into morphemes with code point offsets (NFC expected)."""
    if is_english(text) and not _HANGUL.search(text):
        return tuple(_english_tokens(text))
    found: list[Token] = []
    for raw in kiwi().tokenize(text):
        tag = raw.tag.split("-")[0]
        form = unicodedata.normalize("NFC", raw.form).replace(" ", "")
        word = f"{form}다" if tag in {"VV", "VA"} else form
        if tag == "SL":
            word, form = form.lower(), stem(form)
        start = raw.start
        if found and found[-1].tag == "XPN" and found[-1].form in _OTHER_THING:
            start = found[-1].start  # 준우승 is no 우승
            form = word = f"{found.pop().form}{form}"
        found.append(Token(form, tag, start, raw.start + raw.len, word))
    return tuple(found)


_OTHER_THING = frozenset({"준"})  # prefixes that name another thing than the noun alone
_ENGLISH_TOKEN = re.compile(r"\d[\d,.]*\d|\d|[A-Za-z][A-Za-z0-9]*(?:['’][A-Za-z]+)?|[^\sA-Za-z0-9]")


def _english_tokens(text: str) -> list[Token]:
    found = []
    for match in _ENGLISH_TOKEN.finditer(text):
        word = match.group()
        if word[0].isdigit():
            tag, form = "SN", word
        elif word[0].isalpha():
            word = re.sub(r"['’].*", "", word).lower()
            form = stem(word)
            tag = "SF" if form in ENGLISH_STOPWORDS else "SL"
        else:
            tag, form = "SW", word
        found.append(Token(form, tag, match.start(), match.end(), word))
    return found


_SHORT = {"going": "go", "goe": "go", "doing": "do", "doe": "do"}


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """Reduce an English word to a comparable form: lower case, no plural, -ed or -ing."""
    word = word.lower()
    if len(word) <= 3 or not word.isascii() or word in ENGLISH_STOPWORDS:
        return word
    for suffix, keep in (("ies", "y"), ("sses", "ss"), ("ied", "y")):
        if word.endswith(suffix):
            return word[: -len(suffix)] + keep
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    if word in _SHORT:
        return _SHORT[word]
    if word.endswith("ed") and word[:-2] in {"us", "di", "ti"}:  # too short for the rule below
        return word[:-1]
    for suffix in ("ing", "ed"):
        root = word[: -len(suffix)]
        if word.endswith(suffix) and len(root) >= 3 and re.search(r"[aeiouy]", root):
            doubled = len(root) > 3 and root[-1] == root[-2] and root[-1] not in "lsz"
            word = root[:-1] if doubled else root
            break
    return word[:-1] if word.endswith("e") and len(word) > 4 else word
