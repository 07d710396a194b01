"""Whether a model's sentence may stand: its quotes are exact, and it says nothing beyond them.

A quote is looked up in the evidence it names, with only white space and quotation marks repaired.
What is then cited, and what the sentence is checked against, is the article's whole sentence
around it: a fragment can cut off a "not".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant import lexicon
from assistant.answer import AnswerSentence, Verdict
from assistant.answerable import is_order
from assistant.content_words import Words, words_of
from assistant.dates import find_dates
from assistant.draft import Point, Span
from assistant.language import Token, tokens
from assistant.names import NameBook
from assistant.quantities import find_quantities
from assistant.question import Question
from assistant.question_words import STOPWORDS
from assistant.verify import verify_sentence
from assistant.verify.binding import pairing_problems
from assistant.verify.problem import Text
from assistant.writers.generative_parse import Item, Quote

LONGEST_SENTENCE = 300
SHORTEST_QUOTE = 4  # characters without spaces; less can stand anywhere

_QUOTATION_MARKS = re.compile("[\"'`‘’“”„‟‚‛′″「」『』＂＇]")
_MARKERS = re.compile(r"\s*(?:\[\d{1,3}\])+\s*(?=[.?!]?\s*$)")
_SENTENCE_END = re.compile(r"(?<=[다요죠까][.?!])\s+|(?<=[a-z0-9)%\"”][.?!])\s+(?=[A-Z“\"])|\n+")
_WHOLE = re.compile(r"[다요죠까음함됨임][.!?]?[”’\"')]?$|[A-Za-z0-9)%][.!?][”’\"']?$")
# Words that say how a thing is told and not what: they need no quote.
_TELLING = frozenset(
    """
    하 되 있 받 나오 밝히 전하 위하 따르 대하 통하 이르 보 가지 갖 들 알 알리 보이 이루 맡 모두 총
    각각 함께 다음 가운데 중 기사 내용 보도 질문 답 경우 이번 해당 관련 것 수 등 때 곳 점
    바 또한 그리고 이
    because article report accord say said state note mention announce total amount number
    which also include follow both respectively new korean korea won take use one first
    receive give provide plan will expect schedule aim
    """.split()
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a model that passed, and the evidence it rests on."""

    text: str
    spans: tuple[Span, ...]

    @property
    def point(self) -> Point:
        """The sentence as a point of a draft; one that copies its quote is a quote."""
        for span in self.spans:
            if span.quote == self.text:
                return Point.quoting(span)
        return Point(self.text, self.spans, Verdict.SUPPORTED)


def check_item(
    item: Item, evidence: Sequence[Span], question: Question, book: NameBook
) -> tuple[list[Sentence], int]:
    """The sentences of an item that its quotes carry, and how many they do not carry."""
    spans = tuple(dict.fromkeys(_located(item.quotes, evidence)))
    texts = _sentences(item.sentence)
    kept = [Sentence(text, spans) for text in texts if _stands(text, spans, question, book)]
    return kept, max(len(texts), 1) - len(kept)


def _located(quotes: Sequence[Quote], evidence: Sequence[Span]) -> Iterator[Span]:
    for quote in quotes:
        if 1 <= quote.number <= len(evidence):
            span = evidence[quote.number - 1]
            if quote.text is None or holds(span.quote, quote.text):
                yield span


def holds(text: str, quote: str) -> bool:
    """Whether a quote stands in a text, but for white space and quotation marks."""
    sought = _bare(quote).rstrip(".")
    whole = _bare(text).rstrip(".")
    return sought in whole and (len(sought) >= SHORTEST_QUOTE or sought == whole)


def _bare(text: str) -> str:
    return "".join(_QUOTATION_MARKS.sub("", text).split())


def _sentences(text: str) -> list[str]:
    """A model's text as single sentences, without the markers that models add."""
    parts = (_MARKERS.sub("", part).strip() for part in _SENTENCE_END.split(text.strip()))
    return [" ".join(part.split()) for part in parts if part]


def _stands(text: str, spans: Sequence[Span], question: Question, book: NameBook) -> bool:
    quotes = [span.quote for span in spans]
    whole = text in quotes or (len(text) <= LONGEST_SENTENCE and bool(_WHOLE.search(text)))
    if not spans or not whole or is_order(text):
        return False
    sentence = AnswerSentence(text, (1,), Verdict.SUPPORTED)
    problems = verify_sentence(
        sentence,
        quotes,
        names=book.spellings,
        same_name=lexicon.same_name,
        language=question.language,
    )
    if text in quotes:
        return not problems
    beyond = unsaid(content_words(text, book), quotes, question)
    return not problems and not beyond and not _swaps(text, quotes, book)


def _swaps(text: str, quotes: Sequence[str], book: NameBook) -> bool:
    """Whether a figure is given to another name, also where the two texts spell names apart."""
    said = _with_keys(text, book)
    return any(pairing_problems(said, [_with_keys(quote, book) for quote in quotes]))


def _with_keys(text: str, book: NameBook) -> Text:
    """A text in which every spelling of a name is the same letters."""
    order = sorted(book.keys)
    mentions = book.find(text)
    for mention in reversed(mentions):
        code = _code(order.index(mention.key))
        text = f"{text[: mention.start]}{code}{text[mention.end :]}"
    return Text(text, names=tuple({_code(order.index(one.key)) for one in mentions}))


def _code(number: int) -> str:
    """A word of letters for a number: figures in it would be read as figures."""
    letters = ""
    while number >= 0:
        letters = chr(ord("A") + number % 26) + letters
        number = number // 26 - 1
    return f"Xq{letters.lower()}xq"


def content_words(text: str, book: NameBook) -> list[Token]:
    """The words of a sentence that say what it says, but for names, figures and dates.

    Those are the verifier's.
    """
    covered = _named_or_counted(text, book)
    return [
        token
        for token in tokens(text)
        if token.is_content
        and token.tag != "SN"
        and token.start not in covered
        and not {token.form, token.word} & (STOPWORDS | _TELLING)
    ]


def unsaid(words: Sequence[Token], quotes: Sequence[str], question: Question) -> list[str]:
    """Those words that neither the quotes nor the question say.

    A word is said when a source has the word, or a word for the same concept in either language
    (the lexicon's concepts).
    """
    sources = [words_of(source) for source in (*quotes, question.text)]
    return [token.form for token in words if not _is_said(token, sources)]


def _named_or_counted(text: str, book: NameBook) -> set[int]:
    named = [(one.start, one.end) for one in book.find(text)]
    known = [(one.start, one.end) for one in lexicon.find_known_names(text)]
    figures = [(one.start, one.end) for one in find_quantities(text)]
    dates = [(one.start, one.end) for one in find_dates(text, None)]
    spans = [*named, *known, *figures, *dates]
    return {place for start, end in spans for place in range(start, end)}


def _is_said(token: Token, sources: Sequence[Words]) -> bool:
    form = token.form
    concepts = lexicon.concepts_of(token.word)
    return any(
        form in words.forms
        or concepts & words.concepts
        or (len(form) >= 2 and not form.isascii() and form in words.squeezed)
        for words in sources
    )
