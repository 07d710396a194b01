"""Several articles on one thing: values that differ stand side by side, the newest article first.

Nothing is averaged and nothing is chosen in silence. Near-copies of one story count once. A newer
article that moves a value ("2028년 12월에서 2029년 3월로") speaks of the value that it moves, also
where it uses other words than the question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from assistant.answer import Status, Verdict
from assistant.answerable import COVERED
from assistant.candidates import Line
from assistant.dates import DateMention
from assistant.draft import Draft, Point
from assistant.facts import fits, pairs_of
from assistant.held import holds
from assistant.matching import Match
from assistant.quantities import Quantity, same_value
from assistant.question import Want
from assistant.writers.scene import VALUES, Scene
from assistant.writers.short import short_answer
from prompts.loader import frame

CONFLICT = "conflict"  # the ``how`` of the sentence that sets the values side by side
NEARLY = 0.12  # how much less of the question another article's sentence may cover
LOOKED_AT = 40
MOST = 3  # articles that are set side by side
_MOVED = re.compile(r"\s*(?:에서|부터)\s|\s*(?:to|until)\s", re.IGNORECASE)

Value = Quantity | DateMention


@dataclass(frozen=True, slots=True)
class Said:
    """What one article says: the sentence, and the value in it."""

    line: Line
    value: Value

    @property
    def story(self) -> str:
        """What near-copies share."""
        return self.line.article.group or self.line.article.id

    @property
    def published(self) -> date:
        """The day of the article; the earliest of all where it is not known."""
        return self.line.article.published or date.min


def side_by_side(scene: Scene, found: Match) -> Draft | None:
    """The differing values for what ``found`` answers; None where the articles agree."""
    first = _said(scene, found)
    if first is None:
        return None
    said = {first.story: first}
    for other in _others(scene, found, first):
        said.setdefault(other.story, other)
    different = [one for one in said.values() if one is first or not _same(one.value, first.value)]
    if len(different) < 2:
        return None
    newest = sorted(different, key=lambda one: one.published, reverse=True)[:MOST]
    return _draft(scene, newest)


def _said(scene: Scene, found: Match) -> Said | None:
    """The value by which a sentence answers."""
    text = short_answer(scene.question, found, scene.book)
    value = next((one for one in _values(scene, found.line) if one.text == text), None)
    return Said(found.line, value) if value else None


def _values(scene: Scene, line: Line) -> tuple[Value, ...]:
    if scene.question.want is Want.DATE:
        return line.dates
    return line.quantities if scene.question.want in VALUES else ()


def _others(scene: Scene, found: Match, first: Said) -> Iterator[Said]:
    """What the sentences of other articles say of the same thing."""
    for other in scene.matches[:LOOKED_AT]:
        story = other.line.article.group or other.line.article.id
        if story == first.story or other.line.article.language != found.line.article.language:
            continue
        moved = _moved(scene, other.line, first)
        if moved:
            yield moved
        elif _speaks_of_the_same(scene, other, found):
            said = _said(scene, other)
            if said and _comparable(said.value, first.value):
                yield said


def _speaks_of_the_same(scene: Scene, other: Match, found: Match) -> bool:
    heavy = [term for term in scene.question.heavy if not term.verb]
    nouns = [term for term in heavy if found.of(term) >= COVERED]
    covered = all(other.of(term) >= COVERED for term in nouns)
    items = [term for term in nouns if not term.name]
    paired = any(fits(pair, items) for pair in pairs_of([other.line])) if items else False
    near = other.share >= found.share - NEARLY
    return covered and (near or paired) and holds(scene.question, other.line, scene.book) > 0


def _moved(scene: Scene, line: Line, first: Said) -> Said | None:
    """The new value of a newer sentence that moves the very value found."""
    if (line.article.published or date.min) <= first.published:
        return None
    values = _values(scene, line)
    for old, new in pairwise(values):
        leads = _MOVED.match(line.text, old.end)
        if leads and _same(old, first.value) and not _same(new, first.value):
            return Said(line, new)
    return None


def _same(one: Value, other: Value) -> bool:
    if isinstance(one, Quantity) and isinstance(other, Quantity):
        return same_value(one, other)
    if isinstance(one, DateMention) and isinstance(other, DateMention):
        return (one.earliest, one.latest) == (other.earliest, other.latest)
    return False


def _comparable(one: Value, other: Value) -> bool:
    if isinstance(one, Quantity) and isinstance(other, Quantity):
        counts = {"", "thing", "person", "team", "company", "item"}
        return one.unit == other.unit or {one.unit, other.unit} <= counts
    return isinstance(one, DateMention) and isinstance(other, DateMention)


def _draft(scene: Scene, said: list[Said]) -> Draft:
    language = scene.question.language
    shown = ", ".join(f"{_source(one, said, language)} {one.value.text}" for one in said)
    spans = tuple(one.line.span for one in said)
    text = frame(language, "differs_by", values=shown)
    points = (Point(text, spans, Verdict.DERIVED, CONFLICT), *map(Point.quoting, spans[:2]))
    dates = [
        f"{_source(one, said, language)} {one.published}"
        for one in said
        if one.published > date.min
    ]
    draft = Draft(Status.ANSWERED, points, short_answer=said[0].value.text)
    return draft.with_notice(frame(language, "dated", dates=", ".join(dates))) if dates else draft


def _source(one: Said, said: list[Said], language: str) -> str:
    """The publisher; of two articles of one publisher the newer is called so."""
    name = one.line.article.publisher or one.line.article.title
    again = [other for other in said if other is not one and other.line.article.publisher == name]
    newer = any(other.published < one.published for other in again)
    return frame(language, "newer_source", name=name) if newer else name
