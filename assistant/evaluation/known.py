"""The figure that is known of what is served: never one of other articles or another model.

Every finished run over a whole set leaves a line in ``evaluations/known.jsonl`` of the home. What
is shown is the newest line whose corpus hash, embedder and writer are those that are served now.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from assistant.evaluation.baseline import committed
from assistant.evaluation.headline import Headline
from assistant.evaluation.homes import served_manifest
from assistant.evaluation.questions import SetError
from vectorstore.errors import IndexProblem


def remember(home: Path, headline: Headline) -> None:
    """Note the figure of a finished run in a home."""
    folder = home / "evaluations"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "known.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(headline.to_dict(), ensure_ascii=False) + "\n")


def figure_for(home: Path, writer: str) -> Headline | None:
    """The newest figure of exactly what ``home`` serves now; None when there is none.

    A home without a run of its own shows the committed figure, when it serves the bundled articles.
    """
    try:
        manifest = served_manifest(home)
        known = [*reversed(_remembered(home)), *committed()]
    except (IndexProblem, SetError, OSError, ValueError):
        return None
    for each in known:
        same = (each.corpus_hash, each.embedder, each.writer)
        if same == (manifest.corpus_hash, manifest.embedder, writer):
            return each
    return None


def _remembered(home: Path) -> list[Headline]:
    path = home / "evaluations" / "known.jsonl"
    if not path.exists():
        return []
    return list(_parsed(path.read_text(encoding="utf-8").splitlines()))


def _parsed(lines: Iterable[str]) -> Iterable[Headline]:
    """The lines that can be read; one of another version or cut off is not worth an error."""
    for line in lines:
        try:
            yield Headline(**json.loads(line))
        except (ValueError, TypeError):
            continue
