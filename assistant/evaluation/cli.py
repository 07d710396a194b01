"""``kai eval``: one verb per measurement; each writes a run folder and prints its summary."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.evaluation.questions import SetError, load_lines, read_jsonl, sample

eval_app = typer.Typer(
    help="Measure the answers: no judge, every figure with its interval.", no_args_is_help=True
)

Home = Annotated[Path | None, typer.Option("--home", help="Data folder (KAI_HOME).")]
Articles = Annotated[
    list[Path] | None,
    typer.Option("--articles", help="Evaluate over these in a home of their own."),
]
Sample = Annotated[int | None, typer.Option("--sample", min=1, help="Ask only this many.")]
Seed = Annotated[int, typer.Option("--seed", help="Draws the sample.")]
Output = Annotated[Path | None, typer.Option("--output", help="The run folder to write.")]

GATE_FAILED = 7


def say(line: str) -> None:
    """One line on stderr."""
    print(line, file=sys.stderr)  # noqa: T201 - the edge prints


def out(text: str) -> None:
    """Text on stdout, followed by a line end."""
    print(text)  # noqa: T201 - the edge prints


@contextmanager
def plain_errors() -> Iterator[None]:
    """Bad input ends with a line per problem and exit code 2."""
    from vectorstore.errors import IndexProblem

    try:
        yield
    except (SetError, IndexProblem) as error:
        for line in str(error).splitlines():
            say(line)
        raise typer.Exit(2) from error


def progress_line(label: str) -> Callable[[int, int], None]:
    """A counter on stderr, only on a terminal."""

    def show(done: int, total: int) -> None:
        if sys.stderr.isatty():
            end = "\n" if done == total else ""
            print(f"\r{label} {done}/{total}", end=end, file=sys.stderr, flush=True)  # noqa: T201

    return show


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
        place, model = _home(articles, home)
        folder = output or place / "evaluations" / questions.stem
        _ask(questions, lines, place, model, folder)
        finish(folder)


@eval_app.command()
def score(run: Annotated[Path, typer.Argument(metavar="RUN", help="A run folder.")]) -> None:
    """Score a finished run again; no model is loaded."""
    with plain_errors():
        finish(run)


def _home(articles: list[Path] | None, home: Path | None) -> tuple[Path, str]:
    from assistant.cli import settings
    from assistant.evaluation.homes import corpus_home

    read = settings(home)
    if articles is None:
        return read.home, read.embedding_model
    cache = read.home / "evaluations" / "homes"
    return corpus_home(cache, articles, read.embedding_model), read.embedding_model


def _ask(questions: Path, lines: list[Any], home: Path, model: str, folder: Path) -> None:
    from assistant.chain import build_assistant
    from assistant.evaluation.homes import configuration
    from assistant.evaluation.runner import RunFolder, ask_all

    kept = {line.number for line in lines}
    source = [row for number, row, _ in read_jsonl(questions) if number in kept]
    assistant = build_assistant(home, model)
    meta = {"kind": "answers", "set": questions.name, **configuration(home, model)}
    run = RunFolder(folder, lines, source)
    run.start(meta)
    assistant.warm()
    ask_all(run, assistant, assistant, progress=progress_line("asked"))
    run.finish(assistant.articles(), meta)


def finish(folder: Path) -> None:
    """Score the folder, write and print its summary; exit 7 when a sentinel reaches the system."""
    from assistant.evaluation.runs import load_run
    from assistant.evaluation.summary import evaluate, to_dict, to_markdown, write

    result = evaluate(load_run(folder))
    summary = to_dict(result)
    write(folder, summary)
    out(to_markdown(summary))
    say(f"written: {folder}")
    if result.beaten_by:
        say(f"FAILED: {', '.join(result.beaten_by)} reaches the system; the score means nothing")
        raise typer.Exit(GATE_FAILED)
