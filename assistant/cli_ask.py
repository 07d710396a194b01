"""The verbs of ``kai`` that ask the articles: search, ask, chat."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli import AsJson, Failure, Home, Model, out, settings

if TYPE_CHECKING:
    from assistant.answer import Answer


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
        answerable_share=read.answerable_share,
        model=read.model_choice() if writes else None,
    )


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
    # Loads requests before there are threads. It hides a hint of urllib3's for programmers while it
    # is loaded; a thread that loads gradio at that moment would bring the hint back, as Python's
    # list of warnings to hide is one for all threads.
    assistant.runnable()
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
