"""Answers that are computed from cited figures: comparisons, superlatives, sums, differences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations

from assistant.answerable import COVERED, FOCUS_COVERED
from assistant.candidates import Line
from assistant.content_words import words_of
from assistant.draft import Draft
from assistant.facts import Pair, fits, pairs_of
from assistant.held import MONEY_UNITS
from assistant.matching import cover
from assistant.quantities import Quantity, format_quantity
from assistant.question import Kind, Question, Want
from assistant.question_terms import Term
from assistant.question_words import IS_TOTAL, MONEY, SHARES
from assistant.writers.contrast import contrast
from assistant.writers.reckon import draft_of, product, valued
from assistant.writers.scene import Scene
from prompts.loader import frame


def derive(scene: Scene) -> Draft | None:
    """Compute the answer, or None when the evidence does not hold the figures for it."""
    question, kind = scene.question, scene.question.kind
    if kind is Kind.SUPERLATIVE:
        return _superlative(scene)
    pairs = _item_pairs(scene)
    if pairs is None:
        return product(scene) if kind is Kind.SUM else contrast(scene)
    if kind is Kind.COMPARE:
        return _compare(question, pairs)
    if kind is Kind.SUM:
        return _sum(question, pairs)
    return _remainder(question, pairs) if len(pairs) > 2 else _difference(question, pairs)


def items_of(question: Question) -> list[list[Term]]:
    """The things a question sets side by side: its names, else its joined nouns."""
    names = [term for term in question.names if term.key]
    if len(names) >= 2:
        return [[name] for name in names]
    groups: list[list[Term]] = []
    for term in question.heavy:
        if term.verb or term.number or MONEY.fullmatch(term.form):
            continue
        tail = groups[-1][-1] if groups else None
        gap = question.text[tail.end : term.start] if tail else ","
        if tail and gap.strip() == "":
            groups[-1].append(term)
        else:
            groups.append([term])
    return groups


def _item_pairs(scene: Scene) -> list[Pair] | None:
    """One pair for each item, all of one unit, or None."""
    pairs = pairs_of(topic_lines(scene))
    found: list[list[Pair]] = []
    for item in items_of(scene.question):
        asked = scene.question.text[item[0].start : item[-1].end]
        fitting = [pair for pair in pairs if fits(pair, item)] or _of_head(scene, pairs, item)
        fitting.sort(key=lambda pair: len(words_of(pair.label).forms))  # the plainest label first
        fitting = [replace(pair, label=asked) for pair in fitting]
        if fitting:
            found.append(fitting)
        elif any(term.name for term in item):
            return None
    if len(found) < 2:
        return None
    found = [[pair for pair in group if _measures(scene, pair)] for group in found]
    for unit in _units(scene.question, found):
        chosen = [next((p for p in group if p.quantity.unit == unit), None) for group in found]
        if all(chosen):
            return [pair for pair in chosen if pair is not None]
    return None


def _of_head(scene: Scene, pairs: Sequence[Pair], item: list[Term]) -> list[Pair]:
    """The pairs of an item's last noun in sentences that speak of its other nouns."""
    *others, head = item
    own = [pair for pair in pairs if others and fits(pair, [head])]
    return [p for p in own if all(cover(t, p.line, scene.book) >= COVERED for t in others)]


def _measures(scene: Scene, pair: Pair) -> bool:
    """Whether a value is of the measure that is asked for: sales are not compared by percents."""
    items = {term for item in items_of(scene.question) for term in item}
    nouns = [t for t in scene.question.heavy if not (t.verb or t.name or t.number or t in items)]
    said_by_unit = MONEY if pair.quantity.unit in MONEY_UNITS else SHARES
    nouns = [noun for noun in nouns if not said_by_unit.search(noun.form)]
    return all(cover(noun, pair.line, scene.book) >= FOCUS_COVERED for noun in nouns)


def _units(question: Question, groups: list[list[Pair]]) -> list[str]:
    shared = set.intersection(*({pair.quantity.unit for pair in group} for group in groups))
    wanted = {Want.MONEY: MONEY_UNITS, Want.PERCENT: frozenset({"percent"})}.get(question.want)
    return sorted(
        shared,
        key=lambda unit: (bool(wanted) and unit not in (wanted or ()), unit != "percent", unit),
    )


def topic_lines(scene: Scene) -> list[Line]:
    """The lines of the best article, in the question's language where there is one."""
    lines = [found.line for found in scene.matches]
    own = [line for line in lines if line.article.language == scene.question.language] or lines
    return [line for line in own if line.article.id == own[0].article.id]


def _say(quantity: Quantity, language: str) -> str:
    return quantity.text if language == "ko" else format_quantity(quantity, language)


def derived(pairs: Sequence[Pair], text: str, how: str, short: str) -> Draft:
    """A draft that is computed from pairs."""
    return draft_of((pair.line for pair in pairs), text, how, short)


def _compare(question: Question, pairs: list[Pair]) -> Draft:
    first, second = pairs[0], pairs[1]
    language = question.language
    values = {
        "first": first.label,
        "first_value": _say(first.quantity, language),
        "second": second.label,
        "second_value": _say(second.quantity, language),
    }
    a, b = first.quantity.value, second.quantity.value
    if a == b:
        text = frame(language, "equal", **values)
        return derived(pairs[:2], text, f"{values['first_value']} = {values['second_value']}", "")
    winner = first if (a > b) != question.lowest else second
    how = frame(language, "less" if question.lowest else "more")
    text = frame(language, "compare", **values, winner=winner.label, how=how)
    sign = ">" if a > b else "<"
    return derived(
        pairs[:2], text, f"{first.quantity.text} {sign} {second.quantity.text}", winner.label
    )


