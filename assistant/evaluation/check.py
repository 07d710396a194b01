"""Is a question set sound over its articles, and how does one begin a new one?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from assistant.evaluation.matching import quantities, spelled, states_somewhere
from assistant.evaluation.questions import EvidenceSpan, Item, Line
from assistant.evaluation.spans import Articles, resolve
from ingest.article import Article
from ingest.split import split_article


def set_problems(lines: Sequence[Line], articles: Articles) -> list[str]:
    """What does not hold: one line each, with the number of the line in the file."""
    problems = []
    asked: dict[tuple[str, ...], int] = {}
    for line in lines:
        words = tuple(re.sub(r"\W", "", item.question).casefold() for item in line.items)
        if words in asked:
            problems.append(f"line {line.number}: asks the same as line {asked[words]}")
        asked.setdefault(words, line.number)
        for item in line.items:
            problems += [f"line {line.number}: {each}" for each in _item_problems(item, articles)]
    return problems


def _item_problems(item: Item, articles: Articles) -> Iterator[str]:
    applies = [e for e in item.evidence if e.revision is None or e.revision in _revisions(articles)]
    for entry in applies:
        if not resolve(entry, articles):
            where = entry.quote or f"{entry.start}:{entry.end}"
            yield f"{item.id}: evidence is not in the articles: {where:.60}"
    if len(articles) > 1 and any(_names_no_article(e) for e in applies):
        yield f"{item.id}: evidence by offsets must name its article or revision: there are several"
    texts = list(articles.values())
    if not applies:  # what is computed stands nowhere; evidence then says from what
        for fact in item.facts:
            if not states_somewhere(texts, fact):
                yield f"{item.id}: no article states {' | '.join(fact)}; give evidence if computed"
    if item.answerable is False:
        for forbidden in item.must_not:
            if any(spelled(forbidden, text) for text in texts):
                yield f"{item.id}: not answerable, but the articles state {forbidden}"


def _names_no_article(entry: EvidenceSpan) -> bool:
    return entry.quote is None and entry.article is None and entry.revision is None


def _revisions(articles: Articles) -> set[str]:
    return {revision for _, revision in articles}


def draft_lines(article: Article) -> Iterator[dict[str, Any]]:
    """A line for every sentence with a figure: its place and facts; the question is left to write.

    The question holds the sentence in brackets, so that an unfinished draft cannot pass unseen.
    """
    count = 0
    for passage in split_article(article):
        for sentence in passage.sentences:
            figures = quantities(sentence.text)
            if not figures:
                continue
            count += 1
            yield {
                "id": f"{article.id}-{count:03}",
                "category": "single-fact",
                "lang": article.language,
                "question": f"[{sentence.text}]",
                "answerable": True,
                "must": [[each.text] for each in figures],
                "evidence": [{"start": sentence.start, "end": sentence.end}],
            }
