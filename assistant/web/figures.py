"""Figures of an article that are worth a picture, each with the sentence it stands in.

Nothing is known here about any one article: parts that add up exactly to a stated whole, changes in
percent with a name and a direction, and sentences with a date. A chart of fewer than two
figures is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache
from itertools import combinations

from assistant.dates import DateMention, find_dates
from assistant.quantities import Bound, Quantity, find_quantities
from assistant.web.labels import label_before, topic_before
from ingest.article import Article, BlockKind
from ingest.sentences import split_sentences

TRIED = 20  # articles looked at for one with charts, when none is asked for
CALLED = 15  # characters before an amount in which a word may call it a total
MOST_PARTS = 7
MOST_CANDIDATES = 14  # of one unit in one section: more would make the search for sums long
_NOT_SHARED = frozenset({"", "percent", "point", "year", "month", "week", "day", "hour", "minute"})
_UP = re.compile(
    r"상승|올랐|오른|올라|오르|뛴|뛰|급등|강세|늘|증가|\b(?:rose|gain|jump|climb|up|increas)"
)
_TOTAL = re.compile(r"모두|총|합계|합쳐|전체|등 $|\b(?:total|altogether|in all)\b")
_DOWN = re.compile(
    r"하락|내렸|내린|내려|떨어|급락|약세|줄|감소|\b(?:fell|fall|drop|down|declin|lost)"
)


_Amount = tuple[Fraction, str]


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with its name; ``start`` and ``end`` span the sentence in ``Article.text``."""

    label: str
    text: str
    value: Fraction
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Shares:
    """Parts of a stated whole: their values add up to it exactly."""

    whole: Figure
    parts: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """A dated sentence: the date as the article writes it, and the days it can mean."""

    text: str
    earliest: date
    latest: date
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Charts:
    """What of an article can be shown as a picture; an empty part has nothing to show."""

    shares: Shares | None
    changes: tuple[Figure, ...]
    timeline: tuple[Event, ...]

    @property
    def empty(self) -> bool:
        """Whether there is no chart at all."""
        return not (self.shares or self.changes or self.timeline)


@dataclass(frozen=True, slots=True)
class _Said:
    """A quantity and the sentence around it; ``section`` counts the headings before."""

    quantity: Quantity
    sentence: str
    start: int
    section: int

    @property
    def end(self) -> int:
        return self.start + len(self.sentence)


@lru_cache(maxsize=256)
def charts_of(article: Article) -> Charts:
    """The charts of an article; loads the Korean analyser on first use."""
    said = list(_said(article))
    shares = _shares(said, _titled(article), article.language)
    return Charts(shares, _changes(said, article.language), _dated(article))


def telling(articles: Sequence[Article], language: str = "ko") -> Article | None:
    """The first article with a chart, one in that language before others, else the first one.

    Only the first ``TRIED`` articles are looked at.
    """
    charted = [article for article in articles[:TRIED] if not charts_of(article).empty]
    charted.sort(key=lambda article: article.language != language)
    return next(iter([*charted, *articles[:1]]), None)


def _sentences(article: Article) -> Iterator[tuple[str, int, int]]:
    section = 0
    for block in article.blocks:
        section += block.kind is BlockKind.HEADING
        if block.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
            text = article.text[block.start : block.end]
            for sentence in split_sentences(text, article.language):
                yield sentence.text, block.start + sentence.start, section


def _said(article: Article) -> Iterator[_Said]:
    for sentence, start, section in _sentences(article):
        for quantity in find_quantities(sentence):
            yield _Said(quantity, sentence, start, section)


def _titled(article: Article) -> frozenset[_Amount]:
    """The amounts that titles and headings state."""
    return frozenset(
        (quantity.value, quantity.unit)
        for block in article.blocks
        if block.kind in (BlockKind.TITLE, BlockKind.SUBTITLE, BlockKind.HEADING)
        for quantity in find_quantities(article.text[block.start : block.end])
    )


def _figure(said: _Said, label: str, value: Fraction | None = None) -> Figure:
    quantity = said.quantity
    shown = quantity.value if value is None else value
    return Figure(label, quantity.text.lstrip("-−△"), shown, said.start, said.end)


