"""Two parties side by side where no figures are compared: what the articles say of each."""

from __future__ import annotations

from assistant.answer import Status
from assistant.answerable import COVERED
from assistant.draft import Draft, Point
from assistant.matching import Match
from assistant.question_terms import Term
from assistant.writers.scene import Scene


def contrast(scene: Scene) -> Draft | None:
    """The best sentence about each of two names, or None where one of them has none."""
    names = [term for term in scene.question.names if term.key]
    if len(names) != 2:
        return None
    chosen = [_best(scene, name, other) for name, other in (names, names[::-1])]
    if any(found is None for found in chosen):
        return None
    points: list[Point] = []
    for found in chosen:
        assert found is not None
        subject = found.line.topic_span
        spans = [subject, found.line.span] if subject else [found.line.span]
        points += [Point.quoting(span) for span in spans]
    unique = tuple({point.spans[0].key: point for point in points}.values())
    return Draft(Status.ANSWERED, unique[:3], separator="\n")


def _best(scene: Scene, name: Term, other: Term) -> Match | None:
    """The sentence whose subject is the name and that speaks most of what is compared."""
    about = [term for term in scene.question.heavy if not term.name and not term.number]
    own = [found for found in scene.matches if name.key in found.line.speaks_of]
    own = [found for found in own if other.key not in found.line.names]
    told = [found for found in own if not about or any(found.of(t) >= COVERED for t in about)]
    return max(told, key=lambda found: sum(found.of(term) for term in about), default=None)
