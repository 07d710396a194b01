"""Yes or no: whether the articles say what a question asks, deny it, or leave it to a sentence."""

from __future__ import annotations

from dataclasses import replace

from assistant.answer import Status, Verdict
from assistant.candidates import Line
from assistant.content_words import words_of
from assistant.draft import Draft, Point
from assistant.held import COUNTED, asked_number
from assistant.matching import Match, denies
from assistant.polarity import clause_at, is_negative
from assistant.premise import Contradiction
from assistant.question import Question
from assistant.question_words import RESTRICTED
from assistant.writers.choice import answers
from assistant.writers.scene import Scene
from prompts.loader import frame


def yes_no(scene: Scene, wrong: Contradiction | None) -> Draft | None:
    """The verdict on a question and the sentence it rests on; None where no sentence decides it.

    ``wrong`` is what contradicts the question, if anything does.
    """
    question = scene.question
    language = question.language
    if wrong:
        verdict = Point(frame(language, "denied"), (wrong.line.span,), Verdict.DERIVED, wrong.frame)
        return Draft(Status.ANSWERED, (verdict, Point.quoting(wrong.line.span)))
    best = scene.best
    if question.all and best:
        near = [m for m in scene.matches[:4] if m.share >= best.share - 0.05]
        best = next((m for m in near if _is_restricted(question, m.line)), best)
    if question.all and best and _is_restricted(question, best.line):
        question = replace(question, terms=tuple(t for t in question.terms if not t.number))
    if best is None or not answers(replace(scene, question=question), best):
        return None
    clause = _clause(question, best)
    if any(denies(term, best.line, clause) for term in question.heavy):
        verdict = Point(frame(language, "denied"), (best.line.span,), Verdict.DERIVED, "opposite")
        return Draft(Status.ANSWERED, (verdict, Point.quoting(best.line.span)))
    if question.all and _is_restricted(question, best.line):
        verdict = Point(frame(language, "denied"), (best.line.span,), Verdict.DERIVED, "only some")
        return Draft(Status.ANSWERED, (verdict, Point.quoting(best.line.span)))
    if best.uncovered():  # what is asked is not all said: the sentence speaks for itself
        return None
    positive = is_negative(question.text) == is_negative(clause) or _says_so(question, clause)
    verdict = Point(
        frame(language, "affirmed" if positive else "denied"),
        (best.line.span,),
        Verdict.DERIVED,
        "polarity",
    )
    return Draft(Status.ANSWERED, (verdict, Point.quoting(best.line.span)))


def _is_restricted(question: Question, line: Line) -> bool:
    """Whether a sentence says of some only what the question asks of all."""
    counts = {q.value for q in line.quantities if q.unit in COUNTED and not q.ordinal}
    return (
        bool(counts) and asked_number(question) not in counts and bool(RESTRICTED.search(line.text))
    )


def _says_so(question: Question, clause: str) -> bool:
    """Whether a clause says the question's own words with no "not", whatever else it denies."""
    words = words_of(clause)
    asked = [term for term in question.heavy if not term.name and not term.number]
    said = [term for term in asked if term.concepts & (words.concepts - words.negated)]
    return bool(asked) and len(said) == len(asked) and not is_negative(question.text)


def _clause(question: Question, found: Match) -> str:
    """The clause of the sentence that speaks of the question's name, else the sentence."""
    asked = {term.key for term in question.names if term.key}
    for mention in found.line.mentions:
        if mention.key in asked:
            start, end = clause_at(found.line.text, mention.start)
            return found.line.text[start:end]
    return found.line.text
