"""``kai eval``: one verb per measurement; each writes a run folder and prints its summary."""

from __future__ import annotations

import typer

from assistant.evaluation import cli_answers, cli_benchmarks, cli_feedback, cli_gate, cli_sets

eval_app = typer.Typer(
    help="Measure the answers: no judge, every figure with its interval.", no_args_is_help=True
)
for verb in (
    cli_answers.answers,
    cli_answers.score,
    cli_benchmarks.retrieval,
    cli_benchmarks.abstention,
    cli_benchmarks.reading,
    cli_gate.compare,
    cli_gate.gate,
    cli_sets.check,
    cli_sets.new,
    cli_feedback.from_feedback,
):
    eval_app.command()(verb)
