"""The sentences of the evidence, analysed once, as candidates for an answer.

A `Line` knows what it says itself and what it inherits: from the sentences before it in its
passage (Korean drops subjects that were named), from its section heading and the title.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant import lexicon
from assistant.dates import DateMention, find_dates
from assistant.draft import Span
from assistant.language import tokens
from assistant.names import QUOTED, Mention, NameBook
from assistant.quantities import Quantity, find_quantities
from assistant.question_words import ADVERBS, STOPWORDS
from ingest.article import Article, BlockKind, Sentence
from vectorstore.evidence import Evidence

MOST_SUBJECTS = 3
SUBJECT_WITHIN = 12  # characters from the start in which a subject stands


@dataclass(frozen=True, slots=True)
class Words:
    """The content words of a text and the concepts behind them."""

    forms: frozenset[str]
    concepts: frozenset[int]
    squeezed: str


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence (or heading) of the evidence."""

    article: Article
    sentence: Sentence
    kind: BlockKind
    heading: str
    rank: int
    dense: float
    own: Words
    mentions: tuple[Mention, ...]
    before: Words
    names_before: frozenset[str]
    above: Words
    names_above: frozenset[str]
    quantities: tuple[Quantity, ...]
    dates: tuple[DateMention, ...]

    @property
    def text(self) -> str:
        """The sentence's own text."""
        return self.sentence.text

    @property
    def names(self) -> frozenset[str]:
        """Keys of the names that stand in the sentence itself."""
        return frozenset(mention.key for mention in self.mentions)

    @property
    def opens_with_name(self) -> bool:
        """Whether the sentence names a subject of its own, so that it inherits none."""
        return any(
            mention.start < SUBJECT_WITHIN
            and self.text[mention.end : mention.end + 1] in {"은", "는"}
            for mention in self.mentions
        )

    @property
    def span(self) -> Span:
        """The sentence as a citable span."""
        return Span(self.article, self.sentence.start, self.sentence.end)


@lru_cache(maxsize=65536)
def words_of(text: str) -> Words:
    """Analyse a text's content words; cached, since evidence comes back question after question."""
    content = [
        token
        for token in tokens(text)
        if (token.is_content and token.form not in STOPWORDS) or token.form in ADVERBS
    ]
    forms = frozenset(token.form for token in content)
    titles = [match.span() for match in QUOTED.finditer(text)]
    plain = [t.word for t in content if not any(a <= t.start < b for a, b in titles)]
    spans = lexicon.concept_spans(plain)
    single = (number for word in plain for number in lexicon.concepts_of(word))
    concepts = frozenset(single) | frozenset(n for span in spans for n in span.concepts)
    return Words(forms, concepts, "".join(text.lower().split()))


@lru_cache(maxsize=65536)
def _quantities(text: str) -> tuple[Quantity, ...]:
    return tuple(find_quantities(text))


def name_book(evidence: Sequence[Evidence]) -> NameBook:
    """The names that the evidence uses."""
    texts = {item.passage.text for item in evidence} | {item.article.title for item in evidence}
    return NameBook.from_texts(sorted(texts))


def lines_of(evidence: Sequence[Evidence], book: NameBook) -> list[Line]:
    """All sentences of the evidence, in the order of the evidence."""
    return [line for rank, item in enumerate(evidence) for line in _passage_lines(item, rank, book)]


def _passage_lines(item: Evidence, rank: int, book: NameBook) -> list[Line]:
    passage, article = item.passage, item.article
    above = f"{article.title}\n{passage.heading}"
    names_above = frozenset(mention.key for mention in book.find(above))
    lines = []
    for index, sentence in enumerate(passage.sentences):
        before = " ".join(earlier.text for earlier in passage.sentences[:index])
        lines.append(
            Line(
                article=article,
                sentence=sentence,
                kind=passage.kind,
                heading=passage.heading,
                rank=rank,
                dense=item.dense or 0.0,
                own=words_of(sentence.text),
                mentions=tuple(book.find(sentence.text)),
                before=words_of(before),
                names_before=_subjects(passage.sentences[:index], book),
                above=words_of(above),
                names_above=names_above,
                quantities=_quantities(sentence.text),
                dates=tuple(find_dates(sentence.text, article.published)),
            )
        )
    return lines


def _subjects(sentences: Sequence[Sentence], book: NameBook) -> frozenset[str]:
    """Names that later sentences may leave out: of sentences about one or two, not of lists."""
    found = [{mention.key for mention in book.find(sentence.text)} for sentence in sentences]
    return frozenset(key for keys in found if len(keys) <= MOST_SUBJECTS for key in keys)
