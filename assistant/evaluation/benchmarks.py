"""Retrieval, abstention and reading over a folder of passages and questions (JSONL)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.answer import Answer, Status
from assistant.evaluation.intervals import Estimate, auroc, balanced_accuracy, mean, share
from assistant.evaluation.questions import SetError, read_jsonl
from assistant.evaluation.ranking import first_rank, ranking_metrics
from assistant.evaluation.reading import char_f1, exact_match, holds, particle_free_match
from assistant.evaluation.runner import Asks, Searches
from ingest.assemble import article_id

Progress = Callable[[int, int], None]
Rows = Sequence[Mapping[str, Any]]
Report = tuple[dict[str, Estimate], list[dict[str, Any]]]
"""The figures, and a line for every question."""

FETCHED = 50  # passages asked for: several may belong to one article


@dataclass(frozen=True, slots=True)
class Corpus:
    """The passages of a benchmark: for each id, the ids of all articles with the same text."""

    twins: Mapping[str, frozenset[str]]

    @classmethod
    def read(cls, folder: Path) -> Corpus:
        """Read ``passages.jsonl``; raises SetError for a bad line."""
        by_text: dict[str, set[str]] = defaultdict(set)
        rows = checked_rows(folder / "passages.jsonl", ("id", "text"))
        for row in rows:
            by_text[row["text"].strip()].add(article_id(row["id"], row["id"]))
        return cls({row["id"]: frozenset(by_text[row["text"].strip()]) for row in rows})


def checked_rows(path: Path, keys: Sequence[str]) -> list[Mapping[str, Any]]:
    """All objects of a file; raises SetError naming the lines that are broken or lack a key."""
    problems, kept = [], []
    for number, row, broken in read_jsonl(path):
        lacking = [key for key in keys if key not in row]
        problem = broken or (f"{', '.join(lacking)} missing" if lacking else "")
        problems += [f"{path}, line {number}: {problem}"] if problem else []
        kept.append(row)
    if problems or not kept:
        raise SetError(problems or [f"{path}: holds no line"])
    return kept


def retrieval(rows: Rows, corpus: Corpus, searcher: Searches, progress: Progress) -> Report:
    """Search every question over all passages; the rank of its passage or of a twin of it."""
    details: list[dict[str, Any]] = []
    for count, row in enumerate(rows, start=1):
        found = [each.article.id for each in searcher.search(row["question"], FETCHED)]
        rank = first_rank(found, corpus.twins[row["passage_id"]])
        details.append({"id": row["id"], "question": row["question"], "rank": rank})
        progress(count, len(rows))
    return ranking_metrics([each["rank"] for each in details]), details


def reading(rows: Rows, corpus: Corpus, assistant: Asks, progress: Progress) -> Report:
    """Ask over all passages; the short answer against the gold answers."""
    details = []
    for count, row in enumerate(rows, start=1):
        answer = assistant.ask(row["question"], [])
        details.append({**_read(answer, row, corpus), "id": row["id"]})
        progress(count, len(rows))
    figures = {
        "exact_match": share([each["exact_match"] for each in details]),
        "particle_free_match": share([each["particle_free_match"] for each in details]),
        "char_f1": mean([each["char_f1"] for each in details]),
        "right_sentence_first": share([each["right_sentence_first"] for each in details]),
        "right_sentence_or_nearest": share([each["right_nearest"] for each in details]),
        "over_refusal_rate": share([each["status"] == "abstained" for each in details]),
    }
    return _present(figures), details


def _read(answer: Answer, row: Mapping[str, Any], corpus: Corpus) -> dict[str, Any]:
    short, gold = answer.short_answer or "", row["answers"]
    places = corpus.twins[row["passage_id"]]
    first, near = answer.citations[:1], (answer.citations or answer.nearest)[:1]
    told = answer.status is not Status.ABSTAINED
    return {
        **answer.to_dict(),
        "answers": gold,
        "exact_match": told and exact_match(short, gold),
        "particle_free_match": told and particle_free_match(short, gold),
        "char_f1": char_f1(short, gold) if told else 0.0,
        "right_sentence_first": told
        and any(c.article_id in places and holds(c.quote, gold) for c in first),
        "right_nearest": any(c.article_id in places and holds(c.quote, gold) for c in near),
    }


def abstention(rows: Rows, among: Callable[[Sequence[str]], Asks], progress: Progress) -> Report:
    """Ask each question with exactly its candidates; ``among`` makes the assistant over them."""
    details = []
    for count, row in enumerate(rows, start=1):
        ids = [article_id(name, name) for name in row["candidate_passage_ids"]]
        answer = among(ids).ask(row["question"], [])
        confidence = getattr(answer, "confidence", None)
        known = {"id": row["id"], "answerable": row["answerable"], "confidence": confidence}
        details.append({**answer.to_dict(), **known})
        progress(count, len(rows))
    return abstention_metrics(details), details


def abstention_metrics(details: Rows) -> dict[str, Estimate]:
    """Refusal, over-refusal, balanced accuracy, and AUROC where confidences are known."""
    told = [each["status"] != "abstained" for each in details]
    answerable = [each["answerable"] for each in details]
    refused = [not kept for kept, yes in zip(told, answerable, strict=True) if not yes]
    sure = [each for each in details if each.get("confidence") is not None]
    figures = {
        "balanced_accuracy": balanced_accuracy(answerable, told),
        "refusal_rate": share(refused),
        "hallucination_rate": share([not each for each in refused]),
        "over_refusal_rate": share([not k for k, yes in zip(told, answerable, strict=True) if yes]),
        "auroc": auroc([e["answerable"] for e in sure], [e["confidence"] for e in sure]),
    }
    return _present(figures)


def _present(figures: Mapping[str, Estimate | None]) -> dict[str, Estimate]:
    return {name: value for name, value in figures.items() if value is not None}
