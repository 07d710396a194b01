"""The verbs that judge: compare two runs, and gate the project's own sets on the baseline."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.evaluation.cli_common import (
    GATE_FAILED,
    Articles,
    Home,
    Output,
    out,
    plain_errors,
    say,
)

if TYPE_CHECKING:
    from assistant.evaluation.baseline import Baseline
    from assistant.evaluation.summary import Result

BaselineFile = Annotated[Path | None, typer.Option("--baseline", help="Verdicts to compare with.")]
Accepted = Annotated[
    Path | None, typer.Option("--accepted", help="Ids whose loss is agreed to, 'ID  # why'.")
]
Update = Annotated[bool, typer.Option("--update", help="Make these runs the baseline.")]


def compare(before: Path, after: Path) -> None:
    """The change between two runs, with its interval, McNemar's p and every flip by name."""
    from assistant.evaluation.compare import Verdicts
    from assistant.evaluation.compare import compare as compared
    from assistant.evaluation.questions import SetError
    from assistant.evaluation.runs import load_run
    from assistant.evaluation.summary import evaluate

    with plain_errors():
        first, second = (Verdicts.of(evaluate(load_run(each))) for each in (before, after))
        if not first.rows.keys() & second.rows.keys():
            raise SetError([f"{before} and {after} have no question in common"])
        out(json.dumps(compared(first, second).to_dict(), ensure_ascii=False, indent=2))


def gate(
    runs: Annotated[list[Path] | None, typer.Argument(metavar="[RUN]…")] = None,
    articles: Articles = None,
    home: Home = None,
    output: Output = None,
    baseline: BaselineFile = None,
    accept: Accepted = None,
    update: Update = False,
) -> None:
    """Fail (exit 7) on a broken span or number, a crash, or a regression from the baseline.

    Without a run, the project's own sets are asked: over the bundled article, over the articles
    the sets bring along, and over --articles where the report that is retold lies.
    """
    from assistant.evaluation import baseline as kept
    from assistant.evaluation.suite import ask_suite

    with plain_errors():
        old = kept.read(baseline or kept.VERDICTS)
        accepted = kept.accepted_ids(accept or kept.ACCEPTED)
        results = _scored(runs) if runs else ask_suite(articles, home, output, say)
        failures = [
            f"{kept.name_of(result)}: {line}"
            for result in results
            for line in _failures(result, None if update else old, accepted)
        ]
    for line in failures:
        say(f"GATE: {line}")
    if failures:
        raise typer.Exit(GATE_FAILED)
    if update:
        _update(results, old, baseline)
    say("gate passed")


def _scored(runs: list[Path]) -> list[Result]:
    from assistant.evaluation.runs import load_run
    from assistant.evaluation.summary import evaluate

    return [evaluate(load_run(run)) for run in runs]


def _failures(
    result: Result, old: Mapping[str, Baseline] | None, accepted: Sequence[str]
) -> list[str]:
    """Why a run must not pass; without ``old`` only what is broken in itself."""
    from assistant.evaluation.baseline import name_of
    from assistant.evaluation.compare import gate_failures

    known = old.get(name_of(result)) if old is not None else None
    if old is not None and known is None:
        say(f"{name_of(result)}: no baseline yet; make one with --update")
    return gate_failures(result, known.verdicts if known else None, accepted)


def _update(results: Sequence[Result], old: Mapping[str, Baseline], path: Path | None) -> None:
    """Keep the runs as the baseline; the committed one shows the report over the bundled article.

    Baselines of other runs stay.
    """
    from assistant.evaluation import baseline as kept
    from assistant.evaluation.report import to_html

    new = {kept.name_of(result): kept.Baseline.of(result) for result in results}
    kept.write({**old, **new}, path or kept.VERDICTS)
    for result in results:
        if path is None and kept.is_bundled(result):
            kept.REPORT.write_text(to_html(result), encoding="utf-8")
    say(f"baseline written: {', '.join(new)}")
