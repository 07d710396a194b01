"""Whether search found what a question needs, told from the trace of a run."""

from __future__ import annotations

from assistant.evaluation.matching import missing_facts, states_somewhere
from assistant.evaluation.questions import Item
from assistant.evaluation.runs import Run
from assistant.evaluation.spans import Span, resolve, touches


def places(item: Item, run: Run) -> list[list[Span]]:
    """Where each evidence entry stands; an entry of an article that was not asked is left out."""
    entries = [resolve(each, run.articles) for each in item.evidence]
    return [found for found in entries if found]


def was_found(item: Item, run: Run, k: int) -> bool | None:
    """Whether the first k passages hold all the facts, or touch every evidence entry.

    None where this cannot be told: nothing was traced, or a fact is computed and the evidence
    points into an article that was not asked.
    """
    trace = run.traces.get(item.id)
    if trace is None or not trace.found:
        return None
    top = trace.found[:k]
    texts = [(run.text_of(each.article_id) or "")[each.start : each.end] for each in top]
    if not missing_facts(texts, item.facts):
        return True
    entries = places(item, run)
    if not entries:
        whole = list(run.articles.values())
        return False if all(states_somewhere(whole, fact) for fact in item.facts) else None
    spans = [(each.article_id, each.start, each.end) for each in top]
    return all(any(touches(place, spans) for place in entry) for entry in entries)
