"""Number support: every quantity that an answer prints stands, as a value, in what it cites.

This check shares only the reading of quantities with the assistant's own verifier, so that a
mistake in that one shows here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from assistant.answer import Answer, AnswerSentence, Status, Verdict
from assistant.evaluation.matching import quantities
from assistant.quantities import Quantity, same_value

_STATEMENT = re.compile(r"[;\n]")
_MARKER = re.compile(r"\[\d+\]")
_OPERATOR = re.compile(r"[+−×*÷/]|(?<=\s)[-x](?=\s)")


def number_verdicts(answer: Answer) -> list[tuple[str, bool]]:
    """Each quantity printed in a sentence, and whether its sources hold it."""
    return [
        (quantity.text, ok)
        for sentence in answer.sentences
        for quantity, ok in _sentence_verdicts(answer, sentence)
    ]


def _sentence_verdicts(answer: Answer, sentence: AnswerSentence) -> Iterator[tuple[Quantity, bool]]:
    sources = [q for text in _sources(answer, sentence) for q in quantities(text)]
    if sentence.verdict is Verdict.DERIVED:
        sources += derived_values(sentence.how or "", sources)
    for quantity in quantities(sentence.text):
        yield quantity, _held(quantity, sources)


def _held(quantity: Quantity, sources: Iterable[Quantity]) -> bool:
    return any(same_value(quantity, source) for source in sources)


def _sources(answer: Answer, sentence: AnswerSentence) -> list[str]:
    """The texts a sentence may take its numbers from.

    A fact has its own cited quotes. A notice and a corrected premise may repeat the question, and
    a notice also the nearest texts, the titles and what was looked for.
    """
    every = (*answer.citations, *answer.nearest)
    texts = [each.quote for each in every if each.number in sentence.citations]
    asked = [answer.question, answer.standalone_question]
    if sentence.verdict is Verdict.NOTICE:
        titles = [each.title for each in every]
        return [*(each.quote for each in every), *titles, *asked, answer.missing or ""]
    if sentence.verdict is Verdict.DERIVED and answer.status is Status.CORRECTED:
        return [*texts, *asked]
    return texts


def derived_values(how: str, sources: Sequence[Quantity]) -> list[Quantity]:
    """The results of the equations in ``how`` that hold and whose operands the sources hold."""
    results: list[Quantity] = []
    for statement in _STATEMENT.split(_MARKER.sub(" ", how)):
        left, equals, right = statement.partition("=")
        operands, printed = quantities(left), quantities(right)
        if not equals or len(printed) != 1 or not operands:
            continue
        held = all(_held(each, [*sources, *results]) for each in operands)
        if held and _equals(_value(left, operands), printed[0]):
            results.append(printed[0])
    return results


def _value(left: str, operands: Sequence[Quantity]) -> Fraction | None:
    """The left side reckoned from left to right; None when it is no chain of operations."""
    value = operands[0].value
    for before, operand in pairwise(operands):
        found = _OPERATOR.search(left[before.end : operand.start])
        step = _apply(found.group() if found else "", value, operand.value)
        if step is None:
            return None
        value = step
    return value


def _apply(sign: str, one: Fraction, other: Fraction) -> Fraction | None:
    if sign == "+":
        return one + other
    if sign in ("-", "−"):
        return one - other
    if sign in ("×", "*", "x"):
        return one * other
    return one / other if sign in ("÷", "/") and other else None


def _equals(value: Fraction | None, printed: Quantity) -> bool:
    """Equal, also when rounded to the printed decimals; a percentage may be a share."""
    if value is None:
        return False
    digits = re.search(r"\.(\d+)", printed.text)
    slack = Fraction(1, 2 * 10 ** len(digits.group(1))) if digits else Fraction(1, 2)
    if value.denominator == 1 and printed.value.denominator == 1:
        slack = Fraction(0)
    candidates = [value, value * 100] if printed.unit == "percent" else [value]
    return any(abs(each - printed.value) <= slack for each in candidates)
