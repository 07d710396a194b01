"""Answers of several points: one for each team, a summary, a schedule."""

from __future__ import annotations

from collections import defaultdict

from assistant.answer import Status
from assistant.answerable import COVERED
from assistant.candidates import Line
from assistant.draft import Draft, Point
from assistant.held import holds
from assistant.matching import Match
from assistant.question import Kind
from assistant.writers.scene import Scene
from ingest.article import BlockKind

MOST_POINTS = 8
MOST_CHARACTERS = 900
NEAR_TOP = (
    0.6  # a row of "each" may cover less than the best row, which repeats the question's noun
)


def write_list(scene: Scene) -> Draft | None:
    """The points for each, for a summary or for a schedule, in the article's order."""
    kind = scene.question.kind
    chosen = {Kind.EACH: _each, Kind.SUMMARY: _summary, Kind.SCHEDULE: _schedule}[kind](scene)
    if not chosen:
        return None
    points = tuple(Point.quoting(line.span) for line in _within_length(chosen))
    return Draft(Status.ANSWERED, points, separator="\n")


def _within_length(lines: list[Line]) -> list[Line]:
    kept: list[Line] = []
    for line in lines[:MOST_POINTS]:
        if sum(len(other.text) for other in kept) + len(line.text) <= MOST_CHARACTERS:
            kept.append(line)
    return sorted(kept, key=lambda line: line.sentence.start)


def _each(scene: Scene) -> list[Line]:
    """The lines of the section that speaks of the asked thing most often."""
    question = scene.question
    good = [
        found
        for found in scene.matches
        if found.share >= 0.4
        and holds(question, found.line, scene.book) > 0
        and found.line.kind is not BlockKind.TITLE
        and found.line.kind is not BlockKind.HEADING
    ]
    best = scene.best
    if not good or best is None:
        return []
    top = max(found.share for found in good)
    sections: dict[tuple[str, str], list[Match]] = defaultdict(list)
    for found in (found for found in good if found.share >= NEAR_TOP * top):
        sections[found.line.article.id, found.line.heading].append(found)
    same_language = {
        key: found
        for key, found in sections.items()
        if found[0].line.article.language == question.language
    }
    most = max((same_language or sections).values(), key=lambda group: sum(f.share for f in group))
    return [found.line for found in most]


def _summary(scene: Scene) -> list[Line]:
    question, best = scene.question, scene.best
    if best is None:
        return []
    topic = [term for term in question.heavy if best.of(term) > 0]
    if topic and len(topic) < len(question.heavy):
        return []
    article = _article_of(scene)
    if not topic:
        return [group[0] for group in _paragraphs(article).values()]
    good = [found.line for found in scene.matches if found.share >= 0.5]
    section = next((line.heading for line in good if line.kind is BlockKind.PARAGRAPH), None)
    lines = [line for line in article if line.heading == section and line in good] or good
    return [line for line in lines if line.kind is BlockKind.PARAGRAPH][:5]


def _schedule(scene: Scene) -> list[Line]:
    topic = [term for term in scene.question.heavy if term.name]
    lines = [
        found.line
        for found in scene.matches
        if found.line.dates
        and found.line.kind is BlockKind.PARAGRAPH
        and all(found.of(term) >= COVERED for term in topic)
    ]
    article = _article_of(scene)
    return [line for line in lines if line in article]


def _article_of(scene: Scene) -> list[Line]:
    """The lines of the best article in the question's language, in the article's order."""
    lines = [found.line for found in scene.matches]
    own = [line for line in lines if line.article.language == scene.question.language] or lines
    first = own[0].article.id
    return sorted(
        (line for line in own if line.article.id == first), key=lambda line: line.sentence.start
    )


def _paragraphs(lines: list[Line]) -> dict[str, list[Line]]:
    sections: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        if line.kind is BlockKind.PARAGRAPH:
            sections[line.heading].append(line)
    return sections
