"""The ``kai`` command: one verb each, thin; errors end as one line with the cure."""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.exceptions import TyperException

from assistant.answer import Answer
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


def _assistant(home: Path | None, model: str | None = None, *, writes: bool = True) -> Any:  # noqa: ANN401 - imported lazily
    from assistant.chain import build_assistant

    read = settings(home)
    if model is not None:
        read = read.model_copy(update={"model": model})
    return build_assistant(
        read.home,
        read.embedding_model,
        direct=True,
        chroma_url=read.chroma_url,
        model=read.model_choice() if writes else None,
    )


@app.command()
def search(
    query: str,
    home: Home = None,
    as_json: AsJson = False,
    k: Annotated[int, typer.Option("--top", "-k", min=1, max=100)] = 10,
) -> None:
    """Evidence with scores, no answer."""
    from assistant.question import normalise

    found = _assistant(home, writes=False).search(normalise(query), k)
    if as_json:
        rows = [
            {
                "rank": rank,
                "score": item.score,
                "dense": item.dense,
                "keyword": item.keyword,
                "article_id": item.article.id,
                "title": item.article.title,
                "start": item.passage.start,
                "end": item.passage.end,
                "text": item.passage.text,
            }
            for rank, item in enumerate(found, 1)
        ]
        out(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for rank, item in enumerate(found, 1):
        place = f"{item.article.id}:{item.passage.start}-{item.passage.end}"
        out(f"{rank}. {item.score:.3f}  {place}\n   {item.passage.text}")


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument()] = None,
    home: Home = None,
    as_json: AsJson = False,
    batch: Annotated[Path | None, typer.Option(help="Questions, one JSON a line.")] = None,
    output: Annotated[Path | None, typer.Option(help="Where the batch's answers go.")] = None,
    model: Model = None,
) -> None:
    """One verified answer, or a whole file of questions."""
    if batch is not None:
        _ask_batch(batch, output, home, model)
        return
    if question is None:
        raise Failure('Ask something: kai ask "…"', 2)
    answer = _assistant(home, model).ask(question)
    out(json.dumps(answer.to_dict(), ensure_ascii=False) if as_json else _plain(answer))


def _ask_batch(batch: Path, output: Path | None, home: Path | None, model: str | None) -> None:
    from assistant.batch import answer_batch, read_batch

    rows = read_batch(batch)
    ask_one = _assistant(home, model).ask
    lines = (json.dumps(row, ensure_ascii=False) for row in answer_batch(rows, ask_one))
    if output is None:
        for line in lines:
            out(line)
        return
    try:
        file = output.open("w", encoding="utf-8")
    except OSError as error:
        raise Failure(
            f"Cannot write {output}: {error.strerror}. Choose another --output.", 2
        ) from error
    with file:
        for line in lines:
            file.write(line + "\n")


def _plain(answer: Answer) -> str:
    lines = [answer.text, ""]
    shown = answer.citations or answer.nearest
    for citation in shown:
        page = f"p. {citation.page}" if citation.page else None
        source = ", ".join(filter(None, [citation.publisher, citation.published, page]))
        lines.append(f"[{citation.number}] {citation.quote}")
        lines.append(f"    {citation.title} ({source}) · {citation.start}–{citation.end}")
    lines += [f"※ {notice}" for notice in answer.notices]
    if answer.as_of:
        lines.append(
            f"기준일: {answer.as_of}" if answer.language == "ko" else f"As of {answer.as_of}"
        )
    return "\n".join(lines)


@app.command()
def chat(
    home: Home = None,
    host: Annotated[str | None, typer.Option()] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535)] = None,
    model: Model = None,
    root_path: Annotated[str | None, typer.Option(help="Path behind a proxy, like /kai.")] = None,
) -> None:
    """The web page."""
    from assistant.web import serve
    from assistant.web.hosting import hosting_of

    read = settings(home)
    hosting = hosting_of(
        base_url=read.base_url,
        root_path=read.root_path if root_path is None else root_path,
        color=read.color,
        users=read.users,
        auth_header=read.auth_header,
        auth_from=read.auth_from,
        a_minute=read.per_minute,
        at_once=read.at_once,
        waiting=read.waiting,
    )
    assistant = _assistant(home, model)
    assistant.warm()
    serve(
        assistant,
        host or read.host,
        read.port if port is None else port,
        title=read.title,
        home=read.home,
        keep_unanswered=read.keep_unanswered,
        hosting=hosting,
        api_key=read.api_key.get_secret_value() if read.api_key else None,
        on_ready=lambda address: out(f"kai is ready: {address}"),
    )


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
