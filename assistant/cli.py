"""The ``kai`` command: what its verbs share; errors end as one line with the cure."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from typer.exceptions import TyperException

from assistant.settings import Settings

app = typer.Typer(
    name="kai",
    help="Ask news articles; every sentence is verified against an exact span.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Home = Annotated[Path | None, typer.Option("--home", help="Data folder (KAI_HOME).")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Say more on stderr.")]
Model = Annotated[
    str | None,
    typer.Option("--model", help="The language model that writes, or none (KAI_MODEL)."),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but the result.")]


class Failure(Exception):  # noqa: N818 - the edge's own way to end with a code
    """A line for the user and the exit code that goes with it."""

    def __init__(self, line: str, code: int) -> None:
        super().__init__(line)
        self.line, self.code = line, code


def settings(home: Path | None) -> Settings:
    """Read the settings; a bad one is the user's to mend."""
    from pydantic import ValidationError

    try:
        read = Settings()  # type: ignore[call-arg]  # every field has a default
    except ValidationError as error:
        first = error.errors()[0]
        name = "KAI_" + "_".join(str(part) for part in first["loc"]).upper()
        raise Failure(f"The setting {name} is wrong: {first['msg']}.", 2) from error
    read = read.model_copy(update={"home": home}) if home else read
    if not read.home.is_dir() and any(place.is_file() for place in (read.home, *read.home.parents)):
        raise Failure(f"{read.home} is no folder and cannot become one; name another --home.", 2)
    return read


def say(line: str) -> None:
    """One line on stderr."""
    print(line, file=sys.stderr)  # noqa: T201 - the edge prints


def out(text: str) -> None:
    """Text on stdout, followed by a line end."""
    print(text)  # noqa: T201 - the edge prints


@app.callback()
def _common(verbose: Verbose = False, quiet: Quiet = False) -> None:
    logging.basicConfig(level=logging.DEBUG if verbose else logging.ERROR)
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")


@contextmanager
def _one_line_errors() -> Iterator[None]:
    try:
        yield
    except Failure as failure:
        say(f"kai: {failure.line}")
        sys.exit(failure.code)
    except (KeyboardInterrupt, typer.Abort):
        sys.exit(130)
    except TyperException as error:
        context = getattr(error, "ctx", None)
        usage = f" See: {context.command_path} --help" if context else ""
        message = " ".join(error.format_message().split())
        if message:  # without one, the help has been printed already
            say(f"kai: {message}{usage}")
        sys.exit(2)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:
        code = _code_of(error)
        if logging.getLogger().isEnabledFor(logging.DEBUG):
            logging.debug("details", exc_info=error)
        say(f"kai: {_line_of(error)}")
        sys.exit(code)


def _line_of(error: Exception) -> str:
    text = " ".join(str(error).split()) or type(error).__name__
    if isinstance(error, OSError) and error.errno == 28:
        return "The disk is full. Free some space and try again; what was served is still served."
    return text


def _code_of(error: Exception) -> int:
    from assistant.exits import code_of

    return code_of(error)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; never a traceback, always the contract's exit code."""
    from assistant import cli_library

    cli_library.register(app)
    with _one_line_errors():
        given = list(arguments) if arguments is not None else None
        code = app(args=given, standalone_mode=False, prog_name="kai")
        sys.exit(code if isinstance(code, int) else 0)
