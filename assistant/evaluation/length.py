"""How long an answer may be (promise 8): containing everything is not answering.

An answer is at most three sentences and 400 characters; a list, table or summary at most ten
points of a hundred characters on average. Notices (as-of, refusal) and markers do not count, but
no answer may carry more than three notices.
"""

from __future__ import annotations

from assistant.answer import Answer, Verdict
from assistant.evaluation.questions import Item

SENTENCES, CHARACTERS = 3, 400
POINTS, POINT_CHARACTERS = 10, 1_000
NOTICES = 3


def too_long(item: Item, answer: Answer) -> str | None:
    """What is too long about the answer, or None."""
    told = [each.text for each in answer.sentences if each.verdict is not Verdict.NOTICE]
    characters = sum(map(len, told))
    points, limit = (POINTS, POINT_CHARACTERS) if item.wants_list else (SENTENCES, CHARACTERS)
    if len(told) > points:
        return f"too long: {len(told)} sentences, {points} allowed"
    if characters > limit:
        return f"too long: {characters} characters, {limit} allowed"
    notices = len(answer.sentences) - len(told)
    if notices > NOTICES:
        return f"too long: {notices} notices, {NOTICES} allowed"
    return None
