"""Which of the best sentences answers: the rules say, and the reader where they find none.

The reader knows what is said in other words, the rules what must not be mixed up: parties, figures,
kinds of values, what is planned and what is done. So it answers only where nothing of that speaks
against it.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answerable import COVERED, VALUES, is_told_as_asked, judge, must_be_named
from assistant.held import holds
from assistant.matching import Match
from assistant.question_terms import Term
from assistant.writers.scene import Scene

FIRST = 4  # sentences that may answer
READ = 1.0  # from here on the reader finds that a sentence answers (a logit)
READ_ELSEWHERE = 2.0  # ... though a name of the question stands only elsewhere in its article


def chosen(scene: Scene) -> Match | None:
    """The first sentence that answers by the rules, else the surest of the reader; or None."""
    first = scene.matches[:FIRST]
    ruled = next((m for m in first if judge(scene.question, m, scene.book).answers), None)
    return ruled or max((m for m in first if _is_read(scene, m)), key=_says, default=None)


def answers(scene: Scene, found: Match) -> bool:
    """Whether one sentence answers, by the rules or the reader."""
    return judge(scene.question, found, scene.book).answers or _is_read(scene, found)


def names_known(scene: Scene, found: Match) -> bool:
    """Whether the article of a sentence speaks of every name and figure of the question."""
    asked = [term for term in scene.question.heavy if term.name or term.number]
    return _article_speaks_of(asked, scene, found)


def _is_read(scene: Scene, found: Match) -> bool:
    """Whether the reader finds an answer that nothing speaks against."""
    question, says = scene.question, _says(found)
    if says < READ or (question.want in VALUES and holds(question, found.line, scene.book) <= 0):
        return False
    missing = [term for term in must_be_named(question) if found.of(term) < COVERED]
    if missing and (says < READ_ELSEWHERE or not _is_meant(scene, found)):
        return False
    announced = judge(question, found, scene.book).announced
    return not announced and is_told_as_asked(question, found, scene.book)


def _is_meant(scene: Scene, found: Match) -> bool:
    """Whether a sentence that names nobody may speak of those whom its article names elsewhere."""
    named = must_be_named(scene.question)
    return not found.line.names and _article_speaks_of(named, scene, found)


def _article_speaks_of(terms: Sequence[Term], scene: Scene, found: Match) -> bool:
    article = found.line.article.id
    own = [other for other in scene.matches if other.line.article.id == article]
    return all(any(other.of(term) >= COVERED for other in own) for term in terms)


def _says(found: Match) -> float:
    return float("-inf") if found.says is None else found.says
