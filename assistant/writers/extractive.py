"""The writer without a language model: the articles' own sentences in a short frame.

It decides in this order: orders and questions outside; false premises; what has to be computed or
listed; yes or no; the sentence that answers; and, when none does, a refusal with the nearest text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant import question_words
from assistant.answer import Status, Verdict
from assistant.answerable import COVERED, is_order, is_outside, judge, unknown_terms
from assistant.candidates import Line
from assistant.draft import Draft, Point
from assistant.held import holds
from assistant.matching import Match
from assistant.names import NameBook
from assistant.polarity import gives_reason
from assistant.premise import Contradiction, contradiction
from assistant.question import Kind, Question, Want
from assistant.question_words import DIFFERING
from assistant.writers.choice import chosen, names_known
from assistant.writers.derive import derive
from assistant.writers.lists import write_list
from assistant.writers.portion import portion
from assistant.writers.reckon import before_change, product
from assistant.writers.scene import Says, Scene, set_scene
from assistant.writers.several import side_by_side
from assistant.writers.short import short_answer
from assistant.writers.yes_no import yes_no
from prompts.loader import frame

COMPUTED = frozenset({Kind.COMPARE, Kind.SUPERLATIVE, Kind.SUM, Kind.DIFFERENCE})
LIKELY = 0.5  # below, a large library does not answer the question
COUNTABLE = frozenset({Want.COUNT, Want.AMOUNT, Want.MONEY})
LISTED = frozenset({Kind.EACH, Kind.SUMMARY, Kind.SCHEDULE})


def write(
    question: Question, lines: Sequence[Line], book: NameBook, says: Says | None = None
) -> Draft:
    """Answer, correct or refuse from the analysed lines of the evidence.

    Articles in the language of the question go first: another language is quoted only where they
    do not answer. ``says`` asks the reader; without it the rules decide alone.
    """
    if is_order(question.text):
        return _refusal(question.language, "order")
    if is_outside(question) or not lines:
        return _refusal(question.language, "outside")
    own = [line for line in lines if line.article.language == question.language]
    refusals = []
    for readable in [own] if len(own) in (0, len(lines)) else [own, lines]:
        scene = set_scene(question, readable or lines, book, says)
        draft = _with_frame(scene, _draft(scene))
        if draft.status is not Status.ABSTAINED:
            return draft
        refusals.append((scene.best.share if scene.best else 0.0, draft))
    # The nearest text is worth showing in another language only where it is nearer.
    return max(refusals, key=lambda refusal: refusal[0])[1]


def _draft(scene: Scene) -> Draft:
    question = scene.question
    if question.likely is not None and question.likely < LIKELY:
        return _abstain(scene, (), False)
    if DIFFERING.search(question.text):
        return _fact(scene)
    computed = derive(scene) if question.kind in COMPUTED else None
    if computed and question.kind is not Kind.SUPERLATIVE:
        return computed
    wrong = contradiction(question, scene.matches)
    if wrong and question.kind is not Kind.YES_NO:
        return _correction(question, wrong)
    computed = computed or portion(scene) or before_change(scene)
    computed = computed or (product(scene) if question.want in COUNTABLE else None)
    listed = write_list(scene) if question.kind in LISTED else None
    if computed or listed:
        return computed or listed  # type: ignore[return-value]
    decided = yes_no(scene, wrong) if question.kind is Kind.YES_NO else None
    return decided or _fact(scene)


def _fact(scene: Scene) -> Draft:
    question = scene.question
    read = _read(scene) if question.read else None
    if read:
        return read
    found = chosen(scene)
    if found:
        return side_by_side(scene, found) or _quote(scene, found)
    reason = _reason_after(scene) if question.want is Want.REASON else None
    if reason:
        return reason
    assert scene.best is not None
    verdict = judge(question, scene.best, scene.book)
    return _abstain(scene, verdict.missing, verdict.announced)


def _quote(scene: Scene, found: Match) -> Draft:
    points = [*_subject(scene.question, found), Point.quoting(found.line.span)]
    points += _list_after(scene, found)
    missing = found.uncovered()
    for other in scene.matches[:6]:
        wanted = [*missing, *scene.question.names]
        if other is not found and missing and all(other.of(term) >= 0.8 for term in wanted):
            points.append(Point.quoting(other.line.span))
            break
    short = short_answer(scene.question, found, scene.book)
    return Draft(Status.ANSWERED, tuple(points), short_answer=short)


def _read(scene: Scene) -> Draft | None:
    """The sentence that holds the words that the reader found, where nothing named is missing."""
    read = scene.question.read
    assert read is not None
    for found in scene.matches:
        line = found.line
        inside = line.sentence.start <= read.start and read.end <= line.sentence.end
        if line.article.id == read.article_id and inside:
            if not names_known(scene, found):
                return None
            short = line.article.text[read.start : read.end]
            return replace(_quote(scene, found), short_answer=short)
    return None


def _reason_after(scene: Scene) -> Draft | None:
    """What is asked about in one sentence, and why in the next, which names no other subject."""
    for found in scene.matches[:4]:
        told = all(found.of(term) >= COVERED for term in scene.question.heavy)
        after = _next_line(scene, found.line)
        if told and after and gives_reason(after.text) and not after.opens_with_name:
            points = (Point.quoting(found.line.span), Point.quoting(after.span))
            return Draft(Status.ANSWERED, points)
    return None


def _next_line(scene: Scene, line: Line) -> Line | None:
    """The sentence after this one in its passage."""
    after = [
        other
        for other in scene.lines
        if other.article.id == line.article.id
        and other.rank == line.rank
        and other.sentence.start >= line.sentence.end
    ]
    return min(after, key=lambda other: other.sentence.start, default=None)


def _list_after(scene: Scene, found: Match) -> list[Point]:
    """The next sentence where it counts off what this one only announces."""
    if scene.question.kind is not Kind.LIST or holds(scene.question, found.line, scene.book) >= 1:
        return []
    following = _next_line(scene, found.line)
    listed = following is not None and max(following.items, len(following.names)) >= 3
    return [Point.quoting(following.span)] if following and listed else []


def _subject(question: Question, found: Match) -> list[Point]:
    """The sentence that names the subject, where the answer leaves it out and it is asked about."""
    topic, span = found.line.topic, found.line.topic_span
    if topic is None or span is None:
        return []
    asked = {term.key for term in question.names}
    wanted = question.want in {Want.PERSON, Want.ORGANISATION} and not question.partner
    named = topic.mention.key in asked and topic.mention.key not in found.line.names
    return [Point.quoting(span)] if named or wanted or asked & found.line.names else []


def _correction(question: Question, wrong: Contradiction) -> Draft:
    text = frame(question.language, wrong.frame, **wrong.words)
    derived = Point(text, (wrong.line.span,), Verdict.DERIVED, wrong.frame)
    return Draft(Status.CORRECTED, (derived, Point.quoting(wrong.line.span)))


def _refusal(language: str, name: str) -> Draft:
    text = frame(language, name)
    return Draft(Status.ABSTAINED, (Point.notice(text),), missing=text)


def _abstain(scene: Scene, missing: tuple[str, ...], announced: bool) -> Draft:
    language = scene.question.language
    unknown = unknown_terms(scene.question, list(scene.lines), scene.book)
    said = [scene.question.text[term.start : term.end] for term in unknown] or list(missing)
    words = " · ".join(dict.fromkeys(said))
    if announced:
        text = frame(language, "announced")
    elif words:
        text = frame(language, "not_said", missing=f"‘{words}’")
    else:
        text = frame(language, "not_said_plain")
    nearest = tuple(dict.fromkeys(found.line.span for found in scene.matches[:3]))
    points = (Point.notice(text), Point.notice(frame(language, "nearest")))
    return Draft(Status.ABSTAINED, points, missing=words or scene.question.text, nearest=nearest)


def _with_frame(scene: Scene, draft: Draft) -> Draft:
    """Add what the reader has to know beside the answer: staleness and related names."""
    question = scene.question
    spans = [span for point in draft.points for span in point.spans] or list(draft.nearest)
    dates = [span.article.published for span in spans if span.article.published]
    if dates and (question.now or _announces(draft, question)):
        draft = draft.with_notice(frame(question.language, "stale", date=max(dates).isoformat()))
    if question.want is Want.DATE and spans:
        draft = _dates_resolved(scene, draft)
    return draft


def _announces(draft: Draft, question: Question) -> bool:
    texts = [frame(question.language, "announced")]
    return any(point.text in texts for point in draft.points)


def _dates_resolved(scene: Scene, draft: Draft) -> Draft:
    for point in draft.points:
        for span in point.spans:
            line = next((line for line in scene.lines if line.span == span), None)
            for date in line.dates if line else ():
                anchor = span.article.published
                if date.relative and date.earliest and date.earliest == date.latest and anchor:
                    notice = frame(
                        scene.question.language,
                        "resolved_date",
                        text=date.text,
                        date=date.earliest.isoformat(),
                        anchor=anchor.isoformat(),
                    )
                    draft = draft if notice in draft.notices else draft.with_notice(notice)
    return draft


def is_too_vague(question: Question) -> bool:
    """Whether nothing can be looked for: a question of particles and signs."""
    return not question.terms and not question_words.ALL.search(question.text)
