"""The verbs that ask a question set and score it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.evaluation.cli_common import (
    GATE_FAILED,
    Articles,
    Home,
    Model,
    Output,
    Sample,
    Seed,
    home_for,
    model_for,
    out,
    plain_errors,
    progress_line,
    say,
    user_home,
)

if TYPE_CHECKING:
    from assistant.evaluation.summary import Result
    from assistant.models.load import ModelChoice


@dataclass(frozen=True, slots=True)
class Order:
    """What to ask, in which home, and where to write it; ``corpus`` is a name for people.

    ``writer`` is the language model that writes; without one the articles' own sentences answer.
    """

    questions: Path
    home: Path
    embedding_model: str
    folder: Path
    corpus: str
    size: int | None = None
    seed: int = 0
    writer: ModelChoice | None = None


def answers(
    questions: Annotated[Path, typer.Argument(metavar="SET", help="Question set (JSONL).")],
    articles: Articles = None,
    home: Home = None,
    size: Sample = None,
    seed: Seed = 0,
    output: Output = None,
    model: Model = None,
) -> None:
    """Ask a question set, score it, and write run, summary and report."""
    from assistant.evaluation.questions import load_lines

    with plain_errors():
        load_lines(questions)  # a bad set ends before a home is built
        writer = model_for(home, model)
        place, embedding_model = home_for(articles, home)
        folder = output or place / "evaluations" / questions.stem
        corpus = " ".join(each.name for each in articles or [])
        ask_set(Order(questions, place, embedding_model, folder, corpus, size, seed, writer))
        result = scored(folder, user_home(home))
    _tell(folder, result)


def score(run: Annotated[Path, typer.Argument(metavar="RUN", help="A run folder.")]) -> None:
    """Score a finished run of any kind again; no model is loaded."""
    from assistant.evaluation.cli_benchmarks import rescore

    with plain_errors():
        if kind_of(run) != "answers":
            rescore(run)
            return
        result = scored(run)
    _tell(run, result)


def kind_of(run: Path) -> str:
    """What a run folder is a run of: answers, retrieval, reading or abstention."""
    file = run / "meta.json"
    meta: dict[str, Any] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    return str(meta.get("kind", "answers"))


def ask_set(order: Order) -> None:
    """Ask the questions of an order, or go on with them where they were interrupted."""
    from assistant.chain import build_assistant
    from assistant.evaluation.homes import configuration
    from assistant.evaluation.questions import load_lines, read_jsonl, sample
    from assistant.evaluation.runner import RunFolder, ask_all

    lines = sample(load_lines(order.questions), order.size, order.seed)
    kept = {line.number for line in lines}
    source = [row for number, row, _ in read_jsonl(order.questions) if number in kept]
    assistant = build_assistant(order.home, order.embedding_model, model=order.writer)
    meta = {
        "kind": "answers",
        "set": order.questions.name,
        "corpus": order.corpus,
        "sample": order.size,
        "seed": order.seed if order.size else None,
        **configuration(order.home, order.embedding_model),
        "writer": assistant.writer_name,
    }
    run = RunFolder(order.folder, lines, source)
    run.start(meta)
    assistant.warm()
    assistant.ask("Is everything loaded?")  # so that no question waits for what is loaded late
    ask_all(run, assistant, assistant, progress=progress_line("asked"))
    run.finish(assistant.articles(), meta)


def scored(folder: Path, remembering: Path | None = None) -> Result:
    """Score the folder and write its summary and report; a home may remember the figure."""
    from assistant.evaluation.baseline import since_baseline
    from assistant.evaluation.headline import Headline
    from assistant.evaluation.known import remember
    from assistant.evaluation.report import to_html
    from assistant.evaluation.runs import load_run
    from assistant.evaluation.summary import evaluate, to_dict, write

    result = evaluate(load_run(folder))
    write(folder, to_dict(result))
    report = folder / "report.html"
    report.write_text(to_html(result, since_baseline(result)), encoding="utf-8")
    if remembering and not result.run.meta.get("sample") and not result.beaten_by:
        remember(remembering, Headline.of(result, report))
    return result


def _tell(folder: Path, result: Result) -> None:
    """Print the summary; exit 7 when a sentinel reaches the system."""
    from assistant.evaluation.summary import to_dict, to_markdown

    out(to_markdown(to_dict(result)))
    say(f"written: {folder}")
    if result.beaten_by:
        say(f"FAILED: {', '.join(result.beaten_by)} reaches the system; the score means nothing")
        raise typer.Exit(GATE_FAILED)