def _shares(said: Sequence[_Said], titled: frozenset[_Amount], language: str) -> Shares | None:
    """The largest amount called a whole that named parts of one section add up to in one way."""
    wholes = sorted({(s.quantity.value, s.quantity.unit): s for s in reversed(said)}.items())
    for (value, unit), whole in reversed(wholes):
        named = (value, unit) in titled or _called_total(value, unit, said)
        if unit in _NOT_SHARED or not named:
            continue  # parts that add up to it may do so by chance
        sums = list(_sums(value, unit, said, language))
        if sums:
            return Shares(_figure(whole, ""), sums[0]) if len(sums) == 1 else None
    return None


def _called_total(value: Fraction, unit: str, said: Sequence[_Said]) -> bool:
    return any(
        _TOTAL.search(item.sentence[: item.quantity.start][-CALLED:])
        for item in said
        if (item.quantity.value, item.quantity.unit) == (value, unit)
    )


def _sums(
    value: Fraction, unit: str, said: Sequence[_Said], language: str
) -> Iterator[tuple[Figure, ...]]:
    for section in sorted({item.section for item in said}):
        here = {
            item.quantity.value: item
            for item in reversed(said)
            if item.section == section and _may_be_part(item.quantity, value, unit)
        }
        if len(here) > MOST_CANDIDATES:
            continue
        named = [
            (item, label_before(item.sentence, item.quantity.start, language))
            for item in here.values()
        ]
        parts = [_figure(item, label) for item, label in named if label]
        for size in range(2, min(MOST_PARTS, len(parts)) + 1):
            for chosen in combinations(sorted(parts, key=lambda part: part.start), size):
                if sum(part.value for part in chosen) == value and _apart(chosen):
                    yield chosen


def _apart(parts: Sequence[Figure]) -> bool:
    return len({part.label for part in parts}) == len(parts)


def _may_be_part(quantity: Quantity, whole: Fraction, unit: str) -> bool:
    plain = not quantity.each and not quantity.ordinal and quantity.high is None
    exact = quantity.bound is Bound.EXACT
    return plain and exact and quantity.unit == unit and 0 < quantity.value < whole


def _changes(said: Sequence[_Said], language: str) -> tuple[Figure, ...]:
    """Changes in percent, each with a name and a direction; of the section that has most."""
    sections: dict[int, dict[str, Figure]] = {}
    for item in said:
        sign = _direction(item.sentence)
        if not sign or not _is_change(item):
            continue
        place = (item.sentence, item.quantity.start, language)
        label = label_before(*place) or topic_before(*place)
        if label:
            found = sections.setdefault(item.section, {})
            found.setdefault(label, _figure(item, label, sign * abs(item.quantity.value)))
    most = max(sections.values(), key=len, default={})
    ordered = sorted(most.values(), key=lambda figure: -figure.value)
    return tuple(ordered) if len(ordered) > 1 else ()


def _is_change(item: _Said) -> bool:
    """Whether a quantity is one percentage, and not the share of something ("인구의 75%")."""
    quantity, sentence = item.quantity, item.sentence
    of = sentence[: quantity.start].rstrip().endswith("의")
    of = of or sentence[quantity.end :].startswith(" of ")
    return quantity.unit == "percent" and quantity.high is None and not of


def _direction(sentence: str) -> int:
    """1 up, -1 down, 0 where a sentence says neither or both."""
    return bool(_UP.search(sentence)) - bool(_DOWN.search(sentence))


def _dated(article: Article) -> tuple[Event, ...]:
    """Sentences by their first date, in the order of time; one for each date and sentence."""
    events = [
        Event(mention.text.rstrip("."), mention.earliest, mention.latest, start, start + len(said))
        for said, start, _ in _sentences(article)
        for mention in find_dates(said, article.published)
        if mention.earliest is not None
        and mention.latest is not None
        and not _counted_from_elsewhere(said, mention, article.language)
    ]
    once = {(event.earliest, event.start): event for event in reversed(events)}
    ordered = sorted(once.values(), key=lambda event: (event.earliest, event.latest, event.start))
    return tuple(ordered) if len({event.earliest for event in ordered}) > 1 else ()


def _counted_from_elsewhere(sentence: str, mention: DateMention, language: str) -> bool:
    """Whether "6개월 뒤" counts from an event named before it, not from the day of the article."""
    counted = mention.written.offset is not None
    return counted and label_before(sentence, mention.start, language) is not None
