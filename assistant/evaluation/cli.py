"""``kai eval``: one verb per measurement; each writes a run folder and prints its summary."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.evaluation import cli_benchmarks, cli_gate
from assistant.evaluation.cli_common import (
    GATE_FAILED,
    Articles,
    Home,
    Output,
    Sample,
    Seed,
    home_for,
    out,
    plain_errors,
    progress_line,
    say,
)
from assistant.evaluation.questions import Line, load_lines, read_jsonl, sample

if TYPE_CHECKING:
    from assistant.evaluation.compare import Comparison
    from assistant.evaluation.summary import Result

eval_app = typer.Typer(
    help="Measure the answers: no judge, every figure with its interval.", no_args_is_help=True
)
for verb in (cli_benchmarks.retrieval, cli_benchmarks.abstention, cli_benchmarks.reading):
    eval_app.command()(verb)
eval_app.command("compare")(cli_gate.compare_runs)
eval_app.command("gate")(cli_gate.gate)
eval_app.command("check")(cli_gate.check)
eval_app.command("new")(cli_gate.new)


@eval_app.command()
def answers(
    questions: Annotated[Path, typer.Argument(metavar="SET", help="Question set (JSONL).")],
    articles: Articles = None,
    home: Home = None,
    size: Sample = None,
    seed: Seed = 0,
    output: Output = None,
) -> None:
    """Ask a question set, score it, and write run, summary and report."""
    with plain_errors():
        lines = sample(load_lines(questions), size, seed)
        place, model = home_for(articles, home)
        folder = output or place / "evaluations" / questions.stem
        corpus = " ".join(each.name for each in articles or [])
        _ask(questions, lines, place, model, folder, corpus)
        finish(folder)


@eval_app.command()
def score(run: Annotated[Path, typer.Argument(metavar="RUN", help="A run folder.")]) -> None:
    """Score a finished run again; no model is loaded."""
    with plain_errors():
        finish(run)


def _ask(
    questions: Path, lines: list[Line], home: Path, model: str, folder: Path, corpus: str
) -> None:
    from assistant.chain import build_assistant
    from assistant.evaluation.homes import configuration
    from assistant.evaluation.runner import RunFolder, ask_all

    kept = {line.number for line in lines}
    source = [row for number, row, _ in read_jsonl(questions) if number in kept]
    assistant = build_assistant(home, model)
    meta = {
        "kind": "answers",
        "set": questions.name,
        "corpus": corpus,
        **configuration(home, model),
    }
    run = RunFolder(folder, lines, source)
    run.start(meta)
    assistant.warm()
    ask_all(run, assistant, assistant, progress=progress_line("asked"))
    run.finish(assistant.articles(), meta)


def finish(folder: Path) -> None:
    """Score the folder, write and print its summary; exit 7 when a sentinel reaches the system."""
    from assistant.evaluation.report import to_html
    from assistant.evaluation.runs import load_run
    from assistant.evaluation.summary import evaluate, to_dict, to_markdown, write

    result = evaluate(load_run(folder))
    summary = to_dict(result)
    write(folder, summary)
    (folder / "report.html").write_text(to_html(result, _since_baseline(result)), encoding="utf-8")
    out(to_markdown(summary))
    say(f"written: {folder}")
    if result.beaten_by:
        say(f"FAILED: {', '.join(result.beaten_by)} reaches the system; the score means nothing")
        raise typer.Exit(GATE_FAILED)


def _since_baseline(result: Result) -> Comparison | None:
    """The change since the committed baseline of this set over this corpus, if there is one."""
    from assistant.evaluation.compare import Verdicts, compare

    old = cli_gate.kept_verdicts(cli_gate.BASELINE).get(cli_gate.baseline_name(result))
    return compare(old, Verdicts.of(result)) if old else None
