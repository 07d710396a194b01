"""Questions that the articles answer, to be offered to a reader.

They are made by rule from the served articles and then really asked; one is offered only when the
assistant answers it from the very sentence it was made of. That check is the round-trip
consistency of Alberti et al. (2019), which they used to filter generated training questions.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import islice, zip_longest
from typing import Protocol, TypeVar
from weakref import WeakKeyDictionary

from assistant.answer import Answer, Status, Turn
from assistant.content_words import words_of
from assistant.names import NameBook
from assistant.names_used import squeeze
from assistant.suggest_crossed import crossed_questions
from assistant.suggest_english import english_heading_question, english_questions
from assistant.suggest_korean import Asked, korean_heading_question, korean_questions
from ingest.article import Article, BlockKind, Passage
from ingest.split import split_article

OfSentence = Callable[[str, NameBook, date | None], list[Asked]]
OfHeading = Callable[[str], Asked | None]

NEWEST = 6  # articles that questions are made of when there is no answer to start from
TRIES = 12  # candidates that may fail for one list of suggestions
KEPT = 512  # lists and verdicts that are remembered


class Asks(Protocol):
    """What is needed of an assistant."""

    def stream(self, question: str, history: Sequence[Turn] = ()) -> Iterator[Answer]:
        """Whole Answers; the first comes without asking any language model."""

    def article(self, article_id: str, revision: str | None = None) -> Article | None:
        """A served article."""

    def articles(self) -> list[Article]:
        """All articles that are served."""

    def generation(self) -> Hashable:
        """What is served, so that nothing is remembered of what was served before."""


_TITLES = (BlockKind.TITLE, BlockKind.SUBTITLE, BlockKind.HEADING)
_RULES: dict[tuple[str, str], tuple[OfSentence, OfHeading | None]] = {
    ("ko", "ko"): (korean_questions, korean_heading_question),
    ("en", "en"): (english_questions, english_heading_question),
    ("ko", "en"): (crossed_questions, None),
}
K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question and the span of an article that should answer it."""

    question: str
    wanted: str
    article_id: str
    start: int
    end: int
    topic: str
    named: bool


@dataclass(slots=True)
class _Memory:
    """What was found out about one generation of the articles."""

    generation: Hashable = None
    lists: OrderedDict[Hashable, list[Candidate]] = field(default_factory=OrderedDict)
    answered: OrderedDict[str, bool] = field(default_factory=OrderedDict)


_MEMORIES: WeakKeyDictionary[Asks, _Memory] = WeakKeyDictionary()


def suggest(assistant: Asks, language: str, around: Answer | None = None, n: int = 3) -> list[str]:
    """Up to ``n`` questions in a language that the articles answer, each of them tried.

    Takes some answers' time (a tenth of a second or two each), so it is called when the reader
    already has an answer; the result is remembered for as long as the same articles are served.

    Args:
        assistant: is asked every question before it is offered.
        language: "ko" or "en"; questions are made of articles in this language where there are any.
        around: the answer that they should lead on from; None for questions to begin with.
        n: how many at most.
    """
    return [found.question for found in _suggested(assistant, language, around, n)]


def topics(
    assistant: Asks, language: str, n: int = 4, each: int = 2
) -> list[tuple[str, list[str]]]:
    """Questions to begin with, below the headings they come from: at most ``n`` headings."""
    groups: dict[str, list[str]] = {}
    for found in _suggested(assistant, language, None, 2 * n * each):
        if len(groups) < n or found.topic in groups:
            groups.setdefault(found.topic, []).append(found.question)
    return [(topic, questions[:each]) for topic, questions in groups.items()]


def _suggested(assistant: Asks, language: str, around: Answer | None, n: int) -> list[Candidate]:
    memory = _memory(assistant)
    asked = (around.question, around.status, around.text) if around else None
    key = (language, asked, n)
    if key not in memory.lists:
        candidates = _candidates(assistant, language, around)
        tried = (one for one in candidates[: n + TRIES] if _is_answered(assistant, memory, one))
        _remember(memory.lists, key, list(islice(tried, n)))
    return memory.lists[key]


def _memory(assistant: Asks) -> _Memory:
    memory = _MEMORIES.get(assistant)
    generation = assistant.generation()
    if memory is None or memory.generation != generation:
        memory = _MEMORIES[assistant] = _Memory(generation)
    return memory


def _remember(kept: OrderedDict[K, V], key: K, value: V) -> None:
    kept[key] = value
    while len(kept) > KEPT:
        kept.popitem(last=False)


