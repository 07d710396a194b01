"""The committed baseline: what each question of the project's own sets was worth when agreed to.

Beside the verdicts it keeps what they depend on and the headline figures, so that a page over the
very same articles can show them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from assistant.evaluation.compare import Comparison, Verdicts, compare
from assistant.evaluation.headline import Headline
from assistant.evaluation.questions import SetError
from assistant.evaluation.summary import Result

FOLDER = Path(__file__).with_name("baseline")
VERDICTS = FOLDER / "verdicts.json"
ACCEPTED = FOLDER / "accepted.txt"
REPORT = FOLDER / "report.html"
BUNDLED = "bundled"
"""How the corpus of the bundled articles is named: the only one with a committed report."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """One run that was agreed to."""

    headline: Headline
    verdicts: Verdicts

    @classmethod
    def of(cls, result: Result) -> Baseline:
        """The baseline that a scored run would be."""
        return cls(Headline.of(result), Verdicts.of(result))


def name_of(result: Result) -> str:
    """Under which name a run is kept: its set, and what it was asked over."""
    return f"{result.run.meta.get('set', '')} over {result.run.meta.get('corpus', '')}"


def is_bundled(result: Result) -> bool:
    """Whether a run was asked over the bundled articles."""
    return result.run.meta.get("corpus") == BUNDLED


def committed() -> list[Headline]:
    """The headlines of the committed baseline; that over the bundled articles has a report."""
    return [
        replace(each.headline, report=str(REPORT))
        if name.endswith(f" over {BUNDLED}")
        else each.headline
        for name, each in read().items()
    ]


def read(path: Path = VERDICTS) -> dict[str, Baseline]:
    """The baselines of a file by name; none when there is no file yet.

    Raises:
        SetError: the file is no baseline file.
    """
    if not path.exists():
        return {}
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return {
            name: Baseline(Headline(**row["headline"]), Verdicts(row["verdicts"]))
            for name, row in kept.items()
        }
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise SetError([f"{path}: no baseline file ({error}); make one with --update"]) from error


def write(baselines: Mapping[str, Baseline], path: Path = VERDICTS) -> None:
    """Write the baselines, one question a line, so that a change of one reads as such."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_text(baselines), encoding="utf-8")


def _text(baselines: Mapping[str, Baseline]) -> str:
    parts = []
    for name, each in sorted(baselines.items()):
        rows = ",\n".join(
            f"  {_json(key)}: {_json(row)}" for key, row in each.verdicts.rows.items()
        )
        headline = _json(each.headline.to_dict())
        parts.append(f'{_json(name)}: {{"headline": {headline},\n "verdicts": {{\n{rows}\n }}}}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _json(value: Any) -> str:  # noqa: ANN401 - whatever JSON can hold
    return json.dumps(value, ensure_ascii=False)


def accepted_ids(path: Path) -> list[str]:
    """The ids of an accepted list: one a line, what stands after a # says why.

    Raises:
        SetError: a line holds more than an id, or does not say why.
    """
    if not path.exists():
        raise SetError([f"{path}: no such file; give a list of ids, one a line"])
    problems, ids = [], []
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        found = re.fullmatch(r"\s*(\S+)\s+#\s*\S.*", line)
        if found is None:
            problems.append(f"{path}, line {number}: expected 'ID  # why', not {line!r:.60}")
        else:
            ids.append(found.group(1))
    if problems:
        raise SetError(problems)
    return ids


def since_baseline(result: Result) -> Comparison | None:
    """The change since the committed baseline of this set over these articles, if there is one."""
    now = Headline.of(result)
    for each in read().values():
        if each.headline.set == now.set and each.headline.corpus_hash == now.corpus_hash:
            return compare(each.verdicts, Verdicts.of(result))
    return None
