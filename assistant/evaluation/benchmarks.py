"""Retrieval, reading and abstention over a folder of passages and questions (JSONL).

Each question is asked once and written down with what is right about it; the figures are computed
from those lines alone, so that a finished run is scored again without models.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from assistant.answer import Answer
from assistant.evaluation.folder import WrittenFolder
from assistant.evaluation.intervals import Estimate, auroc, balanced_accuracy, mean, share
from assistant.evaluation.ranking import first_rank, ranking_metrics
from assistant.evaluation.reading import char_f1, exact_match, holds, particle_free_match
from assistant.evaluation.runner import Asks, Searches

Progress = Callable[[int, int], None]
Row = Mapping[str, Any]
Ask = Callable[[Row], Row]
"""What one question brings; its line in run.jsonl holds that beside the question's own keys."""

FETCHED = 50  # passages asked for: several may belong to one article
DEPTH = 10  # articles kept of them


def ask_rows(
    questions: Sequence[Row], folder: WrittenFolder, ask: Ask, progress: Progress
) -> list[Row]:
    """Ask what is not written down yet; a crash becomes a line with its error."""
    known = {row["id"]: row for row in folder.rows("run")}
    for count, question in enumerate(questions, start=1):
        if question["id"] not in known:
            row = {**question, **_attempt(question, ask)}
            folder.add("run", row)
            known[question["id"]] = row
        progress(count, len(questions))
    return [known[question["id"]] for question in questions]


def _attempt(question: Row, ask: Ask) -> Row:
    try:
        return ask(question)
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}


def searched(searcher: Searches) -> Ask:
    """Search a question over all passages; the first articles found."""

    def ask(question: Row) -> Row:
        found = [each.article.id for each in searcher.search(question["question"], FETCHED)]
        return {"found": list(dict.fromkeys(found))[:DEPTH]}

    return ask


def read(assistant: Asks) -> Ask:
    """Ask a question over all passages."""
    return lambda question: _answered(assistant.ask(question["question"], []))


def judged(among: Callable[[Sequence[str]], Asks]) -> Ask:
    """Ask a question with exactly its candidates; ``among`` makes the assistant over them."""
    return lambda question: _answered(among(question["candidates"]).ask(question["question"], []))


def _answered(answer: Answer) -> Row:
    row = answer.to_dict()
    del row["id"]  # the question's own
    return {**row, "confidence": answer.confidence}


def retrieval_figures(rows: Sequence[Row]) -> dict[str, Estimate]:
    """Recall, MRR and nDCG by the rank of the first right article."""
    return ranking_metrics(
        [first_rank(row.get("found", []), frozenset(row["wanted"])) for row in rows]
    )


def reading_figures(rows: Sequence[Row]) -> dict[str, Estimate]:
    """The short answers against the gold answers, and whether the right sentence comes first."""
    told = [row.get("status") not in (None, "abstained") for row in rows]
    shorts = [
        (row.get("short_answer") or "") if yes else "" for row, yes in zip(rows, told, strict=True)
    ]
    pairs = [(short, row["answers"]) for short, row in zip(shorts, rows, strict=True)]
    return _present(
        {
            "exact_match": share([exact_match(*pair) for pair in pairs]),
            "particle_free_match": share([particle_free_match(*pair) for pair in pairs]),
            "char_f1": mean([char_f1(*pair) for pair in pairs]),
            "right_sentence_first": share([first_is_right(row, "citations") for row in rows]),
            "right_sentence_or_nearest": share([_either_is_right(row) for row in rows]),
            "over_refusal_rate": share([row.get("status") == "abstained" for row in rows]),
        }
    )


def first_is_right(row: Row, key: str) -> bool:
    """Whether the first citation lies in the right article and holds a gold answer."""
    return any(
        each["article_id"] in row["wanted"] and holds(each["quote"], row["answers"])
        for each in row.get(key, [])[:1]
    )


def _either_is_right(row: Row) -> bool:
    return first_is_right(row, "citations" if row.get("citations") else "nearest")


def abstention_figures(rows: Sequence[Row]) -> dict[str, Estimate]:
    """Refusal, over-refusal, balanced accuracy, and AUROC where confidences are known.

    A crash is wrong either way: it counts as a refusal of what can be answered, and as an answer
    to what cannot.
    """
    answerable = [bool(row["answerable"]) for row in rows]
    told = [_kept(row) for row in rows]
    refused = [not kept for kept, yes in zip(told, answerable, strict=True) if not yes]
    sure = [row for row in rows if row.get("confidence") is not None]
    return _present(
        {
            "balanced_accuracy": balanced_accuracy(answerable, told),
            "refusal_rate": share(refused),
            "hallucination_rate": share([not each for each in refused]),
            "over_refusal_rate": share(
                [not kept for kept, yes in zip(told, answerable, strict=True) if yes]
            ),
            "auroc": auroc([r["answerable"] for r in sure], [r["confidence"] for r in sure]),
        }
    )


def _kept(row: Row) -> bool:
    return not row["answerable"] if "error" in row else row["status"] != "abstained"


FIGURES: Mapping[str, Callable[[Sequence[Row]], dict[str, Estimate]]] = {
    "retrieval": retrieval_figures,
    "reading": reading_figures,
    "abstention": abstention_figures,
}


def figures_of(kind: str, rows: Sequence[Row]) -> dict[str, Estimate]:
    """The figures of a run of this kind, and how many questions crashed."""
    crashes = share(["error" in row for row in rows])
    return {**FIGURES[kind](rows), **({"crashes": crashes} if crashes and crashes.value else {})}


def _present(figures: Mapping[str, Estimate | None]) -> dict[str, Estimate]:
    return {name: value for name, value in figures.items() if value is not None}