def _candidates(assistant: Asks, language: str, around: Answer | None) -> list[Candidate]:
    """What could be asked, best first."""
    articles = _articles(assistant, language, around)
    found = [one for article in articles for one in candidates_of(article, language)]
    if around is None:
        return _spread(sorted(found, key=lambda one: not one.named))
    told = words_of(f"{around.standalone_question} {around.text}").forms
    near = [(cited.article_id, cited.start, cited.end) for cited in around.nearest]

    cited = [(cited.article_id, cited.start, cited.end) for cited in around.citations]
    spoken_of = {one.topic for one in found if _touches(one, cited)}

    def distance(one: Candidate) -> tuple[bool, bool, int, bool]:
        shared = words_of(one.question).forms & told
        elsewhere = one.topic not in spoken_of
        return not _touches(one, near), elsewhere, -len(shared), not one.named

    fresh = [one for one in found if _is_new(one, around) and not _touches(one, cited)]
    return _varied(sorted(fresh, key=distance))


def _articles(assistant: Asks, language: str, around: Answer | None) -> list[Article]:
    """The articles an answer speaks of, as they are served now, or else the newest ones."""
    if around is not None:
        ids = dict.fromkeys(cited.article_id for cited in (*around.citations, *around.nearest))
        spoken_of = [article for one in ids if (article := assistant.article(one))]
        if spoken_of:
            return _in_language(spoken_of, language)
    served = _in_language(assistant.articles(), language)
    return sorted(served, key=lambda article: str(article.published or ""), reverse=True)[:NEWEST]


def _in_language(articles: Sequence[Article], language: str) -> list[Article]:
    """Those in the language, or else all: a few questions can be made across languages."""
    return [one for one in articles if one.language == language] or list(articles)


@lru_cache(maxsize=256)
def candidates_of(article: Article, language: str) -> tuple[Candidate, ...]:
    """All questions in a language that the rules make of an article, in its order, each once."""
    passages = split_article(article)
    book = NameBook.from_texts(sorted({passage.text for passage in passages}))
    found: dict[str, Candidate] = {}
    for passage in passages:
        for asked, start, end in _asked(article, passage, book, language):
            named = bool(book.find(asked.text))
            topic = passage.heading or article.title
            one = Candidate(asked.text, asked.wanted, article.id, start, end, topic, named)
            found.setdefault(asked.text, one)
    return tuple(found.values())


def _asked(
    article: Article, passage: Passage, book: NameBook, language: str
) -> Iterator[tuple[Asked, int, int]]:
    of_sentence, of_heading = _RULES.get((article.language, language), (None, None))
    if of_sentence is None or passage.kind in _TITLES:
        return
    heading = of_heading(passage.heading) if of_heading else None
    if heading:
        yield heading, passage.start, passage.end
    for sentence in passage.sentences:
        for asked in of_sentence(sentence.text, book, article.published):
            yield asked, sentence.start, sentence.end


def _is_answered(assistant: Asks, memory: _Memory, one: Candidate) -> bool:
    """Whether the assistant answers a question from where it was made, with what was asked for."""
    if one.question not in memory.answered:
        first = next(iter(assistant.stream(one.question)))
        _remember(memory.answered, one.question, _answers(first, one))
    return memory.answered[one.question]


def _answers(answer: Answer, one: Candidate) -> bool:
    spans = [(cited.article_id, cited.start, cited.end) for cited in answer.citations]
    if answer.status is not Status.ANSWERED or not _touches(one, spans):
        return False
    short = squeeze(answer.short_answer or answer.text)
    return squeeze(one.wanted) in short or short in squeeze(one.wanted)


def _touches(one: Candidate, spans: Sequence[tuple[str, int, int]]) -> bool:
    return any(
        place == one.article_id and start < one.end and one.start < end
        for place, start, end in spans
    )


def _is_new(one: Candidate, around: Answer) -> bool:
    asked = {squeeze(around.question), squeeze(around.standalone_question)}
    return squeeze(one.question) not in asked


def _spread(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Topic after topic, so that the first questions show how much there is to ask."""
    groups: dict[tuple[str, str], list[Candidate]] = {}
    for one in candidates:
        groups.setdefault((one.article_id, one.topic), []).append(one)
    rounds = zip_longest(*(_varied(group) for group in groups.values()))
    return [one for turn in rounds for one in turn if one]


def _varied(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Questions of one sentence apart: three of one list would say one thing three times."""
    seen: Counter[tuple[str, int]] = Counter()
    order = []
    for place, one in enumerate(candidates):
        order.append((seen[one.article_id, one.start], place, one))
        seen[one.article_id, one.start] += 1
    return [one for _, _, one in sorted(order, key=lambda item: item[:2])]
