"""The verbs that judge: compare two runs, gate one, check a question set, draft a new one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.evaluation.cli_common import (
    GATE_FAILED,
    Articles,
    Home,
    home_for,
    out,
    plain_errors,
    say,
)

if TYPE_CHECKING:
    from assistant.evaluation.compare import Verdicts
    from assistant.evaluation.summary import Result

BASELINE = Path(__file__).with_name("baseline.json")


def compare_runs(before: Path, after: Path) -> None:
    """The change between two runs, with its interval, McNemar's p and every flip by name."""
    from assistant.evaluation.compare import Verdicts, compare
    from assistant.evaluation.runs import load_run
    from assistant.evaluation.summary import evaluate

    with plain_errors():
        first, second = (Verdicts.of(evaluate(load_run(each))) for each in (before, after))
        out(json.dumps(compare(first, second).to_dict(), ensure_ascii=False, indent=2))


def gate(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="A finished run of the set.")],
    baseline: Annotated[Path, typer.Option("--baseline")] = BASELINE,
    accept: Annotated[Path | None, typer.Option("--accepted", help="Ids, one a line.")] = None,
    update: Annotated[bool, typer.Option("--update", help="Make this run the baseline.")] = False,
) -> None:
    """Fail (exit 7) on a broken span or number, a crash, or a regression from the baseline."""
    from assistant.evaluation.compare import Verdicts, gate_failures
    from assistant.evaluation.runs import load_run
    from assistant.evaluation.summary import evaluate

    with plain_errors():
        result = evaluate(load_run(run))
        accepted = accept.read_text(encoding="utf-8").split() if accept else []
        kept, name = kept_verdicts(baseline), baseline_name(result)
        old = None if update else kept.get(name)
        failures = gate_failures(result, old, accepted)
    for line in failures:
        say(f"GATE: {line}")
    if failures:
        raise typer.Exit(GATE_FAILED)
    if update:
        rows = {key: each.rows for key, each in {**kept, name: Verdicts.of(result)}.items()}
        text = json.dumps(rows, ensure_ascii=False, indent=1)
        baseline.write_text(text + "\n", encoding="utf-8")
    say("gate passed" + ("" if old or update else "; no baseline for this set yet, use --update"))


def baseline_name(result: Result) -> str:
    """Under which name a baseline is kept: the set, and the sources it was asked over."""
    return f"{result.run.meta.get('set', '')} over {result.run.meta.get('corpus', '')}"


def kept_verdicts(path: Path) -> dict[str, Verdicts]:
    """The baselines of a file by name; none when there is no file yet."""
    from assistant.evaluation.compare import Verdicts

    kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return {name: Verdicts(rows) for name, rows in kept.items()}


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
