"""What the verbs of ``kai eval`` share: options, plain errors, progress, the home to work in."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.evaluation.questions import SetError

if TYPE_CHECKING:
    from assistant.models.load import ModelChoice

Home = Annotated[Path | None, typer.Option("--home", help="Data folder (KAI_HOME).")]
Articles = Annotated[
    list[Path] | None,
    typer.Option("--articles", help="Evaluate over these in a home of their own."),
]
Sample = Annotated[int | None, typer.Option("--sample", min=1, help="Ask only this many.")]
Seed = Annotated[int, typer.Option("--seed", help="Draws the sample.")]
Model = Annotated[
    str | None, typer.Option("--model", help="The language model that writes, or none (KAI_MODEL).")
]
Output = Annotated[Path | None, typer.Option("--output", help="The run folder to write.")]

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="passages.jsonl and questions.")]

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


def _stage_line(stage: str, done: int, total: int) -> None:
    progress_line(stage)(done, total)


def user_home(home: Path | None) -> Path:
    """The home that is served, whatever is evaluated."""
    from assistant.cli import settings

    return settings(home).home


def model_for(home: Path | None, model: str | None) -> ModelChoice | None:
    """The language model that writes: the one named, else the one that is set."""
    from assistant.cli import settings

    read = settings(home)
    return (read if model is None else read.model_copy(update={"model": model})).model_choice()


def home_for(articles: list[Path] | None, home: Path | None) -> tuple[Path, str]:
    """The home to evaluate in (one of its own for ``articles``) and the embedding model."""
    from assistant.cli import settings
    from assistant.evaluation.homes import corpus_home

    read = settings(home)
    if articles is None:
        return read.home, read.embedding_model
    cache = read.home / "evaluations" / "homes"
    place = corpus_home(cache, articles, read.embedding_model, _stage_line)
    return place, read.embedding_model
