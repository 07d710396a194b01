"""The verbs for those who write a question set: is it sound; a draft of a new one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from assistant.evaluation.cli_common import Articles, Home, home_for, out, plain_errors, say


def check(
    questions: Annotated[Path, typer.Argument(metavar="SET", help="Question set (JSONL).")],
    articles: Articles = None,
    home: Home = None,
) -> None:
    """Refuse a set whose evidence, facts or ids do not hold over the articles (exit 2)."""
    from assistant.chain import build_assistant
    from assistant.evaluation.check import set_problems
    from assistant.evaluation.questions import SetError, load_lines

    with plain_errors():
        lines = load_lines(questions)
        served = build_assistant(*home_for(articles, home)).articles()
        texts = {(each.id, each.sha256): each.text for each in served}
        problems = [f"{questions}, {problem}" for problem in set_problems(lines, texts)]
        if problems:
            raise SetError(problems)
    say(f"{len(lines)} lines, nothing wrong")


def new(
    article: Annotated[Path, typer.Argument(metavar="ARTICLE", help="An article to ask about.")],
) -> None:
    """Draft question lines from an article, for a person to finish (JSONL on stdout)."""
    from assistant.evaluation.check import draft_lines
    from ingest.errors import IngestError
    from ingest.read import read

    try:
        found = read(article).articles
    except IngestError as error:
        say(str(error))
        raise typer.Exit(2) from error
    for each in found:
        for row in draft_lines(each):
            out(json.dumps(row, ensure_ascii=False))