def _superlative(scene: Scene) -> Draft | None:
    question = scene.question
    named = _item_pairs(scene) if len(items_of(question)) > 1 else None
    pairs = [pair for pair in named or pairs_of(topic_lines(scene)) if is_item(pair)]
    scores = {found.line: found.share for found in scene.matches}
    units = _topic_units(question.text)
    near = [pair for pair in pairs if not units or pair.quantity.unit in units]
    if not units:
        top = max((scores[pair.line] for pair in pairs), default=0.0)
        near = [pair for pair in pairs if scores[pair.line] >= max(0.3, top - 0.25)]
    found = [pair.quantity.unit for pair in near]
    unit = max(sorted(set(found)), key=found.count, default=None)
    chosen = _without_total(_in_scope(scene, [p for p in near if p.quantity.unit == unit]))
    if len({pair.label for pair in chosen}) < 2:
        return None
    pick = min if question.lowest else max
    winner = pick(chosen, key=lambda pair: pair.quantity.value)
    value = _say(winner.quantity, question.language)
    how = frame(question.language, "lowest" if question.lowest else "highest")
    sign = "<" if question.lowest else ">"
    others = [pair for pair in chosen if pair.quantity.value != winner.quantity.value]
    shown = f" {sign} ".join(
        pair.quantity.text for pair in [winner, *_ordered(others, question.lowest)[:1]]
    )
    text = frame(question.language, "most", name=winner.label, value=value, how=how)
    draft = derived([winner, *others], text, shown, winner.label)
    return replace(draft, points=draft.points[:3])


def _in_scope(scene: Scene, pairs: list[Pair]) -> list[Pair]:
    """The pairs of the sentences that speak of all the question names, where those are enough."""
    nouns = [t for t in scene.question.terms if not (t.verb or t.number)]
    kind = nouns[-1:]  # what kind of thing is asked for: its members need not say so
    scope = [t for t in nouns if not t.light and t not in kind]
    if not scope:
        return pairs
    full = {
        found.line for found in scene.matches if all(found.of(term) >= COVERED for term in scope)
    }
    inside = [pair for pair in pairs if pair.line in full]
    return inside if len({pair.label for pair in inside}) >= 2 else pairs


def _without_total(pairs: list[Pair]) -> list[Pair]:
    """Leave out the value that others of them add up to: the whole is not one of its parts."""
    values = sorted({pair.quantity.value for pair in pairs}, reverse=True)[:8]
    for whole in values:
        parts = [value for value in values if value < whole]
        sums = (sum(some) for n in (2, 3, 4) for some in combinations(parts, n))
        if any(total == whole for total in sums):
            return [pair for pair in pairs if pair.quantity.value != whole]
    return pairs


def is_item(pair: Pair) -> bool:
    """Whether a pair is one of several, not a total."""
    before = pair.line.text[max(0, pair.quantity.start - 8) : pair.quantity.start]
    return len(pair.label) <= 16 and not IS_TOTAL.search(f"{before}1") and not pair.quantity.each


def _topic_units(text: str) -> frozenset[str]:
    """The units a superlative is about, where its words tell: money, or the rise of a share."""
    if SHARES.search(text):
        return frozenset({"percent"})
    return MONEY_UNITS if MONEY.search(text) else frozenset()


def _ordered(pairs: list[Pair], lowest: bool) -> list[Pair]:
    return sorted(pairs, key=lambda pair: pair.quantity.value, reverse=not lowest)


def _sum(question: Question, pairs: list[Pair]) -> Draft:
    total = sum((pair.quantity.value for pair in pairs), Fraction(0))
    value = format_quantity(valued(pairs[0].quantity, total), question.language)
    written = format_quantity(valued(pairs[0].quantity, total), "ko")
    how = " + ".join(pair.quantity.text for pair in pairs) + f" = {written}"
    return derived(pairs, frame(question.language, "sum", value=value), how, value)


def _remainder(question: Question, pairs: list[Pair]) -> Draft:
    """What is left of the first value without the others."""
    whole, *parts = pairs
    rest = whole.quantity.value - sum(pair.quantity.value for pair in parts)
    value = format_quantity(valued(whole.quantity, rest), question.language)
    written = format_quantity(valued(whole.quantity, rest), "ko")
    how = " - ".join(pair.quantity.text for pair in pairs) + f" = {written}"
    return derived(pairs, frame(question.language, "remainder", value=value), how, value)


def _difference(question: Question, pairs: list[Pair]) -> Draft:
    first, second = max(
        combinations(pairs, 2), key=lambda two: abs(two[0].quantity.value - two[1].quantity.value)
    )
    high, low = sorted((first, second), key=lambda pair: -pair.quantity.value)
    rest = valued(high.quantity, high.quantity.value - low.quantity.value)
    value = format_quantity(rest, question.language)
    how = f"{high.quantity.text} - {low.quantity.text} = {format_quantity(rest, 'ko')}"
    return derived([high, low], frame(question.language, "difference", value=value), how, value)
