"""The sentences of the evidence, analysed once, as candidates for an answer.

A `Line` knows what it says itself and what it inherits: from the sentences before it in its
passage (Korean drops subjects that were named), from its section heading and the title.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from assistant.content_words import Words, joined, words_of
from assistant.dates import DateMention, find_dates
from assistant.draft import Span
from assistant.language import is_english
from assistant.names import Mention, NameBook
from assistant.quantities import Quantity, find_quantities
from ingest.article import Article, BlockKind, Sentence
from vectorstore.evidence import Evidence

_COMMA = re.compile(r"(?<!\d),|,(?!\d)|[·ㆍ、]|[가-힣](?:와|과|,) |\band\b")
_ENUMERATION = re.compile(
    r"(?:[^,·ㆍ、.]{1,18}(?:(?<!\d),|,(?!\d)|[·ㆍ、]|[가-힣](?:와|과) |\band\b))+"
)
_SUBJECT = re.compile(r"[이가] |의 [가-힣]+[은는] ")  # as in "네이버클라우드의 목표는"
_OF_ALL = re.compile(r"(?:각 |모든 |\d+개 |양측|[Ee]ach |[Aa]ll |[Bb]oth |[Ee]very )")  # of no one
MOST_SUBJECTS = 3
BOOKS = 16  # kept: a small library's questions all have the same names
SUBJECT_WITHIN = 12  # characters from the start in which a subject stands


@dataclass(frozen=True, slots=True)
class Topic:
    """Who a sentence without a subject of its own speaks of, and where that was said last."""

    mention: Mention
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence (or heading) of the evidence."""

    item: Evidence
    sentence: Sentence
    rank: int
    own: Words
    mentions: tuple[Mention, ...]
    before: Words
    names_before: frozenset[str]
    above: Words
    names_above: frozenset[str]
    quantities: tuple[Quantity, ...]
    dates: tuple[DateMention, ...]
    topic: Topic | None = None
    near: float | None = None  # its cosine to the question, where the index tells

    @property
    def article(self) -> Article:
        """The article it stands in."""
        return self.item.article

    @property
    def kind(self) -> BlockKind:
        """Whether it is body text, a heading or a title."""
        return self.item.passage.kind

    @property
    def heading(self) -> str:
        """The heading it stands under."""
        return self.item.passage.heading

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
        return topic_of(self.text, self.mentions) is not None

    @property
    def speaks_of(self) -> frozenset[str]:
        """The key of its subject, its own or inherited; empty where none is known."""
        own = topic_of(self.text, self.mentions)
        subject = own or (self.topic.mention if self.topic else None)
        return frozenset({subject.key} if subject else ())

    @property
    def span(self) -> Span:
        """The sentence as a citable span."""
        return Span(self.article, self.sentence.start, self.sentence.end)

    @property
    def items(self) -> int:
        """How many things the sentence counts off in its longest enumeration; 1 without one."""
        runs = (run.group() for run in _ENUMERATION.finditer(self.text))
        return max((len(_COMMA.findall(run)) + 1 for run in runs), default=1)

    @property
    def topic_span(self) -> Span | None:
        """The sentence that names whom this one speaks of, where it does not say so itself."""
        topic = self.topic
        return Span(self.article, topic.sentence.start, topic.sentence.end) if topic else None


def topic_of(text: str, mentions: Sequence[Mention]) -> Mention | None:
    """The name that a sentence opens with as its topic (은/는; or its very first word)."""
    for mention in mentions:
        after = text[mention.end : mention.end + 1]
        if mention.start < SUBJECT_WITHIN and after in {"은", "는"}:
            return mention
    first = mentions[0] if mentions and mentions[0].start == 0 else None
    if first and (is_english(text) or _SUBJECT.match(text, first.end)):
        return first
    return None


@lru_cache(maxsize=65536)
def _quantities(text: str) -> tuple[Quantity, ...]:
    return tuple(find_quantities(text))


@lru_cache(maxsize=65536)
def _dates(text: str, anchor: date | None) -> tuple[DateMention, ...]:
    return tuple(find_dates(text, anchor))


def name_book(evidence: Sequence[Evidence]) -> NameBook:
    """The names that the evidence uses; the same book for the same texts."""
    texts = {item.passage.text for item in evidence} | {item.article.title for item in evidence}
    return _book(tuple(sorted(texts)))


@lru_cache(maxsize=BOOKS)
def _book(texts: tuple[str, ...]) -> NameBook:
    return NameBook.from_texts(texts)


def lines_of(evidence: Sequence[Evidence], book: NameBook) -> list[Line]:
    """All sentences of the evidence, in the order of the evidence."""
    lines = [
        line for rank, item in enumerate(evidence) for line in _passage_lines(item, rank, book)
    ]
    return _without_copies(lines)


def _without_copies(lines: list[Line]) -> list[Line]:
    """Leave out a sentence that a near-copy of its article repeats word for word."""
    seen: set[tuple[str, str]] = set()
    kept = []
    for line in lines:
        key = (line.article.group or line.article.id, line.own.squeezed)
        if line.article.group is None or key not in seen:
            kept.append(line)
        seen.add(key)
    return kept


def _passage_lines(item: Evidence, rank: int, book: NameBook) -> list[Line]:
    passage, article = item.passage, item.article
    above = f"{article.title}\n{passage.heading}"
    lead = {mention.key for mention in book.find(_lead(article))}
    names_above = frozenset(mention.key for mention in book.find(above))
    names_above |= lead if len(lead) <= MOST_SUBJECTS else set()
    lines = []
    own = [words_of(sentence.text) for sentence in passage.sentences]
    for index, sentence in enumerate(passage.sentences):
        lines.append(
            Line(
                item=item,
                sentence=sentence,
                rank=rank,
                own=own[index],
                mentions=tuple(book.find(sentence.text)),
                before=joined(own[:index]),
                names_before=_subjects(passage.sentences[:index], book),
                above=words_of(above),
                names_above=names_above,
                quantities=_quantities(sentence.text),
                dates=_dates(sentence.text, article.published),
                topic=_topic(passage.sentences[: index + 1], book),
            )
        )
    return lines


def _lead(article: Article) -> str:
    """The first sentence of the body: where a report says once whom or which place it is about."""
    body = next((block for block in article.blocks if block.kind is BlockKind.PARAGRAPH), None)
    text = article.text[body.start : body.end] if body else ""
    return re.split(r"(?<=[.!?])\s", text, maxsplit=1)[0]


def _topic(sentences: Sequence[Sentence], book: NameBook) -> Topic | None:
    """The topic that the last of these sentences inherits; None when it has its own."""
    for sentence in reversed(sentences):
        mention = topic_of(sentence.text, book.find(sentence.text))
        if mention:
            return None if sentence is sentences[-1] else Topic(mention, sentence)
        if _OF_ALL.match(sentence.text):
            return None
    return None


def _subjects(sentences: Sequence[Sentence], book: NameBook) -> frozenset[str]:
    """Names that later sentences may leave out: of sentences about one or two, not of lists."""
    found = [book.find(sentence.text) for sentence in sentences]
    few = (mentions for mentions in found if len({m.key for m in mentions}) <= MOST_SUBJECTS)
    keys = {mention.key for mentions in few for mention in mentions}
    topics = (
        topic_of(sentence.text, mentions)
        for sentence, mentions in zip(sentences, found, strict=True)
    )
    return frozenset(keys | {topic.key for topic in topics if topic})
