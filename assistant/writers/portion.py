"""What part of the whole sum of money a thing has."""

from __future__ import annotations

from assistant.draft import Draft
from assistant.facts import fits, pairs_of
from assistant.held import MONEY_UNITS
from assistant.question_words import MONEY, PORTION
from assistant.writers.derive import derived, is_item, topic_lines
from assistant.writers.scene import Scene
from prompts.loader import frame


def portion(scene: Scene) -> Draft | None:
    """What part of the whole sum a thing has: 1,500억원 ÷ 2,378억원 = 63.1%."""
    question = scene.question
    if not (PORTION.search(question.text) and MONEY.search(question.text)):
        return None  # of another whole than a sum of money
    lines = topic_lines(scene)
    wholes = [p for p in pairs_of(lines) if not is_item(p) and p.quantity.unit in MONEY_UNITS]
    whole = max(wholes, key=lambda pair: pair.quantity.value, default=None)
    nouns = [t for t in question.heavy if not (t.verb or t.number or t.total)]
    pairs = [p for p in pairs_of(lines) if whole and p.quantity.unit == whole.quantity.unit]
    for noun in nouns:
        part = next((p for p in pairs if p is not whole and fits(p, [noun])), None)
        if whole and part and part.quantity.value < whole.quantity.value:
            share = round(float(part.quantity.value / whole.quantity.value) * 100, 1)
            how = f"{part.quantity.text} ÷ {whole.quantity.text} = {share}%"
            text = frame(question.language, "portion", value=f"{share}%")
            return derived([part, whole], text, how, "")
    return None
