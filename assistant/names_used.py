"""The names that a text uses, read off the text itself.

Names the lexicon knows, Latin runs such as "K-EXAONE" or "SK텔레콤", short quoted titles, proper
nouns, and the siblings of a name in an enumeration.
"""

from __future__ import annotations

import re
from functools import lru_cache

from assistant import lexicon
from assistant.language import ENGLISH_STOPWORDS, Token, is_english, tokens

PARTICLES = (
    "에서는|에게서|으로는|이라는|이라고|에서도|까지는|부터는|과의|와의|에서|에게|으로|라는|라고|까지|부터|보다|처럼|만이|만은|이나|이랑|하고|"
    "마다|밖에|조차|이란|이야|인가|이며|로는|에는|에도|들은|들이|들의|측은|측이|은|는|이|가|을|를|의|에|로|와|과|도|만|나|랑|란|야|씨|측"
)
_SPLIT_PARTICLE = re.compile(rf"^(.{{2,}}?)(?:{PARTICLES})$")
_LATIN = re.compile(
    r"(?<![A-Za-z0-9])[A-Z]+\d+[A-Za-z0-9]*(?![A-Za-z0-9])|"
    r"(?<![A-Za-z0-9])[A-Z0-9][A-Za-z0-9+&-]*[A-Za-z][A-Za-z0-9+&-]*(?:[ -][A-Z][A-Za-z0-9+&-]*)*"
)
QUOTED = re.compile(r"[‘'“\"]([^‘’'“”\"\n.?!]{2,24})[’'”\"]")
_ITEMS = re.compile(r"\s*(?:·|,|ㆍ|/|\band\b|및|와 |과 )\s*")
_HANGUL = re.compile("[가-힣]")
_PARENTHESIS = re.compile(r"\([^)]*\)")


def strip_particle(word: str) -> str:
    """A Korean word without the particle that follows it."""
    match = _SPLIT_PARTICLE.match(word)
    return match.group(1) if match else word


def squeeze(text: str) -> str:
    """The form names are compared in: lower case, no spaces, no hyphens or dots between."""
    return re.sub(r"[\s·‧.\-–_'’]", "", text).lower()


def stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a name at this place is a word of its own, particles aside."""
    before = text[start - 1] if start else " "
    first, last = text[start], text[end - 1]
    if before.isalnum() and (before.isascii() == first.isascii() or not first.isascii()):
        return False
    after = text[end:]
    if not after or not after[0].isalnum():
        return True
    if last.isascii() and last.isalnum():
        if after[0].isascii():
            return False
        word = re.match(r"[가-힣]+", after)  # LG는 speaks of LG, LG전자 of another firm
        return word is None or bool(_ENDING.match(word.group()))
    word = re.match(r"[가-힣]+", after)
    return word is None or _is_ending(word.group())


_ENDING = re.compile(rf"^(?:들)?(?:{PARTICLES}|입니다|이다|이고|인|일|였|이었|뿐).*$")


def _is_ending(rest: str) -> bool:
    return bool(_ENDING.match(rest)) or len(rest) > 2


@lru_cache(maxsize=16384)
def names_in(text: str) -> frozenset[str]:
    """The names a text uses, as it spells them."""
    found = {mention.text for mention in lexicon.find_known_names(text)}
    found |= _latin_names(text) | _quoted(text) | _proper_nouns(text) | named_by_ending(text)
    return frozenset(found | _siblings(text, found))


def _latin_names(text: str) -> set[str]:
    english = is_english(text)
    found = set()
    for match in _LATIN.finditer(text):
        name = match.group().strip("-&+ ")
        opener, _, rest = name.partition(" ")
        if english and rest and opener.lower() in ENGLISH_STOPWORDS:
            name = rest  # "In Port Selby" names Port Selby
        if english and name[1:].islower() and _starts_sentence(text, match.start()):
            continue
        found |= {name, name + _hangul_tail(text, match.end())}
    return {name for name in found if len(name) > 1 and not name.isdigit()}


def _hangul_tail(text: str, position: int) -> str:
    """The Korean noun written on to a Latin name: SK텔레콤, LG AI연구원."""
    end = position
    for token in tokens(text):
        if token.start == end and token.tag in {"NNG", "NNP", "XSN"} and text[end : end + 1] != " ":
            end = token.end
    return text[position:end]


def _starts_sentence(text: str, start: int) -> bool:
    before = text[:start].rstrip(" “”‘’\"'(")
    return not before or before[-1] in ".!?\n:"


@lru_cache(maxsize=16384)
def titles_in(text: str) -> frozenset[str]:
    """Quoted names of a text that are not known as names otherwise."""
    known = {mention.text for mention in lexicon.find_known_names(text)}
    return frozenset(_quoted(text) - known)


def _quoted(text: str) -> set[str]:
    quoted = {match.group(1).strip() for match in QUOTED.finditer(text)}
    return {item for item in quoted if len(item.split()) <= 4 and not item.endswith(("다", "라"))}


def _proper_nouns(text: str) -> set[str]:
    if is_english(text):
        return set()
    return {
        text[token.start : token.end]
        for token in tokens(text)
        if token.tag == "NNP" and token.end - token.start >= 2 and not _is_common(token, text)
    }


BY_ENDING = re.compile(
    r"(?<![가-힣])([가-힣]{2,5})(시|군|구|대학교|여객|운수|교통|반도체|전자|텔레콤|은행|병원|일보|경제|신문|"
    r"물산|건설|화학|제약|에너지|자동차|중공업|항공|해운|증권|연구원|연구소|공사|공단|박물관|미술관)(?![0-9])"
)


def named_by_ending(text: str) -> set[str]:
    """Names that their last syllables give away: 솔빛시, 한결반도체; no compound of known words."""
    found = set()
    for match in BY_ENDING.finditer(text):
        stem, name = match.group(1), match.group()
        known = any(lexicon.concepts_of(word) for word in (stem, name, stem[-2:]))
        if not known and stands_alone(text, match.start(), match.end()):
            found.add(name)
    return found


def _is_common(token: Token, text: str) -> bool:
    """Whether a noun taken for a name is a word of the language, or the tail of a compound."""
    joined = token.start > 0 and bool(_HANGUL.match(text[token.start - 1]))
    known = lexicon.find_known_names(text[token.start : token.end])
    return not known and (joined or bool(lexicon.concepts_of(token.word)))


def _siblings(text: str, known: set[str]) -> set[str]:
    """Members of an enumeration that a known name is a member of: "A, B, C 등"."""
    squeezed = {squeeze(name) for name in known}
    found: set[str] = set()
    for run in re.findall(r"[^.!?\n]*[·,ㆍ][^.!?\n]*", _PARENTHESIS.sub("", text)):
        items = [_item(part) for part in _ITEMS.split(run)]
        for index, item in enumerate(items):
            near = items[max(0, index - 1) : index + 2]
            if (
                item
                and item not in known
                and any(squeeze(other) in squeezed for other in near if other)
            ):
                found.add(item)
    return found


def _item(part: str) -> str:
    words = part.strip().split()
    if not 1 <= len(words) <= 2:
        return (
            words[-1]
            if words and re.fullmatch(r"[A-Z가-힣]\S{2,9}", words[-1]) and _noun(words[-1])
            else ""
        )
    item = part.strip()
    common = lexicon.concepts_of(item) and not lexicon.find_known_names(item)
    return item if len(item) <= 14 and _noun(item) and not common else ""


def _noun(item: str) -> bool:
    if is_english(item):
        return item[:1].isupper()
    return all(token.tag in {"NNG", "NNP", "SL", "SN", "XSN", "SH"} for token in tokens(item))
