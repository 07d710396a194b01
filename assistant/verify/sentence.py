"""Check one sentence of an answer against the texts it cites."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date

from assistant.answer import AnswerSentence, Verdict
from assistant.folding import fold
from assistant.verify.binding import pairing_problems
from assistant.verify.derivation import check_derivation
from assistant.verify.naming import listed_names, name_problems
from assistant.verify.numbers import date_problems, number_problems, supports
from assistant.verify.problem import Problem, SameName, Text, same_spelling
from assistant.verify.sense import sense_problems

_MARKUP = re.compile(r"<[A-Za-z/!]|\]\(|https?:|\[ ?[0-9]+ ?\]|［|`|\*\*")
_HANGUL = re.compile(r"[가-힣]{2,}")
_LATIN = re.compile(r"[a-z]{4,}")
_HANGUL_ENDING = re.compile(r"^[가-힣]+")  # what a figure's word ends in: 120억 원+이다
_LEAD = re.compile(r"^(?:네|예|아니요|아니오|Yes|No)[.,:!] *", re.IGNORECASE)
# Claims of rank and range that no figure carries: the quotes must make them too.
_CLAIMS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"가장|최대|최고|최다|최상|\b(?:most|largest|biggest|highest|best|greatest|top)\b",
        r"최저|최소|꼴찌|\b(?:least|smallest|lowest|worst|fewest)\b",
        r"유일|[가-힣]{2}만(?= |$)|뿐|\b(?:only|sole|solely|alone)\b",
        r"최초|처음|\bfirst[- ]ever\b|\bfirst time\b",
    )
)
_SHARED = 0.4  # of the words of a rephrased sentence, in its quotes' own language


def verify_sentence(
    sentence: AnswerSentence,
    quotes: Sequence[str],
    *,
    names: Sequence[str] = (),
    anchor: date | None = None,
    same_name: SameName = same_spelling,
    allowed: Sequence[str] = (),
    language: str | None = None,
) -> list[Problem]:
    """All that speaks against showing ``sentence`` as resting on ``quotes``; empty: it passes.

    ``names`` are names to look for besides those that show themselves, with all their spellings;
    ``same_name`` says whether two spellings name the same. ``anchor`` is the publication date.
    ``allowed`` are texts whose numbers and names a frame or notice may repeat, such as the
    question or the date of an article; they support nothing in a rephrased sentence.
    """
    if sentence.verdict is Verdict.QUOTED:
        return [] if sentence.text in quotes else [Problem("quote", sentence.text)]
    if sentence.verdict is not Verdict.NOTICE and not quotes:
        return [Problem("citation", sentence.text)]
    said = Text(_LEAD.sub("", sentence.text), anchor, tuple(names))
    cited = [Text(quote, anchor, tuple(names)) for quote in quotes]
    extra = [Text(text, anchor, tuple(names)) for text in allowed]
    if anchor is not None and sentence.verdict is not Verdict.SUPPORTED:
        extra.append(Text(anchor.isoformat(), anchor))
    return list(_problems(sentence, said, cited, extra, same_name, language))


def _problems(
    sentence: AnswerSentence,
    said: Text,
    cited: Sequence[Text],
    extra: Sequence[Text],
    same_name: SameName,
    language: str | None,
) -> Iterator[Problem]:
    derived = sentence.verdict is Verdict.DERIVED
    rephrased = sentence.verdict is Verdict.SUPPORTED
    if rephrased:
        extra = []
    yield from _markup_problems(sentence.text)
    quoted = [found for text in cited for found in text.quantities]
    results, wrong = check_derivation(sentence.how if derived else None, quoted)
    yield from wrong
    yield from number_problems(said, cited, results, extra)
    yield from date_problems(said, cited, extra)
    yield from name_problems(said, cited, extra, same_name)
    if rephrased or derived:
        yield from pairing_problems(said, cited)
        yield from sense_problems(said, cited)
    if rephrased:
        yield from _language_problems(said, language)
        yield from _support_problems(said, cited, same_name)


def _markup_problems(text: str) -> Iterator[Problem]:
    if match := _MARKUP.search(text):
        yield Problem("markup", match.group())
    hidden = [char for char in text if unicodedata.category(char) in ("Cf", "Cc", "Co", "Cs")]
    if set(hidden) - {"\n"}:
        yield Problem("markup", f"invisible character {hidden[0]!r}")
    if not text.strip():
        yield Problem("unsupported", "an empty sentence")


def _is_korean(text: str) -> bool:
    return bool(_HANGUL.search(text)) and len(re.findall("[가-힣]", text)) * 3 > len(
        re.findall("[A-Za-z]", text)
    )


def _language_problems(said: Text, language: str | None) -> Iterator[Problem]:
    if language is not None and _is_korean(said.text) != (language == "ko"):
        yield Problem("language", said.text)


def _support_problems(said: Text, cited: Sequence[Text], same_name: SameName) -> Iterator[Problem]:
    """Too little in common: shared words in one language, a shared figure or name across two."""
    quoted = " ".join(text.folded for text in cited).casefold()
    for claim in _CLAIMS:
        if (made := claim.search(said.folded)) and not claim.search(quoted):
            yield Problem("unsupported", made.group())
    if _is_korean(said.text) == _is_korean(quoted):
        words = _stems(_without_figures(said).casefold())
        found = [word for word in words if word in quoted]
        if words and len(found) < _SHARED * len(words):
            yield Problem("unsupported", said.text)
        return
    named = [name for text in cited for name in listed_names(text)]
    shared = any(same_name(one, two) or one == two for one in listed_names(said) for two in named)
    shared = shared or any(
        supports(two, one) for one in said.quantities for text in cited for two in text.quantities
    )
    shared = shared or any(
        two.says(one) for one in said.dates for text in cited for two in text.dates
    )
    latin = {word for word in re.findall(r"[a-z0-9][a-z0-9-]+", said.folded.casefold())}
    if not shared and not latin & set(re.findall(r"[a-z0-9][a-z0-9-]+", quoted)):
        yield Problem("unsupported", said.text)


def _without_figures(said: Text) -> str:
    """The text without its figures: they are checked by themselves and are no words in common."""
    text = said.text
    for figure in reversed(said.quantities):
        text = f"{text[: figure.start]} {_HANGUL_ENDING.sub('', text[figure.end :])}"
    return fold(text).text


def _stems(text: str) -> list[str]:
    """Two syllables of every Korean word, four letters of every Latin one."""
    korean = [word[:2] for word in _HANGUL.findall(text)]
    return korean + [word[:4] for word in _LATIN.findall(text)]
